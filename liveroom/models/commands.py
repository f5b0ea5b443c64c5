"""What the producer wishes: imperative, validated by the session, confirmed only by an event."""

from __future__ import annotations

from msgspec import Struct

from liveroom.models.facts import Fact


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


class ChooseCountingSource(Command, frozen=True, kw_only=True, gc=False):
    """Name the source that counts for one kind of fact."""

    counted: Fact
    source: str


class RestartConnector(Command, frozen=True, kw_only=True, gc=False):
    """Start a connector again that stopped, failed or asked for attention."""

    source: str
