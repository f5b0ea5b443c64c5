"""What viewers write: by intent, about what is on air."""

from __future__ import annotations

import numpy as np

from liveroom.models.events import ChatPosted
from liveroom.models.money import minor_digits
from liveroom.models.simulation.audience import Audience
from liveroom.models.simulation.draws import Streams
from liveroom.models.simulation.reporter import Reporter
from liveroom.models.simulation.scenario import ChatLines, Product, Scenario


class Chat:
    """Writers are drawn from the room, intents by their shares; questions need a product on air."""

    def __init__(self, scenario: Scenario, streams: Streams, reporter: Reporter) -> None:
        """Sort the lines into those that name the product on air and those that do not."""
        self._rate = scenario.chat.messages / 60
        self._unit = 10 ** minor_digits(scenario.currency)
        self._streams, self._reporter = streams, reporter
        self._general = _weighted([each for each in scenario.chat_lines if not _asks(each)])
        self._all = _weighted(scenario.chat_lines)

    def step(self, second: int, audience: Audience, on_air: list[Product]) -> None:
        """Let the room write in one second."""
        draws = self._streams["chat"]
        number = int(draws.poisson(self._rate * len(audience)))
        lines, until = self._all if on_air else self._general
        if not number or not lines:
            return
        chosen = np.searchsorted(until, draws.random(number), side="right").tolist()
        places, words, subjects, moments = draws.random((4, number)).tolist()
        for row, visit in enumerate(audience.pick(places)):
            texts = lines[chosen[row]].texts
            text = texts[int(words[row] * len(texts))]
            if on_air:
                product = on_air[int(subjects[row] * len(on_air))]
                price = f"{product.price_minor // self._unit:,}".replace(",", ".")
                text = text.replace("{product}", product.name).replace("{price}", price)
            at_ms = second * 1000 + int(moments[row] * 1000)
            self._reporter.tell(ChatPosted, "chat", at_ms, person=visit.person, text=text)


def _asks(lines: ChatLines) -> bool:
    return any("{product}" in text or "{price}" in text for text in lines.texts)


def _weighted(lines: list[ChatLines] | tuple[ChatLines, ...]) -> tuple[list[ChatLines], np.ndarray]:
    """Return lines that have a share, and the running totals of their shares out of 1."""
    kept = [each for each in lines if each.share > 0]
    until = np.cumsum([each.share for each in kept])
    if kept:
        until = until / until[-1]
        until[-1] = 1.0
    return kept, until
