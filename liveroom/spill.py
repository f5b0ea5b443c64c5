"""What could not be written into a session file, kept elsewhere until it can be opened again."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Sequence
from pathlib import Path

import msgspec

from liveroom.connectors.base import SetAside
from liveroom.models.events import Event
from liveroom.paths import user_data_dir
from liveroom.rows import KINDS, TYPES

log = logging.getLogger(__name__)

_ASIDE = "set_aside"


def spill(session_id: str, things: Sequence[Event | SetAside]) -> Path | None:
    """Write things to a file on another disk; return it, or None where nothing can be written."""
    lines = b"".join(_line(thing) for thing in things)
    for path in _places(session_id):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("ab") as file:
                file.write(lines)
        except OSError as error:
            log.warning("unsaved events do not fit into %s: %s", path, error)
        else:
            return path
    return None


def recover(session_id: str) -> tuple[list[Event], list[SetAside]]:
    """Return what was spilled for a session."""
    events: list[Event] = []
    asides: list[SetAside] = []
    for path in _places(session_id):
        for line in path.read_bytes().splitlines() if path.exists() else ():
            try:
                body = msgspec.json.decode(line)
                if body["kind"] == _ASIDE:
                    asides.append(msgspec.convert(body["fact"], SetAside))
                else:
                    events.append(msgspec.convert(body["fact"], TYPES[body["kind"]]))
            except (msgspec.MsgspecError, KeyError, TypeError):
                # The last line of a write that was cut off.
                log.warning("%s holds a line that is not an event", path)
    return events, asides


def forget(session_id: str) -> None:
    """Remove what was spilled for a session, after it was recorded."""
    for path in _places(session_id):
        path.unlink(missing_ok=True)


def _line(thing: Event | SetAside) -> bytes:
    kind = _ASIDE if isinstance(thing, SetAside) else KINDS[type(thing)]
    return msgspec.json.encode({"kind": kind, "fact": thing}) + b"\n"


def _places(session_id: str) -> tuple[Path, Path]:
    file = f"{session_id}.jsonl"
    return (
        user_data_dir() / "unsaved" / file,
        Path(tempfile.gettempdir()) / "liveroom-unsaved" / file,
    )
