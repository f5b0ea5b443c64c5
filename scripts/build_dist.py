"""Builds the frozen program in dist/liveroom, and the archive that people download.

Nothing is built again while sources and installed packages stay the same.
"""

import hashlib
import platform
import subprocess
import sys
import tarfile
from importlib import metadata
from pathlib import Path

import click
from filelock import FileLock

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "dist" / "liveroom"
WORK = ROOT / "build" / "pyinstaller"
GOAL_MB = 80


def build_folder() -> Path:
    """Build the one-folder program unless it is up to date; returns the program."""
    program, stamp = FOLDER / "liveroom", WORK / "built-from"
    WORK.mkdir(parents=True, exist_ok=True)
    with FileLock(WORK / "lock"):
        now = fingerprint()
        if not program.exists() or not stamp.exists() or stamp.read_text() != now:
            stamp.unlink(missing_ok=True)
            spec = str(ROOT / "liveroom.spec")
            options = ["--noconfirm", "--log-level=ERROR", f"--workpath={WORK}"]
            options.append(f"--distpath={FOLDER.parent}")
            subprocess.run([sys.executable, "-m", "PyInstaller", *options, spec], check=True)
            stamp.write_text(now)
    return program


def fingerprint() -> str:
    """Hash everything that the program is made of."""
    digest = hashlib.sha256()
    files = [ROOT / "liveroom.spec", ROOT / "scripts" / "bundle.py", ROOT / "LICENSE"]
    for folder in ("liveroom", "resources", "licences"):
        files += [each for each in (ROOT / folder).rglob("*") if "__pycache__" not in each.parts]
    for file in sorted(each for each in files if each.is_file()):
        digest.update(f"{file.relative_to(ROOT)}\0".encode())
        digest.update(file.read_bytes())
    packages = sorted(f"{each.name}=={each.version}" for each in metadata.distributions())
    digest.update("\n".join([sys.version, *packages]).encode())
    return digest.hexdigest()


def archive(folder: Path) -> Path:
    """Pack the folder as tar.xz beside it."""
    version = metadata.version("liveroom")
    system = f"{platform.system().lower()}-{platform.machine()}"
    target = folder.with_name(f"liveroom-{version}-{system}.tar.xz")
    with tarfile.open(target, "w:xz", preset=6) as tar:
        tar.add(folder, arcname=f"liveroom-{version}", filter=_nobody)
    return target


def _nobody(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    return member


@click.command(help=__doc__)
@click.option("--no-archive", is_flag=True, help="Stop after dist/liveroom: packing takes minutes.")
def main(no_archive: bool) -> None:
    program = build_folder()
    installed = sum(each.lstat().st_size for each in program.parent.rglob("*")) / 1e6
    click.echo(f"{program.parent.relative_to(ROOT)}: {installed:.0f} MB")
    if not no_archive:
        packed = archive(program.parent)
        size = packed.stat().st_size / 1e6
        click.echo(f"{packed.relative_to(ROOT)}: {size:.1f} MB (goal: {GOAL_MB} MB)")


if __name__ == "__main__":
    main()
