from liveroom.models import commands as c
from liveroom.models.facts import Trouble
from liveroom.models.rehearsal.score import (
    Variant,
    commands_of,
    play_variant,
    score,
    shows_to_play,
)
from liveroom.models.rehearsal.score_cards import attempt_of, score_card
from liveroom.models.rehearsal.series import Stage, first_measured
from liveroom.models.rehearsal.trial import Trial
from liveroom.models.score_card import KnownThen
from tests.models.rehearsal.acting import SHORT, policy, small_show

SLOW = (300, c.TakeSegment(segment_id="recap"))
HELPFUL = (120, c.TakeSegment(segment_id="fone"))
IDLE = (60, c.RenameSegment(segment_id="recap", title="The end"))


def stage() -> Stage:
    return first_measured(small_show(0.15), 1, None)


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
    assert found.decisions[2].worth == found.yours.minus(without)
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
