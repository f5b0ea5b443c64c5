from collections.abc import Sequence

import pytest

from liveroom.models import commands as c
from liveroom.models import events as e
from liveroom.models.facts import EntryChannel
from liveroom.models.rehearsal.figure_list import FIGURES, figure_of
from liveroom.models.rehearsal.learned import History, Learned
from liveroom.models.rehearsal.policies.policy import Condition, Producer
from liveroom.models.rehearsal.policies.selectors import PRODUCTS, SEGMENTS, products, segment
from liveroom.models.rehearsal.trial import Trial
from liveroom.models.run_of_show import Segment
from tests.models.rehearsal.acting import SHORT, happened, policy, small_show, trial_of

ALWAYS = "when = [{ after = 0 }]\n"


def seconds(text: str) -> list[int]:
    """Return when a policy reminds people in a short show."""
    trial = Trial(small_show(), 1, policy(text), terms=SHORT).run()
    return [d.second for d in trial.decisions if isinstance(d.command, c.SendReminder)]


def reminding(often: str, when: str = ALWAYS) -> str:
    return f'[[rules]]\n{when}do = [{{ verb = "send reminder", to = "carts" }}]\n{often}\n'


def test_rule_acts_once_unless_it_says_how_often() -> None:
    assert seconds(reminding("")) == [5]
    assert seconds(reminding("once = true")) == [5]
    assert seconds(reminding("every = 4")) == [5, 245, 485]
    assert seconds(reminding("every = 4\nat_most = 2")) == [5, 245]
    assert seconds(reminding("at_most = 3")) == [5, 65, 125]


def test_rule_waits_for_all_of_its_conditions() -> None:
    when = "when = [{ after = 2 }, { before = 5 }, { not_on_air = 'opening' }]\n"
    assert seconds(reminding("", when)) == [245]
    assert seconds(reminding("", "when = [{ after = 5 }, { before = 5 }]\n")) == []


def test_condition_on_an_unknown_figure_does_not_hold() -> None:
    assert not Condition(figure="cost_per_lead", below=1e9).holds(None, None)


@pytest.mark.parametrize(
    ("bounds", "value", "holds"),
    [
        ({"above": 2.0}, 2, False),
        ({"above": 2.0}, 2.1, True),
        ({"below": 2.0}, 2, False),
        ({"at_least": 2.0}, 2, True),
        ({"at_most": 2.0}, 2.1, False),
        ({"at_least": 1.0, "at_most": 3.0}, 2, True),
        ({"is_": "talk"}, "talk", True),
        ({"is_": "talk"}, "education", False),
    ],
)
def test_condition_compares(bounds: dict[str, object], value: float | str, holds: bool) -> None:
    condition = Condition(figure="minute", **bounds)  # type: ignore[arg-type]
    assert condition.holds(value, None) is holds


def test_fall_is_measured_against_the_same_figure_some_minutes_ago() -> None:
    producer = Producer(
        policy(
            '[[rules]]\nwhen = [{ figure = "audience", fell_by = 0.2, over = 2 }]\n'
            'do = [{ verb = "send reminder", to = "carts" }]\n'
        )
    )
    acted = []
    for minute, viewers in enumerate([100, 100, 85, 85, 79, 60, 60]):
        trial = trial_of([happened(e.AudienceMeasured, minute, viewers=viewers)], minute)
        acted += [minute for _ in producer.act(trial.desk())]
    assert acted == [5]  # 60 is 29 % below the 85 of two minutes ago; 79 was 7 % below it


def test_policy_that_takes_a_segment_goes_on_with_those_that_were_not_on_air() -> None:
    take = '[[rules]]\nwhen = [{ after = 2 }]\ndo = [{ verb = "take segment", segment = "%s" }]\n'
    trial = Trial(small_show(), 1, policy(take % "recap"), terms=SHORT).run()
    cues = [
        (cue.segment_id, cue.started_at - trial.scenario.starts_at)
        for cue in trial.show.run_of_show.cues
    ]
    assert cues[:3] == [("opening", 0), ("recap", 120_000), ("fone", 240_000)]
    alone = Trial(small_show(), 1, policy("goes_on = false\n" + take % "recap"), terms=SHORT).run()
    assert [cue.segment_id for cue in alone.show.run_of_show.cues][:2] == ["opening", "recap"]
    assert "fone" not in [cue.segment_id for cue in alone.show.run_of_show.cues]


def sold(sku: str, minute: float, number: int, units: int = 1) -> e.Event:
    line = e.OrderLine(sku=sku, units=units, amount_minor=1000)
    return happened(
        e.OrderPlaced, minute, number, amount_minor=1000, currency="BRL", units=units, lines=(line,)
    )


def plan(*segments: tuple[str, Sequence[str]]) -> e.Event:
    made = tuple(
        Segment(segment_id=name, title=name, duration_ms=600_000, skus=tuple(skus))
        for name, skus in segments
    )
    return happened(e.RunOfShowChanged, 0, segments=made)


def aired() -> Trial:
    """Return a show in which the headphones were on air for 10 minutes and the watch for 20."""
    return trial_of(
        [
            plan(("a", ["FONE-P3"]), ("b", ["WATCH-F2", "GAN-65"]), ("c", ["CAIXA-360"])),
            happened(e.SegmentStarted, 0, segment_id="a"),
            happened(e.SegmentStarted, 10, segment_id="b"),
            *(sold("FONE-P3", 5, number) for number in range(6)),
            *(sold("WATCH-F2", 15, number) for number in range(10, 18)),
            *(happened(e.ProductViewed, 3, n, sku="CAIXA-360") for n in range(5)),
            happened(e.StockMeasured, 20, sku="MOUSE-M2", units=0),
            happened(e.StockMeasured, 20, 2, sku="PB-20", units=3),
        ],
        minutes=30,
    )


