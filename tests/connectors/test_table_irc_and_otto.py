"""A chat log and sessions without prices equal their ground truth."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from liveroom.models.events import (
    CartItemAdded,
    ChatPosted,
    OrderPlaced,
    ProductClicked,
    VisitStarted,
)
from liveroom.models.facts import EntryChannel
from tests.connectors.table_helpers import Replay, at_ms
from tests.connectors.table_recordings import MINUTE_MS, played, truth_of

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def irc(shared_data: Path) -> Replay:
    return played(shared_data / "irc_chat" / "chat.csv")


@pytest.fixture(scope="module")
def irc_truth(shared_data: Path) -> dict[str, Any]:
    return truth_of(shared_data / "irc_chat")


def test_messages_that_share_a_minute_are_all_kept(irc: Replay, irc_truth: dict[str, Any]) -> None:
    chats = irc.of(ChatPosted)
    start = at_ms("2008-04-27T04:46:00Z")
    minutes = Counter((chat.occurred_at - start) // MINUTE_MS for chat in chats)
    assert len(chats) == irc_truth["messages"]
    assert {str(minute): n for minute, n in sorted(minutes.items())} == irc_truth["per_minute"]
    assert len({chat.source_id for chat in chats}) == len(chats)


def test_system_lines_are_left_out_on_purpose(irc: Replay, irc_truth: dict[str, Any]) -> None:
    assert irc_truth["system_lines"] == 21
    assert not irc.set_aside
    assert not any("is now known as" in chat.text for chat in irc.of(ChatPosted))


def test_authors_are_salted_keys_and_questions_keep_their_text(
    irc: Replay, irc_truth: dict[str, Any]
) -> None:
    chats = irc.of(ChatPosted)
    people = Counter(chat.person for chat in chats)
    assert len(people) == irc_truth["users"]
    assert people[hash("person:u052")] == irc_truth["top_users"][0]["n"]
    assert sum("?" in chat.text for chat in chats) == irc_truth["questions"]
    assert sum(not chat.text.isascii() for chat in chats) > 0


def test_sessions_without_prices_have_orders_but_no_revenue(shared_data: Path) -> None:
    truth = truth_of(shared_data / "otto_fixture")
    otto = played(shared_data / "otto_fixture" / "train.jsonl")
    orders = otto.of(OrderPlaced)
    assert len(otto.of(VisitStarted)) == truth["sessions"]
    assert len(otto.of(ProductClicked)) == truth["by_type"]["clicks"]
    assert len(otto.of(CartItemAdded)) == truth["by_type"]["carts"]
    assert len(orders) == truth["by_type"]["orders"]
    assert len({order.visit for order in orders}) == truth["sessions_with_order"]
    assert {(order.amount_minor, order.currency, order.units) for order in orders} == {
        (None, None, 1)
    }
    wanted = [{"sku": str(row["aid"]), "n": row["n"]} for row in truth["top_clicks"]]
    ranked = sorted(
        Counter(click.sku for click in otto.of(ProductClicked)).items(),
        key=lambda pair: (-pair[1], int(pair[0])),
    )
    assert [{"sku": sku, "n": n} for sku, n in ranked[:10]] == wanted
    assert {visit.channel for visit in otto.of(VisitStarted)} == {EntryChannel.UNKNOWN}
