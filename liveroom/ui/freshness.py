"""How old a number is, and whether the source that counts for it is in trouble."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from liveroom.models.facts import Fact
from liveroom.ui import format as fmt
from liveroom.ui.states import TROUBLED

if TYPE_CHECKING:
    from liveroom.models.snapshot import Snapshot


class Freshness(NamedTuple):
    """An age in words; `troubled` names the sources that do not deliver."""

    age: str = ""
    troubled: tuple[str, ...] = ()

    @property
    def note(self) -> str:
        """Return the age, with the source's name where it is in trouble."""
        return f"{self.troubled[0]} {self.age}".strip() if self.troubled else self.age

    @property
    def tone(self) -> str:
        """Return the tone of the age: amber when a source is in trouble, not at a fixed age."""
        return "warn" if self.troubled else "text_3"


def troubled_facts(snapshot: Snapshot) -> frozenset[Fact]:
    """Return the facts whose counting source does not deliver."""
    silent = {one.source for one in snapshot.connections if one.state in TROUBLED}
    return frozenset(fact for fact, source in snapshot.counting.items() if source in silent)


def freshness(snapshot: Snapshot, facts: Iterable[Fact]) -> Freshness:
    """Return the age of the newest of `facts`, or of the oldest that a source in trouble owes."""
    wanted = tuple(facts)
    counting = {fact: snapshot.counting.get(fact) for fact in wanted}
    troubled = {
        one.source: one.title or one.source
        for one in snapshot.connections
        if one.state in TROUBLED and one.source in counting.values()
    }
    ages = {fact: age for fact in wanted if (age := snapshot.age_ms(fact)) is not None}
    owed = [age for fact, age in ages.items() if counting[fact] in troubled]
    shown = max(owed, default=min(ages.values(), default=None))
    words = "" if shown is None else fmt.age(shown, snapshot.at, snapshot.timezone)
    return Freshness(words, tuple(troubled.values()))
