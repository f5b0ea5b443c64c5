"""What the connections panel says of a source, in words: figures, troubles, how far others disagree."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from liveroom.models.facts import TROUBLED, Fact
from liveroom.ui import format as fmt
from liveroom.ui.tooltips import source_title

if TYPE_CHECKING:
    from liveroom.models.counting import SourceFigures
    from liveroom.models.snapshot import Connection, Snapshot

_AHEAD_MS = -1_000
"""A median lag below this is no jitter: the clock of the source is ahead."""
_GAUGES = {Fact.AUDIENCE: "sample", Fact.STOCK: "reading"}
"""Facts of which a total is a number of readings, and says nothing of what was read."""
LITTLE_LEFT = 0.1
"""A quota of which less is left is amber."""


def figures_of(connection: Connection) -> dict[str, str]:
    """Return the figures of a source by the key of their definition."""
    lag, due = connection.lag, connection.due_ms
    return {
        "source.facts": fmt.count(connection.facts),
        "source.due": fmt.NONE_YET if due is None else span(due),
        "source.lag": fmt.NONE_YET if lag is None else span(lag.p50_ms),
        "source.lag_95": fmt.NONE_YET if lag is None else span(lag.p95_ms),
        "source.troubles": fmt.count(connection.errors),
    }


def span(ms: int) -> str:
    """Return a delay: tenths of a second below ten, then seconds, from five minutes on minutes."""
    size = abs(ms)
    sign = fmt.MINUS if ms < 0 else ""
    if size < 9_950:
        seconds = size / fmt.SECOND
        whole = size % fmt.SECOND == 0 and size
        return f"{sign}{fmt.number(seconds, 0 if whole else 1)}{fmt.NO_BREAK}s"
    if size < 5 * fmt.MINUTE:
        return f"{sign}{fmt.count(round(size / fmt.SECOND))}{fmt.NO_BREAK}s"
    return f"{sign}{fmt.count(round(size / fmt.MINUTE))}{fmt.NO_BREAK}min"


def reason_of(connection: Connection, snapshot: Snapshot) -> tuple[str, str]:
    """Return why a source is in trouble or late, or what its last trouble was, and the tone of it."""
    late_since = connection.late_since(snapshot.at)
    if connection.state in TROUBLED:
        words, tone = connection.reason, "bad"
        if connection.next_try_at is not None:
            words += f"; next try at {fmt.clock(connection.next_try_at, snapshot.timezone)}"
            tone = "warn"
        return words, tone
    if late_since is not None and connection.due_ms is not None:
        heard = connection.last_received_at
        since = "" if heard is None else f" since {fmt.clock(heard, snapshot.timezone)}"
        return f"Nothing{since}; something is due every {span(connection.due_ms)}", "warn"
    if connection.lag is not None and connection.lag.p50_ms <= _AHEAD_MS:
        ahead = span(-connection.lag.p50_ms)
        return f"Its clock is {ahead} ahead: facts arrive before they happen", "warn"
    if connection.reason:
        return connection.reason, "text_2"
    if connection.last_error and connection.last_error_at is not None:
        at = fmt.clock_with_day(connection.last_error_at, snapshot.timezone, snapshot.at)
        return f"Last trouble {at}: {connection.last_error}", "text_3"
    return "", "text_3"


def quota_of(connection: Connection, snapshot: Snapshot) -> tuple[str, str]:
    """Return how often a source may still be asked, and the tone of it; blank where nobody says."""
    quota = connection.quota
    if quota is None:
        return "", "text_3"
    words = f"Quota: {fmt.count(quota.remaining)} left"
    if quota.limit is not None:
        words = f"Quota: {fmt.count(quota.remaining)} of {fmt.count(quota.limit)} left"
    if quota.label:
        words += f" ({quota.label})"
    if quota.resets_at is not None:
        if quota.resets_at <= snapshot.at:
            return f"{words}, as of before its reset", "text_3"
        at = fmt.clock_with_day(quota.resets_at, snapshot.timezone, snapshot.at)
        words += f", whole again at {at}"
    little = quota.remaining <= LITTLE_LEFT * (quota.limit or 0)
    return words, "warn" if little else "text_2"


def facts_of(connection: Connection) -> str:
    """Return what a source counts for, and what else it reports."""
    counts = _names(connection.counts_for)
    other = _names(tuple(f for f in connection.provides if f not in connection.counts_for))
    parts = []
    if counts:
        parts.append(f"Counts for {counts}")
    if other:
        parts.append(f"{'also reports' if counts else 'Reports'} {other}")
    return "; ".join(parts)


class Contest(NamedTuple):
    """A fact that several sources report: which, by what title, which counts, how far apart."""

    fact: Fact
    sources: tuple[str, ...]
    titles: tuple[str, ...]
    counts: int | None
    """The place of the source that counts."""
    difference: str


def contests(snapshot: Snapshot) -> list[Contest]:
    """Return the facts that more than one source reports or provides, in the order of facts."""
    found = {(one.fact, one.source): one for one in snapshot.sources}
    rows = []
    for fact in Fact:
        sources = [
            one.source
            for one in snapshot.connections
            if fact in one.provides or (fact, one.source) in found
        ]
        if len(sources) < 2:
            continue
        counting = snapshot.counting.get(fact)
        titles = tuple(source_title(snapshot, source) for source in sources)
        place = sources.index(counting) if counting in sources else None
        own = found.get((fact, counting)) if counting is not None else None
        parts = [
            _beside(source, found.get((fact, source)), own, snapshot)
            for source in sources
            if source != counting
        ]
        if counting is not None:
            parts.insert(0, f"{_total(own)} at {source_title(snapshot, counting)}")
        rows.append(Contest(fact, tuple(sources), titles, place, ", ".join(parts)))
    return rows


def name_of(fact: Fact) -> str:
    """Return a fact's name at the start of a line."""
    return fact.value.replace("_", " ").capitalize()


def _total(figures: SourceFigures | None) -> str:
    if figures is None:
        return "none yet"
    if figures.fact in _GAUGES:
        return fmt.plural(figures.total, _GAUGES[figures.fact])
    return fmt.count(figures.total)


def _beside(
    source: str, one: SourceFigures | None, own: SourceFigures | None, snapshot: Snapshot
) -> str:
    """Return the total of a source that does not count, and how far it is from the one that does."""
    words = f"{_total(one)} at {source_title(snapshot, source)}"
    if one is None or own is None or one.fact in _GAUGES:
        return words
    return f"{words} ({_difference(one, own, snapshot)})"


def _difference(one: SourceFigures, own: SourceFigures, snapshot: Snapshot) -> str:
    gap = one.total - own.total
    parts = []
    if gap:
        share = f", {_signed(gap)}{fmt.percent(abs(gap) / own.total)}" if own.total else ""
        parts.append(f"{_signed(gap)}{fmt.count(abs(gap))}{share}")
    if one.amount_minor is not None and own.amount_minor is not None:
        minor = one.amount_minor - own.amount_minor
        if minor:
            parts.append(f"{_signed(minor)}{fmt.money(abs(minor), snapshot.currency)}")
    return " and ".join(parts) if parts else "no difference"


def _signed(value: int) -> str:
    return "+" if value > 0 else fmt.MINUS


def _names(facts: tuple[Fact, ...]) -> str:
    return ", ".join(fact.value.replace("_", " ") for fact in facts)
