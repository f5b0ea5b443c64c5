"""Earlier shows of the same folder, from the state that was saved with them; nothing is counted again."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import msgspec

from liveroom import session_file
from liveroom.errors import KnownError
from liveroom.models import rollup
from liveroom.models.earlier_shows import EarlierShow, earlier_show
from liveroom.models.facts import Mode
from liveroom.models.money import Ledger
from liveroom.models.show import Show
from liveroom.session_file import SUFFIX, SessionMeta, sqlite_errors

log = logging.getLogger(__name__)

MOST_SHOWS = 12
"""The newest of them: a show of a year ago says little about tonight."""
_STATE = """
    SELECT body FROM rollups WHERE name = 'show' AND version = ?
    AND last_seq = (SELECT MAX(seq) FROM events)
"""


def earlier_shows(path: Path, meta: SessionMeta) -> Iterator[EarlierShow | None]:
    """Yield the newest earlier shows beside a session's file; None for every file that is none.

    Live shows are compared with live shows, rehearsals with those of the same title, both in the same
    currency only. A file whose saved state is not of this version, or does not reach to its end, is
    left out. One file is opened for each step, so that whoever asks can do something else in between.
    """
    if meta.mode not in (Mode.LIVE, Mode.REHEARSAL) or meta.currency is None:
        return
    found = 0
    for other in _newest_first(path):
        show = None if other == path else _read(other, meta)
        yield show
        found += show is not None
        if found >= MOST_SHOWS:
            return


def _newest_first(path: Path) -> list[Path]:
    dated = []
    for other in path.parent.glob(f"*{SUFFIX}"):
        try:
            dated.append((other.stat().st_mtime, other))
        except OSError:
            continue  # taken away in this moment
    return [other for _, other in sorted(dated, reverse=True)]


def _read(path: Path, meta: SessionMeta) -> EarlierShow | None:
    try:
        with sqlite_errors(path), closing(session_file.connect(path, read_only=True)) as database:
            other = session_file.read_meta(path, database)
            if other is None or not _comparable(other, meta):
                return None
            return _kept(database, other)
    except (KnownError, msgspec.MsgspecError, ValueError) as error:
        log.info("%s is not compared with: %s", path.name, error)
        return None


def _kept(database: sqlite3.Connection, meta: SessionMeta) -> EarlierShow | None:
    row = database.execute(_STATE, (rollup.VERSION,)).fetchone()
    if row is None:
        return None
    show = Show(Ledger(currency=meta.currency, rates=meta.rates))
    rollup.load(row[0], show)
    return earlier_show(show)


def _comparable(other: SessionMeta, meta: SessionMeta) -> bool:
    return (
        other.session_id != meta.session_id
        and other.created_at < meta.created_at
        and other.mode == meta.mode
        and other.currency == meta.currency
        and (other.mode == Mode.LIVE or other.title == meta.title)
    )
