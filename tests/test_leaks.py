import pytest

PREAMBLE = """
import gc, threading, time
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QMenu, QToolTip, QWidget

kept = []
"""


def outcome_of(pytester: pytest.Pytester, body: str) -> pytest.RunResult:
    pytester.makepyfile(PREAMBLE + body)
    return pytester.runpytest_subprocess(
        "-p", "tests.leaks", "-p", "no:xdist", "-p", "no:cacheprovider", "-o", "qt_api=pyside6"
    )


def test_leaks_fail_their_tests_and_are_named(pytester: pytest.Pytester) -> None:
    result = outcome_of(
        pytester,
        """
def test_a_thread():
    threading.Thread(target=threading.Event().wait, name='forgotten', daemon=True).start()

def test_a_window(qtbot):
    window = QWidget()
    window.setObjectName('orphan')
    window.show()
    kept.append(window)

def test_a_timer(qtbot):
    timer = QTimer()
    timer.start(5000)
    kept.append(timer)

def test_a_button(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    qtbot.mouseDClick(window, Qt.MouseButton.LeftButton)
""",
    )
    result.assert_outcomes(passed=4, errors=4)
    result.stdout.fnmatch_lines(
        [
            "*the test left behind: the running thread 'forgotten'",
            "*the test left behind: the top-level widget QWidget 'orphan'",
            "*the test left behind: the active QTimer QTimer every 5000 ms",
            "*the test left behind: the pressed mouse button LeftButton",
        ]
    )


def test_what_cleans_up_after_itself_passes(pytester: pytest.Pytester) -> None:
    result = outcome_of(
        pytester,
        """
import pytest
import pyqtgraph

@pytest.fixture(scope='module')
def window(qapp):
    window = QWidget()
    window.timer = QTimer(window)
    yield window
    window.deleteLater()

def test_a_thread_about_to_end():
    threading.Thread(target=time.sleep, args=(0.2,)).start()

def test_a_widget_of_qtbot(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.timer = QTimer(widget)
    widget.timer.start(5000)
    widget.show()

def test_a_widget_only_the_collector_can_reach(qtbot):
    widget = QWidget()
    widget.me = widget

def test_a_widget_that_deletes_itself_later(qtbot):
    widget = QWidget()
    kept.append(widget)
    widget.deleteLater()

def test_a_single_shot_about_to_fire(qtbot):
    timer = QTimer(singleShot=True)
    timer.start(100)
    kept.append(timer)

def test_a_timer_of_a_longer_lived_window(window):
    window.timer.start(5000)

def test_a_plot_with_its_hidden_menus(qtbot):
    plot = pyqtgraph.PlotWidget()
    qtbot.addWidget(plot)
    plot.plot([1, 3, 2])
    plot.show()
    kept.append(plot.plotItem.vb.menu)

def test_a_tool_tip(qtbot):
    from PySide6.QtCore import QPoint
    QToolTip.showText(QPoint(1, 1), 'orders: paid and not cancelled')
""",
    )
    result.assert_outcomes(passed=8)


def test_a_failed_test_is_reported_once(pytester: pytest.Pytester) -> None:
    result = outcome_of(
        pytester,
        """
def test_it(qtbot):
    widget = QWidget()
    widget.show()
    assert False
""",
    )
    result.assert_outcomes(failed=1)
