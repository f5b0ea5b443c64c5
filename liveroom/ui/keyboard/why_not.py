"""Why a command cannot be used at an instant of the show; told, never hidden."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # Not before the first paint: it brings msgspec along.
    from liveroom.models.snapshot import Snapshot

WhyNot = Callable[["Snapshot | None"], str]
"""Gets what the desk shows, and gives a blank where nothing speaks against it."""


def always(snapshot: Snapshot | None) -> str:
    """Say that nothing speaks against it."""
    return ""
