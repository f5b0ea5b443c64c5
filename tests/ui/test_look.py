"""What an art director would check: contrast, clipping, one pixel pens, shapes beside colours."""

import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from liveroom.models.facts import ConnectionState, Mode
from liveroom.ui import glyphs
from liveroom.ui.panels.kpi_strip import KPIS, KpiStrip
from liveroom.ui.parts.kpi_tile import KpiTile
from liveroom.ui.parts.runs import RunLine
from liveroom.ui.parts.table import Table
from liveroom.ui.states import lamp_of, look_of
from liveroom.ui.theme import THEMES, Theme, contrast
from tests.ui import snapshots
from tests.ui.conftest import MakeDesk

WORDS = ("text", "text_2", "text_3", "good", "warn", "bad", "offer", "next", "conv", "air_text")
GROUNDS = ("panel", "header", "window", "raised", "air_bg")


@pytest.mark.parametrize("mode", list(Mode))
@pytest.mark.parametrize("name", THEMES)
def test_every_word_reaches_aa_on_every_ground(qapp: QApplication, name: str, mode: Mode) -> None:
    theme = Theme(name, mode)
    for ground in GROUNDS:
        for word in WORDS:
            if word == "air_text" and ground != "air_bg" and name == "light":
                continue  # a glyph there, and the word is in the tag
            assert contrast(theme[word], theme[ground]) >= 4.5, (word, ground)
    for word, ground in (("go_text", "go"), ("go_text", "onair"), ("panel", "bad"),
                         ("text", "sel"), ("reh", "panel"), ("offer", "offer_bg")):  # fmt: skip
        assert contrast(theme[word], theme[ground]) >= 4.5, (word, ground)
    for mark, ground in (("control", "panel"), ("audience", "audience_fill"), ("onair", "panel")):
        least = 2.4 if theme.mode is not Mode.LIVE and mark == "onair" else 3.0
        assert contrast(theme[mark], theme[ground]) >= least, (mark, ground)


def test_contrast_is_the_wcag_formula(qapp: QApplication) -> None:
    black, white = Theme("high_contrast")["panel"], Theme("high_contrast")["text"]
    assert contrast(black, white) == pytest.approx(21)
    assert contrast(Theme()["text"], Theme()["panel"]) == pytest.approx(14.88, abs=0.01)


def test_inter_with_equal_digits_is_used(qapp: QApplication) -> None:
    theme = Theme()
    assert QFontInfo(theme.font()).family() == "Inter"
    widths = {theme.metrics(26, 600).horizontalAdvance(digit * 4) for digit in "0123456789"}
    assert max(widths) - min(widths) < 0.5  # without `tnum` the ones are a third narrower


def test_weights_are_told_apart(qapp: QApplication) -> None:
    theme = Theme()
    assert theme.metrics(12, 600).horizontalAdvance("Revenue") > theme.metrics(
        12, 400
    ).horizontalAdvance("Revenue")


def test_an_unknown_theme_is_named(qapp: QApplication) -> None:
    with pytest.raises(ValueError, match="no theme 'sepia'; choose one of dark, light"):
        Theme("sepia")


@pytest.mark.parametrize("name", glyphs.names())
def test_every_mark_paints_something_within_its_box(qapp: QApplication, name: str) -> None:
    image = glyphs.pixmap(name, 40, Theme()["text"]).toImage()
    inked = [(x, y) for x in range(40) for y in range(40) if image.pixelColor(x, y).alpha() > 40]
    assert 20 < len(inked) <= 1600


def test_every_state_has_a_word_and_a_shape_of_its_own() -> None:
    looks = [
        look_of(snapshots.connection("a", "A", state=state), snapshots.NOW)
        for state in ConnectionState
    ]
    assert all(look.word and look.glyph in glyphs.names() for look in looks)
    assert len({look.word for look in looks}) == len(looks)
    lamps = [lamp_of(snapshots.full(mode=mode)) for mode in Mode]
    assert len({(lamp.glyph, lamp.word) for lamp in lamps}) == len(Mode)


