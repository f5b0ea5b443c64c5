"""The targets of a scenario file: what a show of its size can be asked for, and where that comes from."""

from __future__ import annotations

from collections.abc import Mapping

from liveroom.models.simulation.scenarios.ranges import Range
from liveroom.models.simulation.scenarios.scenario import GRADES, Evidence
from liveroom.models.targets import RULES, TargetKpi, TargetRule
from liveroom.models.toml.table import Table

_RANGES: Mapping[str, Range] = {
    "rate": Range("share", 0.0001, 1),
    "factor": Range("factor", 0.01, 10_000),
    "minutes": Range("minutes", 0.1, 24 * 60),
}
_MOST_COUNTED = 1_000_000_000


def read_targets(
    root: Table, currency: str, evidence: dict[str, Evidence]
) -> Mapping[TargetKpi, float]:
    """Return the targets in `[targets]`, none without that table; raise KnownError for a wrong one.

    Money is written as everywhere in the file, a rate as a share. `origin` and `grade` say where they
    come from.
    """
    if not root.has("targets"):
        return {}
    table = root.table("targets")
    found = {
        kpi: _value(table, kpi, RULES[kpi], currency) for kpi in TargetKpi if table.has(kpi.value)
    }
    evidence["targets"] = Evidence(
        unit="per target", origin=table.text("origin"), grade=table.choice("grade", GRADES)
    )
    table.nothing_else()
    return found


def _value(table: Table, kpi: TargetKpi, rule: TargetRule, currency: str) -> float:
    if rule.unit == "money":
        return float(table.amount(kpi.value, currency, low_minor=1))
    if rule.unit == "count":
        return float(table.whole(kpi.value, 1, _MOST_COUNTED))
    return table.number(kpi.value, _RANGES[rule.unit])
