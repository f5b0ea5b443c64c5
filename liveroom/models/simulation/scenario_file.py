"""Reads a scenario from its TOML text; a mistake is named with file, key, value and range."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import datetime
from itertools import pairwise
from typing import TypeVar, get_args, get_type_hints

from msgspec import Struct

from liveroom.errors import KnownError
from liveroom.models.facts import EntryChannel
from liveroom.models.money import parse_currency
from liveroom.models.run_of_show import Segment
from liveroom.models.simulation.scenario import (
    GRADES,
    AudienceModel,
    Channel,
    ChatLines,
    ChatModel,
    Evidence,
    FunnelModel,
    Product,
    Range,
    ReportingModel,
    Scenario,
    SegmentPlan,
)
from liveroom.models.simulation.table import Table

Model = TypeVar("Model", bound=Struct)
Row = TypeVar("Row")

_ROWS = ("arrival_curve", "chat_lines", "channels", "products", "segments")


def parse_scenario(text: str, file: str) -> Scenario:
    """Return the scenario in `text`; raise KnownError naming `file` and what to mend."""
    try:
        root = Table(file, "", tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise KnownError(f"{file} is not TOML: {error}") from None
    evidence: dict[str, Evidence] = {}
    currency = _currency(root)
    starts_at = _starts_at(root)
    products = _rows(root, "products", lambda row: _product(row, currency))
    _must_differ(root, "products", "sku", [product.sku for product in products])
    skus = {product.sku for product in products}
    segments = _rows(root, "segments", lambda row: _segment(row, starts_at, skus))
    ids = [plan.segment.segment_id for plan in segments]
    _must_differ(root, "segments", "id", ids)
    scenario = Scenario(
        title=root.text("title"),
        currency=currency,
        timezone=root.text("timezone"),
        starts_at=starts_at,
        audience=_model(root, "audience", AudienceModel, evidence),
        arrival_curve=_arrival_curve(root),
        funnel=_model(root, "funnel", FunnelModel, evidence),
        reporting=_model(root, "reporting", ReportingModel, evidence),
        chat=_model(root, "chat", ChatModel, evidence),
        chat_lines=_rows(root, "chat_lines", _chat_lines),
        channels=_channels(root),
        products=products,
        segments=segments,
        evidence=evidence,
    )
    _read_evidence_of_rows(root, evidence)
    root.nothing_else()
    return scenario


def _rows(root: Table, name: str, parse: Callable[[Table], Row]) -> tuple[Row, ...]:
    """Read every table of a list, none of which may hold a key that nobody reads."""
    read = []
    for row in root.rows(name):
        read.append(parse(row))
        row.nothing_else()
    return tuple(read)


def _model(root: Table, name: str, model: type[Model], evidence: dict[str, Evidence]) -> Model:
    """Read a group of parameters, each `{ value, unit, origin, grade }`, as its fields say."""
    group = root.table(name)
    values: dict[str, float] = {}
    for key, hint in get_type_hints(model, include_extras=True).items():
        allowed: Range = get_args(hint)[1]
        entry = group.table(key)
        values[key] = entry.number("value", allowed)
        entry.choice("unit", (allowed.unit,))
        evidence[f"{name}.{key}"] = _evidence(entry, allowed.unit)
    group.nothing_else()
    return model(**values)


def _evidence(entry: Table, unit: str) -> Evidence:
    read = Evidence(unit=unit, origin=entry.text("origin"), grade=entry.choice("grade", GRADES))
    entry.nothing_else()
    return read


def _read_evidence_of_rows(root: Table, evidence: dict[str, Evidence]) -> None:
    table = root.table("evidence")
    for name in _ROWS:
        evidence[name] = _evidence(table.table(name), "per row")
    table.nothing_else()


def _currency(root: Table) -> str:
    text = root.text("currency")
    try:
        return parse_currency(text)
    except ValueError:
        raise root.error("currency", text, "an ISO 4217 code such as BRL") from None


def _starts_at(root: Table) -> int:
    value = root.take("starts_at")
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise root.error("starts_at", value, "a time with its zone, 2026-11-20T20:00:00-03:00")
    return round(value.timestamp() * 1000)


def _arrival_curve(root: Table) -> tuple[tuple[float, float], ...]:
    curve = _rows(root, "arrival_curve", _arrival_point)
    for place, (before, after) in enumerate(pairwise(curve), start=1):
        if after[0] <= before[0]:
            key, allowed = f"arrival_curve[{place}].at", f"above {before[0]:g}, the point before it"
            raise root.error(key, after[0], allowed)
    return curve


def _arrival_point(row: Table) -> tuple[float, float]:
    at = row.number("at", Range("share of the planned show", 0, 1))
    return at, row.number("factor", Range("factor", 0, 50))


def _chat_lines(row: Table) -> ChatLines:
    return ChatLines(
        intent=row.text("intent"),
        share=row.number("share", Range("share", 0, 1)),
        texts=row.texts("texts"),
    )


def _channels(root: Table) -> tuple[Channel, ...]:
    channels = _rows(root, "channels", _channel)
    total = sum(channel.share for channel in channels)
    if abs(total - 1) > 1e-6:
        raise root.error("channels", f"{total:g} in sum of shares", "shares that add up to 1")
    return channels


def _channel(row: Table) -> Channel:
    return Channel(
        channel=EntryChannel(row.choice("channel", [str(each) for each in EntryChannel])),
        label=row.text("label"),
        share=row.number("share", Range("share", 0, 1)),
        bounce=row.number("bounce", Range("share", 0, 1)),
        keenness=row.number("keenness", Range("factor", 0, 50)),
    )


def _product(row: Table, currency: str) -> Product:
    return Product(
        sku=row.text("sku"),
        name=row.text("name"),
        category=row.text("category"),
        price_minor=row.amount("price", currency, low_minor=1),
        cost_minor=row.amount("cost", currency),
        stock=row.whole("stock", 0, 1_000_000),
        appeal=row.number("appeal", Range("factor", 0.01, 50)),
    )


def _segment(row: Table, starts_at: int, skus: set[str]) -> SegmentPlan:
    minutes = row.number("minutes", Range("minutes", 0.1, 600))
    hard = row.optional_number("hard_start", Range("minutes after the start", 0, 1440))
    shown = row.texts("skus", allow_none=True)
    for sku in shown:
        if sku not in skus:
            raise row.error("skus", sku, f"skus of the catalogue: {', '.join(sorted(skus))}")
    factor = Range("factor", 0, 50)
    return SegmentPlan(
        segment=Segment(
            segment_id=row.text("id"),
            title=row.text("title"),
            duration_ms=round(minutes * 60_000),
            starts_at=None if hard is None else starts_at + round(hard * 60_000),
            skus=shown,
        ),
        leaving=row.number("leaving", factor),
        interest=row.number("interest", factor),
        buying=row.number("buying", factor),
    )


def _must_differ(root: Table, name: str, key: str, values: list[str]) -> None:
    for place, value in enumerate(values):
        if value in values[:place]:
            raise root.error(f"{name}[{place}].{key}", value, "values that occur once")
