"""Where each source of a show stands, from what was recorded of it."""

from __future__ import annotations

from liveroom.models.events import ConnectionChanged, SourceAttached
from liveroom.models.facts import ConnectionState, Fact


class SourceStatus:
    """One source: what it is and the state it entered last."""

    __slots__ = ("mode", "provides", "reason", "since", "source", "state", "title")

    def __init__(self, source: str) -> None:
        """Start as a source of which nothing was said."""
        self.source = self.title = source
        self.mode = ""
        self.provides: tuple[Fact, ...] = ()
        self.state = ConnectionState.STOPPED
        self.since = 0
        self.reason = ""


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

    def changed(self, event: ConnectionChanged) -> None:
        """Take a source's change of state, in the order of arrival.

        Not by time: before a recording begins its clock shows the present, which lies after it.
        """
        status = self._status(event.source)
        status.state, status.since = event.state, event.occurred_at
        status.reason = event.reason

    def restore(
        self,
        source: str,
        title: str,
        mode: str,
        provides: tuple[Fact, ...],
        state: ConnectionState,
        since: int,
        reason: str,
    ) -> None:
        """Put a stored status back."""
        status = self._status(source)
        status.title, status.mode, status.provides = title, mode, provides
        status.state, status.since, status.reason = state, since, reason

    def _status(self, source: str) -> SourceStatus:
        return self.sources.setdefault(source, SourceStatus(source))
