"""The chat as of any instant, whatever the order in which its facts arrived."""

from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveroom.errors import CommandRefused
from liveroom.models import commands as c
from liveroom.models import events as e
from liveroom.models.chat import chat_log
from liveroom.models.chat.board import ChatBoard
from liveroom.models.chat.chat_camera import ChatCamera
from liveroom.models.direction import confirm
from liveroom.models.facts import Fact, Mode
from liveroom.models.rollup import dump, load
from liveroom.models.run_of_show import Segment
from liveroom.models.show import Show
from tests.factory import SHOW_START, attached, event

NOTEBOOK = Segment(segment_id="n", title="Notebook", duration_ms=600_000, skus=("note",))
TABLET = Segment(segment_id="t", title="Tablet", duration_ms=600_000, skus=("tab",))
PLAN = (
    attached("live", Fact.CHAT),
    event(e.ProductListed, -50, sku="note", name="Notebook Air 14"),
    event(e.ProductListed, -50, sku="tab", name="Tablet 11 + caneta"),
    event(e.RunOfShowChanged, -40, segments=(NOTEBOOK, TABLET)),
    event(e.SegmentStarted, 0, segment_id="n"),
    event(e.SegmentStarted, 600, segment_id="t"),
)


def said(at: float, text: str, person: int | None = 1, **fields: Any) -> e.ChatPosted:
    return event(e.ChatPosted, at, text=text, person=person, **({"source": "live"} | fields))


def show_of(*events: e.Event) -> Show:
    show = Show()
    show.apply_all((*PLAN, *events))
    return show


def board_of(show: Show, at: float) -> ChatBoard:
    return ChatCamera(show).take(SHOW_START + round(at * 1000))


def asked(show: Show, at: float) -> list[tuple[str, str, int]]:
    return [(each.text, each.sku, each.alike) for each in board_of(show, at).open]


def test_questions_stand_oldest_first_with_who_asks_the_same() -> None:
    show = show_of(
        said(10, "quanto custa?", 1),
        said(20, "aceita mais memória?", 2),
        said(30, "qual o preço do notebook", 3),
        said(40, "preço?", 3),
        said(50, "amei"),
    )
    assert asked(show, 60) == [("quanto custa?", "note", 1), ("aceita mais memória?", "note", 0)]
    assert board_of(show, 60).unanswered == 2


def test_a_question_is_about_what_it_names_else_about_what_is_on_air_then() -> None:
    show = show_of(
        said(10, "quanto custa o tablet?", 1),
        said(20, "quanto custa?", 2),
        said(610, "quanto custa?", 3),
        said(620, "entrega em Manaus?", 4),
    )
    assert asked(show, 700) == [
        ("quanto custa o tablet?", "tab", 1),
        ("quanto custa?", "note", 0),
        ("entrega em Manaus?", "", 0),
    ]
    assert board_of(show, 700).by_sku == {"": 1, "note": 1, "tab": 1}


def test_a_question_is_open_until_somebody_else_writes_to_who_asked() -> None:
    show = show_of(
        said(10, "tem garantia?", 1),
        said(20, "alguém sabe", 1, to_person=1),
        said(30, "um ano", 2, to_person=1),
    )
    # What one writes to oneself answers nothing, and asks on its own.
    assert [len(asked(show, at)) for at in (9, 10, 29, 30)] == [0, 1, 2, 0]


def test_what_is_written_much_later_answers_nothing() -> None:
    show = show_of(said(10, "tem garantia?", 1), said(10 + 181, "oi", 2, to_person=1))
    assert len(asked(show, 300)) == 1


def test_nobody_waits_for_ever() -> None:
    show = show_of(said(10, "tem garantia?", 1))
    assert [len(asked(show, at)) for at in (10 + 1799, 10 + 1800)] == [1, 0]


def carried_out(show: Show, command: c.Command, at: float) -> e.Event:
    when = SHOW_START + round(at * 1000)
    (found,) = confirm(command, show, Mode.LIVE, when, f"{at}")
    show.apply(found)
    return found


def test_a_mark_answers_all_who_asked_the_same_and_who_asks_later_asks_anew() -> None:
    show = show_of(said(10, "quanto custa?", 1), said(20, "preço?", 2), said(60, "valor?", 3))
    question = board_of(show, 30).open[0].question_id
    carried_out(show, c.MarkAnswered(question=question), 30)
    assert [len(asked(show, at)) for at in (29, 30, 59, 60)] == [1, 0, 0, 1]
    assert asked(show, 60) == [("valor?", "note", 0)]


