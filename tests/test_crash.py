"""Killed at any moment and started again, a recording ends with the key figures of a clean run."""

from __future__ import annotations

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


@pytest.mark.slow
def test_thirty_kills_at_random_moments_lose_nothing_and_count_nothing_twice(
    shared_data: Path, tmp_path: Path
) -> None:
    source = shared_data / "gms_ga360"
    clean = tmp_path / "clean.liveroom"
    began = time.monotonic()
    replay(source, clean).communicate()
    assert figures(clean)["orders"]
    whole = time.monotonic() - began
    dice = random.Random(20261121)
    killed, cut_short, stages = tmp_path / "killed.liveroom", 0, set[int]()
    for _ in range(4 * KILLS):
        if cut_short == KILLS:
            break
        program, began = replay(source, killed), time.monotonic()
        try:
            program.communicate(timeout=dice.uniform(0.2, 1.1) * whole)
            # How long it takes depends on what else the machine does just now.
            whole = time.monotonic() - began
        except subprocess.TimeoutExpired:
            program.send_signal(signal.SIGKILL)
            program.communicate()
            cut_short += 1
        stages.add(recorded_in(killed))
        if cut_short % 3 == 0:
            # Start over now and then, so that every stage of a recording is cut.
            killed.unlink(missing_ok=True)
    assert cut_short == KILLS, "the kills came too late to cut anything"
    assert len(stages) > 3, "every kill came at the same stage"
    output, _ = replay(source, killed).communicate()
    assert figures(killed) == figures(clean), output.decode()
