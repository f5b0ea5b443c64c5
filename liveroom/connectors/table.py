"""The table source: replays files that people have, through a mapping (docs/mappings.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from operator import attrgetter
from pathlib import Path
from typing import ClassVar

from liveroom.connectors.base import Link, PlayedConnector
from liveroom.connectors.channel_rules import channel_rules
from liveroom.connectors.tables.feed import Report, Troubles, check_sample, feed
from liveroom.connectors.tables.files import Files, find_files
from liveroom.connectors.tables.kinds import KINDS
from liveroom.connectors.tables.mapping import load_mapping, shipped_mappings
from liveroom.connectors.tables.plan import TablePlan, make_plans
from liveroom.connectors.tables.rules import UNTIMED, received
from liveroom.connectors.tables.spec import Mapping
from liveroom.connectors.tables.usage import table_of
from liveroom.errors import KnownError
from liveroom.models.events import (
    Event,
    OrderCancelled,
    OrderPlaced,
    ProductListed,
    RunOfShowChanged,
    SegmentStarted,
)
from liveroom.models.facts import Fact

__all__ = ["TableConnector", "find_mapping", "load_mapping", "open_table", "shipped_mappings"]

CONTEXT = (ProductListed, RunOfShowChanged, SegmentStarted)
"""What must be known at the start of a replay although it happened before."""


class TableConnector(PlayedConnector):
    """Files as a source of events: those in `[from_ms, to_ms)`, in the order of their times."""

    mode: ClassVar[str] = "recorded"

    def __init__(
        self, source: Path, mapping: Mapping, from_ms: int | None = None, to_ms: int | None = None
    ) -> None:
        """Find and check the files; raise KnownError for one that is missing or does not fit."""
        super().__init__(mapping.name)
        self.mapping = mapping
        self._files = find_files(mapping, source)
        self._from_ms = from_ms
        self._to_ms = to_ms
        self.title = mapping.title
        self.currency = mapping.currency
        self.rates = mapping.rates
        self.timezone = mapping.timezone
        self.show_title = mapping.show.format(**self._files.captured)
        self.provides = _facts(self._files)
        for plan in self._plans(lambda text: 0):
            check_sample(plan, mapping.name)

    def events(self, link: Link) -> Iterator[Event]:
        """Yield the context, then the events of the window in the order of their times."""
        troubles = Troubles(self.source, link)
        events: list[Event] = []
        plans = self._plans(link.key)
        for plan in plans:
            feed(plan, troubles, link.stop.is_set)
        rules = [rule for plan in plans for rule in plan.rules]
        for rule in sorted(rules, key=lambda rule: rule.parts.number):
            events += _sound(rule.events(), troubles)
        troubles.summarize()
        if not link.stop.is_set():
            yield from self._in_window(events, link.clock.now)

    def _plans(self, key: Callable[[str], int]) -> list[TablePlan]:
        return make_plans(self._files, self._files.opened(), key, channel_rules())

    def _in_window(self, events: list[Event], now: Callable[[], int]) -> Iterator[Event]:
        start = 0 if self._from_ms is None else self._from_ms
        end = 1 << 62 if self._to_ms is None else self._to_ms
        context = [event for event in events if _is_context(event, start)]
        within = [event for event in events if start <= event.occurred_at < end]
        within = [event for event in within if not _is_context(event, start)]
        events.clear()
        within.sort(key=attrgetter("occurred_at"))
        context.sort(key=lambda event: (not isinstance(event, ProductListed), event.occurred_at))
        first = within[0].occurred_at if within else start or _latest(context) or now()
        for event in context:
            if event.occurred_at < end:
                yield received(event, first)
        # Taken from the end, so that what was handed over is not held twice.
        within.reverse()
        while within:
            yield within.pop()


def open_table(
    source: Path, mapping: str | Path | None, from_ms: int | None, to_ms: int | None
) -> TableConnector:
    """Open files for a replay, with a named mapping or the shipped one that fits them."""
    chosen = find_mapping(source) if mapping is None else load_mapping(mapping)
    return TableConnector(source, chosen, from_ms, to_ms)


def find_mapping(source: Path) -> Mapping:
    """Return the one shipped mapping that fits a source by its file names and columns."""
    if not source.exists():
        raise KnownError(f"there is no file or folder {source}")
    fitting: list[Mapping] = []
    reasons: list[str] = []
    for name, path in shipped_mappings().items():
        mapping = load_mapping(path)
        try:
            find_files(mapping, source).opened()
        except KnownError as error:
            reasons.append(f"  {name}: {error}")
        else:
            fitting.append(mapping)
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        names = ", ".join(mapping.name for mapping in fitting)
        raise KnownError(f"several mappings fit {source}: {names}; choose one with --mapping")
    raise KnownError(
        f"no shipped mapping fits {source}; write one (docs/mappings.md) and name it with "
        "--mapping. Why none fits:\n" + "\n".join(reasons)
    )


def _is_context(event: Event, start: int) -> bool:
    """Return whether an event is sent ahead: it has no time, or happened before the window."""
    if isinstance(event, RunOfShowChanged):
        return True
    return isinstance(event, CONTEXT) and (
        event.occurred_at == UNTIMED or event.occurred_at < start
    )


def _latest(context: list[Event]) -> int:
    return max((event.occurred_at for event in context), default=0)


def _sound(events: list[Event], report: Report) -> list[Event]:
    """Set aside totals below zero, which no order and no cancellation can have."""
    if not events or not isinstance(events[0], (OrderPlaced, OrderCancelled)):
        return events
    kept: list[Event] = []
    for event in events:
        assert isinstance(event, (OrderPlaced, OrderCancelled))
        if event.amount_minor is not None and event.amount_minor < 0:
            report(
                f"{event.source_id}: its total is below zero ({event.amount_minor} minor units); "
                "map refunds as cancellations with negate = true",
                repr(event),
            )
        else:
            kept.append(event)
    return kept


def _facts(files: Files) -> tuple[Fact, ...]:
    """Return the kinds of fact that the files there are can report."""
    found = []
    for event in files.mapping.events:
        kind = KINDS[event.event].event
        if table_of(files.mapping, event) in files.paths and kind is not None and kind.fact:
            found.append(kind.fact)
    return tuple(dict.fromkeys(found))