def test_a_mark_can_be_taken_back() -> None:
    show = show_of(said(10, "quanto custa?", 1))
    question = board_of(show, 20).open[0].question_id
    carried_out(show, c.MarkAnswered(question=question), 20)
    assert board_of(show, 25).last_answered == question
    carried_out(show, c.ReopenQuestion(question=question), 30)
    assert [len(asked(show, at)) for at in (19, 25, 30)] == [1, 0, 1]
    assert not board_of(show, 30).last_answered
    with pytest.raises(CommandRefused, match="not marked"):
        carried_out(show, c.ReopenQuestion(question=question), 40)


def test_the_presenter_is_shown_a_question_until_it_is_answered_or_taken_away() -> None:
    show = show_of(said(10, "quanto custa?", 1), said(12, "tem garantia?", 2))
    price, warranty = (each.question_id for each in board_of(show, 20).open)
    carried_out(show, c.PinQuestion(question=price), 20)
    pinned = board_of(show, 21).pinned
    assert pinned is not None
    assert (pinned.text, pinned.sku, pinned.asked_at) == (
        "quanto custa?",
        "note",
        SHOW_START + 10_000,
    )
    with pytest.raises(CommandRefused, match="already"):
        carried_out(show, c.PinQuestion(question=price), 22)
    carried_out(show, c.MarkAnswered(question=price), 30)
    carried_out(show, c.PinQuestion(question=warranty), 40)
    carried_out(show, c.PinQuestion(question=""), 50)
    shown = [board_of(show, at).pinned for at in (19, 29, 30, 45, 50)]
    assert [each and each.text for each in shown] == [
        None, "quanto custa?", None, "tem garantia?", None,
    ]  # fmt: skip
    with pytest.raises(CommandRefused, match="no question"):
        carried_out(show, c.PinQuestion(question=""), 60)


@pytest.mark.parametrize("kind", [c.MarkAnswered, c.PinQuestion])
def test_what_nobody_asked_is_refused(kind: type[c.Command]) -> None:
    with pytest.raises(CommandRefused, match="waits no longer"):
        carried_out(show_of(), kind(question="0123456789abcdef:note"), 10)  # type: ignore[call-arg]


def test_a_replay_changes_nothing() -> None:
    show = show_of(said(10, "quanto custa?"))
    question = board_of(show, 20).open[0].question_id
    with pytest.raises(CommandRefused, match="replay"):
        confirm(c.MarkAnswered(question=question), show, Mode.REPLAY, SHOW_START, "1")


def test_messages_of_all_platforms_stand_together() -> None:
    show = show_of(
        attached("other", Fact.CHAT),
        said(10, "oi", 1),
        said(11, "olá", 2, source="other"),
        said(12, "preço?", 3, source="other"),
    )
    board = board_of(show, 20)
    assert (board.messages, board.people, board.questions) == (3, 3, 1)
    assert [message.text for message in board.history.newest(9)] == ["oi", "olá", "preço?"]
    assert show.timeline.totals()[14] == 1, "the counting source alone counts elsewhere"


def test_numbers_without_texts_leave_questions_unknown() -> None:
    show = show_of(event(e.ChatPosted, 10, source="live", count=40))
    board = board_of(show, 70)
    assert (board.messages, board.people, board.questions, board.unanswered) == (
        40,
        None,
        None,
        None,
    )
    assert board.blocks.messages.tolist() == [40]


def test_without_a_source_all_is_unknown() -> None:
    assert ChatCamera(Show()).take(SHOW_START) == ChatBoard()


