"""The layouts that the desk comes with: what each phase of a show looks at, and how much room it has."""

from typing import NamedTuple

from liveroom.models.facts import Mode
from liveroom.ui.panel import PanelSpec


class Shares(NamedTuple):
    """How wide the columns at both sides are, as shares of the window."""

    left: float
    right: float


class Phase(NamedTuple):
    """An arrangement of every panel, also of those that come later: their specs say where they stand."""

    phase_id: str
    """Stable for ever: layouts are stored by it. Never shown."""
    title: str
    says: str
    wide: Shares
    compact: Shares
    centre: float
    """The share of the upper half of the middle column."""
    right: float
    """The share of the upper half of the right column."""

    def place(self, spec: PanelSpec, compact: bool) -> str:
        """Return where a panel stands; blank where it has no place in this phase."""
        own = {"prepare": spec.prepare, "debrief": spec.debrief}.get(self.phase_id)
        if own == "":
            return ""
        return (spec.compact_place if compact else "") or own or spec.place

    def shows(self, spec: PanelSpec) -> bool:
        """Return whether a panel is seen at first."""
        own = {"prepare": spec.prepare, "debrief": spec.debrief}.get(self.phase_id)
        return spec.shown if own is None else bool(own)


PREPARE = Phase(
    "prepare",
    "Prepare",
    "the running order wide, products, offers, sources",
    Shares(0.34, 0.27),
    Shares(0.36, 0.29),
    0.64,
    0.62,
)
ON_AIR = Phase(
    "on_air",
    "On air",
    "run of show, audience, products, channels, chat",
    Shares(0.221, 0.253),
    Shares(0.24, 0.25),
    0.58,
    0.4,
)
DEBRIEF = Phase(
    "debrief",
    "Debrief",
    "curves, products and score, channels, log",
    Shares(0.221, 0.29),
    Shares(0.24, 0.29),
    0.54,
    0.46,
)
PHASES = (PREPARE, ON_AIR, DEBRIEF)


def first_phase(mode: Mode) -> Phase:
    """Return the phase in which a desk of a mode opens until another layout was chosen."""
    return DEBRIEF if mode is Mode.DEBRIEF else ON_AIR


def phase_of(phase_id: str) -> Phase:
    """Return a phase by id; `ON_AIR` for one that this version does not know."""
    return next((one for one in PHASES if one.phase_id == phase_id), ON_AIR)
