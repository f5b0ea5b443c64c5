"""Likes, shares and follows: many, nameless, and reported as counts."""

from __future__ import annotations

from liveroom.models.events import Reacted
from liveroom.models.simulation.chat.chat_topics import fading
from liveroom.models.simulation.draws import Streams
from liveroom.models.simulation.reporter import Reporter
from liveroom.models.simulation.scenarios.crowd_models import ReactionModel
from liveroom.models.simulation.scene import Scene

LABELS = ("like", "share", "follow")


class Reactions:
    """Counts what the room does with a thumb, and reports it every few seconds."""

    def __init__(self, model: ReactionModel, streams: Streams, reporter: Reporter) -> None:
        """Start with nothing counted."""
        self._model = model
        self._rates = [model.likes / 60, model.shares / 60, model.follows / 60]
        self._every = round(model.counted_every)
        self._streams, self._reporter = streams, reporter
        self._engaged = 0.0
        """Viewers times seconds times engagement since the last report."""

    def step(self, second: int, viewers: int, scene: Scene) -> None:
        """Let the room react for one second."""
        self._engaged += engagement(self._model, scene) * viewers
        if second % self._every == self._every - 1:
            self.report(second * 1000 + 999)

    def report(self, at_ms: int) -> None:
        """Report how many there were since the last time."""
        if not self._engaged:
            return
        expected = [rate * self._engaged for rate in self._rates]
        self._engaged = 0.0
        counts = self._streams["reactions"].poisson(expected).tolist()
        for label, count in zip(LABELS, counts, strict=True):
            if count:
                self._reporter.tell(Reacted, label, at_ms, label=label, count=count)


def engagement(model: ReactionModel, scene: Scene) -> float:
    """Return the factor on reactions: the way of presenting, the freshness, an offer just launched."""
    if scene.picture_is_frozen:
        return 0.0
    fresh = 1 - model.novelty * (1 - scene.novelty)
    offer = 1 + scene.offer_stirs * fading(model.offer, scene.offer_age, model.offer_time)
    return scene.engagement * fresh * offer
