"""What happened in equal blocks of time, whatever the length of the show and the order of arrival."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveroom.models import events as e
from liveroom.models.facts import Fact
from liveroom.models.past import delta_log
from liveroom.models.past.as_of import as_of
from liveroom.models.past.blocks import MOST_BLOCKS, Blocks, blocks_of
from liveroom.models.show import Show
from tests.factory import SHOW_START, attached, event, line, order
from tests.strategies import MILLISECONDS, shows

KINDS = (e.ProductClicked, e.CartItemAdded, e.OrderPlaced, e.ChatPosted, e.Reacted, e.VisitStarted)


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delta_log, "_BUFFER", 3)
    monkeypatch.setattr(delta_log, "_RECENT", 4)
    monkeypatch.setattr(delta_log, "_CHUNK", 3)


def show_of(*events: e.Event) -> Show:
    show = Show()
    show.apply(attached("shop", *Fact))
    show.apply_all(events)
    return show


def counted(blocks: Blocks | None, name: str) -> dict[tuple[str, int], int]:
    assert blocks is not None
    return {
        (sku, start): count
        for sku, row in zip(blocks.skus, getattr(blocks, name).tolist(), strict=True)
        for start, count in zip(blocks.starts.tolist(), row, strict=True)
        if count
    }


def slowly(
    events: list[e.Event], kind: type[e.Event], blocks: Blocks
) -> dict[tuple[str, int], int]:
    length, found = blocks.minutes * 60, dict[tuple[str, int], int]()
    for one in events:
        second = one.occurred_at // 1000
        if isinstance(one, kind) and second < blocks.until:
            skus = (
                {part.sku for part in one.lines if part.is_product}
                if hasattr(one, "lines")
                else {one.sku}
            )
            for sku in skus:
                key = (sku, second // length * length)
                found[key] = found.get(key, 0) + one.count
    return found


@given(shows(kinds=KINDS), st.lists(MILLISECONDS, min_size=1, max_size=3))
def test_each_block_has_what_occurred_in_it(events: list[e.Event], instants: list[int]) -> None:
    show = Show()
    show.apply(attached("shop", *Fact))
    for number, one in enumerate(events):
        show.apply(one)
        # Asking in between must not freeze what comes late.
        blocks_of(show, SHOW_START + instants[number % len(instants)])
    for ms in instants:
        at = SHOW_START + ms
        blocks = blocks_of(show, at)
        if blocks is None:
            assert all(one.occurred_at > at for one in events)
            continue
        for name, kind in (
            ("clicks", e.ProductClicked),
            ("carts", e.CartItemAdded),
            ("orders", e.OrderPlaced),
        ):
            assert counted(blocks, name) == slowly(events, kind, blocks)
        for name, kind in (("chat", e.ChatPosted), ("reactions", e.Reacted)):
            total = sum(
                one.count
                for one in events
                if isinstance(one, kind) and one.occurred_at // 1000 < blocks.until
            )
            assert int(getattr(blocks, name).sum()) == total
        then = blocks_of(as_of(show, at), at)
        assert counted(then, "clicks") == counted(blocks, "clicks")


@given(st.integers(0, 400 * 24 * 3600))
def test_there_are_never_too_many_blocks(seconds: int) -> None:
    show = show_of(event(e.ProductClicked, 0, sku="mug"))
    blocks = blocks_of(show, SHOW_START + seconds * 1000)
    assert blocks is not None
    assert 1 <= len(blocks.starts) <= MOST_BLOCKS
    assert int(blocks.clicks.sum()) == 1


def test_blocks_begin_at_round_times() -> None:
    show = show_of(event(e.ProductClicked, 61, sku="mug"), order(3000, lines=(line("mug"),)))
    blocks = blocks_of(show, SHOW_START + 3_600_000)
    assert blocks is not None
    assert blocks.minutes == 5
    assert all(start % 300 == 0 for start in blocks.starts.tolist())


def test_before_the_first_fact_there_is_no_block() -> None:
    assert blocks_of(Show(), SHOW_START) is None
    assert blocks_of(show_of(event(e.ProductClicked, 10, sku="mug")), SHOW_START) is None
