"""Where each source of a show stands, from what was recorded of it."""

from __future__ import annotations

from msgspec import Struct

from liveroom.models.events import ConnectionChanged, QuotaReported, SourceAttached
from liveroom.models.facts import TROUBLED, ConnectionState, Fact
from liveroom.models.told import Told


class Quota(Struct, frozen=True, gc=False, array_like=True):
    """How often a source may still be asked, of how often, until when (ms UTC); `label`: what."""

    remaining: int
    limit: int | None = None
    resets_at: int | None = None
    label: str = ""


class SourceStatus:
    """One source: what it is, the state it entered last, and its troubles so far."""

    __slots__ = (
        "due_ms",
        "errors",
        "last_error",
        "last_error_at",
        "mode",
        "next_try_at",
        "provides",
        "quota",
        "reason",
        "since",
        "source",
        "state",
        "title",
    )

    def __init__(self, source: str) -> None:
        """Start as a source of which nothing was said."""
        self.source = self.title = source
        self.mode = ""
        self.provides: tuple[Fact, ...] = ()
        self.state = ConnectionState.STOPPED
        self.since = 0
        self.reason = ""
        self.next_try_at: int | None = None
        self.due_ms: int | None = None
        self.errors = 0
        self.last_error = ""
        self.last_error_at: int | None = None
        self.quota = Told[Quota]()


class Connections:
    """The sources of a show, in the order in which they joined."""

    def __init__(self) -> None:
        """Start with none."""
        self.sources: dict[str, SourceStatus] = {}

    def attached(self, event: SourceAttached) -> None:
        """Take a source that joined."""
        status = self._status(event.source)
        status.title, status.mode = event.title or event.source, event.mode
        status.provides = event.provides
        status.due_ms = None if event.due_seconds is None else round(event.due_seconds * 1000)

    def changed(self, event: ConnectionChanged) -> None:
        """Take a source's change of state, in the order of arrival.

        Not by time: before a recording begins its clock shows the present, which lies after it.
        """
        status = self._status(event.source)
        status.state, status.since = event.state, event.occurred_at
        status.reason, status.next_try_at = event.reason, event.next_try_at
        if event.state in TROUBLED:
            status.errors += 1
            status.last_error = event.reason or event.state.value
            status.last_error_at = event.occurred_at

    def quota_reported(self, event: QuotaReported) -> None:
        """Take how often a source may still be asked."""
        quota = Quota(event.remaining, event.limit, event.resets_at, event.label)
        self._status(event.source).quota.tell(event.occurred_at, quota)

    def restore(self, status: SourceStatus) -> None:
        """Put a stored status back."""
        self.sources[status.source] = status

    def _status(self, source: str) -> SourceStatus:
        return self.sources.setdefault(source, SourceStatus(source))
