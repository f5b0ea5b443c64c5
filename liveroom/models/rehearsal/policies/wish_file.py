"""Reads what a policy wishes: one verb for each command, and the keys that go with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from liveroom.models import commands as c
from liveroom.models.facts import Presentation, Recipients
from liveroom.models.money import minor_digits
from liveroom.models.offers import ForWhom, Offer, OfferKind
from liveroom.models.rehearsal.policies.offer_wishes import End, Launch, OnProducts, Present, Remind
from liveroom.models.rehearsal.policies.selectors import PRODUCTS, SEGMENTS
from liveroom.models.rehearsal.policies.wishes import (
    ORDERS,
    ChangeLength,
    Fixed,
    KeepSegments,
    OnSegment,
    OrderSegments,
    Wish,
)
from liveroom.models.simulation.scenarios.ranges import Range
from liveroom.models.simulation.scenarios.scenario import Scenario
from liveroom.models.toml.table import Table

_LENGTH = Range("minutes", 0.5, 600)
_PERCENT = Range("percent", 0.1, 99.9)


class Names:
    """What a policy may name in the show of a scenario: its products and its segments."""

    def __init__(self, scenario: Scenario) -> None:
        """Take the scenario."""
        self.currency = scenario.currency
        self.skus = [product.sku for product in scenario.products]
        self.segments = [plan.segment.segment_id for plan in scenario.segments]

    def product(self, row: Table, key: str) -> str:
        """Return a sku or a selector of products."""
        return row.choice(key, [*PRODUCTS, *self.skus])

    def products(self, row: Table, key: str, needed: bool = True) -> tuple[str, ...]:
        """Return skus and selectors; none where the key is absent and not needed."""
        if not needed and not row.has(key):
            return ()
        return self._each(row, key, [*PRODUCTS, *self.skus])

    def segment(self, row: Table, key: str) -> str:
        """Return a segment's id or a selector of one."""
        return row.choice(key, [*SEGMENTS, *self.segments])

    def segment_ids(self, row: Table, key: str, needed: bool = True) -> tuple[str, ...]:
        """Return ids of segments; none where the key is absent and not needed."""
        if not needed and not row.has(key):
            return ()
        return self._each(row, key, self.segments)

    def segment_or_product(self, row: Table, key: str) -> str:
        """Return a segment's id, a sku or a selector of products that is not `on air` itself."""
        selectors = [name for name in PRODUCTS if name not in ("on air", "all")]
        return row.choice(key, [*self.segments, *self.skus, *selectors])

    def _each(self, row: Table, key: str, allowed: list[str]) -> tuple[str, ...]:
        found = row.texts(key)
        for each in found:
            if each not in allowed:
                raise row.error(key, each, " or ".join(repr(word) for word in allowed))
        return found


def read_wish(row: Table, names: Names) -> Wish:
    """Return the wish of a table whose `verb` says what to do."""
    return VERBS[row.choice("verb", VERBS)][1](row, names)


def _take(row: Table, names: Names) -> Wish:
    return OnSegment(what="take", segment=names.segment(row, "segment"))


def _cut(row: Table, names: Names) -> Wish:
    return OnSegment(what="cut", segment=names.segment(row, "segment"))


def _rename(row: Table, names: Names) -> Wish:
    return OnSegment(what="rename", segment=names.segment(row, "segment"), title=row.text("title"))


def _move(row: Table, names: Names) -> Wish:
    before = names.segment(row, "before") if row.has("before") else ""
    return OnSegment(what="move", segment=names.segment(row, "segment"), before=before)


def _order(row: Table, names: Names) -> Wish:
    keep = names.segment_ids(row, "keep", needed=False)
    return OrderSegments(by=row.choice("by", ORDERS), keep=keep)


def _keep(row: Table, names: Names) -> Wish:
    return KeepSegments(segments=names.segment_ids(row, "segments"))


def _change_length(row: Table, names: Names) -> Wish:
    minutes = row.number("minutes", _LENGTH)
    return ChangeLength(segment=names.segment(row, "segment"), minutes=minutes)


def _extend(row: Table, names: Names) -> Wish:
    by = row.number("by", Range("minutes", 0.1, 240))
    return ChangeLength(segment=names.segment(row, "segment"), by=by)


def _shorten(row: Table, names: Names) -> Wish:
    by = row.number("by", Range("minutes", 0.1, 240))
    return ChangeLength(segment=names.segment(row, "segment"), by=-by)


