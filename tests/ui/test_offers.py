"""Offers and levers: every command by keys and by mouse, and nothing moves before its fact is there."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from liveroom.models import commands as c
from liveroom.models import direction
from liveroom.models.camera import Camera, Caption
from liveroom.models.events import ProductListed
from liveroom.models.facts import Mode, Presentation, Recipients
from liveroom.models.levers import Levers
from liveroom.models.rehearsal.trial import Terms, Trial
from liveroom.models.show import Show
from liveroom.models.snapshot import Recording
from liveroom.ui.main_window import MainWindow
from liveroom.ui.panels.offers import OffersPanel
from liveroom.ui.parts.asked import PATIENCE_SECONDS, Asked
from liveroom.ui.parts.choice import Choice
from liveroom.ui.parts.lever_button import LeverButton, SureButton
from liveroom.ui.parts.transport import Guard
from tests.models.rehearsal.acting import small_show
from tests.ui import lever_snapshots, snapshots
from tests.ui.conftest import MakeDesk
from tests.ui.panels import click, message_of, open_panel, press, spec_of, title_of
from tests.ui.snapshots import NOW

NARROW = "\u202f"
BARE = Levers()
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


def answer(button: SureButton) -> Callable[[], None]:
    """Let a button's two presses be far enough apart, whatever the machine's speed."""
    now = [0.0]
    button.guard = Guard(0.4, lambda: now[0])

    def later() -> None:
        now[0] += 1

    return later


def test_running_offers_show_what_is_left_and_ended_ones_what_came_of_them(
    panel: OffersPanel,
) -> None:
    shown = panel.numbers()
    assert shown["boom10.title"] == "Caixa Boom −10 %"
    assert shown["boom10.left"] == "4:24 left"
    assert shown["boom10.units"] == "27 of 40 left"
    assert shown["kit1.left"] == "until ended"
    assert shown["over0"] == "Coupon R$ 30 over since 20:10 · 24 orders"


def test_under_an_offer_levers_know_the_price_that_the_board_shows(
    panel: OffersPanel, desk: MainWindow
) -> None:
    steered = lever_snapshots.steered()
    boom = lever_snapshots.DISCOUNT
    offer = replace(boom.offer, skus=("notebook",))
    levers = replace(steered.levers, offers=(replace(boom, offer=offer),))
    desk.show_snapshot(replace(steered, levers=levers, at=steered.at + 1000))
    facts = panel.numbers()["facts"]
    assert facts.startswith("R$\u00a03,149 instead of 3,499 · margin 17.8")
    assert facts.endswith("stock 39")


def test_levers_show_what_they_are_set_to(panel: OffersPanel, desk: MainWindow) -> None:
    shown = panel.numbers()
    assert shown["product"] == "Notebook Air 14"
    assert shown["facts"] == f"R$\u00a03,499 · margin 26.0{NARROW}% · stock 39"
    assert shown["state"] == "pinned now · link sent 4\u00a0min ago"
    assert shown["reserved"] == "20 reserved"
    assert shown["presenting"] == "Demo"
    assert (shown["automatic_links"], shown["one_stock"]) == ("On", "Off")
    assert shown["ad_spend"] == "now R$\u00a030.00"
    assert "2 offers running" in title_of(desk, "offers")


def test_a_rehearsal_shows_its_levers_before_anybody_moves_one(make_desk: MakeDesk) -> None:
    trial = Trial(small_show(scale=0.5), 1, terms=Terms(minutes=2)).run()
    snapshot = Camera(trial.show, Caption(mode=Mode.REHEARSAL)).snapshot(
        trial.scenario.starts_at + 120_000, Recording()
    )
    window = make_desk(1366, 768, panels=ALONE)
    window.show_snapshot(snapshot)
    offers = open_panel(window, "offers")
    assert isinstance(offers, OffersPanel)
    shown = offers.numbers()
    spend = trial.scenario.ads.spend * 0.5
    assert shown["ad_spend"] == f"now R$\u00a0{spend:.0f}"
    assert (shown["automatic_links"], shown["one_stock"]) == ("Off", "Off")
    assert shown["presenting"] == "Talk"
    assert "link sent" not in shown["state"]


@pytest.mark.parametrize("mode", [Mode.LIVE, Mode.REPLAY, Mode.DEBRIEF])
def test_a_lever_that_nobody_told_of_is_unknown(make_desk: MakeDesk, mode: Mode) -> None:
    window = make_desk(1366, 768, panels=ALONE)
    window.show_snapshot(snapshots.full(mode=mode))
    shown = open_panel(window, "offers").numbers()
    levers = ("presenting", "automatic_links", "one_stock")
    assert [shown[lever] for lever in levers] == ["", "", ""]
    assert shown["ad_spend"] == "not set here"


def test_ending_an_offer_takes_two_presses(
    desk: MainWindow, panel: OffersPanel, qtbot: QtBot, commands: list[c.Command]
) -> None:
    button = panel.offers.rows["boom10"].button
    later = answer(button)
    click(qtbot, button)
    assert (button.words(), commands) == ("Sure?", [])
    click(qtbot, button)  # a double click is no answer
    assert commands == []
    later()
    click(qtbot, button)
    assert commands == [c.EndOffer(offer_id="boom10")]
    assert panel.numbers()["boom10.end"] == "asked…"
    ended = tuple(
        replace(one, ended_at=NOW, reason="ended by the producer")
        if one.offer.offer_id == "boom10"
        else one
        for one in lever_snapshots.LEVERS.offers
    )
    desk.show_snapshot(
        lever_snapshots.moved(offers=ended, ends={"boom10": (NOW, "ended by the producer")})
    )
    assert "boom10.end" not in panel.numbers()
    assert panel.numbers()["over0"].startswith("Caixa Boom −10 % over since 20:41 · ended by")


def test_a_question_nobody_answers_is_taken_back(
    panel: OffersPanel, qtbot: QtBot, commands: list[c.Command]
) -> None:
    button = panel.offers.rows["boom10"].button
    press(qtbot, button, Qt.Key.Key_Return)
    assert button.is_asking()
    qtbot.keyClick(button, Qt.Key.Key_Escape)
    assert button.words() == "End"
    assert commands == []


def test_the_space_bar_presses_no_lever(
    panel: OffersPanel, qtbot: QtBot, commands: list[c.Command]
) -> None:
    panel.open_form()
    for control in [*panel.findChildren(LeverButton), *panel.findChildren(Choice)]:
        press(qtbot, control, Qt.Key.Key_Space)
    assert commands == []
    assert panel.form_is_open()


def test_a_click_leaves_the_focus_where_it_was(panel: OffersPanel, qtbot: QtBot) -> None:
    panel.levers.units.setFocus()
    click(qtbot, panel.levers.pin)
    click(qtbot, panel.levers.presenting)
    assert panel.levers.units.hasFocus()
    for button in panel.findChildren(QAbstractButton):
        assert not button.focusPolicy() & Qt.FocusPolicy.ClickFocus


def test_the_product_on_air_is_pinned_and_a_link_sent_by_keys(
    desk: MainWindow, panel: OffersPanel, qtbot: QtBot, commands: list[c.Command]
) -> None:
    press(qtbot, panel.new, Qt.Key.Key_L)
    assert commands == [c.SendPaymentLink(sku="notebook")]
    assert panel.numbers()["link"] == "asked…"
    press(qtbot, panel.new, Qt.Key.Key_P)
    assert commands[-1] == c.PinProduct(sku="")  # it is pinned: taken away
    desk.show_snapshot(
        lever_snapshots.moved(pinned="", set_at={"pinned": NOW + 9, "link notebook": NOW + 9})
    )
    shown = panel.numbers()
    assert (shown["pin"], shown["link"]) == ("Pin", "Send link")
    assert shown["state"] == "nothing pinned · link sent now"


def test_the_way_of_presenting_moves_when_its_fact_comes_back(
    desk: MainWindow, panel: OffersPanel, qtbot: QtBot, commands: list[c.Command]
) -> None:
    style = panel.levers.presenting
    press(qtbot, style, Qt.Key.Key_Left)
    assert commands == []
    qtbot.keyClick(style, Qt.Key.Key_Return)
    assert commands == [c.ChangePresentation(style=Presentation.TALK)]
    assert panel.numbers()["presenting"] == "Demo → Talk"
    desk.show_snapshot(lever_snapshots.moved(style=Presentation.TALK, set_at={"style": NOW + 1}))
    assert panel.numbers()["presenting"] == "Talk"


def test_automatic_links_and_one_stock_are_switched(
    panel: OffersPanel, qtbot: QtBot, commands: list[c.Command]
) -> None:
    press(qtbot, panel.levers.auto, Qt.Key.Key_Right)
    qtbot.keyClick(panel.levers.auto, Qt.Key.Key_Return)
    panel.levers.integrated.pick(0)
    panel.levers.integrated.pick(1)  # it is off already
    assert commands == [c.AutomatePaymentLinks(on=False), c.IntegrateStock(on=True)]


def test_ad_spend_is_typed_and_sent_by_enter(
    panel: OffersPanel, qtbot: QtBot, commands: list[c.Command]
) -> None:
    spend = panel.levers.spend
    spend.setFocus()
    qtbot.keyClicks(spend, "45.5")
    assert commands == []
    qtbot.keyClick(spend, Qt.Key.Key_Return)
    assert commands == [c.SetAdSpend(per_minute_minor=4550)]
    assert panel.numbers()["ad_spend"] == "now R$\u00a030.00"
    qtbot.keyClicks(spend, "much")
    qtbot.keyClick(spend, Qt.Key.Key_Return)
    assert len(commands) == 1
    assert spend.property("wrong") is True


def test_stock_is_reserved_for_the_product_that_is_chosen(
    panel: OffersPanel, qtbot: QtBot, commands: list[c.Command]
) -> None:
    panel.levers.product.choose("boom")
    assert panel.numbers()["reserved"] == "none reserved"
    qtbot.keyClicks(panel.levers.units, "7")
    click(qtbot, panel.levers.reserve)
    assert commands == [c.ReserveStock(sku="boom", units=7)]


@pytest.mark.parametrize("to", list(Recipients))
def test_a_reminder_takes_two_presses(
    panel: OffersPanel, qtbot: QtBot, commands: list[c.Command], to: Recipients
) -> None:
    button = panel.levers.remind[list(Recipients).index(to)]
    later = answer(button)
    press(qtbot, button, Qt.Key.Key_Return)
    later()
    assert commands == []
    qtbot.keyClick(button, Qt.Key.Key_Return)
    assert commands == [c.SendReminder(to=to)]


def test_products_follow_the_cue_until_others_are_chosen(
    desk: MainWindow, panel: OffersPanel
) -> None:
    product = panel.levers.product
    assert product.sku() == "notebook"
    cues = (*snapshots.CUES, replace(snapshots.CUES[-1], segment_id="s6", started_at=NOW))
    moved = lever_snapshots.steered(run_of_show=replace(snapshots.PLAN, cues=cues))
    desk.show_snapshot(moved)
    assert product.sku() == "tablet"
    product.choose("fone")
    desk.show_snapshot(lever_snapshots.steered(at=NOW + 2000))
    assert product.sku() == "fone"


@pytest.mark.parametrize("mode", [Mode.REPLAY, Mode.DEBRIEF])
def test_the_past_cannot_be_steered_and_says_so(
    make_desk: MakeDesk, qtbot: QtBot, commands: list[c.Command], mode: Mode
) -> None:
    desk = make_desk(1366, 768, panels=ALONE)
    desk.show_snapshot(lever_snapshots.steered(mode=mode))
    panel = open_panel(desk, "offers")
    assert panel.numbers()["notice"].endswith("what happened cannot be changed")
    for button in panel.findChildren(LeverButton):
        press(qtbot, button, Qt.Key.Key_Return)
    for choice in panel.levers.findChildren(Choice):
        choice.pick(0)
    for key in (Qt.Key.Key_O, Qt.Key.Key_P, Qt.Key.Key_L):
        qtbot.keyClick(panel, key)
    assert commands == []
    assert not panel.form_is_open()
    assert panel.numbers()["boom10.left"] == "4:24 left"


def test_an_empty_session_says_what_will_fill_the_panel(make_desk: MakeDesk) -> None:
    desk = make_desk(1366, 768, panels=ALONE)
    desk.show_snapshot(snapshots.empty())
    open_panel(desk, "offers")
    assert message_of(desk, "offers").startswith("Nothing to steer yet")


def test_prices_and_stock_that_nobody_reports_are_words(make_desk: MakeDesk) -> None:
    desk = make_desk(1366, 768, panels=ALONE)
    desk.show_snapshot(snapshots.only_orders(mode=Mode.LIVE))
    panel = open_panel(desk, "offers")
    panel.levers.product.choose("watch")
    assert panel.numbers()["facts"] == "price unknown · margin and stock unknown"
    assert panel.numbers()["one_stock"] == ""
    assert panel.numbers()["ad_spend"] == "not set here"


def test_a_silent_shop_is_named_in_the_title(make_desk: MakeDesk) -> None:
    desk = make_desk(1366, 768, panels=ALONE)
    desk.show_snapshot(lever_snapshots.stale())
    open_panel(desk, "offers")
    assert "Shop 6\u00a0min" in title_of(desk, "offers")


@pytest.mark.parametrize("width", [1366, 1920, 2560])
def test_no_word_of_a_lever_is_cut(make_desk: MakeDesk, width: int) -> None:
    desk = make_desk(width, width * 9 // 16)
    desk.show_snapshot(lever_snapshots.live())
    panel = open_panel(desk, "offers")
    panel.open_form()
    panel.close_form()
    for choice in panel.levers.findChildren(Choice):
        assert not choice.is_cut(), choice.accessibleName()
    for button in (panel.new, panel.levers.pin, panel.levers.link, *panel.levers.remind):
        assert button.width() >= button.sizeHint().width(), button.words()
    panel.open_form()
    desk.finish_building()
    for choice in panel.form.findChildren(Choice):
        assert not choice.is_cut(), choice.accessibleName()


def test_a_wish_that_nobody_answers_is_given_up() -> None:
    now = [0.0]
    asked = Asked(lambda: now[0])
    bare = snapshots.full(levers=BARE)
    asked.ask("pin", c.PinProduct(sku="a"), bare, lambda _: False)
    asked.settle(bare)
    assert asked.word("pin") == "asked…"
    now[0] = PATIENCE_SECONDS + 0.1
    asked.settle(bare)
    assert asked.word("pin") == ""
    assert "nothing confirmed it" in asked.trouble


def test_another_commands_refusal_is_not_taken_for_ones_own() -> None:
    asked = Asked()
    asked.ask("pin", c.PinProduct(sku="a"), snapshots.full(levers=BARE), lambda _: False)
    other = Levers(refusal="no", refused="CutSegment", set_at={"refusal": 1})
    asked.settle(snapshots.full(levers=other))
    assert asked.word("pin") == "asked…"
    own = Levers(refusal="no", refused="PinProduct", set_at={"refusal": 2})
    asked.settle(snapshots.full(levers=own))
    assert asked.trouble == "Refused: no"


def test_an_earlier_time_that_is_looked_at_neither_confirms_a_wish_nor_gives_it_up() -> None:
    now = [0.0]
    asked = Asked(lambda: now[0])
    bare, then = snapshots.full(levers=BARE), snapshots.full(levers=BARE, is_past=True)
    asked.ask("pin", c.PinProduct(sku="a"), bare, lambda levers: levers.pinned == "a")
    now[0] = PATIENCE_SECONDS + 0.1
    asked.settle(then)
    assert asked.word("pin") == "asked…"
    asked.settle(snapshots.full(levers=replace(BARE, pinned="a")))
    assert (asked.word("pin"), asked.trouble) == ("", "")


def test_a_wish_from_an_earlier_time_is_not_waited_for() -> None:
    asked = Asked()
    then = snapshots.full(levers=BARE, is_past=True)
    asked.ask("pin", c.PinProduct(sku="a"), then, lambda _: False)
    assert asked.word("pin") == ""


def test_what_is_asked_here_is_confirmed_or_refused_by_the_session(
    desk: MainWindow, panel: OffersPanel, qtbot: QtBot, commands: list[c.Command]
) -> None:
    """The panel, the direction of commands and the fold of their facts agree on every lever."""
    show = Show()
    for row in lever_snapshots.board():
        show.apply(
            ProductListed(
                occurred_at=NOW, received_at=NOW, source="shop", source_id=row.sku, sku=row.sku
            )
        )
    later = [answer(button) for button in panel.levers.remind]
    levers_of_desk = lever_snapshots.steered(levers=show.levers)
    desk.show_snapshot(levers_of_desk)
    panel.levers.pin_product()
    panel.levers.send_link()
    panel.levers.units.setText("5")
    click(qtbot, panel.levers.reserve)
    panel.levers.spend.setText("12")
    click(qtbot, panel.levers.set_spend)
    for choice in (panel.levers.presenting, panel.levers.integrated):
        choice.pick(1)
    panel.levers.auto.pick(0)
    for button, wait in zip(panel.levers.remind, later, strict=True):
        button.click()
        wait()
        button.click()
    panel.open_form()
    panel.form.try_launch()
    assert len(commands) == 11
    assert all(panel.asked.word(name) for name in list(panel.asked._wishes))
    for number, command in enumerate(commands):
        at = NOW + number
        for event in direction.confirm(command, show, Mode.REHEARSAL, at, str(number)):
            show.apply(event)
        show.apply(direction.given(command, "", at, str(number)))
    desk.show_snapshot(lever_snapshots.steered(at=NOW + 1000, levers=show.levers))
    assert panel.asked.names("") == []
    assert panel.asked.trouble == ""
    shown = panel.numbers()
    assert (shown["presenting"], shown["one_stock"], shown["automatic_links"]) == (
        "Demo",
        "Off",
        "On",
    )
    assert (shown["reserved"], shown["ad_spend"]) == ("5 reserved", "now R$\u00a012.00")
    assert shown["state"] == "pinned now · link sent now"
    assert title_of(desk, "offers").count("1 offer running") == 1
    panel.levers.pin_product()
    why = "the session is closing"
    show.apply(direction.given(commands[-1], why, NOW + 5000, "refused"))
    desk.show_snapshot(lever_snapshots.steered(at=NOW + 6000, levers=show.levers))
    assert panel.numbers()["notice"] == f"Refused: {why}"
