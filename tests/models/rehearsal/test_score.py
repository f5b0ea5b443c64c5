import pytest
from msgspec.structs import replace

from liveroom.models import commands as c
from liveroom.models.case_figure import Standing
from liveroom.models.facts import Trouble
from liveroom.models.rehearsal.case import Case, Compare, Effect, Part
from liveroom.models.rehearsal.case_figures import CaseEffect
from liveroom.models.rehearsal.interval import interval_of
from liveroom.models.rehearsal.score import commands_of, score, shows_to_play
from liveroom.models.rehearsal.score_cards import attempt_of, score_card
from liveroom.models.rehearsal.score_shows import Variant, play_variant
from liveroom.models.rehearsal.series import Stage, first_measured
from liveroom.models.rehearsal.trial import Trial
from liveroom.models.score_card import KnownThen
from liveroom.models.verdict import Verdict
from tests.models.rehearsal.acting import MINUTES, SHORT, policy, small_show

SLOW = (300, c.TakeSegment(segment_id="recap"))
HELPFUL = (120, c.TakeSegment(segment_id="fone"))
IDLE = (60, c.RenameSegment(segment_id="recap", title="The end"))


def stage() -> Stage:
    return first_measured(small_show(0.15), 1, None)


def a_case(
    measure: str = "viewer_minutes",
    compare: Compare = Compare.WITHIN,
    target: float = 100.0,
    parts: tuple[Part, ...] = (Part(),),
) -> Case:
    effect = Effect(name="effect", unit="minutes", measure=measure, compare=compare, target=target)
    acting = policy('[[before]]\nverb = "order segments"\nby = "margin"\n')
    return Case(
        case_id="C0",
        situation="x",
        sees="x",
        action="x",
        effect=effect,
        parts=parts,
        policy=acting,
    )


def test_nobody_acting_is_worth_nothing() -> None:
    found = score(stage(), [], [], SHORT)
    assert found.yours == found.nothing
    assert found.decisions == ()
    assert found.best is None


def test_each_decision_is_worth_the_show_minus_the_show_without_it() -> None:
    commands = [IDLE, HELPFUL, SLOW]
    found = score(stage(), commands, [], SHORT)
    assert [each.second for each in found.decisions] == [60, 120, 300]
    without = play_variant(Variant(stage=stage(), commands=(IDLE, HELPFUL), terms=SHORT))
    assert found.decisions[2].worth == found.yours.minus(without.worth)
    assert found.decisions[2].worth.viewer_minutes < 0
    idle = found.decisions[0].worth
    assert (idle.margin_minor, idle.orders, idle.viewer_minutes) == (0, 0, 0)
    assert found.gained == found.yours.minus(found.nothing)


def test_policies_play_the_same_seed_and_the_best_is_named() -> None:
    taking = policy(
        "goes_on = false\n[[rules]]\nwhen = [{ after = 1 }]\n"
        'do = [{ verb = "take segment", segment = "fone" }]'
    )
    progress: list[int] = []
    found = score(stage(), [SLOW], [taking], SHORT, progress=progress.append)
    alone = Trial(stage().scenario, 1, taking, terms=SHORT).run()
    assert found.policies["tried"].orders == alone.show.timeline.totals()[8]
    assert found.best == ("tried", found.policies["tried"])
    assert progress == [1, 2, 3, 4]
    assert shows_to_play([SLOW], [taking]) == 4
    assert shows_to_play([SLOW], [taking], more_seeds=5) == 24


def test_verdict_rests_on_the_same_commands_at_the_same_seconds_on_more_seeds() -> None:
    progress: list[int] = []
    found = score(stage(), [IDLE, SLOW], [], SHORT, progress=progress.append, more_seeds=2)
    assert progress == list(range(1, 13))
    assert found.seeds[0] == found.seed == 1
    assert len(set(found.seeds)) == 3
    worths = []
    for seed in found.seeds:
        show = replace(stage(), seed=seed)
        yours = play_variant(Variant(stage=show, commands=(IDLE, SLOW), terms=SHORT)).worth
        without = play_variant(Variant(stage=show, commands=(IDLE,), terms=SHORT)).worth
        worths.append(yours.minus(without))
    slow = found.decisions[1]
    assert slow.worth == worths[0]
    assert slow.over_seeds.margin_minor == interval_of([each.margin_minor for each in worths])
    assert slow.over_seeds.viewer_minutes == interval_of([e.viewer_minutes for e in worths])
    assert found.decisions[0].over_seeds.verdict is Verdict.SAME
    alone = score(stage(), [IDLE, SLOW], [], SHORT)
    assert alone.decisions[1].worth == slow.worth
    assert alone.decisions[1].over_seeds.verdict is Verdict.UNTOLD


