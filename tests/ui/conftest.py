"""A desk to look at, with what it asked for."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QSettings
from pytestqt.qtbot import QtBot

from liveroom.models.commands import Command
from liveroom.models.snapshot import Snapshot
from liveroom.ui.main_window import MainWindow

MakeDesk = Callable[..., MainWindow]


class Desk(MainWindow):
    """A desk whose panels wait neither for their turn nor, behind a tab, to be seen."""

    def show_snapshot(self, snapshot: Snapshot) -> None:
        super().show_snapshot(snapshot)
        self.turns.take_all()
        for dock in self.docks:
            if dock.isVisible():
                dock.host.newest()


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Write numbers as in the pictures, whatever the machine's locale."""
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    yield
    QLocale.setDefault(before)


@pytest.fixture
def settings(tmp_path: Path, qapp: object) -> QSettings:
    """Return settings of this test alone."""
    return QSettings(str(tmp_path / "desk.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def commands() -> list[Command]:
    """Return what the desk asked for."""
    return []


@pytest.fixture
def make_desk(qtbot: QtBot, settings: QSettings, commands: list[Command]) -> MakeDesk:
    """Return a maker of shown desks, `width` by `height`."""

    def make(width: int = 1366, height: int = 768, **options: object) -> MainWindow:
        window = Desk(commands.append, settings, **options)  # type: ignore[arg-type]
        qtbot.addWidget(window)
        window.resize(width, height)
        with qtbot.waitExposed(window):
            window.show()
        window.finish_building()
        return window

    return make
