"""The things that go wrong and are not bugs: known, temporary, needing attention. The rest is a bug."""

from __future__ import annotations


class KnownError(Exception):
    """Something named that the user can understand and mend; the message says what and how."""


class TemporaryError(KnownError):
    """Will pass by itself: time-out, 429, 5xx; `retry_after` seconds if the other side said so."""

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        """Say what failed and, if known, when to come back."""
        super().__init__(message)
        self.retry_after = retry_after


class NeedsAttention(KnownError):
    """Will not pass without the producer: wrong key, wrong shop, missing file; the message names the fix."""


class CommandRefused(KnownError):
    """A command that cannot be carried out; the message says why."""
