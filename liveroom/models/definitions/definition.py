"""What a definition of a number says."""

from __future__ import annotations

from msgspec import Struct

from liveroom.models.facts import Fact


class Definition(Struct, frozen=True, kw_only=True):
    """A number's name, its meaning, what is divided by what, and the facts that it counts."""

    title: str
    meaning: str
    numerator: str = ""
    denominator: str = ""
    facts: tuple[Fact, ...] = ()
    unit: str = "count"

    @property
    def ratio(self) -> str:
        """Return `numerator ÷ denominator`, or nothing for a plain count."""
        return f"{self.numerator} ÷ {self.denominator}" if self.denominator else ""
