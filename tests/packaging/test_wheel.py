import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
PRINT_RESOURCES = "from liveroom import paths; print(paths.resource())"


def run_python(*arguments: str | Path, cwd: Path, **environment: str) -> str:
    command = [sys.executable, *map(str, arguments)]
    environment = {**os.environ, **environment}
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the wheel installed, built from the sdist with no network."""
    folder = tmp_path_factory.mktemp("wheel")
    run_python("-m", "hatchling", "build", "-t", "sdist", "-d", folder, cwd=ROOT)
    (sdist,) = folder.glob("*.tar.gz")
    offline = ["--quiet", "--no-deps", "--no-index", "--disable-pip-version-check"]
    run_python(
        "-m", "pip", "wheel", *offline, "--no-build-isolation", "-w", folder, sdist, cwd=folder
    )
    (wheel,) = folder.glob("*.whl")
    target = folder / "installed"
    run_python("-m", "pip", "install", *offline, "--target", target, wheel, cwd=folder)
    return target


def test_the_wheel_carries_every_resource_and_finds_them(installed: Path, tmp_path: Path) -> None:
    found = Path(run_python("-c", PRINT_RESOURCES, cwd=tmp_path, PYTHONPATH=str(installed)).strip())
    assert found == installed / "liveroom" / "resources"
    assert contents(found) == contents(ROOT / "resources") != set()


def test_the_wheel_holds_the_package_and_its_licence_only(installed: Path) -> None:
    names = {each.name for each in installed.iterdir() if not each.name.endswith(".dist-info")}
    assert names == {"bin", "liveroom"}
    assert list(installed.glob("*.dist-info/licenses/LICENSE"))


def contents(folder: Path) -> set[Path]:
    return {file.relative_to(folder) for file in folder.rglob("*") if file.is_file()}
