"""What the rows of the product board have in common: prices under offers, what is on air, attention."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from liveroom.models.attention import ALARMS, Attention, OnAir, Reason, Watch, on_air_of
from liveroom.models.facts import Mode
from liveroom.models.kits import KITS, Price, parts_price_minor, price_now
from liveroom.models.offers import OfferKind
from liveroom.models.run_of_show import timings
from liveroom.ui import format as fmt
from liveroom.ui.parts.cells import Cell
from liveroom.ui.parts.runs import Run
from liveroom.ui.states import on_air_word

if TYPE_CHECKING:
    from liveroom.models.levers import RunningOffer
    from liveroom.models.snapshot import ProductRow, Snapshot

_FAR_MINUTES = 180


class Board(NamedTuple):
    """As of one second of the show."""

    currency: str | None = None
    timezone: str = "UTC"
    mode: Mode = Mode.LIVE
    is_past: bool = False
    at: int = 0
    ends_at: int | None = None
    """When the show is expected to end (ms UTC)."""
    running: tuple[RunningOffer, ...] = ()
    on_air: OnAir = OnAir()
    attention: Mapping[str, Attention] = {}
    kit_prices: Mapping[str, int | None] = {}
    """What the parts of each kit cost one by one."""

    def price(self, row: ProductRow) -> Price:
        """Return what a product or a kit costs now, and before the offer."""
        if row.category == KITS and row.sku in self.kit_prices:
            return Price(row.price_minor, self.kit_prices[row.sku])
        return price_now(row.sku, row.price_minor, self.running)

    def is_kit(self, row: ProductRow) -> bool:
        """Return whether a row is a kit and no product of the catalogue."""
        return row.sku in self.kit_prices

    def needs_attention(self) -> int:
        """Return how many products stand out."""
        return sum(each.reason in ALARMS for each in self.attention.values())


def board_of(snapshot: Snapshot) -> Board:
    """Return what the rows of a snapshot have in common."""
    plan = timings(snapshot.run_of_show, snapshot.at)
    shown, watch = on_air_of(plan), Watch(snapshot.products)
    found = ((row.sku, watch.attention(row, shown)) for row in snapshot.products)
    parts = {row.sku: row for row in snapshot.products} if snapshot.levers.offers else {}
    return Board(
        currency=snapshot.currency,
        timezone=snapshot.timezone,
        mode=snapshot.mode,
        is_past=snapshot.is_past,
        at=snapshot.at,
        ends_at=plan[-1].end if plan else None,
        running=snapshot.levers.running(snapshot.at),
        on_air=shown,
        attention={sku: attention for sku, attention in found if attention is not None},
        kit_prices={
            each.offer.offer_id: parts_price_minor(each.offer.skus, parts)
            for each in snapshot.levers.offers
            if each.offer.kind is OfferKind.KIT
        },
    )


def price_cell(row: ProductRow, board: Board) -> Cell:
    """Return the price; under an offer the one before stands struck through beside it."""
    price = board.price(row)
    if price.now is None:
        return Cell(fmt.NONE_YET, "text_3")
    now = fmt.amount(price.now, board.currency)
    if price.before is None or price.before <= price.now:
        return Cell(now, "text_2")
    before = fmt.amount(price.before, board.currency)
    runs = (Run(before, "text_3", 11, strike=True), Run(now, "offer", weight=600, gap=5))
    return Cell(f"{before} → {now}", "offer", 600, runs)


def stock_cell(row: ProductRow, board: Board) -> Cell:
    """Return the units that can be sold, loud where they end soon."""
    if row.stock is None:
        return Cell(fmt.NONE_YET, "text_3")
    loud = _reason(row, board) is Reason.SELLS_OUT or row.stock <= 0
    return Cell(fmt.count(row.stock), "warn" if loud else "text", 600 if loud else 400)


def sells_out_cell(row: ProductRow, board: Board) -> Cell:
    """Return when the stock is sold, by the clock of the show."""
    minutes = row.minutes_of_stock
    if row.stock is not None and row.stock <= 0:
        return Cell("sold out", "warn", 600)
    if minutes is None:
        return Cell(fmt.NONE_YET, "text_3")
    at = board.at + round(minutes * fmt.MINUTE)
    if board.ends_at is not None and at > board.ends_at:
        return Cell("after show", "text_3")
    if board.ends_at is None and minutes > _FAR_MINUTES:
        return Cell(f"over 3{fmt.NO_BREAK}h", "text_3")
    loud = _reason(row, board) is Reason.SELLS_OUT
    words = fmt.clock_with_day(at, board.timezone, board.at)
    return Cell(words, "warn" if loud else "text_2", 600 if loud else 400)


def click_to_order_cell(row: ProductRow, board: Board) -> Cell:
    """Return orders ÷ clicks, loud where they are few."""
    if row.clicks is None or row.orders is None:
        return Cell(fmt.NONE_YET if board.is_kit(row) else fmt.UNKNOWN, "text_3")
    loud = _reason(row, board) is Reason.FEW_ORDERS
    words = fmt.percent(row.click_to_order_rate)
    tone = "bad" if loud else "text_3" if words == fmt.NONE_YET else "text"
    return Cell(words, tone, 600 if loud else 400)


def attention_cell(row: ProductRow, board: Board) -> Cell:
    """Return why a product stands out, or when it is on air."""
    found = board.attention.get(row.sku)
    if found is None:
        return Cell("")
    if found.reason in ALARMS:
        tone = "bad" if found.reason is Reason.FEW_ORDERS else "warn"
        words = attention_words(found)
        glyph = Run(glyph="attention", tone=tone, px=10)
        return Cell(words, tone, 600, (glyph, Run(words, tone, weight=600, gap=4)))
    on_air = found.reason is Reason.ON_AIR
    word = on_air_word(board.mode, board.is_past) if on_air else "NEXT"
    when = ""
    if found.at is not None and found.at > board.at:
        clock = fmt.clock(found.at, board.timezone, seconds=False)
        when = f"· until {clock}" if on_air else f"· on at {clock}"
    tone = "air_text" if on_air else "next"
    runs = (Run(word, tone, weight=600), Run(when, "text_3", gap=4))
    return Cell(f"{word} {when}".strip(), tone, 600, runs)


def attention_words(found: Attention) -> str:
    """Return an alarm in a few words."""
    if found.reason is Reason.FEW_ORDERS:
        return "clicks, few orders" if found.of_clicks else "views, few orders"
    if found.reason is Reason.SELLS_OUT:
        return f"sells out in {max(1, round(found.minutes or 0))}{fmt.NO_BREAK}min"
    return "sold out"


def attention_details(found: Attention | None) -> str:
    """Return the numbers behind an alarm, blank for none."""
    if found is None or found.reason is not Reason.FEW_ORDERS:
        return ""
    assert found.orders is not None
    assert found.tries is not None
    tries = "click" if found.of_clicks else "view"
    rate = fmt.percent(found.orders / found.tries)
    return (
        f"{fmt.plural(found.orders, 'order')} of {fmt.plural(found.tries, tries)}: {rate},"
        f" at most {fmt.percent(found.upper)} (95{fmt.THIN}% interval);"
        f" the other products bring {fmt.percent(found.others)}"
    )


def _reason(row: ProductRow, board: Board) -> Reason | None:
    found = board.attention.get(row.sku)
    return None if found is None else found.reason