@pytest.mark.parametrize("make", [snapshots.full, snapshots.rehearsal, snapshots.only_orders])
def test_no_number_is_cut_at_1366_by_768(make_desk: MakeDesk, make: object) -> None:
    desk = make_desk(1366, 768)
    desk.show_snapshot(make())  # type: ignore[operator]
    desk.finish_building()
    for tile in desk.findChildren(KpiTile):
        assert tile.isHidden() or not tile.is_cut(), tile.reading
    for table in desk.findChildren(Table):
        _assert_numbers_fit(table, desk.theme)
    bar = desk.show_bar
    for line in (bar.title, bar.meaning, bar.since, bar.until, bar.clock):
        assert not line.is_cut(), line.text()


def _assert_numbers_fit(table: Table, theme: Theme) -> None:
    for place, column in enumerate(table.columns):
        if column.left or table.isColumnHidden(place):
            continue
        for row in range(table.rowCount()):
            cell = table.cell_at(row, place)
            if cell is None or not cell.text or cell.runs:
                continue
            wide = theme.metrics(12, cell.weight).horizontalAdvance(cell.text)
            assert wide + 12 <= table.columnWidth(place), (column.key, cell.text)
        title = table.horizontalHeaderItem(place).text()
        wide = theme.metrics(11, 500).horizontalAdvance(title)
        assert wide + 12 <= table.columnWidth(place), title


def test_numbers_of_a_large_show_are_not_cut_either(make_desk: MakeDesk) -> None:
    from msgspec.structs import replace

    desk = make_desk(1366, 768)
    large = replace(
        snapshots.TOTALS, revenue_minor=1_234_567_890_00, visits=12_345_678, orders=1_234_567
    )
    rows = tuple(
        replace(row, revenue_minor=123_456_789_00, units=1_234_567)
        for row in snapshots.full().products
    )
    desk.show_snapshot(snapshots.full(totals=large, products=rows))
    desk.finish_building()
    for tile in desk.findChildren(KpiTile):
        assert tile.isHidden() or not tile.is_cut(), tile.reading
    for table in desk.findChildren(Table):
        _assert_numbers_fit(table, desk.theme)


def test_kpis_without_room_are_counted_and_the_unknown_give_way_first(
    make_desk: MakeDesk,
) -> None:
    desk = make_desk(1366, 768)
    strip = desk.findChild(KpiStrip)
    assert strip is not None
    desk.show_snapshot(snapshots.full())
    assert strip.shown()[:4] == ["revenue", "sales_per_minute", "audience", "conversion"]
    assert "over_under" in strip.shown()
    more = next(label for label in strip.findChildren(QLabel) if label.objectName() == "more")
    usual = [kpi.key for kpi in KPIS if kpi.usual]
    hidden = [key for key in usual if key not in strip.shown() and key not in strip._unknown]
    assert more.text() == f"+{len(hidden)}"
    assert more.isVisible()
    desk.show_snapshot(snapshots.only_orders(mode=Mode.LIVE))
    assert {"revenue", "orders", "average_order_value"} <= set(strip.shown())


def test_a_thousand_calls_keep_none_alive(qapp: QApplication) -> None:
    """PySide6 6.12.0 loses a reference to None at every call that returns it."""
    label, widget = QLabel(), QWidget()
    line = RunLine(Theme())
    before = sys.getrefcount(None)
    for n in range(1000):
        label.setText(str(n))
        widget.resize(n, n)
        line.setVisible(False)
        label.setAlignment(Qt.AlignmentFlag.AlignLeft)
    lost = before - sys.getrefcount(None)
    assert lost < 500, f"{lost} references to None are gone; this PySide6 aborts later"


def test_pens_stay_one_pixel_wide(make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.show_snapshot(snapshots.full())
    desk.finish_building()
    from liveroom.ui.chart import Chart

    chart = desk.findChild(Chart)
    assert chart is not None
    for curve in (side.curve for side in chart.canvas.sides):
        assert curve.opts["pen"].widthF() == 1
