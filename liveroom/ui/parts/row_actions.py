"""What can be done about the chosen product: pin its card, prepare an offer, take its segment."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from liveroom.models.commands import PinProduct, TakeSegment
from liveroom.models.run_of_show import timings
from liveroom.ui.panel import Submit
from liveroom.ui.parts.offer_form import is_past

if TYPE_CHECKING:
    from liveroom.models.run_of_show import SegmentTiming
    from liveroom.models.snapshot import Snapshot

_SURE_SECONDS = 4.0
_OFFERS = "offers"
PAST = "what happened cannot be changed"


class RowActions:
    """Asks only; the desk follows when the confirming fact comes back."""

    def __init__(
        self, submit: Submit, say: Callable[[str, str], None], offer: Callable[[str, str], None]
    ) -> None:
        """Take how to act, where to say what was asked, and the way to another panel."""
        self._submit, self._say, self._offer = submit, say, offer
        self._asked, self._asked_at = "", 0.0
        self.clock: Callable[[], float] = time.monotonic

    def pin(self, sku: str, name: str, snapshot: Snapshot) -> None:
        """Show the product's card above the stream, or take it away."""
        if self._may(snapshot):
            pinned = snapshot.levers.pinned == sku
            self._submit(PinProduct(sku="" if pinned else sku))
            self._say(f"asked to {'take away' if pinned else 'pin'} the card of {name}", "text_2")

    def offer(self, sku: str, name: str, snapshot: Snapshot) -> None:
        """Open the form of a new offer for the product."""
        if self._may(snapshot):
            self._offer(_OFFERS, sku)

    def take(self, sku: str, name: str, snapshot: Snapshot) -> None:
        """Put the product's next segment on air; the first press asks, the second one means it."""
        if not self._may(snapshot):
            return
        segment = segment_of(sku, snapshot)
        if segment is None:
            self._say(f"no segment to come shows {name}", "warn")
            return
        segment_id = segment.segment.segment_id
        now = self.clock()
        if self._asked == segment_id and now - self._asked_at < _SURE_SECONDS:
            self._asked = ""
            self._submit(TakeSegment(segment_id=segment_id))
            self._say(f"asked for {segment.segment.title}", "text_2")
            return
        self._asked, self._asked_at = segment_id, now
        self._say(f"T again takes {segment.number} · {segment.segment.title}", "warn")

    def _may(self, snapshot: Snapshot) -> bool:
        if is_past(snapshot):
            self._say(PAST, "warn")
            return False
        return True


def segment_of(sku: str, snapshot: Snapshot) -> SegmentTiming | None:
    """Return the first segment to come that shows a product."""
    for timing in timings(snapshot.run_of_show, snapshot.at):
        if timing.state in ("next", "planned") and sku in timing.segment.skus:
            return timing
    return None
