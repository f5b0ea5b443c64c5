"""Reads what a policy wishes: one verb for each command, and the keys that go with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from liveroom.models import commands as c
from liveroom.models.facts import Presentation, Recipients
from liveroom.models.money import minor_digits
from liveroom.models.rehearsal.policies.names import Names
from liveroom.models.rehearsal.policies.offer_file import read_launch
from liveroom.models.rehearsal.policies.offer_wishes import End, OnProducts, Present, Remind
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
from liveroom.models.toml.table import Table

_LENGTH = Range("minutes", 0.5, 600)


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
        read_launch,
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
