"""What a mapping file may say, as typed data; docs/mappings.md explains every key."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct, field

Texts = str | tuple[str, ...]


class Cell(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a value comes from, when a column's name alone does not say it."""

    column: str = ""
    value: str | None = None
    """A constant instead of a column."""
    default: str | None = None
    """Stands in for a blank."""
    blank: Texts = ()
    """Texts that mean "nothing here"."""
    table: str = ""
    """Look `column` up in this table, at the row whose key equals our column `by`."""
    by: str = ""
    step_back: Literal["correction", "restart"] | None = None
    """The column is a running total; how to read a value below the one before."""
    per: Texts = ()
    """Columns that tell several running totals of one file apart."""


class Condition(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a column's value must be; all that is said must hold."""

    among: Texts | None = field(default=None, name="in")
    not_among: Texts | None = field(default=None, name="not_in")
    prefix: Texts | None = None
    not_prefix: Texts | None = None
    above: int | str | None = None
    below: int | str | None = None
    present: bool | None = None
    ignore_case: bool = False


Where = dict[str, str | tuple[str, ...] | Condition]
Source = str | Cell


class Time(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a column says an instant."""

    column: str
    unit: Literal["iso", "ms", "s", "minutes"] = "iso"
    origin: str = ""
    """The instant from which `ms`, `s` or `minutes` count; blank is 1970-01-01 UTC."""
    format: str = ""
    """A strptime pattern, for texts that are not ISO 8601."""
    timezone: str = ""
    floor: Literal["", "second", "minute"] = ""


class TableSpec(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A file, how it is written and what its rows mean."""

    file: str = ""
    """Its name beside the source; `{show}` stands for what is alike in several names."""
    format: Literal["", "csv", "jsonl", "json", "xlsx"] = ""
    delimiter: str = ""
    encoding: str = "utf-8-sig"
    decimal_comma: bool = False
    sheet: str = ""
    unnest: str = ""
    """Make one row of every item of this list."""
    key: str = ""
    """The column by which other tables look rows up."""
    choose: str = ""
    """The column whose value chooses the event."""
    ignore: tuple[str, ...] = ()
    """Values of `choose` that are left out on purpose."""
    at: str | Time | None = None
    optional: bool = False


class LinesSpec(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The lines of an order: one per row of its group."""

    sku: Source
    units: Source | None = None
    amount: Source | None = None
    price: Source | None = None
    """The price of one unit; the line's amount is units times price."""
    service: tuple[Where, ...] = ()
    """Rows that count in the order's total but are no product (postage, discounts)."""


class EventSpec(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One kind of event and the columns it is made of."""

    event: str
    table: str = ""
    when: Texts = ()
    where: Where | tuple[Where, ...] = {}
    at: str | Time | None = None
    group: Texts = ()
    id: str = ""
    negate: bool = False
    sku: Source | None = None
    units: Source | None = None
    count: Source | None = None
    visit: Source | None = None
    person: Source | None = None
    channel: Source | None = None
    traffic_source: Source | None = None
    traffic_medium: Source | None = None
    order_id: Source | None = None
    amount: Source | None = None
    currency: Source | None = None
    lines: LinesSpec | None = None
    text: Source | None = None
    viewers: Source | None = None
    name: Source | None = None
    category: Source | None = None
    price: Source | None = None
    segment: Source | None = None
    title: Source | None = None
    duration: Source | None = None


class Mapping(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the files of one kind of source become events."""

    title: str
    tables: dict[str, TableSpec]
    events: tuple[EventSpec, ...]
    currency: str | None = None
    timezone: str = "UTC"
    rates: dict[str, str] = {}
    show: str = ""
    name: str = ""
    """The stem of the mapping's file; set when it is loaded."""
    path: str = ""


def texts(value: Texts) -> tuple[str, ...]:
    """Return one text or several as a tuple."""
    return (value,) if isinstance(value, str) else value


def cell_of(source: Source) -> Cell:
    """Return a column's name or a cell as a cell."""
    return Cell(column=source) if isinstance(source, str) else source


def time_of(at: str | Time) -> Time:
    """Return a column's name or a time as a time."""
    return Time(column=at) if isinstance(at, str) else at


def alternatives(where: Where | tuple[Where, ...]) -> tuple[Where, ...]:
    """Return conditions as alternatives; without any, everything fits."""
    return where if isinstance(where, tuple) else (where,)