@pytest.mark.parametrize(
    ("selector", "skus"),
    [
        ("on air", ("WATCH-F2", "GAN-65")),
        ("best seller", ("FONE-P3",)),  # 0.6 a minute against 0.4
        ("best sellers", ("FONE-P3", "WATCH-F2")),
        ("worst seller", ("WATCH-F2",)),
        ("most viewed", ("CAIXA-360",)),
        ("most clicked", ()),
        ("lowest stock", ("PB-20",)),
        ("highest margin", ("GAN-65",)),
        ("dearest", ("NOTE-A14",)),
        ("cheapest", ("MOUSE-M2",)),
        ("question marks", ()),
        ("PB-20", ("PB-20",)),
    ],
)
def test_selector_stands_for_what_the_desk_shows(selector: str, skus: tuple[str, ...]) -> None:
    assert products(aired().desk(), [selector]) == skus


def test_product_that_is_sold_out_is_no_best_seller() -> None:
    trial = aired()
    trial.show.apply(happened(e.StockMeasured, 29, sku="FONE-P3", units=0))
    assert products(trial.desk(), ["best seller"]) == ("WATCH-F2",)


def test_segments_are_found_by_id_place_and_product() -> None:
    desk = aired().desk()
    found = {word: segment(desk, word) for word in ("a", "on air", "next", "best seller", "c")}
    assert {word: each and each.segment_id for word, each in found.items()} == {
        "a": "a",
        "on air": "b",
        "next": "c",
        "best seller": "a",
        "c": "c",
    }
    assert segment(desk, "question marks") is None
    assert set(SEGMENTS) - {"next"} < set(PRODUCTS)


def test_segments_are_ordered_by_what_earlier_shows_taught() -> None:
    learned = Learned(
        shows=1,
        products={
            "TAB-11": History(minutes_on_air=10, clicks=10, orders=9, revenue_minor=900),
            "NOTE-A14": History(minutes_on_air=10, clicks=90, orders=1, revenue_minor=500),
            "CAIXA-360": History(minutes_on_air=10, clicks=50, orders=8, revenue_minor=800),
        },
    )
    text = '[[before]]\nverb = "order segments"\nby = "past sales"\nkeep = ["opening", "recap"]\n'
    trial = Trial(small_show(), 1, policy(text), terms=SHORT, learned=learned).run()
    order = [each.segment_id for each in trial.show.run_of_show.segments]
    assert [name for name in order if name in ("tablet", "caixa", "notebook")] == [
        "tablet",
        "caixa",
        "notebook",
    ]
    assert order[0] == "opening"
    assert order[1] == "tablet"
    assert order[-1] == "recap"


def test_offer_without_products_to_offer_is_not_launched_and_the_rule_stays_ready() -> None:
    text = (
        '[[rules]]\nwhen = [{ after = 0 }]\ndo = [{ verb = "launch offer", kind = "percentage", '
        'title = "t", skus = ["on air"], percent = 5 }]\n'
    )
    trial = Trial(small_show(), 1, policy(text), terms=SHORT).run()
    assert [d.second for d in trial.decisions] == [245]  # the opening shows nothing


def test_kit_costs_a_share_of_its_parts() -> None:
    text = (
        f'[[rules]]\n{ALWAYS}do = [{{ verb = "launch offer", kind = "kit", title = "Kit", '
        'skus = ["FONE-P3", "GAN-65"], kit_discount = 10 }]\n'
    )
    trial = Trial(small_show(), 1, policy(text), terms=SHORT).run()
    command = trial.decisions[0].command
    assert isinstance(command, c.LaunchOffer)
    assert command.offer.amount_minor == round((34900 + 18900) * 0.9)


def test_every_figure_has_a_value_or_is_unknown_in_any_show() -> None:
    for trial in (trial_of([], 0), aired()):
        values = {name: figure_of(trial.desk(), name) for name in FIGURES}
        assert all(
            value is None or isinstance(value, int | float | str) for value in values.values()
        )
    assert all(figure.unit and figure.formula for figure in FIGURES.values())


def test_figures_are_what_their_formulas_say() -> None:
    visits = [
        happened(e.VisitStarted, minute, channel=EntryChannel.PAID, count=count)
        for minute, count in ((3, 40), (12, 50), (25, 100))
    ]
    carts = [happened(e.CartItemAdded, 1, n, sku="PB-20", visit=n) for n in range(1, 5)]
    late = happened(e.OrderPlaced, 20, amount_minor=500, currency="BRL", visit=1)
    soon = happened(e.OrderPlaced, 2, amount_minor=500, currency="BRL", visit=2)
    viewers = [
        happened(e.AudienceMeasured, minute, viewers=count)
        for minute, count in ((5, 400), (22, 200), (29, 150))
    ]
    desk = trial_of([*visits, *carts, late, soon, *viewers], 30).desk()
    expected = {
        "conversion": 2 / 190,
        "conversion_10": 1 / 100,
        "conversion_before": 0 / 50,
        "visits_per_minute": 10,
        "audience_fell": 1 - 150 / 200,
        "audience_fell_from_peak": 1 - 150 / 400,
        "abandonment": 3 / 4,
        "abandoned_carts": 3,
        "average_order_value": 5.0,
        "revenue": 10.0,
        "minute": 30,
    }
    assert {name: figure_of(desk, name) for name in expected} == pytest.approx(expected)
    assert figure_of(desk, "visits_per_minute", over=20) == pytest.approx(150 / 20)
