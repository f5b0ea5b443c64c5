"""What the producer wants to reach: a target per key figure, each a recorded fact with its time.

The target that was set last by its time holds, whatever arrived first; of two at one instant the one whose
id comes later. So what held at any past instant can be told from the same list.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from msgspec import Struct

MOST = 10**13
"""As of any amount or count (`limits.py`)."""


class TargetKpi(StrEnum):
    """A key figure that can have a target."""

    REVENUE = "revenue"
    """Of the whole show, placed."""
    ORDERS = "orders"
    """Of the whole show."""
    SALES_PER_MINUTE = "sales_per_minute"
    AUDIENCE = "audience"
    """The peak (PCU)."""
    CONVERSION = "conversion"
    AVERAGE_ORDER_VALUE = "average_order_value"
    ABANDONMENT = "abandonment"
    """The alarm line of the carts of the last ten minutes, too."""
    ROAS = "roas"
    CAC = "cac"
    CPL = "cpl"
    MARGIN_RATE = "margin_rate"
    LEADS = "leads"
    WATCH_TIME = "watch_time"


class TargetRule(Struct, frozen=True, kw_only=True):
    """What kind of number a target is, and on which side of it is better."""

    unit: str
    """`money` in minor units, `count`, `rate` (0 to 1), `factor` or `minutes`."""
    at_most: bool = False
    most: float = float(MOST)


RULES: Mapping[TargetKpi, TargetRule] = {
    TargetKpi.REVENUE: TargetRule(unit="money"),
    TargetKpi.ORDERS: TargetRule(unit="count"),
    TargetKpi.SALES_PER_MINUTE: TargetRule(unit="money"),
    TargetKpi.AUDIENCE: TargetRule(unit="count"),
    TargetKpi.CONVERSION: TargetRule(unit="rate", most=1),
    TargetKpi.AVERAGE_ORDER_VALUE: TargetRule(unit="money"),
    TargetKpi.ABANDONMENT: TargetRule(unit="rate", at_most=True, most=1),
    TargetKpi.ROAS: TargetRule(unit="factor", most=10_000),
    TargetKpi.CAC: TargetRule(unit="money", at_most=True),
    TargetKpi.CPL: TargetRule(unit="money", at_most=True),
    TargetKpi.MARGIN_RATE: TargetRule(unit="rate", most=1),
    TargetKpi.LEADS: TargetRule(unit="count"),
    TargetKpi.WATCH_TIME: TargetRule(unit="minutes", most=24 * 60),
}


def why_not(kpi: TargetKpi, value: float) -> str:
    """Return why a number cannot be the target of a key figure, or nothing."""
    rule = RULES[kpi]
    if not 0 < value <= rule.most:
        most = "100 %" if rule.unit == "rate" else f"{rule.most:,.0f}"
        return f"a target for {kpi.replace('_', ' ')} is above 0 and at most {most}"
    if rule.unit in ("money", "count") and value != int(value):
        unit = "minor units of money" if rule.unit == "money" else "a whole number"
        return f"a target for {kpi.replace('_', ' ')} is in whole numbers: it counts {unit}"
    return ""


class Setting(Struct, frozen=True, kw_only=True, gc=False, array_like=True):
    """A target from an instant on (ms UTC); None: there is none any more."""

    at: int
    order: str
    """Decides between two of one instant."""
    kpi: TargetKpi
    value: float | None


class Targets:
    """All targets that were set, in order of time."""

    def __init__(self, settings: Iterable[Setting] = ()) -> None:
        """Start with stored settings."""
        self.settings: list[Setting] = sorted(settings, key=_order)
        self._held: Mapping[TargetKpi, float] = {}

    def note(self, setting: Setting) -> None:
        """Take a setting, in any order of arrival."""
        self.settings.append(setting)
        self.settings.sort(key=_order)

    def at(self, instant: int) -> Mapping[TargetKpi, float]:
        """Return what held at an instant (ms UTC); the same object as long as nothing changes."""
        held: dict[TargetKpi, float] = {}
        for setting in self.settings:
            if setting.at > instant:
                break
            if setting.value is None:
                held.pop(setting.kpi, None)
            else:
                held[setting.kpi] = setting.value
        if held != self._held:
            self._held = held
        return self._held

    def of(self, kpi: TargetKpi) -> list[tuple[int, float | None]]:
        """Return what one key figure's target was, from which instant on (ms UTC)."""
        return [(each.at, each.value) for each in self.settings if each.kpi is kpi]


def _order(setting: Setting) -> tuple[int, str]:
    return setting.at, setting.order
