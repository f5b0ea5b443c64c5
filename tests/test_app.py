"""The desk and its session start together and end in order, whatever happens in between."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from liveroom import sources
from liveroom.app import Bridge, run_desk, save_picture
from liveroom.errors import KnownError
from liveroom.headless import Watcher, play
from liveroom.models.facts import Mode
from liveroom.store import SessionStore
from liveroom.ui.main_window import MainWindow
from tests.factory import order, record


def window() -> MainWindow | None:
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow)]
    return found[-1] if found else None


class Visitor:
    """Looks at the open desk until `seen` says so, then does `then` to it."""

    def __init__(self, seen: Callable[[MainWindow], bool], then: Callable[[MainWindow], None]):
        self._seen, self._then = seen, then
        self._timer = QTimer()
        self._timer.timeout.connect(self._look)
        self._timer.start(50)

    def _look(self) -> None:
        desk = window()
        if desk is not None and desk.isVisible() and self._seen(desk):
            self._timer.stop()
            self._then(desk)


def sells(desk: MainWindow) -> bool:
    return desk.numbers()["kpi_strip"].get("visits", "") not in ("", "0", "—", "unknown")


def test_the_desk_opens_on_a_rehearsal_and_keeps_all_of_it(
    qapp: QApplication, tmp_path: Path
) -> None:
    path = tmp_path / "rehearsal.liveroom"
    visitor = Visitor(sells, MainWindow.close)
    assert run_desk(lambda: sources.rehearsal(1, 120.0, 30, path), Mode.REHEARSAL) == 0
    store = SessionStore.read(path)
    assert store.last_seq > 100
    store.close()
    del visitor


def test_a_recorded_session_opens_to_look_back_at(qapp: QApplication, tmp_path: Path) -> None:
    path = tmp_path / "show.liveroom"
    record(path, [order(0, 1250), order(1, 1250)])
    before = path.read_bytes()
    shown: list[str] = []

    def read(desk: MainWindow) -> None:
        shown.append(desk.numbers()["kpi_strip"]["orders"])
        desk.close()

    visitor = Visitor(lambda desk: desk.numbers()["kpi_strip"].get("orders") == "2", read)
    assert run_desk(lambda: sources.recorded(path), Mode.DEBRIEF) == 0
    assert shown == ["2"]
    assert path.read_bytes() == before
    del visitor


def test_what_nobody_caught_ends_the_desk_with_one_report(
    qapp: QApplication, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(desk: MainWindow) -> None:
        raise RuntimeError("a wire came loose")

    visitor = Visitor(sells, fail)
    path = tmp_path / "r.liveroom"
    assert run_desk(lambda: sources.rehearsal(1, 120.0, 30, path), Mode.REHEARSAL) == 1
    assert "a wire came loose" in capsys.readouterr().err
    desk = window()
    assert desk is None or not desk.isVisible()
    del visitor


def test_a_session_that_cannot_be_opened_is_reported(
    qapp: QApplication, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "bad.liveroom"
    path.write_text("not a database" * 50)
    assert run_desk(lambda: sources.rehearsal(1, 1.0, 1, path), Mode.REHEARSAL) == 1
    assert "not a liveroom session" in capsys.readouterr().err


def test_a_session_that_cannot_be_planned_is_reported(
    qapp: QApplication, capsys: pytest.CaptureFixture[str]
) -> None:
    def plan() -> sources.Plan:
        raise KnownError("there is no such scenario")

    assert run_desk(plan, Mode.REHEARSAL) == 1
    assert "no such scenario" in capsys.readouterr().err


DESK = "desk = Desk(lambda: None, Mode.REHEARSAL, print); window = desk.window"
START = "from liveroom.ui.start_screen import StartScreen; window = StartScreen(desk_settings())"


@pytest.mark.parametrize("made", [DESK, START])
def test_the_first_paint_waits_for_nothing_that_a_session_needs(made: str) -> None:
    script = (
        "import sys; from PySide6.QtWidgets import QApplication\n"
        "from liveroom.app import Desk, desk_settings\n"
        "from liveroom.models.facts import Mode\n"
        f"app = QApplication([]); {made}\n"
        "window.painted.disconnect() if hasattr(window, 'docks') else None\n"
        "window.painted.connect(app.quit); window.show(); app.exec()\n"
        "names = {'pandas', 'sqlite_utils', 'numpy', 'pyqtgraph', 'sqlite3', 'msgspec', 'click', 'decimal'}\n"
        "print(sorted(n for n in sys.modules if n in names or n.startswith('liveroom.ui.panels.')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"


def test_a_recorded_session_is_opened_without_simulator_and_without_a_lock(tmp_path: Path) -> None:
    path = tmp_path / "show.liveroom"
    record(path, [order(1)])
    script = (
        "import sys; from pathlib import Path; from liveroom import sources\n"
        f"sources.recorded(Path({str(path)!r})).session(print)\n"
        "names = {'filelock', 'liveroom.connectors.simulator', 'numpy.random', 'pandas'}\n"
        "print(sorted(names & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_numpy_starts_no_threads_of_its_own() -> None:
    script = (
        "import threading, sys; from liveroom.__main__ import main\n"
        "sys.argv[1:] = ['doctor']\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "import os, numpy; print(len(os.listdir('/proc/self/task')))"
    )
    if not Path("/proc/self/task").exists():
        pytest.skip("threads are counted in /proc")
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={k: v for k, v in os.environ.items() if k != "OPENBLAS_NUM_THREADS"}
        | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split()[-1] == "1"


def test_only_the_newest_snapshot_is_shown(qapp: QApplication, tmp_path: Path) -> None:
    snapshots = [record(tmp_path / f"{n}.liveroom", [order(n)]) for n in range(3)]
    shown: list[object] = []
    bridge = Bridge(shown.append)
    for snapshot in snapshots:
        bridge.take(snapshot)
    qapp.processEvents()
    assert shown == [snapshots[-1]]


def test_a_picture_of_the_desk_needs_no_screen(qapp: QApplication, tmp_path: Path) -> None:
    plan = sources.rehearsal(1, None, 2, tmp_path / "r.liveroom")
    watcher = Watcher()
    last = play(plan.session(watcher, 1), watcher)
    path = save_picture(last, tmp_path / "desk.png", 1366, 768)
    assert path.read_bytes().startswith(b"\x89PNG")
    assert path.stat().st_size > 20_000


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a screen")
def test_where_there_is_no_screen_a_rehearsal_leaves_a_session_and_a_picture_and_no_complaint(
    tmp_path: Path,
) -> None:
    environment = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "QT_QPA_PLATFORM")}
    environment.pop("WAYLAND_DISPLAY", None)
    path = tmp_path / "rehearsal.liveroom"
    done = subprocess.run(
        [sys.executable, "-m", "liveroom", "rehearse", "--minutes", "3", "--session", str(path)],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Traceback" not in done.stderr
    left = sorted(each.name for each in tmp_path.glob("[!.]*"))
    assert left == ["rehearsal.liveroom", "rehearsal.png"]


@pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM])
def test_who_asks_the_program_to_end_gets_an_orderly_end(
    asked: signal.Signals, tmp_path: Path
) -> None:
    path = tmp_path / "rehearsal.liveroom"
    words = ["rehearse", "--speed", "60", "--session", str(path)]
    desk = subprocess.Popen(
        [sys.executable, "-m", "liveroom", *words],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
    )
    wal = path.with_name(path.name + "-wal")
    for _ in range(600):
        if wal.exists() and wal.stat().st_size > 200_000:
            break
        try:
            desk.wait(0.05)
        except subprocess.TimeoutExpired:
            continue
        break
    desk.send_signal(asked)
    assert desk.wait(20) == 0
    assert not wal.exists()
    plan = sources.replay(sources.recording(path), None, tmp_path / "again.liveroom")
    watcher = Watcher()
    assert play(plan.session(watcher, 1), watcher).totals.visits
