"""Which product a text is about: the words of the catalogue's names, else what is on air then."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from liveroom.models.chat import words as w
from liveroom.models.chat.intents import OF_A_PRODUCT, Intent
from liveroom.models.chat.tokens import plain, stem, words_of
from liveroom.models.run_of_show import RunOfShow

_LEAST_LETTERS = 3
_CLEARLY = 1.0 / 3.0
"""A word that more than three products share names none of them."""


class Subjects:
    """The names of a catalogue by their words, and what was on air when."""

    def __init__(self, names: Iterable[tuple[str, str]], run_of_show: RunOfShow) -> None:
        """Take sku and name of every product."""
        self.skus: list[str] = []
        self._of_word: dict[str, set[int]] = {}
        for place, (sku, name) in enumerate(names):
            self.skus.append(sku)
            for word in words_of(plain(name)):
                if len(word) >= _LEAST_LETTERS and word not in w.STOP and not word.isdigit():
                    self._of_word.setdefault(stem(word), set()).add(place)
        places = {sku: place for place, sku in enumerate(self.skus)}
        segments = {each.segment_id: each for each in run_of_show.segments}
        self.cue_times = np.array([cue.started_at for cue in run_of_show.cues], dtype=np.int64)
        on_air: list[tuple[int, ...]] = [()]
        for cue in run_of_show.cues:
            segment = segments.get(cue.segment_id)
            skus = () if segment is None else segment.skus
            on_air.append(tuple(places[sku] for sku in skus if sku in places))
        self._on_air = on_air
        self.alone_on_air: NDArray[np.int32] = np.array(
            [shown[0] if len(shown) == 1 else -1 for shown in on_air], dtype=np.int32
        )

    def is_name(self, word: str) -> bool:
        """Return whether a stem is a word of a product's name."""
        return word in self._of_word

    def named(self, stems: Sequence[str], at: int | None = None) -> int:
        """Return the place of the product that words name, -1 for none.

        Of several that share them the one on air at `at` (ms UTC) is meant.
        """
        scores: dict[int, float] = {}
        for word in stems:
            its = self._of_word.get(word, ())
            for place in its:
                scores[place] = scores.get(place, 0.0) + 1.0 / len(its)
        if not scores:
            return -1
        best = max(scores.values())
        leaders = [place for place, score in scores.items() if score > best - 1e-9]
        if len(leaders) == 1 and best >= _CLEARLY:
            return leaders[0]
        on_air = () if at is None else self.on_air(at)
        shown = [place for place in leaders if place in on_air]
        return shown[0] if len(shown) == 1 else -1

    def on_air(self, at: int) -> tuple[int, ...]:
        """Return the places of the products on air at an instant (ms UTC)."""
        return self._on_air[bisect_right(self.cue_times.tolist(), at)]

    def of(self, text: str, intent: Intent, at: int) -> str:
        """Return the sku that a message at an instant is about, blank for none."""
        place = self.named([stem(word) for word in words_of(plain(text))], at)
        if place < 0 and intent in OF_A_PRODUCT:
            place = int(self.alone_on_air[bisect_right(self.cue_times.tolist(), at)])
        return self.skus[place] if place >= 0 else ""
