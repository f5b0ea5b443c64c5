"""Feeds the rows of a table to its rules; a row that cannot be read is set aside whole."""

from __future__ import annotations

import logging
from collections.abc import Callable
from itertools import islice

import msgspec

from liveroom.connectors.base import Link, SetAside
from liveroom.connectors.tables.cells import BrokenCell
from liveroom.connectors.tables.chunks import Chunk, OnBroken
from liveroom.connectors.tables.plan import TablePlan
from liveroom.errors import KnownError

log = logging.getLogger(__name__)

_LOGGED_ROWS = 3
_SAMPLE_ROWS = 100
_TELLING_ROWS = 10

Report = Callable[[str, str], None]
"""Called with the reason and the row's text for each row that is set aside."""


class Troubles:
    """Sets rows aside; the log names the first few of them and their number."""

    def __init__(self, source: str, link: Link) -> None:
        """Take the source that is read and the way to the session."""
        self._source = source
        self._link = link
        self.count = 0

    def __call__(self, reason: str, payload: str) -> None:
        """Set one row aside."""
        self.count += 1
        if self.count <= _LOGGED_ROWS:
            log.warning("set aside: %s", reason)
        self._link.set_aside(
            SetAside(
                source=self._source,
                received_at=self._link.clock.now(),
                reason=reason,
                payload=payload,
            )
        )

    def summarize(self) -> None:
        """Log how many rows were set aside in all."""
        if self.count > _LOGGED_ROWS:
            log.warning("set aside: %d rows of %s in all", self.count, self._source)


def feed(plan: TablePlan, report: Report, stopped: Callable[[], bool]) -> None:
    """Read a table into its rules."""
    broken = _named(plan, report)
    for chunk in plan.file.chunks(broken):
        _feed_chunk(plan, chunk, broken)
        if stopped():
            return


def _feed_chunk(plan: TablePlan, chunk: Chunk, broken: OnBroken) -> None:
    """Read a chunk; where a row in it is broken, read its halves, down to the row."""
    try:
        if plan.chooser is not None:
            plan.chooser.of(chunk)
        readings = [(rule, rule.read(chunk)) for rule in plan.rules]
    except BrokenCell as error:
        if len(chunk) == 1:
            row = dict(zip(plan.file.columns, chunk.row(0), strict=True))
            broken(chunk.numbers[0], msgspec.json.encode(row).decode(), str(error))
        else:
            for half in chunk.halves():
                _feed_chunk(plan, half, broken)
    else:
        for rule, reading in readings:
            rule.commit(reading)


def check_sample(plan: TablePlan, mapping: str) -> None:
    """Read a table's first rows; raise KnownError when not one of them can be read."""
    reasons: list[str] = []
    broken = _named(plan, lambda reason, _: reasons.append(reason))
    count = 0
    for chunk in islice(plan.file.chunks(broken, _SAMPLE_ROWS), 1):
        count = len(chunk)
        _feed_chunk(plan, chunk, broken)
    if len(reasons) >= max(count, _TELLING_ROWS):
        raise KnownError(
            f"the mapping {mapping!r} does not fit {plan.file.path.name}: none of its first "
            f"{len(reasons)} rows can be read. {reasons[0]}"
        )


def _named(plan: TablePlan, report: Report) -> OnBroken:
    name = plan.file.path.name
    return lambda number, text, why: report(f"{name} row {number}: {why}", text)
