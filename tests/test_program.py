"""The start screen and the desks of one process: driven by keys, one after the other, nothing left over."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec import structs
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from liveroom import app, sources
from liveroom.attempts import attempts_of
from liveroom.models.events import CommandGiven, ConnectionChanged
from liveroom.models.facts import Mode
from liveroom.paths import sessions_dir
from liveroom.store import SessionStore
from liveroom.ui.main_window import MainWindow
from liveroom.ui.parts.segment_table import SegmentTable
from liveroom.ui.start_screen import StartScreen
from tests.factory import order, record

Step = Callable[[], bool]
_PATIENCE_LOOKS = 1_200


class Script:
    """Does one step after the other, each as soon as it can; a step returns whether it was done."""

    def __init__(self, *steps: Step) -> None:
        self._steps, self._looks = list(steps), 0
        self.done: list[str] = []
        self._timer = QTimer()
        self._timer.timeout.connect(self._look)
        self._timer.start(25)

    def _look(self) -> None:
        self._looks += 1
        if self._looks > _PATIENCE_LOOKS:
            self._timer.stop()
            raise AssertionError(f"waits in vain for {self._steps[0].__name__}")
        if self._steps[0]():
            self.done.append(self._steps.pop(0).__name__)
        if not self._steps:
            self._timer.stop()


def shown(kind: type[QWidget]) -> QWidget | None:
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]
    if found and not found[-1].isActiveWindow():
        found[-1].activateWindow()
    return found[-1] if found else None


def press(window: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
    focused = QApplication.focusWidget() or window
    QTest.keyClick(focused, key, modifier or Qt.KeyboardModifier.NoModifier)


def at_the_start(*keys: Qt.Key, when: Callable[[StartScreen], bool] = lambda s: True) -> Step:
    def step() -> bool:
        screen = shown(StartScreen)
        if not isinstance(screen, StartScreen) or shown(MainWindow):
            return False
        if not screen.isActiveWindow() or not when(screen):
            return False
        for key in keys:
            press(screen, key)
        return True

    return step


def at_the_desk(
    mode: Mode, key: Qt.Key, modifier: Qt.KeyboardModifier, sees: Callable[[MainWindow], bool]
) -> Step:
    def step() -> bool:
        desk = shown(MainWindow)
        if not isinstance(desk, MainWindow) or shown(StartScreen) or desk.theme.mode is not mode:
            return False
        if not desk.isActiveWindow() or not sees(desk):
            return False
        press(desk, key, modifier)
        return True

    return step


def sells(desk: MainWindow) -> bool:
    return desk.numbers()["kpi_strip"].get("visits", "") not in ("", "0", "—", "unknown")


def has_orders(count: str) -> Callable[[MainWindow], bool]:
    return lambda desk: desk.numbers()["kpi_strip"].get("orders") == count


BACK = (Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
QUIT = (Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)


@pytest.fixture
def recorded(liveroom_home: Path) -> Path:
    path = sessions_dir() / "show.liveroom"
    record(path, [order(0, 1250), order(1, 1250)])
    return path


def listed(screen: StartScreen) -> bool:
    return screen.recent.count() > 0


def test_from_the_start_to_a_debrief_and_back_to_a_rehearsal_with_keys_alone(
    qapp: QApplication, recorded: Path
) -> None:
    down, enter, key_r = Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_R
    script = Script(
        # From "Rehearse" down to the list of sessions.
        at_the_start(down, down, down, enter, when=listed),
        at_the_desk(Mode.DEBRIEF, *BACK, has_orders("2")),
        at_the_start(key_r, enter, when=listed),
        at_the_desk(Mode.REHEARSAL, *BACK, sells),
        at_the_start(when=lambda screen: screen.recent.count() == 2),
        lambda: bool(press(shown(StartScreen), *QUIT)) or True,  # type: ignore[arg-type]
    )
    assert app.run_start() == 0
    assert len(script.done) == 6
    sessions = sorted(sessions_dir().glob("*.liveroom"))
    assert len(sessions) == 2
    for path in sessions:
        assert not path.with_name(path.name + "-wal").exists()
    store = SessionStore.read(next(path for path in sessions if path != recorded))
    assert store.meta.mode == "rehearsal"
    assert store.last_seq > 20
    store.close()


def test_a_rehearsal_is_paused_and_jumps_a_segment_ahead_with_keys(
    qapp: QApplication, liveroom_home: Path
) -> None:
    plain, ctrl = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
    on_air: list[str] = []

    def says(pace: str) -> Callable[[MainWindow], bool]:
        return lambda desk: desk.numbers()["show_bar"]["pace"] == pace

    def is_a_segment_ahead(desk: MainWindow) -> bool:
        cells = desk.numbers()["run_of_show"]
        on_air[:] = [key for key, text in cells.items() if text == "IN REHEARSAL"]
        return says("PAUSED")(desk) and bool(on_air) and on_air[0] != first[0]

    first: list[str] = []

    def has_begun(desk: MainWindow) -> bool:
        cells = desk.numbers()["run_of_show"]
        first[:] = [key for key, text in cells.items() if text == "IN REHEARSAL"]
        return bool(first) and sells(desk)

    mode = Mode.REHEARSAL
    script = Script(
        at_the_start(
            Qt.Key.Key_R,
            Qt.Key.Key_Return,
            when=lambda screen: bool(screen.forms[1].offers.scenarios),
        ),
        at_the_desk(mode, Qt.Key.Key_2, ctrl, has_begun),
        at_the_desk(mode, Qt.Key.Key_F7, plain, says("5× as fast")),
        at_the_desk(mode, Qt.Key.Key_F8, plain, says("PAUSED")),
        at_the_desk(mode, *QUIT, is_a_segment_ahead),
    )
    assert app.run_start() == 0
    assert len(script.done) == 5
    store = SessionStore.read(next(sessions_dir().glob("*.liveroom")))
    events = [event for batch in store.events() for event in batch]
    store.close()
    given = [event.command for event in events if isinstance(event, CommandGiven)]
    assert given == ["SetSpeed", "SetSpeed", "JumpToNextSegment"]


def test_a_desk_of_the_command_line_leads_back_to_the_start_too(
    qapp: QApplication, recorded: Path
) -> None:
    from liveroom import sources

    script = Script(
        at_the_desk(Mode.DEBRIEF, *BACK, has_orders("2")),
        at_the_start(when=listed),
        lambda: bool(press(shown(StartScreen), *QUIT)) or True,  # type: ignore[arg-type]
    )
    assert app.run_desk(lambda: sources.recorded(recorded), Mode.DEBRIEF) == 0
    assert len(script.done) == 3


def test_what_cannot_be_opened_is_said_in_place_and_the_screen_stays(
    qapp: QApplication, liveroom_home: Path
) -> None:
    (sessions_dir() / "bad.liveroom").write_text("not a database" * 50)
    said: list[str] = []

    def is_said(screen: StartScreen) -> bool:
        said.append(screen.form.error.text())
        return "not a liveroom session" in said[-1]

    down, enter = Qt.Key.Key_Down, Qt.Key.Key_Return
    script = Script(
        at_the_start(down, down, down, enter, when=listed),
        at_the_start(when=is_said),
        lambda: bool(press(shown(StartScreen), *QUIT)) or True,  # type: ignore[arg-type]
    )
    assert app.run_start() == 0
    assert len(script.done) == 3


def test_a_new_show_opens_empty_and_says_what_it_waits_for(
    qapp: QApplication, liveroom_home: Path
) -> None:
    def type_title(screen: StartScreen) -> bool:
        if not screen.recent.isHidden() or not screen.forms[0].offers.scenarios:
            return False
        press(screen, Qt.Key.Key_N)
        QTest.keyClicks(QApplication.focusWidget(), "Minha live")
        return True

    lamps: list[str] = []

    def is_off_air(desk: MainWindow) -> bool:
        lamps.append(desk.show_bar.lamp.text())
        return lamps[-1] == "OFF AIR"

    script = Script(
        at_the_start(when=type_title),
        at_the_start(Qt.Key.Key_Return),
        at_the_desk(Mode.LIVE, *BACK, is_off_air),
        at_the_start(when=listed),
        lambda: bool(press(shown(StartScreen), *QUIT)) or True,  # type: ignore[arg-type]
    )
    assert app.run_start() == 0
    assert len(script.done) == 5
    path = next(sessions_dir().glob("Minha-live-*.liveroom"))
    store = SessionStore.read(path)
    assert (store.meta.title, store.meta.mode) == ("Minha live", "live")
    store.close()


def test_no_thread_of_the_start_screen_outlives_it(qapp: QApplication, recorded: Path) -> None:
    before = set(threading.enumerate())
    script = Script(
        at_the_start(when=listed),
        lambda: bool(press(shown(StartScreen), *QUIT)) or True,  # type: ignore[arg-type]
    )
    assert app.run_start() == 0
    assert script.done
    assert set(threading.enumerate()) <= before


def test_a_rehearsal_steered_with_keys_ends_in_its_score(
    qapp: QApplication, liveroom_home: Path
) -> None:
    plain = Qt.KeyboardModifier.NoModifier
    seen: dict[str, str] = {}
    clocks: list[str] = []

    def plays(desk: MainWindow) -> bool:
        if not sells(desk):
            return False
        # A click where the keys are meant to go: on the run of show.
        QTest.mouseClick(desk.findChild(SegmentTable).viewport(), Qt.MouseButton.LeftButton)
        return True

    def is_scored(desk: MainWindow) -> bool:
        seen.update(desk.numbers()["score"])
        clocks.append(desk.numbers()["show_bar"]["clock"])
        return any(name.startswith("0.") for name in seen)

    mode = Mode.REHEARSAL
    script = Script(
        at_the_desk(mode, Qt.Key.Key_Space, plain, plays),
        at_the_desk(mode, *QUIT, is_scored),
    )
    path = sessions_dir() / "scored.liveroom"
    plan = sources.rehearsal(seed=1, speed=20.0, minutes=2, session=path)
    plan = structs.replace(plan, meta=structs.replace(plan.meta, producer="Ana"))
    assert app.run_desk(lambda: plan, mode) == 0
    assert len(script.done) == 2
    # The clock of a show that is over stands still.
    assert clocks[-1] < "20:02:30"
    (attempt,) = attempts_of("Ana", plan.meta.title)
    assert attempt.seed == 1
    decided = [text for name, text in seen.items() if name.startswith("0.")]
    assert "Took Fone ANC Pulse 3" in decided
    store = SessionStore.read(path)
    kept = store.load_score()
    store.close()
    assert kept is not None
    assert kept.attempts == (attempt,)
    again: dict[str, str] = {}

    def shows_it_again(desk: MainWindow) -> bool:
        again.update(desk.numbers()["score"])
        return bool(again)

    script = Script(at_the_desk(Mode.DEBRIEF, *QUIT, shows_it_again))
    assert app.run_desk(lambda: sources.recorded(path), Mode.DEBRIEF) == 0
    assert script.done
    assert again == {name: text for name, text in seen.items() if name != "progress"}


def test_a_rehearsal_that_is_ended_with_a_key_is_scored_up_to_there(
    qapp: QApplication, liveroom_home: Path
) -> None:
    seen: dict[str, str] = {}

    def is_scored(desk: MainWindow) -> bool:
        seen.update(desk.numbers()["score"])
        return "headline" in seen

    mode = Mode.REHEARSAL
    script = Script(
        at_the_desk(mode, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier, sells),
        at_the_desk(mode, *QUIT, is_scored),
    )
    path = sessions_dir() / "early.liveroom"
    plan = sources.rehearsal(seed=1, speed=20.0, minutes=None, session=path)
    assert app.run_desk(lambda: plan, mode) == 0
    assert len(script.done) == 2
    assert seen["foot"] == "You decided nothing in this rehearsal."
    store = SessionStore.read(path)
    assert store.load_score() is not None
    states = [e for batch in store.events() for e in batch if isinstance(e, ConnectionChanged)]
    store.close()
    assert [each.state for each in states if each.source == "simulator"][-1] == "stopped"
