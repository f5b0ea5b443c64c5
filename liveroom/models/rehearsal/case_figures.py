"""Measures the effect of a case on the one show that a rehearsal plays."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from liveroom.models.case_figure import CaseFigure, standing_of
from liveroom.models.rehearsal.case import Case, Compare, Effect
from liveroom.models.rehearsal.interval import interval_of
from liveroom.models.rehearsal.series import compared

Measured = Sequence[tuple[float | None, float | None]]
"""The effect's measure on each seed, the played one first: as acted, and where nobody acts."""


class CaseEffect(Struct, frozen=True, kw_only=True):
    """The case that is rehearsed, as far as its effect can be measured on one show."""

    case: Case

    @property
    def effect(self) -> Effect | None:
        """Return what to measure; None where the case's figure is of several shows together."""
        return None if self._shows > 1 else self.case.effect

    @property
    def _shows(self) -> int:
        return sum(part.times for part in self.case.parts if part.measured)

    def figure(self, measured: Measured) -> CaseFigure | None:
        """Return the case's figure beside what was measured."""
        effect = self.case.effect
        if effect.target is None:
            return None
        values = [None if self._shows > 1 else compared(effect, *pair) for pair in measured]
        why_not = ""
        if self._shows > 1:
            why_not = f"it is of {self._shows} shows together, a rehearsal is one of them"
        elif values[0] is None:
            why_not = "this show has no value for it"
        return CaseFigure(
            case_id=self.case.case_id,
            name=effect.name,
            unit=effect.unit,
            figure=effect.target,
            value=values[0],
            over_seeds=interval_of([value for value in values if value is not None]),
            is_share=effect.compare is Compare.RELATIVE,
            why_not=why_not,
            standing=standing_of(values[0], effect.target, effect.unit),
        )
