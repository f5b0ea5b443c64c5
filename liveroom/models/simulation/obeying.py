"""What each command of the producer does in the simulated world."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liveroom.models import commands as c
from liveroom.models.facts import Presentation

if TYPE_CHECKING:
    from liveroom.models.simulation.world import World


class Obeying:
    """Carries out commands; one that names what is not ours changes nothing."""

    def __init__(self, world: World) -> None:
        """Take the world to change."""
        self._world = world
        self._places = {product.sku: at for at, product in enumerate(world.scenario.products)}

    def obey(self, command: c.Command, at_ms: int) -> None:
        """Carry out a command at an instant of show."""
        if not self._of_the_plan(command, at_ms) and not self._of_the_offers(command, at_ms):
            self._of_the_shop(command, at_ms)

    def _of_the_plan(self, command: c.Command, at_ms: int) -> bool:
        order, setting = self._world.running_order, self._world.setting
        match command:
            case c.TakeSegment(segment_id=segment_id):
                order.take(segment_id, at_ms)
            case c.ChangeSegmentDuration(segment_id=segment_id, duration_ms=duration_ms):
                order.plan_duration(segment_id, duration_ms)
            case c.MoveSegment(segment_id=segment_id, before=before):
                order.move(segment_id, before)
            case c.CutSegment(segment_id=segment_id):
                order.cut(segment_id)
            case c.ChangePresentation(style=style):
                setting.style = Presentation(style)
            case c.CauseTrouble():
                self._world.cause(command, at_ms)
            case _:
                return False
        return True

    def _of_the_offers(self, command: c.Command, at_ms: int) -> bool:
        world = self._world
        match command:
            case c.LaunchOffer(offer=offer):
                world.buying.tempt(world.setting.launch(offer, at_ms), at_ms)
            case c.EndOffer(offer_id=offer_id):
                world.setting.end(offer_id, at_ms)
            case c.PinProduct(sku=sku):
                world.setting.pinned = self._places.get(sku, -1)
            case c.SetAdSpend(per_minute_minor=per_minute_minor):
                world.advertising.set(per_minute_minor)
            case c.SendReminder(to=to):
                world.messages.send(to, at_ms, world.audience)
            case _:
                return False
        return True

    def _of_the_shop(self, command: c.Command, at_ms: int) -> None:
        world = self._world
        match command:
            case c.SendPaymentLink(sku=sku) if sku in self._places:
                world.checkout.send_links(self._places[sku], at_ms)
            case c.AutomatePaymentLinks(on=on):
                world.checkout.links.automate(on, at_ms)
            case c.ReserveStock(sku=sku, units=units) if sku in self._places:
                world.shop.reserve(self._places[sku], units)
            case c.IntegrateStock(on=on):
                world.shop.integrate(on)
