"""What every test gets: no screen, a home of its own, and nothing left behind."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

pytest_plugins = ["pytester", "tests.leaks"]

# The machines that run this are slow and shared: no example is too slow, and CI repeats itself.
settings.register_profile("liveroom", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("liveroom")

SHARED_DATA = Path(
    os.environ.get("LIVEROOM_SHARED_DATA", Path(__file__).parents[2] / "shared" / "data")
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what reads the recordings as `real`, and keep together what shares costly work.

    One worker takes a whole file; where the file names a parameter in `SHARES`, the tests that have the
    same value of it.
    """
    for item in items:
        if "shared_data" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.real)
        group = str(item.path)
        if shares := getattr(getattr(item, "module", None), "SHARES", None):
            group += str(item.callspec.params[shares])  # type: ignore[attr-defined]
        item.add_marker(pytest.mark.xdist_group(group))


@pytest.fixture(autouse=True)
def liveroom_home(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """Keep sessions, settings and layouts of the test out of the user's own folders."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("LIVEROOM_HOME", str(home))
    return home


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of recorded shows; absent it skips the test, and in CI it fails it."""
    if not SHARED_DATA.is_dir():
        reason = f"no recordings at {SHARED_DATA} (LIVEROOM_SHARED_DATA names another folder)"
        if os.environ.get("CI", "").lower() in {"true", "1"}:
            pytest.fail(reason)
        pytest.skip(reason)
    return SHARED_DATA


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """Return a file system of two megabytes, where the machine lets us make one."""
    # Not in pytest's own folder: a run that is killed leaves a mount, which nobody can clean away.
    disk = Path(tempfile.mkdtemp(prefix="liveroom-disk-"))
    mount = shutil.which("mount")
    if mount is None or os.geteuid() != 0:
        pytest.skip("needs root to mount a small tmpfs")
    made = subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)], capture_output=True
    )
    if made.returncode:
        pytest.skip(f"cannot mount a tmpfs here: {made.stderr.decode().strip()}")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)
    disk.rmdir()
