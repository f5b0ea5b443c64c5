"""How many viewers one simulated visit stands for.

Up to the cap of `[crowd] viewers` at the expected peak every visit is one person with a key. Above it
each visit stands for `weight` people who come, look and go together, so that a second costs no more
than at the cap; its visits, views and clicks are counted facts without keys. What they put into carts
and order is drawn for each of the `weight` people by itself, with a key of its own: orders are whole
orders against a whole stock.

Every expected count is as without the crowd. What is lost is independence: counts of visits, views
and clicks vary √weight times as much (relative to their mean) as those of as many single people, and
orders a little more than they would, since those of one visit came and left together. Nothing that
answers in a curved way (stock that runs out, a busy checkout, platform push) is exactly as in the
mean, here as there.
"""

from __future__ import annotations

import math

import numpy as np

from liveroom.models.simulation.scenarios.scenario import Scenario


def weight_of(scenario: Scenario) -> int:
    """Return how many people a visit stands for, from the peak to expect without any lever."""
    return max(1, math.ceil(expected_peak(scenario) / scenario.crowd.viewers))


def expected_peak(scenario: Scenario) -> float:
    """Return the greatest audience to expect, with every segment and nobody tired."""
    model = scenario.audience
    staying = sum(each.share * (1 - each.bounce) * each.staying for each in scenario.channels)
    bouncing = sum(each.share * each.bounce for each in scenario.channels)
    shown = sum(plan.segment.duration_ms for plan in scenario.segments) / 60_000
    minutes = np.arange(0.0, max(shown, 1.0))
    at, factor = zip(*scenario.arrival_curve, strict=True)
    arrivals = model.arrivals * np.interp(minutes / max(shown, 1.0), at, factor)
    arrivals[0] += model.waiting
    decay = math.exp(-1 / model.stay_time)
    staying_now, peak = 0.0, 0.0
    for coming in arrivals.tolist():
        staying_now = staying_now * decay + coming * staying
        peak = max(peak, staying_now + coming * bouncing * model.bounce_time / 60)
    return peak * model.scale
