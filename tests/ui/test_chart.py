"""The chart as one uses it: cursor, marks, notes, metrics, zoom; by keyboard and by mouse."""

from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, QPointF, QSettings, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from liveroom.models import commands as c
from liveroom.models.facts import Mode
from liveroom.models.journal import Entry, EntryKind
from liveroom.models.levers import Levers, RunningOffer
from liveroom.models.offers import Offer, OfferKind
from liveroom.models.snapshot import Snapshot
from liveroom.ui.panels.audience import span_of
from liveroom.ui.parts.fall_mark import Field as FallField
from liveroom.ui.parts.fall_mark import _place
from liveroom.ui.parts.peak_mark import _free_level
from tests.ui import snapshots
from tests.ui.conftest import MakeDesk
from tests.ui.hands import double_click
from tests.ui.panels import spec_of, title_of

NOW, MINUTE, NARROW = snapshots.NOW, 60_000, "\u202f"
NOTES = tuple(
    Entry(at=NOW - ago * MINUTE, kind=EntryKind.NOTE, text=f"note {ago}") for ago in (30, 20, 10)
)
AT_10 = NOW // 1000 - 600


ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def panel(make_desk: MakeDesk) -> Any:
    """Return the panel of a show with three notes, on a desk of its own, with the keyboard."""
    desk = make_desk(1400, 800, panels=spec_of("audience"))
    desk.show_snapshot(snapshots.full(journal=NOTES))
    desk.finish_building()
    desk.activateWindow()
    found = desk.docks[0].host.panel
    assert found is not None
    found.chart.setFocus()  # type: ignore[attr-defined]
    return found


def pixel_of(panel: Any, at: float) -> QPoint:
    """Return where an instant (s UTC) is on the plot."""
    start, _ = panel.chart.canvas.span()
    return QPoint(round(48 + panel.chart.canvas.pixels(at - start)), 120)


def viewport(panel: Any) -> Any:
    return panel.chart.canvas.view.viewport()


def wheel(panel: Any, at: float, notches: int, sideways: bool = False) -> None:
    point = QPointF(pixel_of(panel, at))
    turned = QPoint(120 * notches, 0) if sideways else QPoint(0, 120 * notches)
    none, no_keys = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    event = QWheelEvent(
        point, point, QPoint(), turned, none, no_keys, Qt.ScrollPhase.NoScrollPhase, False
    )
    QApplication.sendEvent(viewport(panel), event)


def show(panel: Any, snapshot: Snapshot) -> None:
    panel.show_snapshot(snapshot)
    panel.finish_building()


def test_the_cursor_reads_what_was_the_case_where_the_mouse_is(panel: Any, qtbot: QtBot) -> None:
    qtbot.mouseMove(viewport(panel), pixel_of(panel, AT_10))
    qtbot.waitUntil(lambda: "cursor" in panel.numbers())
    read = panel.numbers()
    assert read["cursor"].startswith("20:31:")
    assert read["cursor.conversion"].endswith(f"{NARROW}%")
    assert int(read["cursor.audience"].replace(",", "")) > 4000
    assert read["cursor.revenue/min"].startswith("R$")
    assert read["cursor.segment"] == "Notebook Air 14 · demo"
    QApplication.sendEvent(viewport(panel), _leave())
    assert "cursor" not in panel.numbers()


def _leave() -> Any:
    from PySide6.QtCore import QEvent

    return QEvent(QEvent.Type.Leave)


def test_a_click_places_the_cursor_where_it_stays(panel: Any, qtbot: QtBot) -> None:
    qtbot.mouseClick(viewport(panel), Qt.MouseButton.LeftButton, pos=pixel_of(panel, AT_10))
    QApplication.sendEvent(viewport(panel), _leave())
    assert panel.numbers()["cursor"].startswith("20:31:")
    qtbot.keyClick(panel.chart, Qt.Key.Key_Escape)
    assert "cursor" not in panel.numbers()


