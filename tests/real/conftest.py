"""Each recording is replayed once per worker."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.real.recordings import RECORDINGS, replay


@pytest.fixture(scope="session")
def replayed(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Return a function that gives the session file of a recording replayed whole."""
    folder = tmp_path_factory.mktemp("replayed")

    def session(name: str) -> Path:
        path = folder / f"{name}.liveroom"
        if not path.exists():
            replay(RECORDINGS[name].source(shared_data), path)
        return path

    return session
