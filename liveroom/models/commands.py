"""What the producer wishes: imperative, validated by the session, confirmed only by an event."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

from liveroom.models.facts import Fact, Presentation, Recipients, Trouble
from liveroom.models.offers import Offer
from liveroom.models.targets import TargetKpi


class Command(Struct, frozen=True, kw_only=True, gc=False, tag=True):
    """A wish; the event that confirms it changes the desk, never the command."""


class TakeSegment(Command, frozen=True, kw_only=True, gc=False):
    """Put a segment on air; the one on air ends."""

    segment_id: str


class RenameSegment(Command, frozen=True, kw_only=True, gc=False):
    """Give a segment another title."""

    segment_id: str
    title: str


class ChangeSegmentDuration(Command, frozen=True, kw_only=True, gc=False):
    """Plan another duration for a segment, in milliseconds."""

    segment_id: str
    duration_ms: int


class MoveSegment(Command, frozen=True, kw_only=True, gc=False):
    """Put a segment that has not started before another one; a blank `before` puts it last."""

    segment_id: str
    before: str


class CutSegment(Command, frozen=True, kw_only=True, gc=False):
    """Take a segment that is not on air out of the run of show."""

    segment_id: str


class SetSegmentTarget(Command, frozen=True, kw_only=True, gc=False):
    """Plan what a segment shall bring, in minor units of the session's currency; None: nothing said."""

    segment_id: str
    revenue_target_minor: int | None


class SetTarget(Command, frozen=True, kw_only=True, gc=False):
    """Set the target of a key figure (money in minor units of the session's currency); None: none."""

    kpi: TargetKpi
    value: float | None


class PinProduct(Command, frozen=True, kw_only=True, gc=False):
    """Show one product's card above the stream; a blank sku takes it away."""

    sku: str


class LaunchOffer(Command, frozen=True, kw_only=True):
    """Start an offer now."""

    offer: Offer


class EndOffer(Command, frozen=True, kw_only=True, gc=False):
    """End an offer before its time."""

    offer_id: str


class ChangePresentation(Command, frozen=True, kw_only=True, gc=False):
    """Present what is on air in another way."""

    style: Presentation


class SendPaymentLink(Command, frozen=True, kw_only=True, gc=False):
    """Send a payment link for a product to everyone who asked for one and waits."""

    sku: str


class AutomatePaymentLinks(Command, frozen=True, kw_only=True, gc=False):
    """Let payment links be sent by the shop's flow instead of by hand, or stop that."""

    on: bool


class SendReminder(Command, frozen=True, kw_only=True, gc=False):
    """Write to people who are not watching, or who left a cart."""

    to: Recipients


class SetAdSpend(Command, frozen=True, kw_only=True, gc=False):
    """Spend another amount per minute on advertising, in minor units of the session's currency."""

    per_minute_minor: int


class ReserveStock(Command, frozen=True, kw_only=True, gc=False):
    """Keep units of a product for the show; other sales channels may not sell them."""

    sku: str
    units: int


class IntegrateStock(Command, frozen=True, kw_only=True, gc=False):
    """Let all sales channels count down one common stock, or stop that."""

    on: bool


class CauseTrouble(Command, frozen=True, kw_only=True, gc=False):
    """Let something go wrong in a rehearsal; `subject` is the source or sku, blank: any."""

    trouble: Trouble
    minutes: float = 2.0
    subject: str = ""


class MarkAnswered(Command, frozen=True, kw_only=True, gc=False):
    """Say that a question of the chat was answered on air."""

    question: str


class ReopenQuestion(Command, frozen=True, kw_only=True, gc=False):
    """Take back that a question was marked answered."""

    question: str


class PinQuestion(Command, frozen=True, kw_only=True, gc=False):
    """Put a question of the chat in front of the presenter; a blank one takes it away."""

    question: str


class TakeNote(Command, frozen=True, kw_only=True, gc=False):
    """Write down what happened at an instant (ms UTC; None: now); without text it is a mark."""

    text: str = ""
    about_at: int | None = None


class TellPresenter(Command, frozen=True, kw_only=True, gc=False):
    """Put a message of one line or two on the presenter's screen; a blank text clears it."""

    text: str


class ChooseCountingSource(Command, frozen=True, kw_only=True, gc=False):
    """Name the source that counts for one kind of fact."""

    counted: Fact
    source: str


class SetClockShift(Command, frozen=True, kw_only=True, gc=False):
    """Count a source's facts so many milliseconds earlier than it says; 0: as it says."""

    source: str
    shift_ms: int


class RestartConnector(Command, frozen=True, kw_only=True, gc=False):
    """Start a connector again that stopped, failed or asked for attention."""

    source: str


class SetSpeed(Command, frozen=True, kw_only=True, gc=False):
    """Let the time of a rehearsal or a replay run `speed` times as fast; 0 pauses it."""

    speed: float


class JumpToNextSegment(Command, frozen=True, kw_only=True, gc=False):
    """Let a rehearsal or a replay hurry to where the next segment is due, then go on as before."""


if TYPE_CHECKING:
    AnyCommand: TypeAlias = Command
else:
    # For reading: msgspec tells them apart by their tags, but does not look for subclasses itself.
    AnyCommand = reduce(or_, Command.__subclasses__())
