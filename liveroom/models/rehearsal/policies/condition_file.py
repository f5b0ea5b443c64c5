"""Reads what must be so before a rule acts: a figure within bounds, a segment on air, a time."""

from __future__ import annotations

from collections.abc import Callable

from liveroom.models.facts import Presentation
from liveroom.models.rehearsal.figure_list import FIGURES, USUAL_MINUTES
from liveroom.models.rehearsal.policies.names import Names
from liveroom.models.rehearsal.policies.policy import Condition, OnAir
from liveroom.models.simulation.scenarios.ranges import Range
from liveroom.models.toml.table import Table

_ANY = Range("the figure's unit", -1e12, 1e12)
_MINUTES = Range("minutes", 0, 1440)
_IN_WORDS = ("on_air", "presentation")
_COMPARISONS = ("above", "below", "at_least", "at_most")


def read_condition(row: Table, names: Names) -> Condition | OnAir:
    """Return the condition of a table: one of the short ones, or a figure and its bounds."""
    short = [key for key in _SHORT if row.has(key)]
    if len(short) > 1 or (short and row.has("figure")):
        both = " and ".join([*short, *(["figure"] if row.has("figure") else [])])
        raise row.mistake(both, "stand in one condition; put each into braces of its own")
    for key, read in _SHORT.items():
        if row.has(key):
            condition = read(row, names)
            row.nothing_else()
            return condition
    if not row.has("figure"):
        raise row.missing("figure", *_SHORT)
    figure = row.choice("figure", FIGURES)
    wanted = FIGURES[figure]
    if row.has("of") and not wanted.of_product:
        raise row.mistake("of", f"has no place here: {figure!r} is not about one product")
    of = names.product(row, "of") if row.has("of") else ""
    over = row.optional_number("over", Range("minutes", 0.5, 240))
    bounds = {key: row.optional_number(key, _ANY) for key in _COMPARISONS}
    fell_by = row.optional_number("fell_by", Range("share", 0, 1))
    if over is not None and not wanted.over_minutes and fell_by is None:
        raise row.mistake("over", f"has no place here: {figure!r} is not about the last minutes")
    is_ = _word(row, figure, names)
    row.nothing_else()
    said = {
        key: value for key, value in {**bounds, "fell_by": fell_by}.items() if value is not None
    }
    _check_said(row, figure, list(said), is_)
    _check_span(row, said)
    return Condition(
        figure=figure, of=of, over=over or USUAL_MINUTES, is_=is_, fell_by=fell_by, **bounds
    )


def _word(row: Table, figure: str, names: Names) -> str | None:
    """Return the word that a figure in words is compared with."""
    if not row.has("is"):
        return None
    if figure == "on_air":
        return row.choice("is", names.segments)
    if figure == "presentation":
        return row.choice("is", list(map(str, Presentation)))
    bounds = ", ".join(_COMPARISONS)
    raise row.mistake("is", f"has no place here: {figure!r} is a number; say one of {bounds}")


def _check_said(row: Table, figure: str, said: list[str], word: str | None) -> None:
    """Raise KnownError where nothing is compared, or what cannot be."""
    if figure in _IN_WORDS:
        if said:
            raise row.mistake(
                said[0], f"has no place here: {figure!r} is a word; compare it by `is`"
            )
        if word is None:
            raise row.missing("is")
        return
    if not said:
        what = f"is {figure!r} and nothing says what it has to be"
        raise row.mistake("figure", f"{what}; add one of {', '.join(_COMPARISONS)}, fell_by")


def _check_span(row: Table, said: dict[str, float]) -> None:
    """Raise KnownError where no number is within the bounds."""
    for low in ("above", "at_least"):
        for high in ("below", "at_most"):
            if low not in said or high not in said:
                continue
            is_one = said[low] == said[high] and (low, high) == ("at_least", "at_most")
            if said[low] >= said[high] and not is_one:
                what = f"is {said[low]:g} and {high} {said[high]:g}: no number is both"
                raise row.mistake(low, what)


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
