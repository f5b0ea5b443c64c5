"""How often the room writes about what, given what it sees."""

from __future__ import annotations

import math

from liveroom.models.facts import Presentation
from liveroom.models.simulation.scenarios.crowd_models import ChatModel
from liveroom.models.simulation.scene import Scene

QUESTIONS = frozenset(("price", "size", "shipping", "works", "product", "order"))
"""Intents that want an answer."""

_NOT_EVERYTHING_DEAR = 0.5, 3.0
_FADED = 5
"""After so many time constants nothing is left worth a draw."""


def rates(model: ChatModel, scene: Scene, reference_minor: float) -> dict[str, float]:
    """Return the messages per viewer and minute by intent; `reference_minor` is a usual price."""
    each = model.messages
    on_air = bool(scene.products)
    told = {
        "reaction": model.reaction,
        "price": model.price * _wish_to_know_price(model, scene, reference_minor),
        "size": model.size * float(any(product.variants for product in scene.products)),
        "shipping": model.shipping * (model.free_shipping if scene.shipping_is_free else 1),
        "works": model.works * (model.demonstration if _is_shown_at_work(scene) else 1) * on_air,
        "product": model.product * on_air,
        "praise": model.praise,
        "complaint": model.complaint,
        "order": model.order,
        "spam": model.spam,
        "troll": model.troll,
    }
    written = {intent: each * share for intent, share in told.items()}
    written["offer"] = scene.offer_stirs * fading(
        model.excitement, scene.offer_age, model.excitement_time
    )
    written["sold_out"] = fading(model.sold_out, scene.sold_out_age, model.sold_out_time)
    written["frozen"] = model.frozen * scene.picture_is_frozen
    written["overrun"] = model.overrun * (scene.presenter_overruns and on_air)
    return written


def fading(rate: float, age: float | None, time: float) -> float:
    """Return what is left of a rate some seconds after it began; 0 where it never did."""
    if age is None or age < 0 or age > _FADED * time:
        return 0.0
    return rate * math.exp(-age / time)


def is_answered(intent: str, scene: Scene) -> bool:
    """Return whether the show answers a kind of question without a word."""
    if intent == "price":
        return scene.price_is_shown
    if intent == "shipping":
        return scene.shipping_is_free
    return intent == "works" and _is_shown_at_work(scene)


def _is_shown_at_work(scene: Scene) -> bool:
    return scene.style is Presentation.DEMONSTRATION


def _wish_to_know_price(model: ChatModel, scene: Scene, reference_minor: float) -> float:
    if not scene.products:
        return 0.0
    mean_minor = sum(map(scene.price_minor, range(len(scene.products)))) / len(scene.products)
    low, high = _NOT_EVERYTHING_DEAR
    dear = min(max(math.pow(mean_minor / reference_minor, model.dear), low), high)
    return dear * (1 if scene.price_is_shown else model.hidden_price)
