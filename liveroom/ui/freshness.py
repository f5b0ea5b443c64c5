"""How old a number is, and whether the source that counts for it is late or in trouble."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from liveroom.models.facts import Fact
from liveroom.ui import format as fmt

if TYPE_CHECKING:
    from liveroom.models.snapshot import Snapshot, Stale


class Freshness(NamedTuple):
    """An age in words; `troubled` names the sources that do not deliver."""

    age: str = ""
    troubled: tuple[str, ...] = ()
    late: bool = False
    """Whether the first of them runs, and is past its own due time."""

    @property
    def note(self) -> str:
        """Return the age, with the source's name where it is late or in trouble."""
        if not self.troubled:
            return self.age
        word = "LATE " if self.late else ""
        return f"{self.troubled[0]} {word}{self.age}".strip()

    @property
    def owed(self) -> tuple[str, ...]:
        """Return the age with the name of the source that owes it, at length and in short."""
        return (self.note, f"{self.troubled[0]} {self.age}".strip()) if self.troubled else ()

    @property
    def tone(self) -> str:
        """Return the tone of the age: amber by the source's own due time, not at a fixed age."""
        return "warn" if self.troubled else "text_3"


def troubled_facts(snapshot: Snapshot) -> frozenset[Fact]:
    """Return the facts whose counting source does not deliver."""
    silent = {one.source for one in snapshot.connections if snapshot.is_silent(one)}
    if not silent:
        return frozenset()
    return frozenset(fact for fact, source in snapshot.counting.items() if source in silent)


def freshness(snapshot: Snapshot, facts: Iterable[Fact]) -> Freshness:
    """Return the age of the newest of `facts`, or of the oldest that a source in trouble owes."""
    wanted = tuple(facts)
    silent = troubled_facts(snapshot)
    stale = {
        fact: why for fact in wanted if fact in silent and (why := snapshot.stale(fact)) is not None
    }
    ages = {fact: age for fact in wanted if (age := snapshot.age_ms(fact)) is not None}
    owed = [age for fact, age in ages.items() if fact in stale]
    shown = max(owed, default=min(ages.values(), default=None))
    words = "" if shown is None else fmt.age(shown, snapshot.at, snapshot.timezone)
    if not stale:
        return Freshness(words)
    titles = dict.fromkeys(why.title for why in stale.values())
    return Freshness(words, tuple(titles), next(iter(stale.values())).late)


def told_until(snapshot: Snapshot, facts: Iterable[Fact]) -> int | None:
    """Return until when (s UTC) all sources of `facts` were heard, None while they are.

    What is drawn against time ends there: a silent source does not say that nothing happened.
    """
    stale = [why.since for fact in facts if (why := snapshot.stale(fact)) is not None]
    return min(stale) // 1000 + 1 if stale else None


def stale_columns(snapshot: Snapshot, columns: Mapping[str, Iterable[Fact]]) -> frozenset[str]:
    """Return the columns that rest on a fact whose source does not deliver."""
    stale = troubled_facts(snapshot)
    if not stale:
        return frozenset()
    return frozenset(key for key, facts in columns.items() if stale & set(facts))


def why_stale(why: Stale, snapshot: Snapshot) -> str:
    """Return in a sentence since when a source is silent, why, and when it tries again."""
    since = fmt.clock(why.since, snapshot.timezone)
    if why.late:
        return f"{why.title} is late: nothing since {since}."
    words = f"{why.title} does not deliver since {since}"
    if why.reason:
        words += f": {why.reason}"
    if why.next_try_at is not None and why.next_try_at > snapshot.at:
        words += f"; next try at {fmt.clock(why.next_try_at, snapshot.timezone)}"
    return f"{words}."
