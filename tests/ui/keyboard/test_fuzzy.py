"""A few letters find what is meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveroom.ui.keyboard.fuzzy import fold, match


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("note", "Take a note"),
        ("tns", "GO: take the next segment"),
        ("prdcts", "Go to Products"),
        ("products go", "Go to Products"),
        ("eletronica", "Cue Festa da Eletrônica"),
        ("TABLET", "Cue Tablet 11″ + caneta"),
        ("", "Anything"),
    ],
)
def test_a_few_letters_fit(query: str, text: str) -> None:
    assert match(query, text) is not None


@pytest.mark.parametrize(
    ("query", "text"),
    [("quit", "Take a note"), ("xz", "Go to Products"), ("go products x", "Go to Products")],
)
def test_what_was_not_meant_does_not_fit(query: str, text: str) -> None:
    assert match(query, text) is None


def test_the_better_fit_comes_first() -> None:
    titles = ["Sort products by Cost", "Cost of goods", "Cut costs", "Close others stop"]
    ranked = sorted(
        (found.score, title) for title in titles if (found := match("cost", title)) is not None
    )
    assert [title for _, title in reversed(ranked)][:2] == [
        "Cost of goods",
        "Sort products by Cost",
    ]


def test_first_letters_of_words_that_follow_each_other_are_meant_before_scattered_ones() -> None:
    titles = (
        "Turn to Prepare now, then share",
        "Tablet in the senses",
        "GO: take the next segment",
    )
    ranked = sorted((match("tns", title) or (0, frozenset()), title) for title in titles)
    assert ranked[-1][1] == "GO: take the next segment"


@given(st.text(max_size=40), st.data())
def test_a_word_that_stands_in_a_text_is_always_found(text: str, data: st.DataObject) -> None:
    words = fold(text).split()
    if not words:
        return
    word = data.draw(st.sampled_from(words))
    found = match(word, text)
    assert found is not None
    assert all(0 <= place < len(text) for place in found.places)


@given(st.text("ab -", max_size=60), st.text("ab", max_size=20))
def test_repeated_letters_end_soon_and_every_place_is_a_letter_of_the_query(
    text: str, query: str
) -> None:
    found = match(query, text)
    if found is not None:
        assert {fold(text)[place] for place in found.places} <= set(fold(query))


def test_all_of_a_name_beats_whatever_was_used_last() -> None:
    exact, longer = match("go to chat", "Go to Chat"), match("go to chat", "Go to Clicks and chat")
    assert exact is not None
    assert longer is not None
    assert exact.score - longer.score > 3000, "the bonus of what was used last"
