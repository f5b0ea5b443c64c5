"""A simulated show says at its first instant how the levers stand that nobody has moved yet."""

import pytest
from msgspec.structs import replace

from liveroom.models import commands as c
from liveroom.models import events as e
from liveroom.models.facts import Presentation
from liveroom.models.journal import EntryKind
from liveroom.models.rehearsal.trial import Terms, Trial
from liveroom.models.show import Show
from tests.models.rehearsal.acting import policy, small_show

MINUTE = Terms(minutes=1)
SETTINGS = {EntryKind.AD_SPEND, EntryKind.ONE_STOCK, EntryKind.LINKS, EntryKind.PRESENTING}


def shown(trial: Trial) -> Show:
    return trial.run().show


def test_the_desk_knows_every_lever_from_the_first_second() -> None:
    show = small_show(scale=0.5)
    first = next(batch for batch in Trial(show, 1, terms=MINUTE).events() if len(batch) > 10)
    desk = Show()
    desk.apply_all(first)
    spend = round(show.ads.spend * 0.5 * 100)
    assert desk.levers.ad_spend_per_minute_minor == spend > 0
    assert desk.levers.stock_integrated is (show.shop.integrated == 1)
    assert desk.levers.payment_links_automatic is False
    assert desk.levers.style is Presentation.TALK
    assert "style" in desk.levers.set_at


@pytest.mark.parametrize("integrated", [0, 1])
def test_one_stock_stands_as_the_scenario_says(integrated: int) -> None:
    show = small_show()
    show = replace(show, shop=replace(show.shop, integrated=integrated))
    assert shown(Trial(show, 1, terms=MINUTE)).levers.stock_integrated is bool(integrated)


def test_a_show_without_paid_channels_spends_nothing() -> None:
    show = small_show()
    channels = tuple(each for each in show.channels if each.channel != "paid")
    show = replace(show, channels=channels)
    assert shown(Trial(show, 1, terms=MINUTE)).levers.ad_spend_per_minute_minor == 0


def test_what_was_set_before_the_show_is_not_undone_by_its_opening() -> None:
    before = policy(
        '[[before]]\nverb = "set ad spend"\nper_minute = 12.5\n'
        '[[before]]\nverb = "integrate stock"\n'
        '[[before]]\nverb = "automate payment links"\n'
        '[[before]]\nverb = "change presentation"\nstyle = "education"\n'
    )
    levers = shown(Trial(small_show(), 1, before, terms=MINUTE)).levers
    assert levers.ad_spend_per_minute_minor == 1250
    assert levers.stock_integrated is True
    assert levers.payment_links_automatic is True
    assert levers.style is Presentation.EDUCATION


def test_the_journal_lists_what_the_producer_moved_and_not_how_things_stood() -> None:
    quiet = shown(Trial(small_show(), 1, terms=MINUTE))
    assert SETTINGS.isdisjoint(entry.kind for entry in quiet.journal.entries())
    moved = Trial(small_show(), 1, commands=[(20, c.SetAdSpend(per_minute_minor=5))], terms=MINUTE)
    kinds = [entry.kind for entry in shown(moved).journal.entries() if entry.kind in SETTINGS]
    assert kinds == [EntryKind.AD_SPEND]


def test_the_ad_account_states_the_budget_and_the_shop_its_stock_and_links() -> None:
    (_, first, *_) = Trial(small_show(), 1, terms=MINUTE).events()
    told = {type(event): event.source for event in first}
    assert told[e.AdBudgetSet] == "ads"
    assert told[e.StockIntegrated] == told[e.PaymentLinksAutomated] == "shop"
    assert told[e.PresentationChanged] == "stream"
