"""The presenter's display is read from four metres: nothing small, nothing clipped, nothing lost."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from liveroom.models.facts import ConnectionState, Fact, Mode
from liveroom.models.offers import ForWhom, OfferKind
from liveroom.ui.presenter.board import PresenterBoard, edge_of
from liveroom.ui.presenter.compose import Composer, Mark, Text
from liveroom.ui.presenter.layout import SMALLEST, places_of, sheet_of
from liveroom.ui.presenter.message import fit_of
from liveroom.ui.presenter.words import Facts, facts_of, numbers_of
from liveroom.ui.theme import THEMES, Theme, contrast
from tests.ui import snapshots
from tests.ui.presenter_facts import FACTS, SHAPES, WORDS, asked, box_of, offered, stocked, told

AT = snapshots.NOW


def composed(facts: Facts, size: tuple[int, int], theme: Theme) -> tuple[Composer, QRectF]:
    sheet, _ = sheet_of(*size)
    return Composer(theme, places_of(sheet, edge_of(theme.mode))), QRectF(
        0, 0, sheet.width(), sheet.height()
    )


def said(**changes: object) -> dict[str, str]:
    return numbers_of(facts_of(snapshots.full(**changes)))


# --- Readable from four metres ------------------------------------------------------------------


@settings(max_examples=60)
@given(FACTS, st.sampled_from(SHAPES), st.sampled_from([Mode.LIVE, Mode.REHEARSAL, Mode.DEBRIEF]))
def test_no_text_is_small_clipped_or_written_over_another(
    qapp: QApplication, facts: Facts, size: tuple[int, int], mode: Mode
) -> None:
    theme = Theme("dark", mode)
    composer, sheet = composed(facts, size, theme)
    boxes = []
    for name, (area, items) in composer.parts(facts).items():
        area = sheet if area.isEmpty() else area.adjusted(-1, -1, 1, 1)
        for item in items:
            if isinstance(item, Text):
                assert item.px >= SMALLEST, (name, item)
                assert area.contains(box_of(item, theme)), (name, item, area)
                boxes.append((item, box_of(item, theme)))
            elif isinstance(item, Mark):
                assert area.contains(QRectF(item.x, item.y, item.px, item.px)), (name, item)
    for (one, first), (other, second) in combinations(boxes, 2):
        assert not first.intersects(second), (one, other)


def test_at_1080_lines_the_smallest_text_has_56_pixels_whatever_the_width(
    qapp: QApplication,
) -> None:
    for size in [(1920, 1080), (1440, 1080), (1080, 1920)]:
        assert sheet_of(*size)[1] == 1.0
    assert sheet_of(1280, 720)[1] == pytest.approx(720 / 1080)
    assert SMALLEST == 56


@pytest.mark.parametrize("mode", list(Mode))
@pytest.mark.parametrize(("clock", "px"), [("20:41:36", 300), ("20:32:00", 220)])
def test_the_time_left_is_300_pixels_and_220_from_ten_minutes_up(
    qapp: QApplication, clock: str, px: int, mode: Mode
) -> None:
    facts = facts_of(snapshots.full(at=snapshots.instant(clock), mode=mode))
    composer, _ = composed(facts, (1920, 1080), Theme("dark", mode))
    _, items = composer.parts(facts)["remaining"]
    value = next(i for i in items if isinstance(i, Text) and i.text == facts.remaining.value)
    assert value.px == px


@pytest.mark.parametrize("mode", list(Mode))
@pytest.mark.parametrize("name", THEMES)
def test_every_word_on_the_display_reaches_aa_on_its_ground(
    qapp: QApplication, name: str, mode: Mode
) -> None:
    theme = Theme(name, mode)
    for changes in (
        {"presenter": told("Wrap up\nnow")},
        {"levers": offered(duration_ms=600_000), "products": stocked(stock=2, units_per_minute=1)},
        {"at": snapshots.instant("20:43:18")},
        {"run_of_show": replace(snapshots.PLAN, cues=())},
    ):
        facts = facts_of(snapshots.full(mode=mode, **changes))._replace(question="Is it black?")
        composer, _ = composed(facts, (1920, 1080), theme)
        for _, items in composer.parts(facts).values():
            for item in items:
                if isinstance(item, Text):
                    assert contrast(theme[item.tone], theme[item.ground]) >= 4.5, item


@settings(max_examples=60)
@given(WORDS | st.tuples(WORDS, WORDS).map("\n".join), st.sampled_from(SHAPES))
def test_a_message_that_the_field_accepts_is_shown_whole_on_every_shape_of_screen(
    qapp: QApplication, message: str, size: tuple[int, int]
) -> None:
    theme = Theme()
    if not fit_of(message, theme).fits:
        return
    composer, _ = composed(facts_of(snapshots.empty()), size, theme)
    items = composer.message(message)
    assert composer.cut == []
    shown = "".join(item.text for item in items if isinstance(item, Text))
    # Where two paragraphs run on, a dot parts them.
    assert shown.replace("·", "").replace(" ", "") == "".join(message.split()).replace("·", "")


def test_a_message_that_does_not_fit_says_by_how_much(qapp: QApplication) -> None:
    theme = Theme()
    short = "Hold the blue one to the camera"
    assert fit_of(short, theme) == (True, "fits in 1 line")
    assert fit_of(f"{short}\n{short}", theme) == (True, "fits in 2 lines")
    long = (short + " ") * 4
    found = fit_of(long, theme)
    assert not found.fits
    too_many = int(found.words.split()[0])
    text = " ".join(long.split())
    assert fit_of(text[:-too_many], theme).fits
    assert not fit_of(text[: len(text) - too_many + 1], theme).fits
    assert fit_of("a\nb\nc", theme) == (False, "3 lines, at most 2 can be read")


def test_a_message_replaces_nothing(qapp: QApplication) -> None:
    theme = Theme()
    without = facts_of(snapshots.full(products=stocked(stock=39)))
    composer, _ = composed(without, (1920, 1080), theme)
    before = composer.parts(without)
    after = composer.parts(without._replace(message="Wrap up\nNow"))
    assert before.pop("message")[1] == []
    assert after.pop("message")[1] != []
    assert before == after


# --- What is said -------------------------------------------------------------------------------


def test_on_air_it_says_what_is_on_what_is_left_and_what_comes_next() -> None:
    shown = said(products=stocked(stock=39), presenter=told("Wrap up"))
    assert shown == {
        "sign": "ON AIR", "title": "Notebook Air 14 · demo", "clock": "20:41:36",
        "remaining": "1:18", "note": "WRAP UP", "price": "R$\u00a03,499", "before": "", "offer": "",
        "stock": "39", "next": "Tablet 11″ + caneta", "next.clock": "20:42:54", "question": "",
        "message": "Wrap up",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("clock", "remaining", "note"),
    [
        ("20:41:23", "1:31", ""),
        ("20:41:24", "1:30", "WRAP UP"),
        ("20:42:54", "0:00", "WRAP UP"),
        ("20:43:18", "OVER 0:24", "WRAP UP"),
    ],
)
def test_the_end_is_announced_and_an_overrun_says_over(
    clock: str, remaining: str, note: str
) -> None:
    shown = said(at=snapshots.instant(clock))
    assert (shown["remaining"], shown["note"]) == (remaining, note)


def test_before_the_show_it_counts_down_and_after_it_says_so() -> None:
    waiting = replace(snapshots.PLAN, cues=())
    shown = said(at=snapshots.instant("19:58:30"), run_of_show=waiting)
    assert (shown["sign"], shown["title"]) == ("OFF AIR", "Festa da Eletrônica")
    assert (shown["remaining"], shown["next"]) == ("1:30", "Opening and welcome")
    late = said(at=snapshots.instant("20:00:10"), run_of_show=waiting)
    assert late["remaining"] == "—"
    over = (*snapshots.CUES, replace(snapshots.CUES[-1], segment_id="", started_at=AT - 1000))
    ended = said(run_of_show=replace(snapshots.PLAN, cues=over))
    assert (ended["title"], ended["remaining"], ended["next"]) == ("The show has ended", "—", "")


def test_after_the_last_segment_comes_off_air() -> None:
    last = (*snapshots.CUES, replace(snapshots.CUES[-1], segment_id="s9", started_at=AT))
    shown = said(run_of_show=replace(snapshots.PLAN, cues=last))
    assert (shown["next"], shown["next.clock"]) == ("Off air", "20:43:36")


def test_an_offer_for_everyone_cuts_the_price_and_one_for_new_customers_does_not() -> None:
    shown = said(levers=offered(duration_ms=600_000, limit_units=40))
    assert (shown["price"], shown["before"]) == ("R$\u00a03,149", "R$\u00a03,499")
    assert shown["offer"] == "−10\u202f% · 9:00 left · 40 of 40 left"
    shown = said(levers=offered(for_whom=ForWhom.NEW))
    assert (shown["price"], shown["before"]) == ("R$\u00a03,499", "")
    assert shown["offer"] == "−10\u202f%, new customers only"


def test_an_offer_on_something_else_or_one_that_is_over_says_nothing() -> None:
    assert said(levers=offered(skus=("tablet",)))["offer"] == ""
    assert said(levers=offered(duration_ms=60_000))["offer"] == ""
    kind = OfferKind.FREE_SHIPPING
    assert said(levers=offered(kind=kind, skus=()))["offer"] == "free shipping"


@pytest.mark.parametrize(
    ("changes", "value", "label", "tone"),
    [
        ({"stock": None}, "unknown", "In stock", "text_2"),
        ({"stock": 0}, "Sold out", "In stock", "warn"),
        ({"stock": -2}, "Sold out", "In stock", "warn"),
        ({"stock": 9, "units_per_minute": 0.6}, "9", "Low stock", "warn"),
        ({"stock": 10, "units_per_minute": 0.6}, "10", "In stock", "text"),
        ({"stock": 1_234_567, "units_per_minute": 0.0}, "1.2M", "In stock", "text"),
    ],
)
def test_a_stock_is_a_number_a_word_or_unknown_and_never_a_wrong_zero(
    changes: dict[str, object], value: str, label: str, tone: str
) -> None:
    facts = facts_of(snapshots.full(products=stocked(**changes)))
    assert facts.stock == (label, value, tone)


def test_a_stock_that_nobody_measures_any_more_does_not_sound_like_the_present() -> None:
    failing = snapshots.connection("shop", "Shop", state=ConnectionState.FAILING)
    for stock in (9, 0):
        facts = facts_of(
            snapshots.full(
                products=stocked(stock=stock),
                counting=snapshots.full().counting | {Fact.STOCK: "shop"},  # type: ignore[operator]
                connections=(failing,),
            )
        )
        assert facts.stock == ("Last seen", str(stock), "text_2")


def test_the_pinned_product_of_a_segment_is_the_one_to_talk_about() -> None:
    two = (*snapshots.CUES, replace(snapshots.CUES[-1], segment_id="s7", started_at=AT))
    plan = replace(snapshots.PLAN, cues=two)
    levers = offered(skus=("tablet",))
    first = facts_of(snapshots.full(run_of_show=plan, levers=levers))
    assert first.price is not None
    assert first.price.value == "R$\u00a01,399"
    pinned = facts_of(snapshots.full(run_of_show=plan, levers=replace(levers, pinned="kit")))
    assert pinned.price is not None
    assert (pinned.price.label, pinned.price.value) == ("Kit Home Office", "R$\u00a01,649")


def test_a_product_without_a_price_is_unknown_and_a_segment_without_one_has_none() -> None:
    assert said(products=stocked(price_minor=None))["price"] == "unknown"
    opening = replace(snapshots.PLAN, cues=snapshots.CUES[:1])
    assert said(run_of_show=opening)["price"] == ""
    assert said(products=())["price"] == ""


@pytest.mark.parametrize(
    ("mode", "word"),
    [(Mode.REHEARSAL, "REHEARSAL"), (Mode.REPLAY, "REPLAY"), (Mode.DEBRIEF, "DEBRIEF")],
)
def test_what_is_not_live_says_so_and_is_not_red(qtbot: QtBot, mode: Mode, word: str) -> None:
    board = PresenterBoard(Theme("dark", mode))
    qtbot.addWidget(board)
    board.resize(960, 540)
    facts = facts_of(snapshots.full(mode=mode))
    board.show_facts(facts)
    assert facts.sign.word == word
    red = Theme("dark", Mode.LIVE)["onair"]
    image = board.grab().toImage()
    assert red.name() not in colours_of(image)
    assert Theme("dark", mode)["onair"].name() in colours_of(image)


def colours_of(image: object) -> set[str]:
    found = {
        QColor(image.pixel(x, y)).name()  # type: ignore[attr-defined]
        for x in range(0, image.width(), 2)  # type: ignore[attr-defined]
        for y in range(0, image.height(), 2)  # type: ignore[attr-defined]
    }
    return found


# --- Painting -----------------------------------------------------------------------------------


class Watched(PresenterBoard):
    """Remembers what had to be painted."""

    def __init__(self) -> None:
        super().__init__(Theme())
        self.painted: list[QRectF] = []

    def paintEvent(self, event: object) -> None:
        self.painted.append(QRectF(event.rect()))  # type: ignore[attr-defined]
        super().paintEvent(event)  # type: ignore[arg-type]


@pytest.mark.parametrize("mirrored", [False, True])
def test_a_second_repaints_the_clock_and_the_time_left_and_nothing_else(
    qtbot: QtBot, mirrored: bool
) -> None:
    board = Watched()
    qtbot.addWidget(board)
    board.set_mirrored(mirrored)
    board.resize(1920, 1080)
    with qtbot.waitExposed(board):
        board.show()
    board.show_facts(facts_of(snapshots.full()))
    qtbot.waitUntil(lambda: bool(board.painted))
    QApplication.processEvents()
    board.painted.clear()
    board.show_facts(facts_of(snapshots.full(at=AT + 400)))
    QApplication.processEvents()
    assert board.painted == []
    board.show_facts(facts_of(snapshots.full(at=AT + 1000)))
    qtbot.waitUntil(lambda: bool(board.painted))
    places = board.places()
    wanted = places.clock.united(places.remaining)
    if mirrored:
        wanted.moveLeft(1920 - wanted.right())
    for rect in board.painted:
        assert wanted.adjusted(-2, -2, 2, 2).contains(rect)


def test_mirrored_is_the_same_picture_the_other_way_round(qtbot: QtBot) -> None:
    board = PresenterBoard(Theme())
    qtbot.addWidget(board)
    board.resize(1280, 720)
    board.show_facts(facts_of(snapshots.full(presenter=told("Wrap up"))))
    plain = board.grab().toImage()
    board.set_mirrored(True)
    turned = board.grab().toImage().flipped(Qt.Orientation.Horizontal)
    different = sum(
        plain.pixelColor(x, y).lightness() - turned.pixelColor(x, y).lightness() > 90
        for x in range(0, 1280, 4)
        for y in range(0, 720, 4)
    )
    # Glyphs are hinted to whole pixels from the other side: edges may differ, words may not.
    assert different < 40


def test_a_question_is_shown_whole_where_there_is_room(
    qapp: QApplication,
) -> None:
    shown = snapshots.full(products=stocked(stock=3), chat=asked("Is it  black,\nor blue?"))
    facts = facts_of(shown)
    composer, _ = composed(facts, (1920, 1080), Theme())
    _, items = composer.parts(facts)["question"]
    shown = [item.text for item in items if isinstance(item, Text)]
    assert " ".join(shown) == "Answer Is it black, or blue?"
    assert composer.cut == []
