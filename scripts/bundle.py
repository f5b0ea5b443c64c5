"""What goes into the frozen program, and what stays out. Used by liveroom.spec."""

import re
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from PyInstaller.depend.bindepend import get_imports

Entry = tuple[str, str, str]  # where in the bundle, where on disk, kind

LICENCE = re.compile(r"\.dist-info/.*(licen[cs]e|copying|notice)[^/]*$", re.IGNORECASE)

# Screens without a window system, remote frame buffers, GTK's looks (which pull in all of GTK),
# image formats nobody puts into a show, and Qt's own words in languages we do not speak.
BALLAST = re.compile(
    r"""
    PySide6/Qt/plugins/platforms/libq(eglfs|linuxfb|minimal|minimalegl|vkkhrdisplay|vnc)\.so
    | PySide6/Qt/plugins/platformthemes/libqgtk3\.so
    | PySide6/Qt/plugins/imageformats/libq(?!svg|ico|jpeg|gif)
    | PySide6/Qt/plugins/(egldeviceintegrations|generic|networkinformation|platforminputcontexts/
        libqtvirtualkeyboard|tls/libqopensslbackend|qmltooling|sqldrivers|position|printsupport)
    | PySide6/Qt/translations/(?!qtbase_(de|es|fr|it|pt)[_.])
    | /tests?/ | \.pyi$
    """,
    re.VERBOSE,
)


def without_ballast(binaries: list[Entry], datas: list[Entry]) -> tuple[list[Entry], list[Entry]]:
    """Drop what matches, and then every library that nothing left over asks for."""
    binaries = [entry for entry in binaries if not BALLAST.search(entry[0])]
    datas = [entry for entry in datas if not BALLAST.search(entry[0])]
    asked_for = _libraries_asked_for(binaries)
    return [each for each in binaries if _is_loaded(each) or _name(each) in asked_for], datas


def licences(distribution: str) -> Iterator[tuple[str, str]]:
    """Find the licence texts of everything that ships, as (file, folder in the bundle)."""
    for name in sorted(_requirements(distribution, set())):
        for file in metadata.files(name) or ():
            if LICENCE.search(str(file)) and file.locate().is_file():
                yield str(file.locate()), f"licences/{name}"


def _requirements(distribution: str, seen: set[str]) -> set[str]:
    for requirement in map(Requirement, metadata.requires(distribution) or ()):
        name = requirement.name.lower()
        wanted = requirement.marker is None or requirement.marker.evaluate({"extra": ""})
        if wanted and name not in seen:
            seen.add(name)
            _requirements(name, seen)
    return seen


def _is_loaded(entry: Entry) -> bool:
    """Tell whether it is loaded by name at run time: extension modules, Qt plugins, Python."""
    where, _, kind = entry
    return kind == "EXTENSION" or "/plugins/" in where or "libpython" in where


def _libraries_asked_for(binaries: list[Entry]) -> set[str]:
    on_disk = {_name(entry): entry[1] for entry in binaries}
    asked_for: set[str] = set()
    todo = [entry[1] for entry in binaries if _is_loaded(entry)]
    while todo:
        for imported, _ in get_imports(todo.pop()):
            name = Path(imported).name
            if name in on_disk and name not in asked_for:
                asked_for.add(name)
                todo.append(on_disk[name])
    return asked_for


def _name(entry: Entry) -> str:
    return Path(entry[0]).name
