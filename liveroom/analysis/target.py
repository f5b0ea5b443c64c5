"""Where an export goes: what may be replaced, and how it is replaced only by something whole."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from liveroom.errors import KnownError

_SIDE_FILES = ("-wal", "-shm", "-journal")


@contextmanager
def replacing(
    out: Path, session: Path, replaceable: Collection[str], *, replace: bool
) -> Iterator[Path]:
    """Give a path beside `out` to write to, which takes the place of `out` when all went well.

    With `replace` an existing `out` is replaced if it is a file, or a folder that holds nothing but
    files named in `replaceable`. Where anything fails `out` is as it was and nothing is left beside it.
    Raises KnownError where `out` may not be replaced or cannot be written.
    """
    try:
        place = Path(os.path.realpath(out))
        _check(out, place, session, replaceable, replace)
        beside = tempfile.mkdtemp(prefix=f".{place.name[:100]}.partial-", dir=place.parent)
        try:
            partial = Path(beside) / "out"
            yield partial
            _swap(partial, place, Path(f"{beside}.replaced"))
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    except OSError as error:
        raise KnownError(f"{out} cannot be written: {error.strerror or error}") from error


def _check(
    out: Path, place: Path, session: Path, replaceable: Collection[str], replace: bool
) -> None:
    if not place.parent.is_dir():
        raise KnownError(f"there is no folder {out.parent} to export into")
    _spare_session(out, place, session)
    if not place.exists():
        return
    mode = place.stat().st_mode
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        raise KnownError(f"{out} is a device or a pipe; name a file or folder to export to")
    if not replace:
        raise KnownError(f"{out} exists; name another place or add --force")
    if stat.S_ISDIR(mode):
        _check_folder(out, place, replaceable)
    for side in (place.with_name(place.name + suffix) for suffix in ("-wal", "-journal")):
        if side.exists() and side.stat().st_size:
            raise KnownError(
                f"{out} is in use: {side.name} beside it holds changes of another program; "
                "close that program or name another place"
            )


def _spare_session(out: Path, place: Path, session: Path) -> None:
    file = session.resolve()
    if place in (file.with_name(file.name + suffix) for suffix in _SIDE_FILES):
        raise KnownError(f"{out} is a part of the session {session}; name another place")
    if not place.exists():
        return
    # The same file by another name: a link, or another spelling where case does not count.
    if place.samefile(file):
        raise KnownError(f"{out} is the session itself; name another place")
    if any(place.samefile(folder) for folder in file.parents):
        raise KnownError(
            f"{out} is the folder that the session {session} is in; name another place"
        )


def _check_folder(out: Path, place: Path, replaceable: Collection[str]) -> None:
    if not replaceable:
        raise KnownError(f"{out} is a folder; this format makes one file, name that")
    with os.scandir(place) as entries:
        for entry in entries:
            if entry.name not in replaceable or not entry.is_file(follow_symlinks=False):
                raise KnownError(
                    f"{out} holds {entry.name}, which this export would not write again; "
                    "move that away or name another place"
                )


def _swap(partial: Path, place: Path, aside: Path) -> None:
    """Put `partial` in its place: in one step for files, for folders by way of `aside`."""
    if not place.exists() or not (partial.is_dir() or place.is_dir()):
        os.replace(partial, place)
        return
    os.replace(place, aside)
    try:
        os.replace(partial, place)
    except BaseException:
        os.replace(aside, place)
        raise
    if aside.is_dir():
        shutil.rmtree(aside, ignore_errors=True)
    else:
        aside.unlink(missing_ok=True)
