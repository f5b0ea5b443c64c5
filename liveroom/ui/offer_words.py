"""Offers in words, and what one makes of prices and margins before it is launched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from liveroom.models.offers import ForWhom, Offer, OfferKind, loss_of
from liveroom.ui import format as fmt
from liveroom.ui.parts.runs import Run

if TYPE_CHECKING:
    from liveroom.models.levers import RunningOffer
    from liveroom.models.snapshot import ProductRow, Snapshot

KIND_WORDS = {
    OfferKind.PERCENTAGE: "Percentage",
    OfferKind.AMOUNT: "Amount off",
    OfferKind.KIT: "Kit price",
    OfferKind.FREE_SHIPPING: "Free shipping",
    OfferKind.GIFT: "Gift",
    OfferKind.LEAD_MAGNET: "Lead magnet",
}
WHOM_WORDS = {
    ForWhom.EVERYONE: "Everyone",
    ForWhom.NEW: "New",
    ForWhom.RETURNING: "Returning",
}
_MOST_LINES = 3
_ONE_DECIMAL = 1

Rows = Mapping[str, "ProductRow"]


class PriceLine(NamedTuple):
    """A product's price and margin before and under an offer; None is unknown."""

    name: str
    before: int | None
    after: int | None
    margin_before: float | None
    margin_after: float | None

    @property
    def below_cost(self) -> bool:
        """Return whether every unit sold loses money."""
        return self.margin_after is not None and self.margin_after < 0


def gives(offer: Offer, currency: str | None, rows: Rows) -> str:
    """Return what an offer gives, in a few words."""
    if offer.kind is OfferKind.PERCENTAGE:
        return f"{fmt.MINUS}{_plain(offer.percent)}{fmt.THIN}%"
    if offer.kind is OfferKind.AMOUNT:
        return f"{fmt.MINUS}{fmt.money(offer.amount_minor, currency)}"
    if offer.kind is OfferKind.KIT:
        return f"kit for {fmt.money(offer.amount_minor, currency)}"
    if offer.kind is OfferKind.GIFT:
        return f"with {name_of(offer.gift_sku, rows)} as a gift"
    return "free shipping" if offer.kind is OfferKind.FREE_SHIPPING else "for leaving a contact"


def names_of(skus: Sequence[str], rows: Rows) -> str:
    """Return products by name: one or two of them, else how many; none is every product."""
    if not skus:
        return "every product"
    if len(skus) <= 2:
        return " + ".join(name_of(sku, rows) for sku in skus)
    return fmt.plural(len(skus), "product")


def name_of(sku: str, rows: Rows) -> str:
    """Return a product's name as the producer knows it."""
    return (rows[sku].name or sku) if sku in rows else sku


def title_of(offer: Offer, currency: str | None, rows: Rows) -> str:
    """Return the title an offer gets when the producer writes none."""
    what = gives(offer, currency, rows)
    if offer.kind is OfferKind.LEAD_MAGNET:
        return "Something free for a contact"
    names = names_of(offer.skus, rows)
    if offer.kind is OfferKind.FREE_SHIPPING:
        return "Free shipping" if not offer.skus else f"{names}, free shipping"
    if not offer.skus:
        return f"Everything {what}"
    return f"{names} {what}" if offer.kind is not OfferKind.KIT else f"{names}, {what}"


def caption_of(running: RunningOffer, currency: str | None, rows: Rows) -> str:
    """Return what a running offer gives, on what and for whom."""
    offer = running.offer
    parts = [gives(offer, currency, rows)]
    if offer.kind is not OfferKind.LEAD_MAGNET:
        parts.append(names_of(offer.skus, rows))
    if offer.for_whom is not ForWhom.EVERYONE:
        parts.append(f"{offer.for_whom.value} customers only")
    return " · ".join(parts)


def left_of(running: RunningOffer, snapshot: Snapshot) -> tuple[str, str]:
    """Return the time and the units that are left of an offer."""
    time_left = "until ended"
    if running.ends_at is not None:
        time_left = f"{fmt.duration(max(0, running.ends_at - snapshot.at))} left"
    limit = running.offer.limit_units
    if limit is None:
        return time_left, ""
    sales = snapshot.by_offer.get(running.offer.offer_id)
    sold = 0 if sales is None else sales.units
    if sold is None:
        return time_left, f"limited to {fmt.count(limit)}"
    return time_left, f"{fmt.count(max(0, limit - sold))} of {fmt.count(limit)} left"


def price_lines(offer: Offer, rows: Rows) -> list[PriceLine]:
    """Return what an offer makes of the price and the margin of everything it holds for."""
    if offer.kind is OfferKind.KIT:
        return [_kit_line(offer, rows)] if len(offer.skus) > 1 else []
    if offer.kind is OfferKind.LEAD_MAGNET:
        return []
    lines = []
    gift = rows[offer.gift_sku].cost_minor if offer.gift_sku in rows else 0
    extra = gift if offer.kind is OfferKind.GIFT else 0
    for sku in offer.skus or tuple(rows):
        if sku not in rows:
            continue
        price, cost = rows[sku].price_minor, rows[sku].cost_minor
        after = None if price is None else offer.price_minor(sku, price)
        cost_after = None if cost is None or extra is None else cost + extra
        before, under = margin(price, cost), margin(after, cost_after)
        lines.append(PriceLine(name_of(sku, rows), price, after, before, under))
    return sorted(lines, key=lambda line: (line.margin_after is None, line.margin_after or 0.0))


