"""Puts before the audience what it can see and feel: the scene of a second."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liveroom.models.simulation.scenarios.scenario import Scenario
from liveroom.models.simulation.scene import Scene
from liveroom.models.simulation.spotlight import Spotlight

if TYPE_CHECKING:
    from liveroom.models.simulation.world import World


class Staging:
    """Remembers since when an offer runs and when what was on air sold out."""

    def __init__(self, scenario: Scenario) -> None:
        """Start with nothing sold out."""
        self._products = scenario.products
        self._gone: set[int] = set()
        self._sold_out: tuple[int, int] | None = None
        """The product on air that sold out last, and in which second."""

    def scene(self, world: World, light: Spotlight, second: int) -> Scene:
        """Return what the room sees in one second."""
        self._watch(world, light, second)
        setting, plan = world.setting, world.running_order.on_air
        shown = light.products
        quotes = [setting.quote(place, False) for place in shown]
        newest = max(setting.running, key=lambda each: each.since_ms, default=None)
        sold_out, conditions = self._sold_out, world.conditions
        return Scene(
            products=tuple(self._products[place] for place in shown),
            prices_minor=tuple(quote.price_minor for quote in quotes),
            segment="" if plan is None else plan.segment.title,
            style=setting.style,
            novelty=light.novelty,
            engagement=light.engagement,
            price_is_shown=setting.pinned in shown,
            shipping_is_free=bool(quotes) and all(quote.free for quote in quotes),
            offer_age=None if newest is None else second - newest.since_ms / 1000,
            offer_stirs=0.0 if newest is None else newest.stirs,
            sold_out=None if sold_out is None else self._products[sold_out[0]],
            sold_out_age=None if sold_out is None else float(second - sold_out[1]),
            picture_is_frozen=conditions.picture_is_frozen,
            presenter_overruns=conditions.cue_is_held,
        )

    def _watch(self, world: World, light: Spotlight, second: int) -> None:
        for place in light.products:
            if world.shop.listed(place):
                self._gone.discard(place)
            elif place not in self._gone:
                self._gone.add(place)
                self._sold_out = (place, second)
