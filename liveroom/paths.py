"""Resources and user data: the same in a source tree, a wheel and a frozen bundle."""

import os
import sys
from pathlib import Path

from platformdirs import user_config_path, user_data_path

_PACKAGE = Path(__file__).resolve().parent


def resource(*parts: str) -> Path:
    """Return the path of a shipped file or folder, `FileNotFoundError` naming it when absent."""
    root = _resources_root()
    path = root.joinpath(*parts)
    if not path.exists():
        raise FileNotFoundError(
            f"liveroom's resource {'/'.join(parts)!r} is missing from {root}; "
            "the installation is incomplete, please install liveroom again"
        )
    return path


def user_data_dir() -> Path:
    """Return the folder that holds what liveroom keeps for the user, created when missing."""
    return _made(_home() or user_data_path("liveroom", appauthor=False))


def sessions_dir() -> Path:
    """Return the folder in which new sessions are recorded, created when missing."""
    return _made(user_data_dir() / "sessions")


def settings_dir() -> Path:
    """Return the folder of settings and desk layouts, created when missing."""
    home = _home()
    return _made(home / "settings" if home else user_config_path("liveroom", appauthor=False))


def _resources_root() -> Path:
    bundle = getattr(sys, "_MEIPASS", None)
    if bundle:
        return Path(bundle) / "resources"
    # A wheel carries them inside the package. That is asked first: in site-packages a folder
    # "resources" beside the package would be someone else's.
    inside = _PACKAGE / "resources"
    return inside if inside.is_dir() else _PACKAGE.parent / "resources"


def _home() -> Path | None:
    home = os.environ.get("LIVEROOM_HOME")
    return Path(home).expanduser().absolute() if home else None


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder
