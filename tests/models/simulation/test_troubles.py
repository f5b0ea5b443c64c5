"""What goes wrong in the world, when, for how long and how much."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import Any

import pytest

from liveroom.models.commands import CauseTrouble
from liveroom.models.events import TroubleStarted
from liveroom.models.facts import Trouble
from liveroom.models.simulation.draws import Streams
from liveroom.models.simulation.trouble.conditions import RAID, Conditions
from liveroom.models.simulation.trouble.troubles import (
    SOURCE_TROUBLES,
    Level,
    Troubles,
    raid_channel,
)
from tests.factory import SHOW_START
from tests.models.simulation.crowds import reporter
from tests.models.simulation.trouble_models import trouble_model

SOURCES = ("stream", "shop", "ads")
STOCK = ("mug", "cap", "bag")
HOUR = 3600


class Played:
    """The conditions of every second of a show, and the troubles that came by chance."""

    def __init__(
        self,
        seconds: int,
        causes: Sequence[tuple[float, CauseTrouble]] = (),
        level: str = Level.NONE,
        seed: int = 1,
        viewers: int = 1000,
        on_air: Sequence[str] = ("cap",),
        in_stock: Sequence[str] = STOCK,
        **changes: float,
    ) -> None:
        streams, told = Streams(seed), reporter()
        troubles = Troubles(trouble_model(**changes), SHOW_START, streams, told, SOURCES, level)
        self.seen: list[dict[str, Any]] = []
        conditions = Conditions()
        for second in range(seconds):
            streams.at(second)
            for at, command in causes:
                if math.ceil(at) == second:
                    troubles.cause(command, round(at * 1000))
            troubles.step(second, conditions, viewers, on_air, in_stock)
            self.seen.append({name: getattr(conditions, name) for name in Conditions.__slots__})
        self.reported: Any = told.take()

    def seconds(self, name: str) -> list[int]:
        """Return the seconds in which a condition was not as usual."""
        usual = getattr(Conditions(), name)
        return [second for second, each in enumerate(self.seen) if each[name] != usual]


def cause(trouble: Trouble, minutes: float = 1, subject: str = "") -> CauseTrouble:
    return CauseTrouble(trouble=trouble, minutes=minutes, subject=subject)


def test_without_trouble_nothing_is_wrong() -> None:
    played = Played(300)
    assert not any(played.seconds(name) for name in Conditions.__slots__)
    assert not played.reported


@pytest.mark.parametrize(
    ("trouble", "condition"),
    [
        (Trouble.CHECKOUT_FAILS, "payments_failing"),
        (Trouble.OVERRUN, "cue_is_held"),
        (Trouble.COLLAPSE, "arrivals"),
        (Trouble.COLLAPSE, "picture_is_frozen"),
    ],
)
def test_caused_trouble_lasts_for_its_time(trouble: Trouble, condition: str) -> None:
    played = Played(200, [(60, cause(trouble, minutes=1.5))])
    assert played.seconds(condition) == list(range(60, 150))
    assert not played.reported, "the desk has recorded it already"


@pytest.mark.parametrize("trouble", SOURCE_TROUBLES)
def test_trouble_of_a_source_changes_nothing_in_the_world(trouble: Trouble) -> None:
    played = Played(100, [(10, cause(trouble, subject="shop"))])
    assert not any(played.seconds(name) for name in Conditions.__slots__)


def test_collapse_drives_its_share_out_within_its_time() -> None:
    model = trouble_model()
    played = Played(200, [(60, cause(Trouble.COLLAPSE, minutes=2))])
    stays = math.exp(-sum(each["walkout"] for each in played.seen))
    assert stays == pytest.approx(1 - model.collapse_share)
    assert len(played.seconds("walkout")) == model.collapse_walkout


def test_collapse_of_the_whole_room_is_possible() -> None:
    played = Played(100, [(1, cause(Trouble.COLLAPSE))], collapse_share=1.0)
    assert math.exp(-sum(each["walkout"] for each in played.seen)) < 1e-5


@pytest.mark.parametrize(("viewers", "size"), [(1000, 400), (20, 30)])
def test_raid_is_as_big_as_its_share_of_the_room_but_not_tiny(viewers: int, size: int) -> None:
    played = Played(100, [(10.4, cause(Trouble.RAID))], viewers=viewers)
    entering = [each["raiders"] for each in played.seen]
    assert sum(entering) == size
    assert played.seconds("raiders") == list(range(11, 26))


def test_raid_mostly_looks_in_and_hardly_buys() -> None:
    channel = raid_channel(trouble_model())
    assert channel.label == RAID
    assert channel.bounce > 0.5 > channel.keenness


@pytest.mark.parametrize(
    ("subject", "on_air", "in_stock", "gone"),
    [
        ("bag", ("cap",), STOCK, {"bag"}),
        ("", ("cap",), STOCK, {"cap"}),
        ("", ("cap",), ("mug", "bag"), {"mug", "bag"}),
        ("", ("cap",), (), set()),
    ],
)
def test_other_channel_sells_the_named_product_or_the_one_on_air_once(
    subject: str, on_air: Sequence[str], in_stock: Sequence[str], gone: set[str]
) -> None:
    causes = [(10.0, cause(Trouble.SOLD_OUT, subject=subject))]
    played = Played(60, causes, on_air=on_air, in_stock=in_stock)
    sold = [sku for each in played.seen for sku in each["sold_elsewhere"]]
    assert len(sold) == bool(gone)
    assert set(sold) <= gone


def by_chance(level: str, seeds: range) -> list[TroubleStarted]:
    return [each for seed in seeds for each in Played(HOUR, level=level, seed=seed).reported]


def test_troubles_by_chance_come_at_the_rates_of_their_level() -> None:
    model, seeds = trouble_model(), range(12)
    hourly = sum(getattr(model, name) for name in model.__struct_fields__ if name.endswith("_rate"))
    for level, often in ((Level.SOME, 1.0), (Level.MUCH, model.much)):
        expected = hourly * often * len(seeds)
        number = len(by_chance(level, seeds))
        # While one runs, no second of its kind begins: a few less.
        assert 0.75 * expected - 3 * expected**0.5 < number < expected + 3 * expected**0.5


def test_troubles_by_chance_are_of_every_kind_and_say_what_they_hit_and_how_long() -> None:
    reported = by_chance(Level.MUCH, range(8))
    kinds = Counter(each.trouble for each in reported)
    assert set(kinds) == set(Trouble)
    for each in reported:
        assert each.subject in hit_by(each.trouble)
        assert each.ends_at > each.occurred_at
        assert each.trouble.value in each.text


def hit_by(trouble: Trouble) -> Sequence[str]:
    if trouble is Trouble.SOLD_OUT:
        return STOCK
    return SOURCES if trouble in SOURCE_TROUBLES else ("",)


def test_same_seed_brings_the_same_troubles_whatever_else_is_caused() -> None:
    causes = [(100.0, cause(Trouble.RAID, minutes=3))]
    quiet, busy = (Played(HOUR, each, level=Level.MUCH, seed=4).reported for each in ((), causes))
    assert drawn(quiet) == drawn(busy)
    assert drawn(quiet)
    assert drawn(quiet) != drawn(Played(HOUR, level=Level.MUCH, seed=5).reported)


def drawn(reported: Sequence[TroubleStarted]) -> list[tuple[Trouble, int, str]]:
    """Return what was drawn but for raids, one of which may keep another away."""
    others = [each for each in reported if each.trouble is not Trouble.RAID]
    return [(each.trouble, each.occurred_at, each.subject) for each in others]


def test_unknown_level_is_refused() -> None:
    with pytest.raises(ValueError, match="'lots' is not a valid Level"):
        Played(1, level="lots")
