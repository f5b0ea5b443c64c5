"""Events as rows of the session file and back; the one place that knows both shapes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import msgspec
from msgspec import structs

from liveroom.models import events as e
from liveroom.models.facts import EntryChannel
from liveroom.models.money import Ledger

Row = tuple[Any, ...]
Key = TypeVar("Key")
Function = TypeVar("Function")

COLUMNS = (
    "seq",
    "key",
    "source",
    "source_id",
    "kind",
    "occurred_at",
    "received_at",
    "count",
    "viewers",
    "sku",
    "visit",
    "person",
    "channel",
    "label",
    "order_id",
    "units",
    "amount_minor",
    "currency",
    "value_minor",
    "text",
    "extra",
)

LINE_COLUMNS = (
    "number",
    "seq",
    "line",
    "sku",
    "units",
    "amount_minor",
    "value_minor",
    "is_product",
)


def kind_of(event_type: type[e.Event]) -> str:
    """Return the name of an event type in the file: OrderPlaced is order_placed."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", event_type.__name__).lower()


KINDS: dict[type[e.Event], str] = {kind: kind_of(kind) for kind in e.EVENT_TYPES}
TYPES: dict[str, type[e.Event]] = {name: kind for kind, name in KINDS.items()}

# Fields that have a column of their own; a kind's other fields go into `extra` as JSON.
_COMMON = ("source", "source_id", "occurred_at", "received_at")
_BLANK = ("order_id", "label", "text")
"""Columns in which nothing is NULL, and in events an empty text."""
_OWN = frozenset(COLUMNS) - {"seq", "key", "kind", "value_minor", "extra"} - set(_COMMON)


def _encoder(event_type: type[e.Event]) -> Callable[[int, int, Any, Ledger], Row]:
    """Build the function that turns events of one type into rows, with constants where nothing varies.

    Generated as source because it runs for every event: a loop over columns is four times slower.
    """
    fields = set(event_type.__struct_fields__) - set(_COMMON) - {"lines"}
    extra = sorted(fields - _OWN)
    parts = []
    for column in COLUMNS:
        if column in ("seq", "key"):
            parts.append(column)
        elif column == "kind":
            parts.append(repr(KINDS[event_type]))
        elif column == "value_minor":
            money = next((n for n in ("amount_minor", "cost_minor") if n in fields), "")
            parts.append(f"ledger.value(e.{money}, e.currency)" if money else "None")
        elif column == "extra":
            parts.append(_extra(event_type, extra))
        elif column in _COMMON or column in fields:
            blank = column in _BLANK
            parts.append(f"e.{column} or None" if blank else f"e.{column}")
        else:
            parts.append("None")
    code = f"lambda seq, key, e, ledger: ({', '.join(parts)})"
    function: Callable[[int, int, Any, Ledger], Row] = eval(code, {"encode": msgspec.json.encode})
    return function


def _extra(event_type: type[e.Event], names: Sequence[str]) -> str:
    """Return the source of what goes into `extra`: nothing while all of it is as by default."""
    if not names:
        return "None"
    body = ", ".join(f"{name!r}: e.{name}" for name in names)
    encoded = f"encode({{{body}}}).decode()"
    defaults = _defaults(event_type)
    if not set(names) <= set(defaults):
        return encoded
    usual = " and ".join(f"e.{name} == {defaults[name]!r}" for name in names)
    return f"(None if {usual} else {encoded})"


def _defaults(event_type: type[e.Event]) -> dict[str, Any]:
    """Return the fields that may be left out of an event, and what they are then."""
    found = msgspec.inspect.type_info(event_type)
    assert isinstance(found, msgspec.inspect.StructType)
    return {field.name: field.default for field in found.fields if not field.required}


class _Built(dict[Key, Function]):
    """Functions by kind of event, each built when the first such event is met."""

    def __init__(self, build: Callable[[Key], Function]) -> None:
        super().__init__()
        self._build = build

    def __missing__(self, key: Key) -> Function:
        built = self[key] = self._build(key)
        return built


ENCODERS = _Built(_encoder)


def encode_lines(seq: int, event: e.OrderPlaced | e.OrderCancelled, ledger: Ledger) -> list[Row]:
    """Return the rows of an order's lines; SQLite numbers them."""
    currency = event.currency
    return [
        (
            None,
            seq,
            place,
            line.sku,
            line.units,
            line.amount_minor,
            ledger.value(line.amount_minor, currency),
            line.is_product,
        )
        for place, line in enumerate(event.lines)
    ]


def decode(row: Sequence[Any], lines: tuple[e.OrderLine, ...]) -> e.Event:
    """Return the event of a row of `events` (in the order of COLUMNS) and its order lines."""
    return _DECODERS[row[4]](row, lines)


def decode_line(row: Sequence[Any]) -> e.OrderLine:
    """Return the order line of a row of `order_lines` (in the order of LINE_COLUMNS)."""
    return e.OrderLine(sku=row[3], units=row[4], amount_minor=row[5], is_product=bool(row[7]))


def _decoder(event_type: type[e.Event]) -> Callable[[Sequence[Any], Any], e.Event]:
    fields = event_type.__struct_fields__
    parts = []
    for name in fields:
        if name == "lines":
            parts.append("lines=lines")
        elif name == "channel":
            parts.append(f"channel=channels[r[{COLUMNS.index(name)}]]")
        elif name in COLUMNS:
            blank = name in _BLANK
            parts.append(f"{name}=r[{COLUMNS.index(name)}]" + (" or ''" if blank else ""))
    code = f"lambda r, lines: kind({', '.join(parts)})"
    channels: dict[str | None, EntryChannel | None] = {c.value: c for c in EntryChannel}
    channels[None] = None
    simple = eval(code, {"kind": event_type, "channels": channels})
    if all(name == "lines" or name in COLUMNS for name in fields):
        return simple  # type: ignore[no-any-return]

    optional = set(fields) - set(COLUMNS) - {"lines"} <= set(_defaults(event_type))

    def full(row: Sequence[Any], lines: tuple[e.OrderLine, ...]) -> e.Event:
        plain = simple(row, lines) if optional else None
        if plain is not None and row[-1] is None:
            return plain  # type: ignore[no-any-return]
        extra = msgspec.convert(json.loads(row[-1]), dict[str, Any])
        if plain is not None:
            return structs.replace(plain, **extra)  # type: ignore[no-any-return]
        values = {name: row[COLUMNS.index(name)] for name in fields if name in COLUMNS}
        values |= {name: "" for name in _BLANK if name in values and values[name] is None}
        return msgspec.convert(values | extra, event_type)

    return full


_DECODERS: _Built[str, Callable[[Sequence[Any], Any], e.Event]] = _Built(
    lambda name: _decoder(TYPES[name])
)
