"""An export that cannot be finished says why in one line, and leaves what was there."""

from __future__ import annotations

import gc
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from liveroom.analysis.export import export_session
from liveroom.errors import KnownError
from liveroom.models import events as e
from tests.factory import event, order, record

KINDS = ["csv", "parquet", "xlsx", "json", "sqlite"]
NO_SPACE = "no space left on"


@pytest.fixture(scope="module")
def big_session(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a session of four megabytes that cannot be compressed below two."""
    dice = random.Random(1)
    folder = tmp_path_factory.mktemp("big")
    path = folder / "show.liveroom"
    talk = [event(e.ChatPosted, n, text=dice.randbytes(8_000).hex()) for n in range(400)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LIVEROOM_HOME", str(folder))
        record(path, [*talk, order(1, 1999)])
    return path


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("earlier", [False, True])
def test_a_full_disk_leaves_what_was_there(
    kind: str, earlier: bool, big_session: Path, small_disk: Path
) -> None:
    out = small_disk / "out"
    if earlier:
        out.write_text("precious")
    with pytest.raises(KnownError, match=f"(?i){out}.*{NO_SPACE}|{NO_SPACE}.*{out}") as caught:
        export_session(big_session, kind, out, replace=True)
    assert str(big_session) not in str(caught.value)
    # What complains when it is collected is a warning here, and a warning is an error.
    del caught
    gc.collect()
    assert [path.name for path in small_disk.iterdir()] == ["out"] * earlier
    assert not earlier or out.read_text() == "precious"


def test_a_workbook_needs_room_for_scratch_files_and_says_so(
    big_session: Path, small_disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(small_disk))
    with pytest.raises(KnownError, match=f"{small_disk} cannot be .*: No space left .* TMPDIR"):
        export_session(big_session, "xlsx", tmp_path / "out.xlsx")
    gc.collect()
    assert not list(small_disk.iterdir())
    assert not list(tmp_path.glob("*out.xlsx*"))


@pytest.mark.parametrize("kind", KINDS)
def test_a_full_disk_is_one_line_on_the_terminal(
    kind: str, big_session: Path, small_disk: Path
) -> None:
    out = small_disk / "out"
    words = ["export", str(big_session), "--format", kind, str(out)]
    result = subprocess.run(
        [sys.executable, "-m", "liveroom", *words], capture_output=True, text=True, timeout=120
    )
    assert result.returncode == 1
    (only,) = result.stderr.splitlines()
    assert only.startswith("Error: ")
    assert str(out) in only
    assert not list(small_disk.iterdir())


@pytest.mark.parametrize("kind", KINDS)
def test_a_folder_that_cannot_be_written_is_named(
    kind: str, big_session: Path, small_disk: Path
) -> None:
    out = small_disk / "out"
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with pytest.raises(KnownError, match=f"{out} cannot be written: Read-only file system"):
        export_session(big_session, kind, out)


@pytest.mark.parametrize("kind", ["csv", "parquet", "xlsx"])
def test_totals_beyond_64_bits_are_an_error_and_no_export(kind: str, tmp_path: Path) -> None:
    session, out = tmp_path / "show.liveroom", tmp_path / "out"
    record(session, [order(1), order(2)])
    # Nothing records such amounts any more, but a file may hold them.
    with sqlite3.connect(session) as connection:
        connection.execute(
            "UPDATE events SET value_minor = ? WHERE kind = 'order_placed'", (2**62,)
        )
    connection.close()
    with pytest.raises(KnownError, match=r"show\.liveroom has no key figures .* beyond 64 bits"):
        export_session(session, kind, out)
    gc.collect()
    assert not [path for path in tmp_path.iterdir() if "out" in path.name]


@pytest.mark.parametrize("kind", KINDS)
def test_an_interrupted_export_leaves_nothing(
    kind: str, big_session: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("liveroom.analysis.target._swap", interrupt)
    with pytest.raises(KeyboardInterrupt):
        export_session(big_session, kind, tmp_path / "out")
    assert not list(tmp_path.iterdir())


def test_a_folder_is_put_back_where_the_new_one_cannot_be_moved_in(
    big_session: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    export_session(big_session, "csv", out)
    (out / "events.csv").write_text("precious")
    move = os.replace

    def refuse_the_new(source: Path, target: Path) -> None:
        if ".partial-" in str(source) and source.name == "out":
            raise PermissionError(13, "Permission denied")
        move(source, target)

    monkeypatch.setattr("os.replace", refuse_the_new)
    with pytest.raises(KnownError, match="out cannot be written: Permission denied"):
        export_session(big_session, "csv", out, replace=True)
    assert (out / "events.csv").read_text() == "precious"
    assert os.listdir(tmp_path) == ["out"]
