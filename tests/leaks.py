"""Fails a test that leaves a thread, a window, a running QTimer or a pressed mouse button behind."""

import gc
import sys
import threading
import time
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest

GRACE_SECONDS = 1.0
FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Remember a failure: its traceback keeps widgets alive, and one report is enough."""
    report = yield
    if report.failed:
        item.stash[FAILED] = True
    return report


@pytest.fixture(autouse=True)
def _no_leaks(request: pytest.FixtureRequest) -> Iterator[None]:
    threads = set(threading.enumerate())
    windows, timers = set(_windows()), set(_timers())
    yield
    if request.node.stash.get(FAILED, False):
        return
    leaks = _leaked_threads(threads) + _leaked_qt_objects(windows, timers) + _pressed_buttons()
    if leaks:
        pytest.fail("the test left behind: " + "; ".join(leaks), pytrace=False)


def _leaked_threads(before: set[threading.Thread]) -> list[str]:
    deadline = time.monotonic() + GRACE_SECONDS
    for thread in _new_threads(before):
        thread.join(max(0.0, deadline - time.monotonic()))
    return [f"the running thread {thread.name!r}" for thread in _new_threads(before)]


def _new_threads(before: set[threading.Thread]) -> list[threading.Thread]:
    # A dummy stands for a thread of C++ that once called Python; nobody can join or end it.
    return [
        thread
        for thread in threading.enumerate()
        if thread not in before and not isinstance(thread, threading._DummyThread)
    ]


def _leaked_qt_objects(windows: set[int], timers: set[int]) -> list[str]:
    if not _left_behind(windows, timers):
        return []
    # What is only waiting for the garbage collector, for deleteLater or for a last short
    # single shot is no leak.
    gc.collect()
    deadline = time.monotonic() + GRACE_SECONDS
    while (left := _left_behind(windows, timers)) and time.monotonic() < deadline:
        _process_events()
        time.sleep(0.01)
    return left


def _left_behind(windows: set[int], timers: set[int]) -> list[str]:
    new_windows = [text for pointer, text in _windows().items() if pointer not in windows]
    active = [text for pointer, text in _timers(active=True).items() if pointer not in timers]
    return new_windows + active


def _pressed_buttons() -> list[str]:
    qt_widgets = _qt("QtWidgets")
    if not qt_widgets or not qt_widgets.QApplication.instance():
        return []
    pressed = qt_widgets.QApplication.mouseButtons()
    return [f"the pressed mouse button {each.name}" for each in pressed]


def _windows() -> dict[int, str]:
    qt_widgets = _qt("QtWidgets")
    if not qt_widgets or not qt_widgets.QApplication.instance():
        return {}
    return {
        _pointer(widget): f"the top-level widget {_described(widget)}"
        for widget in qt_widgets.QApplication.topLevelWidgets()
        if widget.parent() is None and not _is_furniture(widget, qt_widgets)
    }


def _is_furniture(widget: Any, qt_widgets: ModuleType) -> bool:
    # Qt keeps one tool tip for itself; pyqtgraph keeps hidden context menus without a parent.
    menu = isinstance(widget, qt_widgets.QMenu) and not widget.isVisible()
    return menu or widget.objectName() == "qtooltip_label"


def _timers(active: bool = False) -> dict[int, str]:
    """Return the QTimers that Python knows, by address; looks at every object, some 20 ms."""
    qt_core, qt_widgets = _qt("QtCore"), _qt("QtWidgets")
    if not qt_widgets or not qt_widgets.QApplication.instance():
        return {}
    timer_type, is_valid = qt_core.QTimer, sys.modules["shiboken6"].isValid
    timers = [
        each for each in gc.get_objects() if issubclass(type(each), timer_type) and is_valid(each)
    ]
    return {
        _pointer(timer): f"the active QTimer {_described(timer)} every {timer.interval()} ms"
        for timer in timers
        if timer.isActive() or not active
    }


def _process_events() -> None:
    qt_core = _qt("QtCore")
    qt_core.QCoreApplication.sendPostedEvents(None, qt_core.QEvent.Type.DeferredDelete.value)
    qt_core.QCoreApplication.processEvents()


def _qt(module: str) -> Any:
    """Return a Qt module if a test has imported it: looking must not load Qt for the others."""
    return sys.modules.get(f"PySide6.{module}")


def _pointer(qobject: Any) -> int:
    return sys.modules["shiboken6"].getCppPointer(qobject)[0]


def _described(qobject: Any) -> str:
    name = f" {qobject.objectName()!r}" if qobject.objectName() else ""
    owner = f" of {type(qobject.parent()).__name__}" if qobject.parent() else ""
    return f"{type(qobject).__name__}{name}{owner}"
