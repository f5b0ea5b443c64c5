"""Every scored rehearsal of every producer, one JSON object per line: the learning curve."""

from __future__ import annotations

import logging
from pathlib import Path

import msgspec
from msgspec import Struct

from liveroom.errors import KnownError
from liveroom.models.score_card import Attempt
from liveroom.paths import user_data_dir

log = logging.getLogger(__name__)


class Entry(Struct, frozen=True, kw_only=True):
    """An attempt, and whose it was at what."""

    producer: str
    scenario: str
    attempt: Attempt


def attempts_file() -> Path:
    """Return the file that holds all attempts."""
    return user_data_dir() / "attempts.jsonl"


def keep_attempt(entry: Entry) -> None:
    """Add an attempt; raises KnownError where it cannot be written."""
    path = attempts_file()
    try:
        with path.open("ab") as file:
            # A line that a crash cut short must not swallow this one.
            torn = file.tell() and not _ends_line(path)
            file.write((b"\n" if torn else b"") + msgspec.json.encode(entry) + b"\n")
    except OSError as error:
        raise KnownError(f"the attempt was not kept in {path}: {error}") from error


def attempts_of(producer: str, scenario: str) -> tuple[Attempt, ...]:
    """Return a producer's attempts at a scenario, oldest first; lines that are none are left out."""
    path, found = attempts_file(), []
    try:
        lines = path.read_bytes().splitlines()
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise KnownError(f"{path} cannot be read: {error}") from error
    for number, line in enumerate(lines, start=1):
        try:
            entry = msgspec.json.decode(line, type=Entry)
        except msgspec.DecodeError as error:
            log.warning("%s, line %d is no attempt: %s", path, number, error)
            continue
        if (entry.producer, entry.scenario) == (producer, scenario):
            found.append(entry.attempt)
    return tuple(sorted(found, key=lambda attempt: attempt.ended_at))


def _ends_line(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-1, 2)
        return file.read(1) == b"\n"
