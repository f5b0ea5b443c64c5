"""Events that could not be written into their session file, kept elsewhere until it can be opened again."""

from __future__ import annotations

import hashlib
import logging
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from liveroom.models.events import Event
from liveroom.paths import user_data_dir
from liveroom.rows import KINDS, TYPES

log = logging.getLogger(__name__)


def spill(session: Path, events: Sequence[Event]) -> Path | None:
    """Write events to a file outside the session's disk; return it, or None where nothing can be written."""
    lines = b"".join(
        msgspec.json.encode({"kind": KINDS[type(event)], "event": event}) + b"\n"
        for event in events
    )
    for path in _places(session):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("ab") as file:
                file.write(lines)
        except OSError as error:
            log.warning("unsaved events do not fit into %s: %s", path, error)
        else:
            return path
    return None


def recover(session: Path) -> list[Event]:
    """Return the events that were spilled for a session."""
    found: list[Event] = []
    for path in _places(session):
        if path.exists():
            found.extend(_read(path))
    return found


def forget(session: Path) -> None:
    """Remove what was spilled for a session, after it was recorded."""
    for path in _places(session):
        path.unlink(missing_ok=True)


def _places(session: Path) -> tuple[Path, Path]:
    name = hashlib.sha256(str(session.resolve()).encode()).hexdigest()[:16]
    file = f"{session.stem}-{name}.jsonl"
    return (
        user_data_dir() / "unsaved" / file,
        Path(tempfile.gettempdir()) / "liveroom-unsaved" / file,
    )


def _read(path: Path) -> Iterator[Event]:
    for line in path.read_bytes().splitlines():
        try:
            body = msgspec.json.decode(line)
            yield msgspec.convert(body["event"], TYPES[body["kind"]])
        except (msgspec.MsgspecError, KeyError, TypeError):
            # The last line of a write that was cut off.
            log.warning("%s holds a line that is not an event", path)
