"""An export replaces what it is told to, in one piece, and nothing else ever."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from liveroom.analysis.export import TABLES, export_session
from liveroom.errors import KnownError
from tests.factory import order, record

KINDS = ["csv", "parquet", "xlsx", "json", "sqlite"]
FOLDERS = ["csv", "parquet"]


@pytest.fixture
def session(tmp_path: Path) -> Path:
    folder = tmp_path / "shows"
    folder.mkdir()
    path = folder / "show.liveroom"
    record(path, [order(1, 1999, person=7)])
    return path


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "place"
    folder.mkdir()
    return folder


def tree(folder: Path) -> dict[str, bytes | None]:
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


@pytest.mark.parametrize("kind", KINDS)
def test_what_exists_is_not_replaced_without_being_told_to(
    kind: str, session: Path, place: Path
) -> None:
    out = place / "out"
    out.write_text("precious")
    with pytest.raises(KnownError, match="out exists; name another place or add --force"):
        export_session(session, kind, out)
    assert tree(place) == {"out": b"precious"}
    assert export_session(session, kind, out, replace=True)
    assert out.is_dir() == (kind in FOLDERS)
    assert os.listdir(place) == ["out"]


@pytest.mark.parametrize("kind", KINDS)
def test_an_earlier_export_is_replaced_whole(kind: str, session: Path, place: Path) -> None:
    out = place / "out"
    export_session(session, kind, out)
    first = tree(place)
    # A file that the new export does not have would show that it was written into the old one.
    (out / f"events.{kind}" if kind in FOLDERS else out).write_text("of yesterday")
    export_session(session, kind, out, replace=True)
    assert tree(place).keys() == first.keys()
    assert b"of yesterday" not in tree(place).values()


def test_an_empty_folder_may_be_replaced(session: Path, place: Path) -> None:
    (place / "out").mkdir()
    export_session(session, "csv", place / "out", replace=True)
    assert set(os.listdir(place / "out")) == {f"{name}.csv" for name in TABLES}


@pytest.mark.parametrize("kind", FOLDERS)
@pytest.mark.parametrize("stranger", ["thesis.txt", ".hidden", "events.md"])
def test_a_folder_with_anything_else_in_it_is_left_alone(
    kind: str, stranger: str, session: Path, place: Path
) -> None:
    out = place / "out"
    export_session(session, kind, out)
    (out / stranger).write_text("years of work")
    before = tree(place)
    with pytest.raises(KnownError, match=f"out holds {stranger}, which .* move that away"):
        export_session(session, kind, out, replace=True)
    assert tree(place) == before


def test_a_folder_that_only_looks_like_an_export_is_left_alone(session: Path, place: Path) -> None:
    inner = place / "out" / "events.csv"
    inner.mkdir(parents=True)
    (inner / "thesis.txt").write_text("years of work")
    with pytest.raises(KnownError, match=r"out holds events\.csv"):
        export_session(session, "csv", place / "out", replace=True)
    assert (inner / "thesis.txt").exists()


def test_an_export_in_another_format_is_left_alone(session: Path, place: Path) -> None:
    export_session(session, "csv", place / "out")
    with pytest.raises(KnownError, match=r"out holds \w+\.csv"):
        export_session(session, "parquet", place / "out", replace=True)


@pytest.mark.parametrize("kind", ["xlsx", "json", "sqlite"])
def test_a_file_never_takes_the_place_of_a_folder(kind: str, session: Path, place: Path) -> None:
    export_session(session, "csv", place / "out")
    before = tree(place)
    with pytest.raises(KnownError, match="out is a folder; this format makes one file"):
        export_session(session, kind, place / "out", replace=True)
    assert tree(place) == before


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("link", [False, True])
def test_the_folder_of_the_session_is_left_alone(
    kind: str, link: bool, session: Path, place: Path
) -> None:
    out = session.parent
    if link:
        out = place / "link"
        out.symlink_to(session.parent, target_is_directory=True)
    before = tree(session.parent)
    with pytest.raises(KnownError, match=r"is the folder that the session .* is in; name another"):
        export_session(session, kind, out, replace=True)
    assert tree(session.parent) == before


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("way", ["itself", "symbolic link", "hard link"])
def test_a_session_is_not_exported_onto_itself(
    kind: str, way: str, session: Path, place: Path
) -> None:
    out = session if way == "itself" else place / "out"
    if way == "symbolic link":
        out.symlink_to(session)
    elif way == "hard link":
        out.hardlink_to(session)
    before = session.read_bytes()
    with pytest.raises(KnownError, match="is the session itself; name another place"):
        export_session(session, kind, out, replace=True)
    assert session.read_bytes() == out.read_bytes() == before


@pytest.mark.parametrize("suffix", ["-wal", "-shm", "-journal"])
def test_nothing_is_written_where_sqlite_looks_for_parts_of_the_session(
    suffix: str, session: Path
) -> None:
    out = session.with_name(session.name + suffix)
    with pytest.raises(KnownError, match="is a part of the session"):
        export_session(session, "json", out, replace=True)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("replace", [False, True])
def test_a_device_is_no_place_for_an_export(
    kind: str, replace: bool, session: Path, place: Path
) -> None:
    out = place / "out"
    os.mkfifo(out)
    with pytest.raises(KnownError, match="out is a device or a pipe"):
        export_session(session, kind, out, replace=replace)
    assert out.is_fifo()


def test_a_copy_that_is_being_used_is_left_alone(session: Path, place: Path) -> None:
    out = place / "copy.liveroom"
    export_session(session, "sqlite", out)
    (place / "copy.liveroom-wal").write_bytes(b"changes")
    with pytest.raises(KnownError, match=r"copy\.liveroom-wal beside it holds changes"):
        export_session(session, "sqlite", out, replace=True)


def test_what_a_link_points_to_is_written(session: Path, place: Path) -> None:
    (place / "link").symlink_to(place / "real.json")
    export_session(session, "json", place / "link")
    assert (place / "link").is_symlink()
    assert not (place / "real.json").is_symlink()
    export_session(session, "json", place / "link", replace=True)
    assert sorted(os.listdir(place)) == ["link", "real.json"]


def test_a_folder_that_does_not_exist_is_named(session: Path, place: Path) -> None:
    with pytest.raises(KnownError, match=r"there is no folder .*nowhere"):
        export_session(session, "csv", place / "nowhere" / "out")
