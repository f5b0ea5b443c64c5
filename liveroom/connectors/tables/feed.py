"""Feeds the rows of a table to its rules; a row that cannot be read is set aside whole."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from itertools import islice

from liveroom.connectors.base import Link, SetAside
from liveroom.connectors.tables.cells import BrokenRow
from liveroom.connectors.tables.chunks import Chunk, OnBroken, RowNumber, Texts
from liveroom.connectors.tables.plan import TablePlan
from liveroom.connectors.tables.words import whole_characters
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


def feed(plan: TablePlan, report: Report) -> Iterator[None]:
    """Read a table into its rules, pausing after each chunk; log what had to be assumed of its times."""
    broken = named(plan, report)
    for chunk in plan.file.chunks(_telling_rules(plan, broken)):
        _feed_chunk(plan, chunk, broken)
        yield
    for times in plan.times:
        for warning in times.warnings():
            log.warning("%s %s", plan.file.name, warning)


def _feed_chunk(plan: TablePlan, chunk: Chunk, broken: OnBroken) -> None:
    """Read a chunk; where a row in it is broken, read its halves, down to the row."""
    try:
        if plan.chooser is not None:
            plan.chooser.of(chunk)
        readings = [(rule, rule.read(chunk)) for rule in plan.rules]
    except BrokenRow as error:
        if len(chunk) == 1:
            for rule in plan.rules:
                rule.lose(chunk)
            row = dict(zip(plan.file.columns, chunk.row(0), strict=True))
            text = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
            broken(chunk.numbers[0], text, str(error))
        else:
            for half in chunk.halves():
                _feed_chunk(plan, half, broken)
    else:
        for rule, reading in readings:
            rule.commit(reading)


def check_sample(plan: TablePlan, mapping: str) -> None:
    """Read a table's first rows; raise KnownError when not one of them can be read."""
    reasons: list[str] = []
    broken = named(plan, lambda reason, _: reasons.append(reason))
    count = 0
    for chunk in islice(plan.file.chunks(broken, _SAMPLE_ROWS), 1):
        count = len(chunk)
        _feed_chunk(plan, chunk, broken)
    if len(reasons) >= max(count, _TELLING_ROWS):
        raise KnownError(
            f"the mapping {mapping!r} does not fit {plan.file.name}: none of its first "
            f"{len(reasons)} rows can be read. {reasons[0]}"
        )


def named(plan: TablePlan, report: Report) -> OnBroken:
    """Return what reports a row of this table by file and row, in characters that can be written."""
    name = plan.file.name

    def broken(number: RowNumber, text: str, why: str, cells: Texts = (), /) -> None:
        report(whole_characters(f"{name} row {number}: {why}"), whole_characters(text))

    return broken


def _telling_rules(plan: TablePlan, broken: OnBroken) -> OnBroken:
    """Let the rules know of rows with more or fewer cells than the header, too."""

    def tell(number: RowNumber, text: str, why: str, cells: Texts = (), /) -> None:
        for chunk in _aligned(number, cells, len(plan.file.columns)):
            for rule in plan.rules:
                rule.lose(chunk, is_ragged=True)
        broken(number, text, why, cells)

    return tell


def _aligned(number: RowNumber, cells: Texts, width: int) -> Iterator[Chunk]:
    """Yield a ragged row as if its first cells were in place, and as if its last ones were."""
    if cells:
        gap = [""] * (width - len(cells))
        for row in ([*cells[:width], *gap], [*gap, *cells[-width:]]):
            yield Chunk([number], [[text] for text in row])
