import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PyInstaller.depend.bindepend import get_python_library_path
from PyInstaller.exceptions import PythonLibraryNotFoundError

pytestmark = [pytest.mark.frozen, pytest.mark.slow]

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def program() -> Path:
    """Return the frozen program, built from the sources as they are."""
    missing = missing_tools()
    if missing and not os.environ.get("CI"):
        pytest.skip(f"PyInstaller needs {' and '.join(missing)}: make setup says how to get it")
    build = [sys.executable, str(ROOT / "scripts" / "build_dist.py"), "--no-archive"]
    done = subprocess.run(build, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return ROOT / "dist" / "liveroom" / "liveroom"


def missing_tools() -> list[str]:
    missing = [] if shutil.which("objcopy") else ["objcopy (Debian package binutils)"]
    try:
        get_python_library_path()
    except PythonLibraryNotFoundError:
        missing.append("the shared libpython (Debian package libpython3.x)")
    return missing


def run_frozen(program: Path, home: Path, *arguments: str) -> str:
    # Not the environment of the tests: nothing of the venv or of the source tree may help.
    environment = {"HOME": str(home), "LIVEROOM_HOME": str(home), "LANG": "C.UTF-8"}
    environment |= {"PATH": "/usr/bin:/bin", "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [program, *arguments],
        cwd=home,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_frozen_program_rehearses_a_minute_and_tells_its_kpis(
    program: Path, tmp_path: Path
) -> None:
    session = tmp_path / "rehearsal.liveroom"
    rehearse = ["rehearse", "--headless", "--seed", "1", "--speed", "max", "--minutes", "1"]
    run_frozen(program, tmp_path, *rehearse, "--session", str(session))
    kpis = json.loads(run_frozen(program, tmp_path, "kpis", str(session), "--json"))
    assert kpis["visits"] > 0
    assert kpis["orders"] is not None


def test_the_frozen_program_carries_resources_time_zones_and_licences(program: Path) -> None:
    bundle = program.parent / "_internal"
    source = ROOT / "resources"
    shipped = [file.relative_to(source) for file in source.rglob("*") if file.is_file()]
    assert shipped
    assert [file for file in shipped if not (bundle / "resources" / file).is_file()] == []
    assert (bundle / "tzdata" / "zoneinfo" / "America" / "Sao_Paulo").is_file()
    assert (bundle / "licences" / "pandas").is_dir()
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in (bundle / "licences/qt/LGPL-3.0.txt").read_text()


def test_the_frozen_program_leaves_out_what_only_developers_need(program: Path) -> None:
    names = {file.name for file in program.parent.rglob("*")}
    assert names & {"pyarrow", "duckdb", "pytest", "libgtk-3.so.0", "libqgtk3.so"} == set()
    assert {"libqoffscreen.so", "libqxcb.so"} <= names


def test_the_frozen_program_ships_no_library_under_the_gpl(program: Path) -> None:
    stems = {file.name.split(".")[0] for file in program.parent.rglob("*.so*")}
    assert stems & {"libreadline", "libgdbm", "libgmp", "libgs", "libpoppler"} == set()