def test_arrows_move_the_cursor_by_a_step_and_by_a_minute(panel: Any, qtbot: QtBot) -> None:
    qtbot.keyClick(panel.chart, Qt.Key.Key_Left)
    assert panel.numbers()["cursor"] == "20:41:36", "it starts at now"
    qtbot.keyClick(panel.chart, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert panel.numbers()["cursor"] == "20:40:36"
    qtbot.keyClick(panel.chart, Qt.Key.Key_Right)
    later = panel.numbers()["cursor"]
    assert "20:40:36" < later <= "20:41:06"


def test_after_now_nothing_is_read_but_the_plan(panel: Any) -> None:
    panel.chart.place_cursor(NOW / 1000 + 180)
    read = panel.numbers()
    assert read["cursor.audience"] == read["cursor.orders/min"] == "—"
    assert read["cursor.segment"] == "Tablet 11″ + caneta"
    assert read["cursor.offers"] == ""


def test_the_places_of_the_values_never_shrink(panel: Any) -> None:
    panel.chart.place_cursor(AT_10)
    wide = dict(panel.chart.top.readout._wide)
    panel.chart.place_cursor(NOW / 1000 + 180)
    assert panel.chart.top.readout._wide == wide


def test_marks_are_walked_and_say_what_they_are(panel: Any, qtbot: QtBot) -> None:
    assert panel.numbers()["marks"] == "flag, flag, flag"
    qtbot.keyClick(panel.chart, Qt.Key.Key_Left, ALT)
    assert panel.numbers()["mark"] == "20:31:36  note 10"
    assert panel.numbers()["cursor"] == "20:31:36"
    qtbot.keyClick(panel.chart, Qt.Key.Key_Left, ALT)
    qtbot.keyClick(panel.chart, Qt.Key.Key_Left, ALT)
    qtbot.keyClick(panel.chart, Qt.Key.Key_Left, ALT)
    assert panel.numbers()["mark"] == "20:11:36  note 30", "the first one is the last"
    qtbot.keyClick(panel.chart, Qt.Key.Key_Right, ALT)
    assert panel.numbers()["mark"] == "20:21:36  note 20"
    qtbot.keyClick(panel.chart, Qt.Key.Key_Escape)
    assert panel.numbers()["mark"] == ""


def test_a_mark_under_the_pointer_says_what_it_is(panel: Any, qtbot: QtBot) -> None:
    lane = panel.chart.lane
    point = pixel_of(panel, NOW / 1000 - 1200)
    point.setY(lane.geometry().bottom() - 6)
    qtbot.mouseMove(viewport(panel), point)
    qtbot.waitUntil(lambda: panel.numbers()["mark"] == "20:21:36  note 20")


def test_n_takes_a_note_about_the_moment_at_the_cursor(
    panel: Any, qtbot: QtBot, commands: list[c.Command]
) -> None:
    panel.chart.place_cursor(AT_10)
    qtbot.keyClick(panel.chart, Qt.Key.Key_N)
    field = panel._note.field
    assert field.hasFocus()
    qtbot.keyClicks(field, "n, l. 0")
    assert panel.is_being_edited()
    assert panel.numbers()["left"] == "Audience", "letters are typed and press nothing"
    show(panel, snapshots.full(journal=NOTES, at=NOW + 5000))
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert commands == [c.TakeNote(text="n, l. 0", about_at=NOW - 600_000)]
    assert not panel.is_being_edited()
    assert panel.chart.hasFocus()


def test_a_note_can_be_forgotten_and_is_taken_on_air_and_in_rehearsal_only(
    panel: Any, qtbot: QtBot, commands: list[c.Command]
) -> None:
    panel.chart.place_cursor(AT_10)
    qtbot.keyClick(panel.chart, Qt.Key.Key_N)
    qtbot.keyClicks(panel._note.field, "no")
    qtbot.keyClick(panel._note.field, Qt.Key.Key_Escape)
    assert not panel._note.isVisible()
    assert panel.numbers()["cursor"] == "20:31:36", "Esc closes the field first"
    show(panel, snapshots.full(mode=Mode.REPLAY))
    panel.take_note()
    assert not panel._note.isVisible()
    assert commands == []


def test_of_what_is_still_to_come_nothing_is_noted_but_of_now(panel: Any, qtbot: QtBot) -> None:
    panel.chart.place_cursor(NOW / 1000 + 600)
    qtbot.keyClick(panel.chart, Qt.Key.Key_N)
    assert panel._note.field.hasFocus()
    assert panel._note._at == NOW
    assert panel.chart.cursor_at() == NOW


def entries_of(panel: Any) -> dict[str, bool]:
    menu = panel.menu()
    found = {
        one.text().partition("\t")[0]: one.isEnabled()
        for one in menu.actions()
        if not one.isSeparator()
    }
    menu.deleteLater()
    return found


def test_the_menu_is_about_the_moment_at_the_cursor(panel: Any) -> None:
    assert panel.menu() is None
    panel.chart.place_cursor(AT_10)
    assert entries_of(panel) == {
        "Note at 20:31:36…": True,
        "Travel to this moment": True,
        "Follow the show": False,
        "Show the whole show": True,
        "Plot at the left": True,
        "Plot at the right": True,
    }
    asked: list[int] = []
    panel.travel = asked.append
    panel.travel_to_cursor()
    assert asked == [NOW - 600_000]
    panel.chart.place_cursor(NOW / 1000 + 60)
    assert not entries_of(panel)["Travel to this moment"]
    assert not entries_of(panel)["Note at 20:42:36…"]


def test_a_right_click_opens_the_menu_there(panel: Any, qtbot: QtBot) -> None:
    qtbot.mouseClick(viewport(panel), Qt.MouseButton.RightButton, pos=pixel_of(panel, AT_10))
    assert panel._menu is not None
    assert panel._menu.isVisible()
    assert panel.numbers()["cursor"].startswith("20:31:")
    panel._menu.close()


def test_any_two_metrics_can_be_plotted_and_the_choice_is_kept(
    panel: Any, settings: QSettings, make_desk: MakeDesk
) -> None:
    panel.chart.top.left.chosen.emit(_metric("clicks"))
    panel.chart.top.right.chosen.emit(_metric("average_order_value"))
    shown = panel.numbers()
    assert shown["left"] == "Product clicks per minute"
    assert shown["right"] == "Average order value, 10 min, BRL"
    again = make_desk(1400, 800, panels=spec_of("audience"))
    again.show_snapshot(snapshots.full())
    shown = again.numbers()["audience"]
    assert shown["left"] == "Product clicks per minute"
    assert "AOV: revenue ÷ orders, 10 min" in title_of(again, "audience")
    assert shown["peak"] == "", "the peak is of the audience, which is not plotted"


def _metric(key: str) -> Any:
    from liveroom.ui.parts.metrics import BY_KEY

    return BY_KEY[key]


def test_a_choice_that_is_no_longer_known_is_forgotten(
    settings: QSettings, make_desk: MakeDesk
) -> None:
    settings.setValue("panels/audience/metrics", "audience heartbeat")
    desk = make_desk(1400, 800, panels=spec_of("audience"))
    desk.show_snapshot(snapshots.full())
    assert desk.numbers()["audience"]["right"] == "Conversion, 10 min"


def test_the_metric_of_the_other_side_changes_places(panel: Any) -> None:
    panel.chart.plot("conversion", "conversion")
    shown = panel.numbers()
    assert (shown["left"], shown["right"]) == ("Conversion, 10 min", "Audience")
    assert shown["audience"] == "3,964 audience"
    assert shown["conversion"] == f"2.6{NARROW}% conversion"
    assert shown["peak"] == "PCU 4,812 at 20:32"


def test_the_list_offers_what_a_source_provides(panel: Any, qtbot: QtBot) -> None:
    menu = panel.chart.top.right.list_of_metrics()
    able = {one.text(): one.isEnabled() for one in menu.actions()}
    checked = [one.text() for one in menu.actions() if one.isChecked()]
    menu.deleteLater()
    assert checked == ["Conversion, 10 min"]
    assert able["Chat messages per minute"]
    assert able["Leads per minute (no source)"] is False
    qtbot.keyClick(panel.chart, Qt.Key.Key_R)
    assert panel.chart.top.right._menu.isVisible()
    panel.chart.top.right._menu.close()


def test_the_wheel_looks_closer_about_the_pointer_and_a_double_click_shows_all(
    panel: Any, qtbot: QtBot
) -> None:
    whole = panel.chart.canvas.span()
    at = whole[0] + 600
    wheel(panel, at, 3)
    start, end = panel.chart.canvas.span()
    assert end - start == pytest.approx((whole[1] - whole[0]) * 0.8**3)
    assert panel.chart.instant_at(pixel_of(panel, at).x()) == pytest.approx(at, abs=4)
    wheel(panel, at, -2, sideways=True)
    assert panel.chart.canvas.span()[0] > start
    double_click(viewport(panel), pixel_of(panel, at))
    assert panel.chart.canvas.span() == whole
    assert panel.numbers()["follows"] == "Following"


def test_dragging_moves_the_axis_and_places_no_cursor(panel: Any, qtbot: QtBot) -> None:
    panel.chart.zoom(0.3, snapshots.START / 1000)
    start = panel.chart.canvas.span()[0]
    view = viewport(panel)
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(500, 100))
    for x in (480, 440, 400):
        qtbot.mouseMove(view, QPoint(x, 100))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(400, 100))
    moved = panel.chart.canvas.pixels(panel.chart.canvas.span()[0] - start)
    assert moved == pytest.approx(100, abs=2)
    assert panel.chart.cursor_at() is None


