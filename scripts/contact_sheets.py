"""Draws every panel in every state, window size and theme, side by side on a sheet per panel and theme.

    python scripts/contact_sheets.py FOLDER [PANEL …]

A show is simulated to its forty-second minute. `empty` is before its first event, `partial` is told of
orders only, `full` knows everything and `stale` is two minutes later, of which no source says a word.
The rows of a sheet are states, its columns window sizes; each theme has a sheet of its own.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from msgspec.structs import replace
from PySide6.QtCore import QLocale, QPoint, QSettings
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from liveroom.models import events as e
from liveroom.models.camera import Camera, Caption
from liveroom.models.facts import Mode
from liveroom.models.money import Ledger
from liveroom.models.pacing import Pace
from liveroom.models.rehearsal.trial import Trial
from liveroom.models.show import Show
from liveroom.models.snapshot import Recording, Snapshot
from liveroom.scenarios import read_scenario
from liveroom.ui.main_window import MainWindow
from liveroom.ui.picture import picture
from liveroom.ui.theme import THEMES

SCENARIO, SEED, SECOND, SILENT_SECONDS = "first_show", 7, 42 * 60, 120
SIZES = ((1366, 768), (1920, 1080), (2560, 1440))
GAP = 12
TOLD = (e.OrderPlaced, e.SourceAttached, e.ConnectionChanged)
"""What the desk hears of a show that is told of orders only."""


def states() -> dict[str, Snapshot]:
    trial = Trial(read_scenario(SCENARIO), SEED)
    starts_at, currency = trial.scenario.starts_at, trial.scenario.currency
    caption = Caption(
        mode=Mode.REHEARSAL, title=trial.scenario.title, timezone=trial.scenario.timezone
    )
    orders, number = Show(Ledger(currency=currency)), 0
    for events in trial.events():
        number += len(events)
        orders.apply_all([event for event in events if isinstance(event, TOLD)])
        if trial.second == SECOND:
            break

    def taken(show: Show, second: int) -> Snapshot:
        recording = Recording(path="first-show.liveroom", events=number)
        shot = Camera(show, caption).snapshot(starts_at + second * 1000, recording)
        return replace(shot, pace=Pace(speed=1.0))

    return {
        "empty": taken(Show(Ledger(currency=currency)), 0),
        "partial": taken(orders, SECOND),
        "full": taken(trial.show, SECOND),
        "stale": taken(trial.show, SECOND + SILENT_SECONDS),
    }


def panels(
    window: MainWindow, size: tuple[int, int], wanted: list[str]
) -> Iterator[tuple[str, QImage]]:
    """Yield each wanted panel as it looks in the desk of a size, raised if it is behind another."""
    yield "desk", picture(window, *size)
    for dock in window.docks:
        if not wanted or dock.objectName() in wanted:
            dock.setVisible(True)
            dock.raise_()
            picture(window, *size)
            yield dock.objectName(), dock.picture()


def sheet(images: dict[tuple[int, int], QImage]) -> QImage:
    """Return images in rows and columns by their places."""
    rows, columns = (range(max(place[n] for place in images) + 1) for n in (0, 1))
    wide = [max(images[row, column].width() for row in rows) for column in columns]
    high = [max(images[row, column].height() for column in columns) for row in rows]
    whole = QImage(
        sum(wide) + GAP * (len(wide) + 1),
        sum(high) + GAP * (len(high) + 1),
        QImage.Format.Format_RGB32,
    )
    whole.fill(QColor("#808080"))
    painter = QPainter(whole)
    for (row, column), image in images.items():
        across = GAP + sum(width + GAP for width in wide[:column])
        painter.drawImage(QPoint(across, GAP + sum(height + GAP for height in high[:row])), image)
    painter.end()
    return whole


def draw(folder: Path, theme: str, shown: dict[str, Snapshot], wanted: list[str]) -> None:
    sheets: dict[str, dict[tuple[int, int], QImage]] = {}
    for row, (state, snapshot) in enumerate(shown.items()):
        for column, size in enumerate(SIZES):
            with tempfile.TemporaryDirectory() as scratch:
                settings = QSettings(f"{scratch}/desk.ini", QSettings.Format.IniFormat)
                window = MainWindow(lambda command: None, settings, theme=theme, mode=snapshot.mode)
                window.show_snapshot(snapshot)
                for name, image in panels(window, size, wanted):
                    if name == "desk":
                        image.save(str(folder / f"desk-{theme}-{state}-{size[0]}x{size[1]}.png"))
                    else:
                        sheets.setdefault(name, {})[row, column] = image
                window.close()
                window.deleteLater()
                QApplication.processEvents()
    for name, images in sheets.items():
        path = folder / f"{name}-{theme}.png"
        sheet(images).save(str(path))
        print(path)


def main(folder: Path, wanted: list[str]) -> None:
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    application = QApplication(sys.argv[:1])
    folder.mkdir(parents=True, exist_ok=True)
    shown = states()
    for theme in THEMES:
        draw(folder, theme, shown, wanted)
    application.quit()


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), sys.argv[2:])
