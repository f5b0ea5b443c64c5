"""A reading against what was wanted and what earlier shows had: target, plan's curve, median."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liveroom.models.plan_curve import Standing, standing
from liveroom.models.targets import RULES, TargetKpi
from liveroom.ui import format as fmt
from liveroom.ui.kpi_list import Kpi
from liveroom.ui.parts.changes import NOTABLE
from liveroom.ui.parts.kpi_tile import Bar, Foot, Reading
from liveroom.ui.parts.runs import Run
from liveroom.ui.readings import Curves
from liveroom.ui.target_words import target_text

if TYPE_CHECKING:
    from liveroom.models.snapshot import Snapshot

BEHIND = 0.95
"""Below this part of the plan's curve the bar is amber; nearer to it is as planned."""
_LEAST_SHOWS = 3
_MORE_IS_BETTER = {"abandonment_10": False, "cac": False, "cpl": False}


def read(kpi: Kpi, snapshot: Snapshot, curves: Curves) -> Reading:
    """Return what a tile shows: the figure, its trend, its target, and what it is compared with."""
    reading = kpi.read(snapshot, curves)
    if not reading.known:
        return reading
    reading = reading._replace(against=against_runs(kpi, snapshot))
    if kpi.key in curves.levels:
        reading = reading._replace(level=curves.levels[kpi.key])
    target = None if kpi.target is None else snapshot.targets.get(kpi.target)
    if kpi.key == "revenue":
        reading = _with_plan(reading, snapshot)
    if target is None or kpi.target is None:
        return reading
    words = target_text(kpi.target, target, snapshot.currency)
    if kpi.key == "audience":
        peak = fmt.count(snapshot.audience.peak)
        return reading._replace(target=f"PCU {peak} of {words}", short_target=f"target {words}")
    value = kpi.value(snapshot)
    if (
        reading.value_tone == "bad"
        and not reading.alarms
        and _is_reached(kpi.target, value, target)
    ):
        reading = reading._replace(value_tone="text")
    return reading._replace(target=f"target {words}")


def against_runs(kpi: Kpi, snapshot: Snapshot) -> tuple[Run, ...]:
    """Return a figure against the median of earlier shows: a triangle, a size, and of how many."""
    median, value = snapshot.medians.get(kpi.key), kpi.value(snapshot)
    if median is None or value is None or not median.value:
        return ()
    share = (value - median.value) / abs(median.value)
    shows = Run(f"vs {fmt.plural(median.shows, 'show')}", "text_3", 11, gap=4)
    if abs(share) < 0.005:
        return (Run("steady", "text_2", 11, gap=8), shows)
    tone = "text_2"
    if abs(share) >= NOTABLE and median.shows >= _LEAST_SHOWS:
        tone = "good" if (share > 0) == _MORE_IS_BETTER.get(kpi.key, True) else "bad"
    return (
        Run(glyph="up" if share > 0 else "down", tone=tone, px=8, gap=8),
        Run(fmt.change(value, median.value), tone, 11, gap=4),
        shows,
    )


def median_words(kpi: Kpi, snapshot: Snapshot) -> str:
    """Return the median of earlier shows at this minute in words, blank without any."""
    median = snapshot.medians.get(kpi.key)
    if median is None:
        return ""
    value = _as_text(kpi, median.value, snapshot)
    if median.shows == 1:
        return f"The earlier show had {value} at this minute"
    return f"Median of {median.shows} earlier shows at this minute: {value}"


def median_text(kpi: Kpi, snapshot: Snapshot) -> str:
    """Return the median and of how many shows it is, an em dash without any."""
    median = snapshot.medians.get(kpi.key)
    if median is None:
        return fmt.NONE_YET
    return f"{_as_text(kpi, median.value, snapshot)} ({median.shows})"


def plan_words(snapshot: Snapshot) -> list[str]:
    """Return revenue against the plan's curve in words, for the tooltip."""
    found = _standing(snapshot)
    if found is None:
        return []
    lines = [
        f"The plan's curve is at {_money(found.expected_minor, snapshot)} now"
        f" and ends at {_money(found.total_minor, snapshot)}"
    ]
    if found.share_of_curve is not None:
        lines.append(
            f"{fmt.percent(found.share_of_curve)} of the curve, {_distance(found, snapshot)}"
        )
    forecast = found.forecast_minor
    lines.append(
        "No forecast before a tenth of the curve"
        if forecast is None
        else f"At this rate {_money(forecast, snapshot)} at the end"
    )
    return lines


def _with_plan(reading: Reading, snapshot: Snapshot) -> Reading:
    """Add the bar, the plan's curve and the forecast to the revenue."""
    found = _standing(snapshot)
    if found is None:
        return reading
    share = found.share_of_curve
    goal = f"target {fmt.money_round(found.total_minor, snapshot.currency)}"
    goal_run = Run(goal, "text_3", 11)
    # So early a single order decides; the forecast waits as long.
    is_early = found.forecast_minor is None
    tone = "warn" if share is not None and share < BEHIND and not is_early else "text_2"
    feet = [Foot((goal_run,))]
    if share is not None:
        off = Run(_distance(found, snapshot), tone, 11)
        feet = [Foot((off,), (goal_run,)), Foot((off,)), *feet]
        if found.forecast_minor is not None:
            forecast = f"forecast {fmt.money_round(found.forecast_minor, snapshot.currency)}"
            behind = (off, Run(f"· {goal}", "text_3", 11, gap=4))
            feet = [Foot(behind, (Run(forecast, "text_3", 11),)), *feet]
    whole = found.total_minor
    return reading._replace(
        target=goal,
        beside="" if share is None else f"{fmt.percent(share, 0)} of the curve",
        bar=Bar(found.achieved_minor / whole, found.expected_minor / whole, tone),
        feet=tuple(feet),
        curve=(),
    )


def _standing(snapshot: Snapshot) -> Standing | None:
    total = snapshot.targets.get(TargetKpi.REVENUE)
    achieved = snapshot.totals.revenue_minor
    whole = None if total is None else round(total)
    return standing(snapshot.run_of_show, whole, achieved, snapshot.at)


def _distance(found: Standing, snapshot: Snapshot) -> str:
    word = "ahead" if found.ahead_minor >= 0 else "behind"
    return f"{fmt.money_round(abs(found.ahead_minor), snapshot.currency)} {word}"


def _is_reached(kpi: TargetKpi, value: float | None, target: float) -> bool:
    if value is None:
        return False
    return value <= target if RULES[kpi].at_most else value >= target


def _as_text(kpi: Kpi, value: float, snapshot: Snapshot) -> str:
    if kpi.target is None or kpi.key == "margin":
        return fmt.count(round(value)) if value >= 100 else fmt.number(value)
    return target_text(kpi.target, value, snapshot.currency).lstrip("\u2264\u00a0")


def _money(minor: int, snapshot: Snapshot) -> str:
    return fmt.money(minor, snapshot.currency)