def test_keys_zoom_pan_follow_and_reset(panel: Any, qtbot: QtBot) -> None:
    whole = panel.chart.canvas.span()
    qtbot.keyClick(panel.chart, Qt.Key.Key_Plus)
    closer = panel.chart.canvas.span()
    assert closer[1] - closer[0] < whole[1] - whole[0]
    assert panel.chart.is_following()
    for _ in range(4):
        qtbot.keyClick(panel.chart, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert panel.numbers()["follows"] == "Not following"
    qtbot.keyClick(panel.chart, Qt.Key.Key_F)
    assert panel.chart.canvas.span()[0] <= NOW / 1000 <= panel.chart.canvas.span()[1]
    qtbot.keyClick(panel.chart, Qt.Key.Key_0)
    assert panel.chart.canvas.span() == whole


def test_space_presses_nothing(panel: Any, qtbot: QtBot, commands: list[c.Command]) -> None:
    panel.chart.zoom(0.2, snapshots.START / 1000)
    qtbot.keyClick(panel.chart, Qt.Key.Key_Space)
    assert not panel.chart.is_following()
    assert commands == []
    assert panel.chart.top.follow.focusPolicy() is Qt.FocusPolicy.NoFocus


def test_the_bracket_from_the_peak_carries_the_number(panel: Any) -> None:
    peak_at = snapshots.full().audience.peak_at or 0
    made = Offer(offer_id="n", kind=OfferKind.PERCENTAGE, title="Notebook −10 %", percent=10)
    offer = RunningOffer(offer=made, started_at=peak_at + 300_000)
    show(panel, snapshots.full(levers=Levers(offers=(offer,))))
    assert panel.numbers()["late"] == "5:00"
    panel.chart.place_cursor((peak_at + 330_000) / 1000)
    assert panel.numbers()["cursor.offers"] == "Notebook −10 %"
    early = replace(offer, started_at=peak_at - 600_000, ended_at=peak_at - 300_000)
    show(panel, snapshots.full(levers=Levers(offers=(early,)), at=NOW + 1000))
    waits = (NOW + 1000 - peak_at) // 1000
    assert panel.numbers()["late"] == f"{waits // 60}:{waits % 60:02}"
    show(panel, snapshots.full(levers=Levers(), at=NOW + 2000))
    assert panel.numbers()["late"] == ""


def test_the_conversion_target_is_a_line_with_its_words(panel: Any) -> None:
    snapshot = snapshots.full()
    panel.chart.show_snapshot(snapshot, *span_of(snapshot), conversion_target=0.04)
    assert panel.numbers()["target"] == f"conversion target 4.0{NARROW}%"
    label = panel.chart.canvas.left.end.label
    gap = label.pos().y() - panel.chart.canvas.target.label.pos().y()
    tall = panel.chart.canvas.left.full_height() / panel.chart.canvas.main.vb.height()
    assert abs(gap) >= 13 * tall
    panel.chart.plot("audience", "revenue")
    assert panel.numbers()["target"] == ""


def test_an_axis_keeps_its_scale_while_the_curve_fits(panel: Any) -> None:
    before = panel.chart.canvas.left.top
    assert before == 5000
    audience = replace(snapshots.full().audience, peak=5100)
    show(panel, snapshots.full(at=NOW + 1000, audience=audience))
    assert panel.chart.canvas.left.top == 5000
    show(panel, snapshots.full(at=NOW + 2000, audience=replace(audience, peak=5600)))
    assert panel.chart.canvas.left.top == 7500
    show(panel, snapshots.full(at=NOW + 3000, audience=replace(audience, peak=4000)))
    assert panel.chart.canvas.left.top == 7500


def test_an_error_by_mouse_or_key_stops_this_panel_alone(
    make_desk: MakeDesk, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    desk = make_desk(1400, 800, panels=spec_of("audience"))
    desk.show_snapshot(snapshots.full())
    desk.finish_building()
    host = desk.docks[0].host
    panel: Any = host.panel
    panel.chart.setFocus()
    panel.chart.walk = None
    qtbot.keyClick(panel.chart, Qt.Key.Key_Left, ALT)
    assert "TypeError" in host.message()
    assert "panel audience stopped" in caplog.text


def test_a_dashed_line_says_since_when_the_conversion_is_lower(panel: Any) -> None:
    assert panel.numbers()["lower_since"] == "lower since 20:31"
    panel.chart.plot("audience", "revenue")
    assert panel.numbers()["lower_since"] == ""
    panel.chart.plot("audience", "conversion")
    show(panel, snapshots.full(at=NOW - 12 * MINUTE))
    assert panel.numbers()["lower_since"] == ""


@pytest.mark.parametrize(
    ("runs", "place"),
    [
        ([], (True, 30)),
        ([(80.0, 150.0)], (True, 30)),
        ([(10.0, 45.0)], (True, 58)),
        ([(0.0, 200.0)], (True, 30)),  # no free place: at the foot, as where nothing is in the way
    ],
)
def test_no_curve_runs_through_the_words_of_the_dashed_line(
    runs: list[tuple[float, float]], place: tuple[bool, float]
) -> None:
    assert _place(FallField(300, 300, 200, 2500, lambda left, right: runs)) == place


def test_where_curves_leave_no_room_at_the_right_the_words_stand_at_the_left() -> None:
    def crossed(left: float, right: float) -> list[tuple[float, float]]:
        return [(0.0, 200.0)] if right > 0 else [(100.0, 180.0)]

    assert _place(FallField(300, 300, 200, 2500, crossed)) == (False, 30)
    assert _place(FallField(60, 300, 200, 2500, crossed)) == (True, 30)


@pytest.mark.parametrize(
    ("crossed", "level"),
    [
        ([], 100.0),
        ([(0.0, 95.0)], 104.0),
        ([(0.0, 85.0), (95.0, 120.0)], 132.0),
        ([(0.0, 300.0)], 100.0),  # everywhere: where they stand without any curve
    ],
)
def test_no_curve_runs_through_the_words_of_the_peak(
    crossed: list[tuple[float, float]], level: float
) -> None:
    assert _free_level(100.0, 200.0, 1.0, crossed) == level


def test_f6_brings_the_keyboard_to_the_chart(make_desk: MakeDesk, qtbot: QtBot) -> None:
    desk = make_desk(1400, 800, panels=spec_of("audience"))
    desk.show_snapshot(snapshots.full(journal=NOTES))
    desk.finish_building()
    desk.activateWindow()
    desk.ways.step(1)
    panel: Any = desk.docks[0].host.panel
    assert panel.chart.hasFocus()
    qtbot.keyClick(panel.chart, Qt.Key.Key_Left, ALT)
    assert panel.numbers()["mark"] == "20:31:36  note 10"
