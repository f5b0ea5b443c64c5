"""What is on air, as the viewers feel it in one second."""

from __future__ import annotations

import math

from liveroom.models.facts import Presentation
from liveroom.models.simulation.effects import Setting
from liveroom.models.simulation.running_order import RunningOrder
from liveroom.models.simulation.scenarios.scenario import Scenario


class Spotlight:
    """Products before the camera, and factors on looks, carts, leaving and leads."""

    __slots__ = (
        "buying",
        "engagement",
        "interest",
        "leads",
        "leaving",
        "novelty",
        "products",
        "style_buying",
    )

    def __init__(self) -> None:
        """Start with nothing on air."""
        self.products: list[int] = []
        self.interest = self.buying = self.leaving = 1.0
        self.style_buying = self.leads = self.novelty = self.engagement = 1.0


class Lighting:
    """Makes the spotlight of a second from the segment on air, its age and the way of presenting."""

    def __init__(self, scenario: Scenario) -> None:
        """Take what each way of presenting does; talk is the measure."""
        self._funnel = scenario.funnel
        self._places = {product.sku: place for place, product in enumerate(scenario.products)}
        model = scenario.presentation
        self._styles = {
            Presentation.TALK: (1.0, 1.0, 1.0, 1.0, 1.0),
            Presentation.DEMONSTRATION: (
                model.demonstration_leaving,
                model.demonstration_looks,
                model.demonstration_buying,
                model.demonstration_leads,
                model.demonstration_engagement,
            ),
            Presentation.EDUCATION: (
                model.education_leaving,
                model.education_looks,
                model.education_buying,
                model.education_leads,
                model.education_engagement,
            ),
        }

    def shine(self, order: RunningOrder, setting: Setting, at_ms: int) -> Spotlight:
        """Return the spotlight; interest fades with the segment's age, down to a floor."""
        light, plan = Spotlight(), order.on_air
        if plan is None:
            return light
        leaving, looks, buying, leads, light.engagement = self._styles[setting.style]
        fading = math.exp(-order.age_minutes(at_ms) / self._funnel.novelty)
        light.novelty = self._funnel.novelty_floor + (1 - self._funnel.novelty_floor) * fading
        light.products = [self._places[sku] for sku in plan.segment.skus]
        light.interest = plan.interest * light.novelty * looks
        light.leaving, light.leads = plan.leaving * leaving, leads
        light.buying, light.style_buying = plan.buying, buying
        return light