def margin(price: int | None, cost: int | None) -> float | None:
    """Return the part of a price that is not cost."""
    return (price - cost) / price if price and cost is not None else None


def price_runs(line: PriceLine, currency: str | None) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """Return a product's name and margin, and its price before and under the offer."""
    prices: tuple[Run, ...]
    if line.before is None:
        prices = (Run("price unknown", "text_3"),)
    elif line.after == line.before:
        prices = (Run(fmt.money(line.after, currency), "text"),)
    else:
        prices = (
            Run(fmt.amount(line.before, currency), "text_3", strike=True),
            Run(glyph="arrow", tone="text_3", px=9, gap=6),
            Run(fmt.money(line.after, currency), "text", weight=600, gap=6),
        )
    return (Run(line.name, "text_2"),), prices


def margin_runs(line: PriceLine) -> tuple[Run, ...]:
    """Return a product's margin before and under the offer, with a word where it is below cost."""
    if line.margin_after is None:
        return (Run("margin unknown", "text_3", 11),)
    before = fmt.number((line.margin_before or 0) * 100, _ONE_DECIMAL)
    after = fmt.percent(line.margin_after)
    if line.below_cost:
        return (
            Run(glyph="attention", tone="bad", px=10),
            Run(f"below cost · margin {before} → {after}", "bad", 11, gap=5),
        )
    return (Run(f"margin {before} → {after}", "text_3", 11),)


def shown_lines(lines: Sequence[PriceLine]) -> tuple[list[PriceLine], str]:
    """Return the lines there is room for, lowest margin first, and words for the others."""
    if len(lines) <= _MOST_LINES:
        return list(lines), ""
    shown = list(lines[: _MOST_LINES - 1])
    others = fmt.plural(len(lines) - len(shown), "product")
    return shown, f"and {others} more with more margin"


def limit_words(offer: Offer, lines: Sequence[PriceLine], snapshot: Snapshot, rows: Rows) -> str:
    """Return what a limited offer gives up at most, and whether the stock covers it."""
    parts = []
    cuts = [
        line.before - line.after
        for line in lines
        if line.before is not None and line.after is not None
    ]
    if offer.limit_units and cuts and max(cuts) > 0:
        given = fmt.money(max(cuts) * offer.limit_units, snapshot.currency)
        parts.append(f"gives up {given} at most")
    stock = [rows[sku].stock for sku in offer.skus if sku in rows]
    known = [units for units in stock if units is not None]
    if offer.limit_units and known:
        enough = min(known) if offer.kind is OfferKind.KIT else sum(known)
        if enough < offer.limit_units:
            parts.append(f"only {fmt.count(enough)} in stock")
    return " · ".join(parts)


def problem_of(offer: Offer, snapshot: Snapshot) -> str:
    """Return why an offer cannot be launched as it stands, or an empty string."""
    kind = offer.kind
    if kind is OfferKind.PERCENTAGE and not 0 < offer.percent < 100:
        return "Say how many percent, above 0 and below 100"
    if kind is OfferKind.AMOUNT and offer.amount_minor <= 0:
        return "Say how much is taken off each unit"
    if kind is OfferKind.KIT and len(set(offer.skus)) < 2:
        return "Choose two products or more for the kit"
    if kind is OfferKind.KIT and offer.amount_minor <= 0:
        return "Say what the kit costs"
    if kind is OfferKind.GIFT and not offer.gift_sku:
        return "Choose the gift"
    return _loss_words(offer, snapshot)


def _loss_words(offer: Offer, snapshot: Snapshot) -> str:
    rows = {row.sku: row for row in snapshot.products}
    loss = loss_of(offer, {sku: row.price_minor for sku, row in rows.items()})
    if loss is None:
        return ""
    price = fmt.money(loss.price_minor, snapshot.currency)
    if not loss.sku:
        return f"A kit saves: one by one these cost {price}"
    return f"Nothing left to pay for {name_of(loss.sku, rows)}, which costs {price}"


def overlap_of(offer: Offer, snapshot: Snapshot) -> str:
    """Return which running offers hold for the same products."""
    if offer.kind is OfferKind.LEAD_MAGNET:
        return ""
    same = [
        one.offer.title
        for one in snapshot.levers.running(snapshot.at)
        if one.offer.kind is not OfferKind.LEAD_MAGNET
        and (not one.offer.skus or not offer.skus or set(one.offer.skus) & set(offer.skus))
    ]
    if not same:
        return ""
    return f"also running: {same[0]}" if len(same) == 1 else f"{len(same)} offers run already"


def _kit_line(offer: Offer, rows: Rows) -> PriceLine:
    prices = [rows[sku].price_minor if sku in rows else None for sku in offer.skus]
    costs = [rows[sku].cost_minor if sku in rows else None for sku in offer.skus]
    before, cost = _sum(prices), _sum(costs)
    name = f"{len(offer.skus)} together"
    after = offer.amount_minor or None
    return PriceLine(name, before, after, margin(before, cost), margin(after, cost))


def _sum(values: Sequence[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None


def _plain(value: float) -> str:
    return fmt.number(value, 0 if value == int(value) else 1)
