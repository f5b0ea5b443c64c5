"""A case: a situation, an action, the shows it takes and the result that it reached."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from liveroom.models.rehearsal.measure_list import MEASURES
from liveroom.models.rehearsal.outcomes import About
from liveroom.models.rehearsal.policies.names import Names
from liveroom.models.rehearsal.policies.policy import Policy
from liveroom.models.rehearsal.policies.policy_file import read_policy
from liveroom.models.simulation.scenarios.ranges import Range
from liveroom.models.simulation.scenarios.scenario import Scenario
from liveroom.models.toml.reading import read_table
from liveroom.models.toml.table import Table

_ANY = Range("the measure's unit", -1e12, 1e12)
_BOUNDS = ("target", "at_least", "at_most")


class Compare(StrEnum):
    """What an effect is, of one seed's shows with the action and without it."""

    RELATIVE = "relative"
    """acted ÷ not acted − 1."""
    DIFFERENCE = "difference"
    """acted − not acted."""
    WITHIN = "within"
    """The measure of the acted shows as it is."""


class Effect(Struct, frozen=True, kw_only=True):
    """A result: what is measured, how acted and not acted are compared, and the case's figure."""

    name: str
    unit: str
    measure: str
    compare: Compare
    target: float | None
    about: About = About()


class Premise(Struct, frozen=True, kw_only=True):
    """A figure of the situation: a measure of the shows in which nobody acts, and what it has to be.

    One of `target`, `at_least` and `at_most` is there.
    """

    name: str
    unit: str
    measure: str
    about: About
    target: float | None = None
    at_least: float | None = None
    at_most: float | None = None


class Part(Struct, frozen=True, kw_only=True):
    """One show of a case, or several alike; what it teaches is carried to the next."""

    title: str = ""
    times: int = 1
    acts: bool = True
    """The case's policy plays in it."""
    measured: bool = True
    """It counts for the effect."""
    days_later: float = 0.0
    """After the show before it."""
    scale: float = 1.0
    """Multiplies everyone who comes."""


class Case(Struct, frozen=True, kw_only=True):
    """A case of a scenario file."""

    case_id: str
    situation: str
    sees: str
    action: str
    effect: Effect
    also: tuple[Effect, ...] = ()
    premises: tuple[Premise, ...] = ()
    parts: tuple[Part, ...] = (Part(),)
    policy: Policy


def parse_case(text: str, file: str, scenario: Scenario) -> Case | None:
    """Return the case of a scenario file, None where it holds none."""
    root = read_table(text, file)
    if not root.has("case"):
        if root.has("policy"):
            what = "stands without a [case]; add one, or put the policy into a file of its own"
            raise root.mistake("policy", what)
        return None
    table, names = root.table("case"), Names(scenario)
    case = Case(
        case_id=table.text("id"),
        situation=table.text("situation"),
        sees=table.text("sees"),
        action=table.text("action"),
        effect=_effect(table.table("effect"), names),
        also=tuple(_effect(each, names) for each in table.optional_rows("also")),
        premises=tuple(_premise(each, names) for each in table.optional_rows("premises")),
        parts=tuple(_part(each) for each in table.optional_rows("shows")) or (Part(),),
        policy=read_policy(root.table("policy"), scenario),
    )
    table.nothing_else()
    if not any(part.measured for part in case.parts):
        raise table.mistake("shows", "has no show that is measured; say `measured = true` in one")
    return case


def _effect(table: Table, names: Names) -> Effect:
    effect = Effect(
        name=table.text("name"),
        unit=table.text("unit"),
        measure=table.choice("measure", MEASURES),
        compare=Compare(table.choice("compare", [str(each) for each in Compare])),
        target=table.number("target", _ANY),
        about=_about(table, names),
    )
    table.nothing_else()
    return effect


def _premise(table: Table, names: Names) -> Premise:
    bounds = {bound: table.number(bound, _ANY) for bound in _BOUNDS if table.has(bound)}
    if len(bounds) != 1:
        if not bounds:
            raise table.missing(*_BOUNDS)
        both = " and ".join(bounds)
        raise table.mistake(both, f"stand side by side; say one of {', '.join(_BOUNDS)}")
    premise = Premise(
        name=table.text("name"),
        unit=table.text("unit"),
        measure=table.choice("measure", MEASURES),
        about=_about(table, names),
        **bounds,
    )
    table.nothing_else()
    return premise


def _about(table: Table, names: Names) -> About:
    return About(
        skus=names.products(table, "skus", needed=False),
        label=table.text("label") if table.has("label") else "",
    )


def _part(table: Table) -> Part:
    acts = table.optional_truth("acts", True)
    days = table.optional_number("days_later", Range("days", 0, 400))
    scale = table.optional_number("scale", Range("factor", 0.01, 50))
    part = Part(
        title=table.text("title") if table.has("title") else "",
        times=table.whole("times", 1, 60) if table.has("times") else 1,
        acts=acts,
        measured=table.optional_truth("measured", acts),
        days_later=days or 0.0,
        scale=1.0 if scale is None else scale,
    )
    table.nothing_else()
    return part
