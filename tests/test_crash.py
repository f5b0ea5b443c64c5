"""Killed at any moment and started again, a recording ends with the key figures of a clean run."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from liveroom.errors import KnownError
from liveroom.history import show_of
from liveroom.models.kpis import kpis_of
from liveroom.store import SessionStore

KILLS = 30


def figures(path: Path) -> dict[str, object]:
    store = SessionStore.read(path)
    try:
        return kpis_of(show_of(store), store.set_aside_counts())
    finally:
        store.close()


def replay(source: Path, session: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [
            sys.executable,
            "-m",
            "liveroom",
            "replay",
            str(source),
            "--headless",
            "--session",
            str(session),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=dict(os.environ),
    )


def recorded_in(path: Path) -> int:
    """Return how many events a cut recording holds; it can always be read, however early it was cut."""
    if not path.exists() or not path.stat().st_size:
        return 0
    try:
        store = SessionStore.read(path)
    except KnownError as error:
        if "nothing was ever recorded" in str(error):
            return 0
        raise
    try:
        assert sum(map(len, store.events())) == store.last_seq
        return store.last_seq
    finally:
        store.close()


def on_disk(session: Path) -> int:
    """Return how many bytes a recording takes, those of its write-ahead log included."""
    sizes = []
    for path in session.parent.glob(f"{session.name}*"):
        # Files come and go while it runs.
        with contextlib.suppress(FileNotFoundError):
            sizes.append(path.stat().st_size)
    return sum(sizes)


def wait_for_a_moment(
    program: subprocess.Popen[bytes], session: Path, dice: random.Random, seconds: float, size: int
) -> None:
    """Wait for some moment of a run that may take so long and end with so many bytes on the disk.

    Most come while it records, however slow the machine is just now.
    """
    there, share = on_disk(session), dice.random()
    if there >= size or dice.random() < 0.3:
        with contextlib.suppress(subprocess.TimeoutExpired):
            program.wait(share * seconds)
        return
    while program.poll() is None and on_disk(session) < there + share * (size - there):
        time.sleep(0.001)


@pytest.mark.slow
def test_thirty_kills_at_random_moments_lose_nothing_and_count_nothing_twice(
    shared_data: Path, tmp_path: Path
) -> None:
    source = shared_data / "gms_ga360"
    clean = tmp_path / "clean.liveroom"
    began = time.monotonic()
    replay(source, clean).communicate()
    seconds, size = time.monotonic() - began, on_disk(clean)
    events = recorded_in(clean)
    assert figures(clean)["orders"]
    dice = random.Random(20261121)
    killed, cut_short, stages = tmp_path / "killed.liveroom", 0, set[int]()
    for _ in range(4 * KILLS):
        if cut_short == KILLS:
            break
        program = replay(source, killed)
        wait_for_a_moment(program, killed, dice, seconds, size)
        if program.poll() is None:
            program.send_signal(signal.SIGKILL)
            cut_short += 1
        program.communicate()
        stages.add(recorded_in(killed))
        if cut_short % 3 == 0:
            # Start over now and then, so that every stage of a recording is cut.
            killed.unlink(missing_ok=True)
    assert cut_short == KILLS, "the kills came too late to cut anything"
    assert any(100 < stage < events - 100 for stage in stages), "no kill came while it recorded"
    output, _ = replay(source, killed).communicate()
    assert figures(killed) == figures(clean), output.decode()