def test_blocks_count_messages_people_questions_and_kinds_up_to_the_instant() -> None:
    start = -(SHOW_START // 1000) % 300
    show = show_of(
        said(start + 1, "quanto custa?", 1),
        said(start + 2, "amei", 1),
        said(start + 3, "oi", 2),
        said(start + 301, "oi", 2),
        said(start + 302, "oi", 3),
    )
    blocks = board_of(show, start + 301.5).blocks
    assert blocks.messages.tolist() == [3, 1]
    assert blocks.questions.tolist() == [1, 0]
    assert blocks.people.tolist() == [2, 1]
    assert blocks.intents.sum(axis=1).tolist() == [3, 1]


def test_what_did_not_change_is_the_same_object() -> None:
    show = show_of(said(10, "quanto custa?", 1))
    camera, at = ChatCamera(show), SHOW_START + 20_000
    first = camera.take(at)
    assert camera.take(at) is first
    show.apply(said(21, "oi", 2))
    later = camera.take(at + 2_000)
    assert later is not first
    assert later.open is first.open


TEXTS = ("quanto custa?", "preço?", "tem garantia?", "amei", "oi", "entrega em Manaus?", "❤️")
posts = st.lists(
    st.builds(
        said,
        st.integers(0, 2000),
        st.sampled_from(TEXTS),
        st.one_of(st.none(), st.integers(1, 6)),
        to_person=st.one_of(st.none(), st.integers(1, 6)),
        source=st.sampled_from(("live", "other")),
    ),
    max_size=60,
)


@given(posts, st.randoms(use_true_random=False), st.integers(0, 2500))
def test_the_order_of_arrival_leaves_no_trace(
    posted: list[e.Event], chance: Random, at: int
) -> None:
    shuffled = list(posted)
    chance.shuffle(shuffled)
    one, other = board_of(show_of(*posted), at), board_of(show_of(*shuffled), at)
    assert one.open == other.open
    assert (one.messages, one.people, one.questions) == (
        other.messages,
        other.people,
        other.questions,
    )
    texts = [[(m.at, m.text) for m in board.history.newest(99)] for board in (one, other)]
    assert sorted(texts[0]) == sorted(texts[1])
    assert one.blocks.people.tolist() == other.blocks.people.tolist()


@given(posts, st.integers(0, 2500))
def test_an_instant_is_told_as_it_was_known_then(posted: list[e.ChatPosted], at: int) -> None:
    # Counts are of whole seconds; whether a source says who writes is known of the show as a whole.
    posted = [said(-1, "oi", 9), *posted]
    until = [post for post in posted if post.occurred_at <= SHOW_START + at * 1000]
    then, later = board_of(show_of(*until), at), board_of(show_of(*posted), at)
    assert then.open == later.open
    assert (then.messages, then.people) == (later.messages, later.people)
    assert [m.text for m in then.history.newest(99)] == [m.text for m in later.history.newest(99)]


@given(posts)
def test_the_chat_survives_in_the_saved_state(posted: list[e.Event]) -> None:
    show, again = show_of(*posted), Show()
    question = next(iter(board_of(show, 2100).open), None)
    if question is not None:
        carried_out(show, c.PinQuestion(question=question.question_id), 2100)
        carried_out(show, c.MarkAnswered(question=question.question_id), 2101)
    load(dump(show), again)
    for at in (0, 700, 2100, 2200):
        one, other = board_of(show, at), board_of(again, at)
        assert (one.open, one.pinned, one.messages, one.people) == (
            other.open, other.pinned, other.messages, other.people,
        )  # fmt: skip
        assert [m.text for m in one.history.newest(99)] == [
            m.text for m in other.history.newest(99)
        ]


def slow_history(posted: list[e.ChatPosted], until: int) -> list[tuple[int, str]]:
    return sorted((post.occurred_at, post.text) for post in posted if post.occurred_at <= until)


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("shuffled", [False, True])
def test_a_packed_log_gives_the_same_messages_as_a_slow_one(seed: int, shuffled: bool) -> None:
    chance = Random(seed)
    number = chat_log.OPEN * 2
    times = sorted(chance.choice((chance.randrange(900), 450)) for _ in range(number))
    posted = [said(at, f"m{place}", place % 50) for place, at in enumerate(times)]
    arriving = list(posted)
    if shuffled:
        chance.shuffle(arriving)
    log = show_of(*arriving).chat.log
    for second in (0, 300, 450, 899):
        until = SHOW_START + second * 1000
        history = log.history(until)
        assert sorted((m.at, m.text) for m in map(history.at, range(len(history)))) == slow_history(
            posted, until
        )
        times_shown = [history.at(place).at for place in range(len(history))]
        assert times_shown == sorted(times_shown)


def test_a_message_costs_few_bytes_once_it_is_packed() -> None:
    chance = Random(1)
    show = show_of(
        *(
            said(
                place / 20,
                f"{chance.choice(TEXTS)} {chance.randrange(10**6)}",
                chance.getrandbits(60),
            )
            for place in range(20_000)
        )
    )
    packs = show.chat.log.packs()
    assert sum(len(each.columns) + len(each.texts) for each in packs) / 20_000 < 20
