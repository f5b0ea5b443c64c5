import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import metadata
from textwrap import dedent

import pytest
from packaging.requirements import Requirement
from PySide6.QtGui import QPen
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

COPYLEFT = re.compile(r"\bA?GPL|GNU (Affero )?General Public", re.IGNORECASE)
ALTERNATIVE = re.compile(r"\bLGPL|Lesser General Public", re.IGNORECASE)


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is never counted since Python 3.12")
def test_calls_into_qt_keep_their_references_to_none(qtbot: QtBot) -> None:
    # PySide6 6.12.0 drops one for each call that returns None and aborts after thousands of them.
    label, pen = QLabel(), QPen()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for number in range(1000):
        label.setText(str(number))
        label.resize(100 + number % 2, 20)
        pen.setWidth(1)
    assert abs(sys.getrefcount(None) - before) < 300


def test_no_source_is_read_and_kept_for_features_of_pyside_that_nobody_uses() -> None:
    code = """
        import linecache, liveroom.ui.main_window, liveroom.ui.plotting
        from PySide6.QtCore import QObject
        assert hasattr(QObject, "setObjectName") and not hasattr(QObject, "set_object_name")
        print(*[name for name in linecache.cache if "pyqtgraph" in name or "main_window" in name])
    """
    done = subprocess.run(
        [sys.executable, "-c", dedent(code)], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []


def test_charts_make_no_types_of_qt_that_nobody_uses() -> None:
    code = """
        from PySide6 import QtGui, QtWidgets
        from liveroom.ui.plotting import pg
        from pyqtgraph.Qt import QtWidgets as mirror
        assert "QWizard" not in vars(mirror)
        assert mirror.QWizard is QtWidgets.QWizard and "QWizard" in vars(mirror)
        assert pg.QtGui.QPen is QtGui.QPen
        assert "QWizard" in dir(QtWidgets)
        try:
            mirror.QNothing
        except AttributeError as error:
            print(error)
    """
    done = subprocess.run(
        [sys.executable, "-c", dedent(code)], capture_output=True, text=True, check=True
    )
    assert "QNothing" in done.stdout


def test_nothing_that_ships_is_under_the_gpl_alone() -> None:
    shipped = dict(licences_of("liveroom", set()))
    assert {"pyside6-essentials", "numpy", "urllib3"} <= set(shipped)
    assert [
        name
        for name, licence in shipped.items()
        if COPYLEFT.search(licence) and not ALTERNATIVE.search(licence)
    ] == []


def licences_of(distribution: str, seen: set[str]) -> Iterator[tuple[str, str]]:
    """Walk through what is installed along with a distribution, extras left out."""
    for requirement in map(Requirement, metadata.requires(distribution) or ()):
        name = requirement.name.lower()
        if name in seen or (requirement.marker and not requirement.marker.evaluate({"extra": ""})):
            continue
        seen.add(name)
        about = metadata.metadata(name)
        stated = [about.get("License-Expression") or "", (about.get("License") or "")[:200]]
        stated += [each for each in about.get_all("Classifier") or () if "License" in each]
        yield name, " ".join(stated)
        yield from licences_of(name, seen)
