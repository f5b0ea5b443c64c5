"""Ad spend: what it brings, and what the ad account reports."""

from __future__ import annotations

import math

from liveroom.models import events as e
from liveroom.models.facts import EntryChannel
from liveroom.models.money import minor_digits
from liveroom.models.simulation.reporter import Reporter
from liveroom.models.simulation.scenarios.scenario import Scenario


class Advertising:
    """Money per minute, split over the paid channels by their planned visits."""

    def __init__(self, scenario: Scenario, reporter: Reporter) -> None:
        """Start with the planned spend, which has had its effect since before the show."""
        self._model, self._reporter = scenario.ads, reporter
        self._currency = scenario.currency
        paid = [each for each in scenario.channels if each.channel is EntryChannel.PAID]
        total = sum(each.share for each in paid)
        self._labels = [(each.label, each.share / total) for each in paid if each.share]
        unit = 10 ** minor_digits(scenario.currency)
        self._planned_minor = scenario.ads.spend * scenario.audience.scale * unit
        self.per_minute_minor = self._planned_minor if self._labels else 0.0
        self._felt_minor = self.per_minute_minor
        self._spent = dict.fromkeys((label for label, _ in self._labels), 0.0)
        self._reported = dict.fromkeys(self._spent, 0)

    @property
    def factor(self) -> float:
        """Return the factor on the paid channels' planned visits."""
        if not self._planned_minor:
            return 0.0
        return float((self._felt_minor / self._planned_minor) ** self._model.returns)

    def set(self, per_minute_minor: int) -> None:
        """Spend another amount from now on; without a paid channel nothing can be spent."""
        self.per_minute_minor = float(per_minute_minor) if self._labels else 0.0

    def step(self, second: int) -> None:
        """Spend one second's money; report it at the end of each reporting period."""
        keep = math.exp(-1 / self._model.lag)
        self._felt_minor = self.per_minute_minor + keep * (self._felt_minor - self.per_minute_minor)
        for label, share in self._labels:
            self._spent[label] += self.per_minute_minor * share / 60
        every = round(self._model.reported_every)
        if second % every == every - 1:
            self.report(second * 1000 + 999)

    def report(self, at_ms: int) -> None:
        """Report what was spent since the last time, in whole minor units that add up.

        Nothing spent is reported too: an account that says so is not late.
        """
        for label, spent in self._spent.items():
            amount = round(spent) - self._reported[label]
            self._reported[label] += amount
            fact = {"amount_minor": amount, "currency": self._currency, "label": label}
            self._reporter.tell(e.AdSpent, "ad spend", at_ms, **fact)
