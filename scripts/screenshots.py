"""Takes the README's pictures of the desk from a rehearsal that was really played.

    python scripts/screenshots.py [FOLDER]        the default folder is docs/pictures

A rehearsal is recorded to a temporary file as fast as it goes and replayed up to an instant in its
middle; the desk shows that instant as the rehearsal would, as the replay, and in the other colours.
The same seed gives the same pictures. The start screen lists that rehearsal and its replay.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QLocale, QSettings
from PySide6.QtWidgets import QApplication

from liveroom import openings, sources
from liveroom.headless import Watcher, play
from liveroom.models.chat.board import PinnedQuestion
from liveroom.models.facts import ConnectionState, Mode
from liveroom.models.pacing import Pace
from liveroom.models.presenter import Presenter, Told
from liveroom.models.snapshot import Snapshot
from liveroom.models.window import Window
from liveroom.ui.main_window import MainWindow
from liveroom.ui.picture import save_picture
from liveroom.ui.presenter.board import PresenterBoard
from liveroom.ui.presenter.words import facts_of
from liveroom.ui.start_screen import StartScreen
from liveroom.ui.theme import Theme

SEED = 7
CUT_MS = (41 * 60 + 36) * 1000
FOLDER = Path(__file__).parents[1] / "docs" / "pictures"


class Picture(Struct, frozen=True):
    name: str
    mode: Mode = Mode.REHEARSAL
    theme: str = "dark"
    width: int = 1920
    height: int = 1080


PICTURES = (
    Picture("desk-rehearsal"),
    Picture("desk-1366x768", width=1366, height=768),
    Picture("desk-replay-light", Mode.REPLAY, "light"),
    Picture("desk-high-contrast", Mode.REPLAY, "high_contrast"),
)


def middle_of_a_rehearsal(folder: Path) -> Snapshot:
    path = folder / "rehearsal.liveroom"
    whole = sources.rehearsal(SEED, None, None, path)
    run(whole)
    assert whole.starts_at is not None
    until = Window(end=whole.starts_at + CUT_MS)
    return run(
        sources.replay(sources.recording(path, window=until), None, folder / "replay.liveroom")
    )


def run(plan: sources.Plan) -> Snapshot:
    watcher = Watcher()
    return play(plan.session(watcher), watcher)


def take(picture: Picture, snapshot: Snapshot, folder: Path, scratch: Path) -> Path:
    settings = QSettings(str(scratch / f"{picture.name}.ini"), QSettings.Format.IniFormat)
    # As it would look while it runs, and not as it was stopped for the picture.
    shown = replace(snapshot, mode=picture.mode, pace=Pace(speed=1.0))
    if picture.mode is Mode.REHEARSAL:
        running = [one for one in snapshot.connections if one.mode == "simulated"]
        state = ConnectionState.RUNNING
        shown = replace(shown, connections=tuple(replace(one, state=state) for one in running))
    window = MainWindow(lambda command: None, settings, theme=picture.theme, mode=picture.mode)
    window.show_snapshot(shown)
    path = save_picture(window, folder / f"{picture.name}.png", picture.width, picture.height)
    window.close()
    window.deleteLater()
    return path


def start_screen(folder: Path, scratch: Path) -> Path:
    settings = QSettings(str(scratch / "start.ini"), QSettings.Format.IniFormat)
    screen = StartScreen(settings, "dark")
    screen.resize(1366, 768)
    screen.show()
    found = openings.offers()
    screen.offer(found._replace(recent=openings.recent_sessions(scratch)))
    screen.forms[1].first_field().setFocus()
    QApplication.processEvents()
    path = folder / "start-1366x768.png"
    screen.grab().save(str(path))
    screen.close()
    screen.deleteLater()
    return path


def presenter(snapshot: Snapshot, folder: Path) -> Path:
    """Take the presenter's display at the same instant, with a message and a question."""
    at = snapshot.at - 30_000
    text = "Surprise in two minutes: say it now\nShow the price to the camera"
    told = Presenter(told=(Told(at=at, text=text),))
    waiting = snapshot.chat.open
    chat = snapshot.chat
    if waiting:
        asked = waiting[-1]
        pin = PinnedQuestion(
            question_id=asked.question_id, text=asked.text, sku=asked.sku,
            asked_at=asked.asked_at, pinned_at=at,
        )  # fmt: skip
        chat = replace(chat, pinned=pin)
    shown = replace(snapshot, mode=Mode.REHEARSAL, presenter=told, chat=chat)
    board = PresenterBoard(Theme("dark", shown.mode))
    board.resize(1920, 1080)
    board.show_facts(facts_of(shown))
    path = folder / "presenter.png"
    board.grab().save(str(path))
    board.deleteLater()
    return path


def main(folder: Path) -> None:
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    application = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as scratch:
        snapshot = middle_of_a_rehearsal(Path(scratch))
        for picture in PICTURES:
            print(take(picture, snapshot, folder, Path(scratch)))
            application.processEvents()
        print(presenter(snapshot, folder))
        print(start_screen(folder, Path(scratch)))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
