"""Marks of what happened: the right entries, never over each other, always as of an instant."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from liveroom.models.facts import ConnectionState
from liveroom.models.journal import Entry, EntryKind
from liveroom.ui.parts.journal_marks import Mark, clusters_of, lead_of, marks_of, words_of
from tests.ui import snapshots

NOW = snapshots.NOW
FAILING, RUNNING = ConnectionState.FAILING, ConnectionState.RUNNING


def entry(seconds_ago: int, kind: EntryKind, **fields: object) -> Entry:
    return Entry(at=NOW - seconds_ago * 1000, kind=kind, **fields)  # type: ignore[arg-type]


def marked(*entries: Entry, at: int = NOW) -> list[tuple[str, str]]:
    found = marks_of(snapshots.full(journal=entries, at=at), {})
    return [(mark.glyph, mark.words[10:]) for mark in found]


def test_incidents_and_notes_are_marked_and_what_was_merely_done_is_not() -> None:
    assert marked(
        entry(900, EntryKind.TROUBLE, text="the shop is slow"),
        entry(800, EntryKind.PINNED, subject="fone"),
        entry(700, EntryKind.SEGMENT, subject="s2"),
        entry(600, EntryKind.NOTE, text="Host shows the box"),
        entry(500, EntryKind.NOTE),
        entry(400, EntryKind.COUNTING, subject="shop", text="orders"),
    ) == [
        ("attention", "The shop is slow"),
        ("flag", "Host shows the box"),
        ("flag", "Mark"),
        ("square", "Shop counts for orders"),
    ]


def test_a_source_is_marked_when_it_fails_and_when_it_is_back_and_not_when_it_starts() -> None:
    assert marked(
        entry(900, EntryKind.SOURCE, subject="shop", state=RUNNING),
        entry(800, EntryKind.SOURCE, subject="shop", state=FAILING, text="429 Too many requests"),
        entry(750, EntryKind.SOURCE, subject="stream", state=RUNNING),
        entry(700, EntryKind.SOURCE, subject="shop", state=RUNNING),
        entry(600, EntryKind.SOURCE, subject="shop", state=RUNNING),
    ) == [("attention", "Shop is failing: 429 Too many requests"), ("ok", "Shop runs")]


def test_an_earlier_instant_has_no_marks_of_what_came_after_it() -> None:
    journal = (entry(60, EntryKind.NOTE, text="one"), entry(30, EntryKind.NOTE, text="two"))
    assert marked(*journal, at=NOW - 40_000) == [("flag", "one")]


PLACES = st.lists(st.integers(0, 3600), max_size=80).map(sorted)


@given(PLACES, st.floats(0.02, 2))
def test_clusters_never_touch_and_hold_every_mark_once(ats: list[int], scale: float) -> None:
    marks = [Mark(at * 1000, "flag", "text", str(at), 1, True) for at in ats]
    found = clusters_of(marks, 0.0, scale, 3600 * scale)
    for before, after in pairwise(found):
        assert before.x - 5 + before.width <= after.x - 5
    held = [place for cluster in found for place in cluster.marks]
    assert held == list(range(len(marks)))


def test_the_gravest_of_a_cluster_gives_it_its_shape() -> None:
    journal = (
        entry(60, EntryKind.NOTE, text="one"),
        entry(59, EntryKind.TROUBLE, text="down"),
        entry(58, EntryKind.NOTE, text="two"),
    )
    marks = marks_of(snapshots.full(journal=journal), {})
    (cluster,) = clusters_of(marks, NOW / 1000 - 3600, 0.2, 720)
    assert lead_of(cluster, marks).glyph == "attention"
    assert len(cluster.marks) == 3


def test_many_marks_in_one_place_say_how_many_more_there_are() -> None:
    marks = [Mark(n, "flag", "text", f"note {n}", 1, True) for n in range(9)]
    said = words_of(range(9), marks)
    assert said[0] == "note 0"
    assert said[-1] == "and 4 more"
    assert len(said) == 6


def test_offers_are_walked_but_have_no_shape_in_the_lane() -> None:
    journal = (entry(60, EntryKind.OFFER, subject="o1", text="Boom"),)
    (mark,) = marks_of(snapshots.full(journal=journal), {})
    assert mark.words.endswith("Boom")
    assert clusters_of([mark], NOW / 1000 - 3600, 0.2, 720) == ()
