"""The form of a new offer: prices before the press, one press, and an answer before anything moves."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from liveroom.models import commands as c
from liveroom.models.levers import RunningOffer
from liveroom.models.offers import ForWhom, OfferKind
from liveroom.ui.main_window import MainWindow
from liveroom.ui.panels.offers import OffersPanel
from liveroom.ui.parts.product_picker import EVERY, ON_AIR
from tests.ui import lever_snapshots, snapshots
from tests.ui.conftest import MakeDesk
from tests.ui.panels import click, open_panel, press, spec_of
from tests.ui.snapshots import NOW

NARROW = "\u202f"
ALONE = spec_of("offers")


@pytest.fixture
def desk(make_desk: MakeDesk) -> MainWindow:
    window = make_desk(1366, 768, panels=ALONE)
    window.show_snapshot(lever_snapshots.steered())
    return window


@pytest.fixture
def panel(desk: MainWindow) -> OffersPanel:
    found = open_panel(desk, "offers")
    assert isinstance(found, OffersPanel)
    return found


def test_an_offer_is_prepared_and_launched_by_keys_alone(
    panel: OffersPanel, qtbot: QtBot, commands: list[c.Command]
) -> None:
    press(qtbot, panel.new, Qt.Key.Key_O)
    assert panel.form_is_open()
    assert panel.form.percent.hasFocus()
    qtbot.keyClicks(panel.form.percent, "15")
    qtbot.keyClick(panel.form.percent, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    [command] = commands
    assert isinstance(command, c.LaunchOffer)
    offer = command.offer
    assert (offer.kind, offer.percent, offer.skus) == (OfferKind.PERCENTAGE, 15, ("notebook",))
    assert (offer.duration_ms, offer.limit_units) == (600_000, None)
    assert offer.for_whom is ForWhom.EVERYONE
    assert offer.title == f"Notebook Air 14 −15{NARROW}%"


def test_the_form_shows_price_and_margin_before_the_press(panel: OffersPanel) -> None:
    panel.open_form()
    shown = panel.numbers()
    # 3,499 less a tenth; it cost 74 % of the price before.
    assert shown["form.line0"] == (
        f"Notebook Air 14 3,499 R$\u00a03,149 margin 26.0 → 17.8{NARROW}%"
    )
    panel.form.percent.setText("30")
    assert "below cost" in panel.numbers()["form.line0"]
    panel.form.limit.setText("50")
    said = panel.numbers()["form.consequence"]
    assert said == "gives up R$\u00a052,485 at most · only 39 in stock"


def test_every_product_is_judged_by_its_lowest_margin(panel: OffersPanel) -> None:
    panel.open_form()
    panel.form.products.choose(EVERY)
    shown = panel.numbers()
    assert shown["form.line0"].startswith("Tablet 11″ + caneta")
    assert "and 8 products more with more margin" in shown["form.consequence"]


@pytest.mark.parametrize(
    ("kind", "fill", "wanted"),
    [
        (OfferKind.AMOUNT, {"amount": "120.50"}, {"amount_minor": 12_050, "skus": ("notebook",)}),
        (
            OfferKind.KIT,
            {"amount": "3,600", "products": ("notebook", "mouse"), "limit": "12"},
            {"amount_minor": 360_000, "skus": ("notebook", "mouse"), "limit_units": 12},
        ),
        (OfferKind.FREE_SHIPPING, {"products": (EVERY,)}, {"skus": ()}),
        (OfferKind.GIFT, {"gift": ("mouse",)}, {"gift_sku": "mouse"}),
        (OfferKind.LEAD_MAGNET, {"name": "E-book", "span": ""}, {"title": "E-book", "skus": ()}),
        (OfferKind.PERCENTAGE, {"span": "3:30"}, {"percent": 10, "duration_ms": 210_000}),
    ],
)
def test_every_kind_of_offer_can_be_launched(
    panel: OffersPanel,
    qtbot: QtBot,
    commands: list[c.Command],
    kind: OfferKind,
    fill: dict[str, object],
    wanted: dict[str, object],
) -> None:
    panel.open_form()
    form = panel.form
    form.kind.pick(list(OfferKind).index(kind))
    form.whom.pick(list(ForWhom).index(ForWhom.NEW))
    for name, value in fill.items():
        control = getattr(form, name)
        if isinstance(value, tuple):
            control.choose(*value)
        else:
            control.setText(value)
    assert form.texts()["problem"] == ""
    click(qtbot, form.launch)
    [command] = commands
    assert isinstance(command, c.LaunchOffer)
    assert command.offer.kind is kind
    assert command.offer.for_whom is ForWhom.NEW
    assert {name: getattr(command.offer, name) for name in wanted} == wanted


@pytest.mark.parametrize(
    ("kind", "field", "text", "problem"),
    [
        (OfferKind.PERCENTAGE, "percent", "100", "Say how many percent, above 0 and below 100"),
        (OfferKind.PERCENTAGE, "percent", "ten", "Percent off: that is not a number"),
        (OfferKind.PERCENTAGE, "span", "soon", "Runs for: that is not a number"),
        (OfferKind.PERCENTAGE, "limit", "0", "Limited to: that is not a number"),
        (OfferKind.AMOUNT, "amount", "", "Say how much is taken off each unit"),
        (OfferKind.AMOUNT, "amount", "1.005", "Amount: that is not a number"),
        (OfferKind.KIT, "amount", "900", "Choose two products or more for the kit"),
        (
            OfferKind.AMOUNT,
            "amount",
            "3,499",
            "Nothing left to pay for Notebook Air 14, which costs R$\u00a03,499",
        ),
        (OfferKind.GIFT, "name", "", "Choose the gift"),
    ],
)
def test_what_cannot_be_launched_says_why(
    panel: OffersPanel,
    qtbot: QtBot,
    commands: list[c.Command],
    kind: OfferKind,
    field: str,
    text: str,
    problem: str,
) -> None:
    panel.open_form()
    panel.form.kind.pick(list(OfferKind).index(kind))
    getattr(panel.form, field).setText(text)
    assert panel.numbers()["form.problem"].startswith(problem)
    assert not panel.form.launch.isEnabled()
    qtbot.keyClick(panel.form, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert commands == []


def test_a_launch_is_asked_until_the_offer_is_there(
    desk: MainWindow, panel: OffersPanel, qtbot: QtBot, commands: list[c.Command]
) -> None:
    panel.open_form()
    click(qtbot, panel.form.launch)
    click(qtbot, panel.form.launch)
    [command] = commands
    assert isinstance(command, c.LaunchOffer)
    assert panel.form.launch.words() == "asked…"
    assert command.offer.offer_id not in panel.offers.rows
    started = RunningOffer(offer=command.offer, started_at=NOW, ends_at=NOW + 600_000)
    desk.show_snapshot(lever_snapshots.moved(offers=(*lever_snapshots.LEVERS.offers, started)))
    assert not panel.form_is_open()
    assert panel.numbers()[f"{command.offer.offer_id}.left"] == "9:59 left"


def test_a_refusal_is_shown_with_its_reason_and_the_form_stays(
    desk: MainWindow, panel: OffersPanel, qtbot: QtBot
) -> None:
    panel.open_form()
    click(qtbot, panel.form.launch)
    refused = {"refusal": "the shop is closed", "refused": "LaunchOffer"}
    desk.show_snapshot(lever_snapshots.moved(set_at={"refusal": NOW + 500}, **refused))
    assert panel.numbers()["notice"] == "Refused: the shop is closed"
    assert panel.form_is_open()
    assert panel.form.launch.words() == "Launch simulated"


def test_escape_leaves_the_form_without_launching(
    panel: OffersPanel, qtbot: QtBot, commands: list[c.Command]
) -> None:
    panel.open_form()
    qtbot.keyClick(panel.form.percent, Qt.Key.Key_Escape)
    assert not panel.form_is_open()
    assert commands == []


def test_letters_are_typed_while_a_field_has_the_focus(
    panel: OffersPanel, qtbot: QtBot, commands: list[c.Command]
) -> None:
    panel.open_form()
    panel.form.name.setFocus()
    qtbot.keyClicks(panel.form.name, "Pol O L")
    assert panel.form.name.text() == "Pol O L"
    assert commands == []


def test_products_are_found_by_typing(panel: OffersPanel, qtbot: QtBot) -> None:
    panel.open_form()
    picker = panel.form.products
    picker.open_list()
    popup = picker.popup
    assert popup is not None
    qtbot.keyClicks(popup.filter, "fit")
    assert popup.shown() == ["Smartwatch Fit Pro 2"]
    qtbot.keyClick(popup.filter, Qt.Key.Key_Return)
    assert picker.skus() == ("notebook", "watch")
    qtbot.keyClick(popup.filter, Qt.Key.Key_Return)
    assert picker.skus() == ("notebook",)
    popup.filter.clear()
    popup.list.setCurrentRow(0)
    qtbot.keyClick(popup.filter, Qt.Key.Key_Down)
    qtbot.keyClick(popup.filter, Qt.Key.Key_Return)
    assert picker.skus() == ()
    assert picker.popup is None
    picker.choose(ON_AIR)
    assert picker.skus() == ("notebook",)


def test_an_offer_on_nothing_is_not_an_offer_on_everything(
    desk: MainWindow, panel: OffersPanel, commands: list[c.Command]
) -> None:
    opening = replace(snapshots.PLAN, cues=snapshots.CUES[:1])
    desk.show_snapshot(lever_snapshots.steered(run_of_show=opening))
    panel.open_form()
    assert panel.numbers()["form.problem"].startswith("Nothing to sell is on air")
    panel.form.try_launch()
    assert commands == []


def test_a_kit_that_saves_nothing_cannot_be_launched(
    panel: OffersPanel, qtbot: QtBot, commands: list[c.Command]
) -> None:
    panel.open_form()
    panel.form.kind.pick(list(OfferKind).index(OfferKind.KIT))
    panel.form.products.choose("notebook", "mouse")
    panel.form.amount.setText("3,648")
    assert panel.form.texts()["problem"] == "A kit saves: one by one these cost R$\u00a03,648"
    click(qtbot, panel.form.launch)
    assert commands == []
