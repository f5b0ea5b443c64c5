import pytest

from liveroom.errors import KnownError
from liveroom.models.rehearsal.case import Case, Compare, Effect, Part, parse_case
from liveroom.models.rehearsal.learned import History, Learned, Quadrant
from liveroom.models.rehearsal.series import (
    compared,
    first_measured,
    play_both,
    play_series,
    value_of,
)
from liveroom.models.rehearsal.trial import Terms
from tests.models.rehearsal.acting import small_show

MINUTES = Terms(minutes=6)
CASE = """
[case]
id = "C0"
situation = "Nobody knows"
sees = "Visits"
action = "A discount"
[case.effect]
name = "orders"
unit = "share"
measure = "orders"
compare = "relative"
target = 0.5
[[case.premises]]
name = "people who bought before"
unit = "share"
measure = "returning_share"
at_least = 0.1
[[case.shows]]
title = "first"
acts = false
[[case.shows]]
times = 2
days_later = 7
scale = 0.5
[policy]
title = "act"
[[policy.rules]]
when = [{ after = 1 }]
do = [{ verb = "launch offer", kind = "percentage", title = "t", percent = 20 }]
"""


def case(text: str = CASE) -> Case:
    found = parse_case(text, "c00.toml", small_show())
    assert found is not None
    return found


def test_case_says_what_to_play_and_what_to_measure() -> None:
    found = case()
    assert (found.case_id, found.policy.title) == ("C0", "act")
    assert (found.effect.compare, found.effect.target) == (Compare.RELATIVE, 0.5)
    assert [(part.acts, part.measured, part.times) for part in found.parts] == [
        (False, False, 1),
        (True, True, 2),
    ]
    assert [(each.measure, each.at_least, each.target) for each in found.premises] == [
        ("returning_share", 0.1, None)
    ]
    assert parse_case('title = "a scenario"', "s.toml", small_show()) is None


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('measure = "orders"', 'measure = "luck"', r"line 10: case.effect.measure is 'luck'"),
        ("relative", "absolute", r"line 11: case.effect.compare is 'absolute'; allowed: 'rel"),
        ("times = 2", "times = 0", r"line 22: case.shows\[1\].times is 0; allowed: a whole"),
        ("times = 2", "measured = false", r"line 18: case.shows has no show that is measured"),
        (
            "[[policy.rules]]",
            "[[policy.roles]]",
            "policy.roles is not known; did you mean 'rules'. known: before",
        ),
        ('sees = "Visits"\n', "", "line 2: case.sees is missing"),
        (
            "at_least = 0.1",
            "at_least = 0.1\ntarget = 1",
            "premises.*target and at_least stand side by side; say one of target",
        ),
        (
            "at_least = 0.1",
            "",
            "premises.*target is missing; please add it, or one of at_least, at_most",
        ),
    ],
)
def test_mistake_in_a_case_is_named(old: str, new: str, message: str) -> None:
    with pytest.raises(KnownError, match=rf"c00\.toml, line \d+: .*|{message}") as error:
        case(CASE.replace(old, new))
    assert error.match(message)


def test_both_are_what_each_is_by_itself() -> None:
    found, scenario = case(), small_show()
    both = play_both(scenario, 1, found.policy, found.parts, MINUTES)
    for played, policy in zip(both, (found.policy, None), strict=True):
        alone = play_series(scenario, 1, policy, found.parts, MINUTES)
        assert value_of(found.effect, played) == value_of(found.effect, alone)
        assert played.learned == alone.learned
    assert both[0].learned != both[1].learned


def test_shows_come_in_order_days_apart_and_the_policy_plays_where_it_acts() -> None:
    found, scenario = case(), small_show()
    played = play_series(scenario, 1, found.policy, found.parts, MINUTES)
    week_ms = 7 * 86_400_000
    starts = [trial.scenario.starts_at - scenario.starts_at for trial in played.trials]
    assert starts == [week_ms, 2 * week_ms]
    assert [len(trial.decisions) for trial in played.trials] == [1, 1]
    assert [trial.learned.shows for trial in played.trials] == [1, 2]
    assert {trial.scenario.audience.scale for trial in played.trials} == {0.025}
    first, second = (set(trial.show.visitors.to_arrays()[0].tolist()) for trial in played.trials)
    assert first != second


def test_not_acted_series_is_the_same_up_to_the_first_act() -> None:
    found = case()
    acted = play_series(small_show(), 1, found.policy, found.parts, MINUTES)
    idle = play_series(small_show(), 1, None, found.parts, MINUTES)
    assert acted.trials[0].learned == idle.trials[0].learned
    assert acted.trials[0].decisions
    assert not idle.trials[0].decisions


def test_rehearsed_show_of_a_series_is_the_first_that_is_measured() -> None:
    found = case()
    stage = first_measured(small_show(), 1, found.policy, found.parts, MINUTES)
    played = play_series(small_show(), 1, found.policy, found.parts, MINUTES)
    again = stage.trial(found.policy, MINUTES).run()
    assert value_of(found.effect, type(played)((again,), again.learned)) == value_of(
        found.effect, type(played)(played.trials[:1], played.learned)
    )


@pytest.mark.parametrize(
    ("compare", "acted", "not_acted", "effect"),
    [
        ("relative", 1.5, 1.0, 0.5),
        ("relative", 1.5, 0.0, None),
        ("difference", 1.5, 1.0, 0.5),
        ("within", 1.5, 1.0, 1.5),
        ("within", 1.5, None, 1.5),
        ("difference", 1.5, None, None),
        ("relative", None, 1.0, None),
    ],
)
def test_effect_is_what_it_is_declared_to_be(
    compare: str, acted: float | None, not_acted: float | None, effect: float | None
) -> None:
    declared = Effect(name="e", unit="u", measure="orders", compare=Compare(compare), target=1.0)
    assert compared(declared, acted, not_acted) == effect


def test_quadrants_part_what_sells_from_what_is_looked_at() -> None:
    def history(revenue_minor: int, clicks: int) -> History:
        return History(minutes_on_air=10, revenue_minor=revenue_minor, clicks=clicks)

    learned = Learned(
        shows=1,
        products={
            "cow": history(900, 10),
            "star": history(900, 90),
            "question": history(10, 90),
            "dog": history(10, 10),
            "never on air": History(clicks=500),
        },
    )
    assert learned.quadrants() == {
        "cow": Quadrant.CASH_COW,
        "star": Quadrant.STAR,
        "question": Quadrant.QUESTION_MARK,
        "dog": Quadrant.DOG,
    }
    assert Learned().quadrants() == {}


def test_show_teaches_who_came_what_was_on_air_and_what_it_sold() -> None:
    trial = play_series(small_show(0.3), 1, None, (Part(),), Terms(minutes=14)).trials[0]
    learned = Learned().after(trial.show, [7])
    tally, history = trial.show.products["FONE-P3"], learned.products["FONE-P3"]
    assert (history.clicks, history.orders) == (tally.clicks, tally.orders)
    assert history.minutes_on_air == pytest.approx(8)
    assert len(learned.participants) == len(trial.show.visitors)
    assert learned.customers < learned.participants
    assert learned.leads == {7}
    twice = learned.after(trial.show)
    assert twice.products["FONE-P3"].orders == 2 * tally.orders
    assert (twice.shows, twice.participants) == (2, learned.participants)
