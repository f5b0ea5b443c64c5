"""The platform's push: a lively room is shown to more people, a dull one to fewer."""

from __future__ import annotations

from collections import deque

from liveroom.models.simulation.scenarios.scenario import Scenario


class Push:
    """Engagement per viewer over the last minutes against the usual, as a factor on organic visits."""

    def __init__(self, scenario: Scenario) -> None:
        """Start without a push; nothing is known of the room yet."""
        model = self._model = scenario.push
        self._usual = (model.usual_chat, model.usual_reactions, model.usual_orders)
        self._seconds = round(model.span * 60)
        self._kept: deque[tuple[int, int, int, int]] = deque()
        self._sums = [0, 0, 0, 0]
        self._ever = [False, False, False]

    def note(self, viewers: int, chats: int, reactions: int, orders: int) -> None:
        """Take what happened in one second."""
        fresh = (viewers, chats, reactions, orders)
        self._kept.append(fresh)
        old = self._kept.popleft() if len(self._kept) > self._seconds else (0, 0, 0, 0)
        for place in range(4):
            self._sums[place] += fresh[place] - old[place]
        for place in range(3):
            self._ever[place] = self._ever[place] or fresh[place + 1] > 0

    @property
    def engagement(self) -> float:
        """Return engagement against the usual: 1 is usual; what no source reports is left out."""
        viewer_minutes = self._sums[0] / 60
        levels = [
            self._sums[place + 1] / viewer_minutes / usual
            for place, usual in enumerate(self._usual)
            if self._ever[place] and usual and viewer_minutes
        ]
        return sum(levels) / len(levels) if levels else 1.0

    @property
    def factor(self) -> float:
        """Return the factor on organic arrivals."""
        if len(self._kept) < self._seconds:
            return 1.0
        model = self._model
        factor = 1 + model.response * (self.engagement - 1)
        return min(model.most, max(model.least, factor))
