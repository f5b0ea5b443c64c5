"""The table source: replays files that people have, through a mapping (docs/mappings.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from operator import attrgetter
from pathlib import Path
from typing import Self

from liveroom.connectors.base import BATCH, Link, Progress
from liveroom.connectors.channel_rules import channel_rules
from liveroom.connectors.recording import Recording
from liveroom.connectors.tables.feed import Troubles, check_sample, feed, named
from liveroom.connectors.tables.files import Files, find_files
from liveroom.connectors.tables.kinds import KINDS
from liveroom.connectors.tables.mapping import load_mapping, shipped_mappings
from liveroom.connectors.tables.plan import TablePlan, make_plans
from liveroom.connectors.tables.rules import UNTIMED, received
from liveroom.connectors.tables.spec import Mapping
from liveroom.connectors.tables.usage import table_of
from liveroom.connectors.tables.window import cut, details_of
from liveroom.connectors.tables.words import whole_characters
from liveroom.errors import KnownError
from liveroom.models.events import (
    Event,
    ProductListed,
    RunOfShowChanged,
    SegmentStarted,
    SourceAttached,
)
from liveroom.models.facts import Fact, Mode
from liveroom.models.money import Ledger
from liveroom.models.window import Window
from liveroom.session_file import SessionMeta, new_meta

__all__ = ["TableConnector", "find_mapping", "load_mapping", "shipped_mappings"]

CONTEXT = (ProductListed, RunOfShowChanged, SegmentStarted)
"""What must be known at the start of a replay although it happened before."""


class TableConnector(Recording):
    """Files as a source of events: those in `[from_ms, to_ms)`, in the order of their times."""

    name = "table"

    def __init__(
        self, source: Path, mapping: Mapping, from_ms: int | None = None, to_ms: int | None = None
    ) -> None:
        """Find and check the files; raise KnownError for one that is missing or does not fit."""
        super().__init__(mapping.name)
        self.path = source
        self.mapping = mapping
        self._files = find_files(mapping, source)
        self.window = Window(
            start=Window().start if from_ms is None else from_ms,
            end=Window().end if to_ms is None else to_ms,
        )
        self.title = mapping.title
        self.currency = mapping.currency
        self.rates = mapping.rates
        self.timezone = mapping.timezone
        self.show_title = whole_characters(mapping.show.format(**self._files.captured))
        self.provides = _facts(self._files)
        for plan in self._plans(lambda text: 0):
            check_sample(plan, mapping.name)

    @classmethod
    def reads(cls, source: Path) -> bool:
        """Return True: whether a mapping fits is found out when it is opened, and why not is said."""
        return True

    @classmethod
    def open(cls, source: Path, mapping: str | None) -> Self:
        """Open files with the mapping that is named, or the shipped one that fits them."""
        return cls(source, find_mapping(source) if mapping is None else load_mapping(mapping))

    def session_meta(self) -> SessionMeta:
        """Return a new session of these files."""
        return new_meta(
            Mode.REPLAY,
            self.show_title,
            currency=self.currency,
            rates=self.rates,
            timezone=self.timezone,
        )

    def events(self, link: Link) -> Iterator[Event]:
        """Yield the context, then the events of the window in the order of their times."""
        troubles = Troubles(self.source, link)
        events: list[Event] = []
        plans = self._plans(link.key)
        for plan in plans:
            for _ in feed(plan, troubles):
                self.progress = Progress(f"reading {plan.file.name}", *plan.file.bytes_read())
                if link.stop.is_set():
                    return
        rules = [(rule, plan) for plan in plans for rule in plan.rules]
        for rule, plan in sorted(rules, key=lambda pair: pair[0].parts.number):
            events += rule.events(named(plan, troubles))
        troubles.summarize()
        yield from self._in_window(events, link.clock.now)

    def _plans(self, key: Callable[[str], int]) -> list[TablePlan]:
        return make_plans(self._files, self._files.opened(), key, channel_rules())

    def _in_window(self, events: list[Event], now: Callable[[], int]) -> Iterator[Event]:
        window, details = self.window, ""
        events.sort(key=attrgetter("occurred_at"))
        context = _context(events, window)
        late = [event for event in events if _is_late(event, window)]
        if not window.is_everything:
            ledger = Ledger(currency=self.currency, rates=self.rates)
            details = " ".join(details_of(events, ledger))
            events = cut(events, window, ledger)
        within = [event for event in events if not _is_context(event, window)]
        events.clear()
        context.sort(key=lambda event: not isinstance(event, ProductListed))
        first = within[0].occurred_at if within else _beginning(window, context, now)
        last = within[-1].occurred_at if within else first
        if details:
            yield self._attached(first, details)
        for event in context:
            if event.occurred_at < window.end:
                yield received(event, first)
        # Taken from the end, so that what was handed over is not held twice.
        within.reverse()
        total = len(within)
        while within:
            yield within.pop()
            if not len(within) % BATCH:
                self.progress = Progress("replaying", total - len(within), total)
        for event in late:
            yield received(event, last)

    def _attached(self, at: int, details: str) -> SourceAttached:
        """Return what the whole recording reports, of which a window may hold nothing."""
        return SourceAttached(
            occurred_at=at,
            received_at=at,
            source=self.source,
            source_id=f"details:{details}",
            title=self.title,
            provides=self.provides,
            mode=self.mode,
            details=details,
        )


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


def _context(events: list[Event], window: Window) -> list[Event]:
    """Return what is sent ahead of a window; of the cues before it, the one that is on air."""
    context = [event for event in events if _is_context(event, window)]
    cues = [event for event in context if isinstance(event, SegmentStarted)]
    over = {id(cue) for cue in cues[:-1]}
    return [event for event in context if id(event) not in over]


def _is_context(event: Event, window: Window) -> bool:
    """Return whether an event is sent ahead: it has no time, or happened before the window."""
    if isinstance(event, RunOfShowChanged):
        return True
    return isinstance(event, CONTEXT) and (
        event.occurred_at == UNTIMED or event.occurred_at < window.start
    )


def _is_late(event: Event, window: Window) -> bool:
    """Return whether an event is sent last: it names products of the window, but only after it."""
    return isinstance(event, ProductListed) and event.occurred_at >= window.end


def _beginning(window: Window, context: list[Event], now: Callable[[], int]) -> int:
    """Return when a window in which nothing happened begins."""
    start = window.edges[0]
    if start is not None:
        return start
    return max(
        (event.occurred_at for event in context if event.occurred_at != UNTIMED), default=now()
    )


def _facts(files: Files) -> tuple[Fact, ...]:
    """Return the kinds of fact that the files there are can report."""
    found = []
    for event in files.mapping.events:
        kind = KINDS[event.event].event
        if table_of(files.mapping, event) in files.paths and kind is not None and kind.fact:
            found.append(kind.fact)
    return tuple(dict.fromkeys(found))
