"""What goes wrong in the world at this moment, as the rest of the world feels it."""

from __future__ import annotations

RAID = "Raid"
"""The label of the channel through which a raid comes."""


class Conditions:
    """Factors and facts that troubles set anew every second; at rest they change nothing."""

    __slots__ = (
        "arrivals",
        "cue_is_held",
        "payments_failing",
        "picture_is_frozen",
        "raiders",
        "sold_elsewhere",
        "walkout",
    )

    def __init__(self) -> None:
        """Start with nothing wrong."""
        self.clear()

    def clear(self) -> None:
        """Let nothing be wrong."""
        self.arrivals = 1.0
        """Multiplies the visits to expect in this second."""
        self.walkout = 0.0
        """Leaving rate per second added for everybody in the room, those who only look in too."""
        self.payments_failing = 0.0
        """Share of the payments of this second that fail for no fault of the buyer."""
        self.cue_is_held = False
        """The presenter goes on: neither the plan nor the producer gets the next segment on air."""
        self.picture_is_frozen = False
        """The room sees no moving picture, and says so."""
        self.raiders = 0
        """Visits that come in this second at once, beyond all others."""
        self.sold_elsewhere: tuple[str, ...] = ()
        """Products (skus) of which another channel sells the last unit in this second."""
