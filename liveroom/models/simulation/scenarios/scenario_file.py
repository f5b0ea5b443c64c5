"""Reads a scenario from its TOML text; a mistake is named with file, line, key, value and range.

What a scenario does not say is read from the shipped defaults, key by key in the groups of parameters.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar, get_args, get_type_hints

from msgspec import Struct

from liveroom.errors import KnownError
from liveroom.models.money import parse_currency
from liveroom.models.simulation.chat.chat_lines import parse_languages
from liveroom.models.simulation.scenarios import scenario_rows as rows
from liveroom.models.simulation.scenarios.ranges import Range
from liveroom.models.simulation.scenarios.scenario import GRADES, GROUPS, Evidence, Scenario
from liveroom.models.simulation.scenarios.target_rows import read_targets
from liveroom.models.toml.reading import read_table
from liveroom.models.toml.table import Table

Row = TypeVar("Row")

DEFAULTS = "defaults.toml"
OTHERS = ("case", "policy")
"""Tables of a scenario file that are read by others."""

_LISTS: tuple[str, ...] = (
    "arrival_curve",
    "day_curve",
    "channels",
    "payments",
    "products",
    "segments",
)
"""Lists of rows; one entry of `evidence` holds for all rows of a list."""


_FIRST_YEAR, _LAST_YEAR = 2000, 2100


def parse_scenario(text: str, file: str, defaults_text: str = "") -> Scenario:
    """Return the scenario in `text`; raise KnownError naming `file` and what to mend."""
    return scenario_of(scenario_table(text, file, defaults_text))


def scenario_table(text: str, file: str, defaults_text: str = "") -> Table:
    """Return the outermost table of a scenario, with the shipped defaults behind it."""
    spare = read_table(defaults_text, DEFAULTS) if defaults_text else None
    return read_table(text, file, spare)


def scenario_of(root: Table) -> Scenario:
    """Return the scenario in a table; raise KnownError that names what to mend."""
    evidence: dict[str, Evidence] = {}
    currency = _currency(root)
    starts_at, timezone = _starts_at(root), root.text("timezone")
    groups: dict[str, Any] = {
        name: _group(root, name, model, evidence) for name, model in GROUPS.items()
    }
    returning = groups["audience"].returning
    products = _rows(root, "products", lambda row: rows.product(row, currency))
    rows.must_differ(root, "products", "sku", [product.sku for product in products])
    skus = {product.sku for product in products}
    moment = round(starts_at.timestamp() * 1000)
    segments = _rows(root, "segments", lambda row: rows.segment(row, moment, skus, currency))
    ids = [plan.segment.segment_id for plan in segments]
    rows.must_differ(root, "segments", "id", ids)
    payments = rows.whole(root, "payments", _rows(root, "payments", rows.payment))
    rows.must_differ(root, "payments", "method", [each.method for each in payments])
    scenario = Scenario(
        title=root.text("title"),
        currency=currency,
        timezone=timezone,
        starts_at=moment,
        local_hour=starts_at.hour + starts_at.minute / 60,
        arrival_curve=rows.rising(root, "arrival_curve", _rows(root, "arrival_curve", rows.point)),
        day_curve=rows.rising(root, "day_curve", _rows(root, "day_curve", rows.hour)),
        languages=parse_languages(root, currency, timezone),
        channels=rows.whole(
            root, "channels", _rows(root, "channels", lambda row: rows.channel(row, returning))
        ),
        payments=payments,
        products=products,
        segments=segments,
        targets=read_targets(root, currency, evidence),
        evidence=evidence,
        **groups,
    )
    _read_evidence_of_lists(root, evidence)
    root.ignore(*OTHERS)
    root.nothing_else()
    return scenario


def _rows(root: Table, name: str, parse: Callable[[Table], Row]) -> tuple[Row, ...]:
    """Read every table of a list, none of which may hold a key that nobody reads."""
    read = []
    for row in root.rows(name):
        read.append(parse(row))
        row.nothing_else()
    return tuple(read)


def _group(root: Table, name: str, model: type[Struct], evidence: dict[str, Evidence]) -> Struct:
    """Read a group of parameters, each `{ value, unit, origin, grade }`, as its fields say."""
    group = root.table(name, merged=True)
    values: dict[str, float] = {}
    for key, hint in get_type_hints(model, include_extras=True).items():
        allowed: Range = get_args(hint)[1]
        entry = group.table(
            key, such_as=f'{{ value = …, unit = "{allowed.unit}", origin = …, grade = … }}'
        )
        values[key] = entry.number("value", allowed)
        entry.choice("unit", (allowed.unit,))
        evidence[f"{name}.{key}"] = _evidence(entry, allowed.unit)
    group.nothing_else()
    return model(**values)


def _evidence(entry: Table, unit: str) -> Evidence:
    read = Evidence(unit=unit, origin=entry.text("origin"), grade=entry.choice("grade", GRADES))
    entry.nothing_else()
    return read


def _read_evidence_of_lists(root: Table, evidence: dict[str, Evidence]) -> None:
    table = root.table("evidence", merged=True)
    for name in _LISTS:
        if root.says(name) and not table.says(name):
            raise KnownError(
                f"{root.where(name)}: evidence.{name} is missing: a list that replaces the shipped "
                "one says where it comes from; please add it"
            )
        evidence[name] = _evidence(table.table(name), "per row")
    table.nothing_else()


def _currency(root: Table) -> str:
    text = root.text("currency")
    try:
        return parse_currency(text)
    except ValueError:
        raise root.error("currency", text, "an ISO 4217 code such as BRL") from None


def _starts_at(root: Table) -> datetime:
    value = root.take("starts_at")
    example = "a time with its zone, 2026-11-20T20:00:00-03:00"
    if isinstance(value, str):
        raise root.error("starts_at", value, f"{example}, without quotes")
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise root.error("starts_at", value, example)
    if not _FIRST_YEAR <= value.year <= _LAST_YEAR:
        raise root.error("starts_at", value, f"a year from {_FIRST_YEAR} to {_LAST_YEAR}")
    return value
