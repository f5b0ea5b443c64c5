"""The audience chart as an SVG drawing, and its numbers as a table, one row a minute."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtWidgets import QWidget

from liveroom.models.facts import Fact
from liveroom.models.timeline import Column
from liveroom.ui import format as fmt
from liveroom.ui.parts import curves
from liveroom.ui.pictures.drawing import svg_of
from liveroom.ui.pictures.files import FileKind
from liveroom.ui.theme import Theme

if TYPE_CHECKING:
    from liveroom.models.snapshot import Snapshot

COLUMNS = (
    "minute",
    "audience_lowest",
    "audience_highest",
    "audience_last",
    "visits",
    "orders",
    "conversion_10_min",
)
_COUNTED = (Fact.VISITS, Fact.ORDERS)
_SETTLED_SECONDS = 300
"""As in the chart: a window that has hardly begun jumps."""


def chart_files(chart: QWidget, theme: Theme, snapshot: Snapshot) -> tuple[FileKind, ...]:
    """Return the chart's drawing and its numbers, as of the snapshot that it shows."""
    title = f"{snapshot.title}, {fmt.stamp(snapshot.at, snapshot.timezone)}"
    return (
        FileKind(
            "drawing", "svg", "SVG drawing (*.svg)", lambda: svg_of(chart, theme["panel"], title)
        ),
        FileKind("numbers", "csv", "Table (*.csv)", lambda: csv_of(snapshot).encode()),
    )


def csv_of(snapshot: Snapshot) -> str:
    """Return the numbers behind the curves, a row a minute; a blank is unknown or not drawn.

    `visits` and `orders` of the minute, `conversion_10_min` as a ratio at its end.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    series, known = snapshot.series, snapshot.counting
    edges = _minutes(snapshot)
    if not len(edges):
        return text.getvalue()
    # The minute that is not over ends now.
    ends = np.minimum(edges + 60, snapshot.at // 1000 + 1).astype(np.float64)
    columns = (Column.VISITS, Column.ORDERS)
    counts = series.totals.before(ends, *columns) - series.totals.before(edges, *columns)
    rates = curves.rolling_conversion(series, ends)
    if Fact.VISITS not in known or Fact.ORDERS not in known:
        rates[:] = np.nan
    rates[ends < (snapshot.started_at or 0) / 1000 + _SETTLED_SECONDS] = np.nan
    firsts = np.searchsorted(series.audience_times, edges * 1000)
    lasts = np.searchsorted(series.audience_times, (edges + 60) * 1000)
    zone = fmt.zone(snapshot.timezone)
    for place, edge in enumerate(edges.tolist()):
        samples = series.audience[firsts[place] : lasts[place]]
        audience = (samples.min(), samples.max(), samples[-1]) if len(samples) else ("", "", "")
        rate = rates[place]
        writer.writerow(
            [
                datetime.fromtimestamp(edge, zone).isoformat(),
                *audience,
                *(
                    count if fact in known else ""
                    for fact, count in zip(_COUNTED, counts[place].tolist(), strict=True)
                ),
                "" if np.isnan(rate) else f"{rate:.6f}",
            ]
        )
    return text.getvalue()


def _minutes(snapshot: Snapshot) -> np.ndarray:
    """Return the start of every minute (s UTC) from the first fact to the snapshot."""
    series = snapshot.series
    seconds = series.seconds
    firsts = [int(seconds[0])] if len(seconds) else []
    if len(series.audience_times):
        firsts.append(int(series.audience_times[0]) // 1000)
    if not firsts:
        return np.zeros(0, dtype=np.int64)
    return np.arange(min(firsts) // 60 * 60, snapshot.at // 1000 + 1, 60, dtype=np.int64)
