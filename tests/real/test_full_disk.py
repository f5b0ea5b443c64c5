"""A disk that fills up in the middle of a recording costs nothing but time."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from liveroom.errors import KnownError
from tests.real.recordings import RECORDINGS, kpis, replay


def test_what_did_not_fit_is_recorded_once_there_is_room_again(
    small_disk: Path, shared_data: Path, replayed: Callable[[str], Path]
) -> None:
    source, session = RECORDINGS["gms"].source(shared_data), small_disk / "show.liveroom"
    with pytest.raises(KnownError, match=r"no space left .* are kept in .*\.jsonl until"):
        replay(source, session)
    whole, cut = kpis(replayed("gms")), kpis(session)
    assert 0 < cut["visits"] < whole["visits"]
    remount = ["mount", "-o", "remount,size=64m", str(small_disk)]
    subprocess.run(remount, check=True)
    replay(source, session)
    assert kpis(session) == whole