def test_score_is_the_same_every_time() -> None:
    first = score(stage(), [SLOW], [], SHORT, more_seeds=1)
    assert score(stage(), [SLOW], [], SHORT, more_seeds=1) == first


def test_neutral_act_gets_no_verdict_from_chance() -> None:
    """A pin two seconds before the end of the talk sells nothing; what it seems worth is noise."""
    neutral = (MINUTES * 60 - 2, c.PinProduct(sku="PB-20"))
    found = score(stage(), [HELPFUL, neutral], [], SHORT, more_seeds=3)
    assert found.decisions[1].over_seeds.verdict in (Verdict.SAME, Verdict.UNTOLD)


def test_effect_of_a_case_is_measured_on_the_show_and_where_nobody_acts() -> None:
    case = a_case(compare=Compare.RELATIVE, target=0.5)
    found = score(stage(), [SLOW], [], SHORT, more_seeds=1, case=CaseEffect(case=case)).case
    assert found is not None
    shows = [replace(stage(), seed=each) for each in score(stage(), [], [], more_seeds=1).seeds]
    minutes = [
        [
            play_variant(Variant(stage=show, commands=acts, terms=SHORT)).worth.viewer_minutes
            for show in shows
        ]
        for acts in ((SLOW,), ())
    ]
    effects = [acted / idle - 1 for acted, idle in zip(*minutes, strict=True)]
    assert found.value == pytest.approx(effects[0])
    assert found.over_seeds.mean == pytest.approx(sum(effects) / 2)
    assert (found.figure, found.is_share, found.standing) == (0.5, True, Standing.MISSED)


def test_figure_of_several_shows_is_not_measured_on_one() -> None:
    case = a_case(parts=(Part(times=3),))
    found = score(stage(), [SLOW], [], SHORT, case=CaseEffect(case=case)).case
    assert found is not None
    assert (found.value, found.standing) == (None, Standing.UNKNOWN)
    assert found.why_not == "it is of 3 shows together, a rehearsal is one of them"


def test_figure_that_a_show_has_no_value_for_says_so() -> None:
    case = a_case(measure="offer_peak_revenue")
    found = score(stage(), [SLOW], [], SHORT, case=CaseEffect(case=case)).case
    assert found is not None
    assert found.why_not == "this show has no value for it"
    assert found.over_seeds.number == 0


def test_acts_of_one_moment_are_judged_together() -> None:
    pair = [(200, c.PinProduct(sku="PB-20")), (200, c.TakeSegment(segment_id="watch"))]
    found = score(stage(), pair, [], SHORT)
    assert [len(each.commands) for each in found.decisions] == [2]
    assert found.decisions[0].worth == found.gained


def test_trouble_of_an_instructor_is_part_of_every_show_and_no_decision() -> None:
    trouble = (60, c.CauseTrouble(trouble=Trouble.CHECKOUT_FAILS, minutes=5))
    found = score(stage(), [trouble, IDLE], [], SHORT)
    assert [type(each.commands[0]) for each in found.decisions] == [c.RenameSegment]
    assert found.yours == found.nothing


def test_policy_can_be_scored_by_the_commands_it_gave() -> None:
    acting = policy(
        '[[rules]]\nwhen = [{ after = 3 }]\ndo = [{ verb = "take segment", segment = "recap" }]'
    )
    acted = stage().trial(acting, SHORT).run()
    found = score(stage(), commands_of(acted), [acting], SHORT)
    assert found.policies["tried"] == found.yours


def test_card_of_a_score_says_it_for_the_desk() -> None:
    taking = policy(
        '[[rules]]\nwhen = [{ after = 1 }]\ndo = [{ verb = "take segment", segment = "fone" }]'
    )
    found, scenario = score(stage(), [HELPFUL, SLOW], [taking], SHORT), stage().scenario
    attempt = attempt_of(found, 123)
    card = score_card(found, scenario, [attempt], "Ana")
    assert card.yours.money_minor == found.yours.margin_minor
    assert (card.seeds, card.case) == (1, None)
    assert card.nothing.behind_yours == found.above_nothing.margin_minor
    assert card.policies[0].behind_yours == found.above_policies["tried"].margin_minor
    assert card.decisions[1].over_seeds == found.decisions[1].over_seeds.margin_minor
    assert card.gained_minor == attempt.gained_minor == found.gained.margin_minor
    assert attempt.possible_minor == (
        found.policies["tried"].margin_minor - found.nothing.margin_minor
    )
    assert [each.at - scenario.starts_at for each in card.decisions] == [120_000, 300_000]
    assert card.decisions[0].command == HELPFUL[1]
    known = card.decisions[1].known
    assert isinstance(known, KnownThen)
    assert known.segment == "fone"
    assert known.audience
    assert ("PB-20", "Power bank 20 Ah") in card.product_names