def _pin(row: Table, names: Names) -> Wish:
    return OnProducts(what="pin", skus=(names.product(row, "sku"),))


def _unpin(row: Table, names: Names) -> Wish:
    return Fixed(command=c.PinProduct(sku=""))


def _link(row: Table, names: Names) -> Wish:
    return OnProducts(what="link", skus=(names.product(row, "sku"),))


def _reserve(row: Table, names: Names) -> Wish:
    units = row.whole("units", 0, 1_000_000) if row.has("units") else None
    return OnProducts(what="reserve", skus=names.products(row, "skus"), units=units)


def _launch(row: Table, names: Names) -> Wish:
    kind = OfferKind(row.choice("kind", [str(each) for each in OfferKind]))
    percent, amount_minor, kit_discount, gift = 0.0, 0, None, ""
    if kind is OfferKind.PERCENTAGE:
        percent = row.number("percent", _PERCENT)
    elif kind is OfferKind.AMOUNT or (kind is OfferKind.KIT and row.has("amount")):
        amount_minor = row.amount("amount", names.currency, low_minor=1)
    elif kind is OfferKind.KIT:
        kit_discount = row.number("kit_discount", _PERCENT)
    elif kind is OfferKind.GIFT:
        gift = names.product(row, "gift")
    minutes = row.optional_number("minutes", Range("minutes", 0.5, 1440))
    everyone = str(ForWhom.EVERYONE)
    whom = row.choice("for_whom", list(map(str, ForWhom))) if row.has("for_whom") else everyone
    offer = Offer(
        offer_id=row.text("id") if row.has("id") else "",
        kind=kind,
        title=row.text("title"),
        skus=names.products(row, "skus", needed=kind is OfferKind.KIT),
        percent=percent,
        amount_minor=amount_minor,
        gift_sku=gift,
        duration_ms=None if minutes is None else round(minutes * 60_000),
        limit_units=row.whole("limit", 1, 1_000_000) if row.has("limit") else None,
        for_whom=ForWhom(whom),
    )
    return Launch(offer=offer, kit_discount=kit_discount)


def _end(row: Table, names: Names) -> Wish:
    return End(offer=row.text("offer") if row.has("offer") else "")


def _present(row: Table, names: Names) -> Wish:
    return Present(style=Presentation(row.choice("style", list(map(str, Presentation)))))


def _automate(row: Table, names: Names) -> Wish:
    return Fixed(command=c.AutomatePaymentLinks(on=row.optional_truth("on", True)))


def _integrate(row: Table, names: Names) -> Wish:
    return Fixed(command=c.IntegrateStock(on=row.optional_truth("on", True)))


def _remind(row: Table, names: Names) -> Wish:
    return Remind(to=Recipients(row.choice("to", list(map(str, Recipients)))))


def _spend(row: Table, names: Names) -> Wish:
    per_minute = row.number("per_minute", Range(f"{names.currency} per minute", 0, 1e6))
    minor = round(per_minute * 10 ** minor_digits(names.currency))
    return Fixed(command=c.SetAdSpend(per_minute_minor=minor))


VERBS: Mapping[str, tuple[str, Callable[[Table, Names], Wish]]] = {
    "take segment": ("segment", _take),
    "cut segment": ("segment", _cut),
    "rename segment": ("segment, title", _rename),
    "move segment": ("segment, before (absent: to the end)", _move),
    "order segments": ("by, keep", _order),
    "keep segments": ("segments: all others to come are cut", _keep),
    "change length": ("segment, minutes", _change_length),
    "extend": ("segment, by (minutes)", _extend),
    "shorten": ("segment, by (minutes)", _shorten),
    "pin product": ("sku", _pin),
    "unpin product": ("", _unpin),
    "launch offer": (
        "kind, title, skus, percent | amount | kit_discount | gift, minutes, limit, for_whom, id",
        _launch,
    ),
    "end offer": ("offer (absent: all that run)", _end),
    "change presentation": ("style", _present),
    "send payment link": ("sku", _link),
    "automate payment links": ("on", _automate),
    "send reminder": ("to", _remind),
    "set ad spend": ("per_minute", _spend),
    "reserve stock": ("skus, units (absent: all that is left)", _reserve),
    "integrate stock": ("on", _integrate),
}
