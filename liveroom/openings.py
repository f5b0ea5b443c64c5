"""What the start screen offers, read from disk, and the session that a choice leads to; no Qt."""

from __future__ import annotations

import logging
import os
import sqlite3
import tomllib
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from liveroom import session_file
from liveroom.errors import KnownError
from liveroom.models.facts import Mode
from liveroom.models.money import parse_currency
from liveroom.paths import resource, sessions_dir
from liveroom.session_file import SUFFIX, sqlite_errors
from liveroom.ui.start_screen_choices import (
    Choice,
    MappingRow,
    NewShow,
    Offers,
    OpenSession,
    RecentRow,
    Rehearse,
    Replay,
    ScenarioRow,
)

if TYPE_CHECKING:
    # Not at once: it brings numpy along, and what the start screen lists needs none.
    from liveroom.sources import Plan

log = logging.getLogger(__name__)

MOST_RECENT = 50
_FIRST = "SELECT occurred_at FROM events WHERE kind IN (SELECT kind FROM kinds WHERE fact != '')"


def offers() -> Offers:
    """Return all that the start screen lists; reads files, so not in the GUI thread."""
    return Offers(
        scenarios=scenarios(),
        mappings=mappings(),
        recent=recent_sessions(),
        sessions_folder=str(sessions_dir()),
        timezone=own_timezone(),
    )


def scenarios() -> tuple[ScenarioRow, ...]:
    """Return the shipped scenarios: those of a case by its number, the others first."""
    rows = []
    for path in sorted(resource("scenarios").glob("*.toml")):
        try:
            text = tomllib.loads(path.read_text(encoding="utf-8"))
            if "title" in text:
                rows.append(_scenario_row(path.stem, text))
        except (OSError, ValueError, TypeError, AttributeError) as error:
            log.warning("the scenario %s is not offered: %s", path.name, error)
    return tuple(sorted(rows, key=lambda row: (len(row.case), row.case, row.title)))


def _scenario_row(name: str, text: dict[str, object]) -> ScenarioRow:
    case = text.get("case")
    found = case if isinstance(case, dict) else {}
    situation, sees, action = (
        " ".join(str(found.get(key, "")).split()) for key in ("situation", "sees", "action")
    )
    return ScenarioRow(
        name=name,
        case=str(found.get("id", "")).upper(),
        title=str(text["title"]),
        situation=situation or _contents(text),
        sees=sees,
        action=action,
    )


def _contents(text: dict[str, object]) -> str:
    """Return what a scenario without a case holds."""
    segments, products = text.get("segments"), text.get("products")
    parts = [
        f"{len(rows)} {word}"
        for rows, word in ((segments, "segments"), (products, "products"))
        if isinstance(rows, list)
    ]
    return f"A whole show to practise on, with nothing set up to happen: {', '.join(parts)}."


def mappings() -> tuple[MappingRow, ...]:
    """Return the shipped mappings."""
    rows = []
    for path in sorted(resource("mappings").glob("*.toml")):
        text = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        rows.append(MappingRow(path.stem, str(text.get("title", path.stem))))
    return tuple(rows)


def recent_sessions(folder: Path | None = None, most: int = MOST_RECENT) -> tuple[RecentRow, ...]:
    """Return the sessions of a folder, newest first; one that cannot be read says why."""
    found = []
    for path in (folder or sessions_dir()).glob(f"*{SUFFIX}"):
        try:
            found.append((path.stat().st_mtime, path))
        except OSError:
            continue  # taken away in this moment
    found.sort(reverse=True)
    rows = [_recent_row(path) for _, path in found[:most]]
    return tuple(sorted(rows, key=lambda row: -row.created_at))


def _recent_row(path: Path) -> RecentRow:
    created_at, size = round(path.stat().st_mtime * 1000), path.stat().st_size
    try:
        with sqlite_errors(path), closing(session_file.connect(path, read_only=True)) as database:
            meta = session_file.read_meta(path, database)
            if meta is None:
                raise KnownError(f"{path} is empty: nothing was ever recorded into it")
            duration_ms = _duration_ms(database)
    except KnownError as error:
        return RecentRow(path, path.stem, "", created_at, None, size, str(error))
    return RecentRow(path, meta.title, meta.mode, meta.created_at, duration_ms, size)


def _duration_ms(database: sqlite3.Connection) -> int | None:
    """Return the time between the first fact and the last, in the order of their recording."""
    first = database.execute(f"{_FIRST} ORDER BY seq LIMIT 1").fetchone()
    last = database.execute(f"{_FIRST} ORDER BY seq DESC LIMIT 1").fetchone()
    return None if first is None else max(0, last[0] - first[0])


def plan_of(choice: Choice) -> tuple[Plan, Mode]:
    """Return the session that a choice leads to; raises KnownError that says what to mend."""
    from liveroom import sources

    match choice:
        case NewShow():
            return _new_show(choice), Mode.LIVE
        case Rehearse():
            return _rehearsal(choice), Mode.REHEARSAL
        case Replay():
            return _replay(choice), Mode.REPLAY
        case OpenSession(path=path):
            if not path.strip():
                raise KnownError("no file is named yet; choose a session file")
            return sources.recorded(_path(path)), Mode.DEBRIEF


def _new_show(choice: NewShow) -> Plan:
    from liveroom import sources

    title = choice.title.strip()
    if not title:
        raise KnownError("the show has no title yet; give it one")
    try:
        currency = parse_currency(choice.currency.strip().upper())
    except ValueError:
        raise KnownError(
            f"currency is {choice.currency!r}; allowed: an ISO 4217 code such as BRL"
        ) from None
    timezone = choice.timezone.strip()
    try:
        ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise KnownError(
            f"time zone is {choice.timezone!r}; allowed: a name of the time zone database such as "
            "America/Sao_Paulo"
        ) from None
    return sources.new_show(title, currency, timezone)


def _rehearsal(choice: Rehearse) -> Plan:
    from liveroom import sources

    return sources.rehearsal(
        seed=choice.seed,
        speed=choice.speed,
        minutes=None,
        session=None,
        scenario=choice.scenario,
        trouble=choice.trouble,
        producer=choice.producer,
    )


def _replay(choice: Replay) -> Plan:
    from liveroom import sources
    from liveroom.models.window import Window, parse_instant

    if not choice.source.strip():
        raise KnownError("nothing is named yet; choose a file or a folder to replay")
    recording = sources.recording(_path(choice.source), choice.mapping.strip() or None)
    edges: dict[str, int] = {}
    for key, name, text in (("start", "From", choice.start), ("end", "To", choice.end)):
        if text.strip():
            try:
                edges[key] = parse_instant(text, recording.timezone)
            except (ValueError, OverflowError):
                raise KnownError(
                    f"{name} is {text!r}; allowed: an instant such as 2026-11-21T20:00 "
                    f"(in {recording.timezone}) or 2026-11-21T20:00:00Z"
                ) from None
    window = Window(**edges)
    if window.start >= window.end:
        raise KnownError(f"From {choice.start} is not before To {choice.end}")
    recording.window = window
    return sources.replay(recording, choice.speed, None)


def _path(text: str) -> Path:
    return Path(text.strip()).expanduser()


def own_timezone() -> str:
    """Return the name of this machine's time zone, UTC where it has none."""
    names = [os.environ.get("TZ", "")]
    target = os.path.realpath("/etc/localtime")
    names.append(target.partition("/zoneinfo/")[2])
    for name in names:
        try:
            if name:
                return ZoneInfo(name).key
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    return "UTC"
