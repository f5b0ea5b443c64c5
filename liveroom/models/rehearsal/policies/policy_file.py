"""Reads a policy from TOML; a mistake is named with file, line, key, value and what is allowed."""

from __future__ import annotations

import tomllib
from collections.abc import Callable

from liveroom.errors import KnownError
from liveroom.models.rehearsal.figure_list import FIGURES, USUAL_MINUTES
from liveroom.models.rehearsal.policies.policy import Condition, OnAir, Policy, Rule
from liveroom.models.rehearsal.policies.wish_file import Names, read_wish
from liveroom.models.rehearsal.policies.wishes import Wish
from liveroom.models.simulation.scenarios.ranges import Range
from liveroom.models.simulation.scenarios.scenario import Scenario
from liveroom.models.toml.table import Table
from liveroom.models.toml.toml_lines import lines_of

_ANY = Range("the figure's unit", -1e12, 1e12)
_MINUTES = Range("minutes", 0, 1440)
_COMPARISONS = ("above", "below", "at_least", "at_most")


def parse_policy(text: str, file: str, scenario: Scenario) -> Policy:
    """Return the policy in `text` for a show of `scenario`; raise KnownError that names the mistake."""
    try:
        root = Table(file, "", tomllib.loads(text), lines_of(text))
    except tomllib.TOMLDecodeError as error:
        raise KnownError(f"{file} is not TOML: {error}") from None
    return read_policy(root, scenario)


def read_policy(table: Table, scenario: Scenario) -> Policy:
    """Return the policy of a table: of a policy file, or `[policy]` of a scenario file."""
    names = Names(scenario)
    before = tuple(_wish(row, names) for row in table.optional_rows("before"))
    rules = tuple(
        _rule(row, place, names) for place, row in enumerate(table.optional_rows("rules"), start=1)
    )
    policy = Policy(
        title=table.text("title"),
        before=before,
        rules=rules,
        goes_on=table.optional_truth("goes_on", True),
    )
    table.nothing_else()
    return policy


def _wish(row: Table, names: Names) -> Wish:
    wish = read_wish(row, names)
    row.nothing_else()
    return wish


def _rule(row: Table, place: int, names: Names) -> Rule:
    name = row.text("name") if row.has("name") else f"rule {place}"
    when = tuple(_condition(each, names) for each in row.rows("when"))
    do = tuple(_wish(each, names) for each in row.rows("do"))
    at_most, every = _often(row)
    row.nothing_else()
    return Rule(name=name, when=when, do=do, at_most=at_most, every_minutes=every)


def _often(row: Table) -> tuple[int | None, float]:
    """Return how often a rule may act and the minutes between two times: once, if nothing is said."""
    every = row.optional_number("every", Range("minutes", 0.1, 1440))
    at_most = row.whole("at_most", 1, 1000) if row.has("at_most") else None
    once = row.optional_truth("once", every is None and at_most is None)
    if once and (every is not None or (at_most or 1) > 1):
        raise row.error("once", True, "false, or no `every` and `at_most`: they say how often")
    if once:
        return 1, 0.0
    return at_most, 1.0 if every is None else every


def _condition(row: Table, names: Names) -> Condition | OnAir:
    for key, read in _SHORT.items():
        if row.has(key):
            condition = read(row, names)
            row.nothing_else()
            return condition
    if not row.has("figure"):
        raise row.error("figure", None, f"a figure, or one of {', '.join(_SHORT)}")
    figure = row.choice("figure", FIGURES)
    wanted = FIGURES[figure]
    of = names.product(row, "of") if wanted.of_product and row.has("of") else ""
    over = row.optional_number("over", Range("minutes", 0.5, 240))
    bounds = {key: row.optional_number(key, _ANY) for key in _COMPARISONS}
    fell_by = row.optional_number("fell_by", Range("share", 0, 1))
    if over is not None and not wanted.over_minutes and fell_by is None:
        allowed = f"no such key: {figure!r} is not about the last minutes"
        raise row.error("over", over, allowed)
    is_ = row.text("is") if row.has("is") else None
    said = [key for key, value in bounds.items() if value is not None]
    if fell_by is not None:
        said.append("fell_by")
    if bool(said) == (is_ is not None):
        allowed = f"one of {', '.join(_COMPARISONS)}, fell_by; or `is` for a figure in words"
        raise row.error("figure", figure, allowed)
    row.nothing_else()
    return Condition(
        figure=figure, of=of, over=over or USUAL_MINUTES, is_=is_, fell_by=fell_by, **bounds
    )


def _after(row: Table, names: Names) -> Condition:
    return Condition(figure="minute", at_least=row.number("after", _MINUTES))


def _until(row: Table, names: Names) -> Condition:
    return Condition(figure="minute", below=row.number("before", _MINUTES))


def _on_air(row: Table, names: Names) -> OnAir:
    return OnAir(what=names.segment_or_product(row, "on_air"))


def _not_on_air(row: Table, names: Names) -> OnAir:
    return OnAir(what=names.segment_or_product(row, "not_on_air"), not_=True)


def _offer_runs(row: Table, names: Names) -> Condition:
    runs = row.truth("offer_runs")
    return Condition(
        figure="offers_running", at_least=1.0 if runs else None, below=None if runs else 1.0
    )


_SHORT: dict[str, Callable[[Table, Names], Condition | OnAir]] = {
    "after": _after,
    "before": _until,
    "on_air": _on_air,
    "not_on_air": _not_on_air,
    "offer_runs": _offer_runs,
}
