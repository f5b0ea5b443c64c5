"""Finds what is meant by a few letters: parts of words, first letters, words in any order."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import NamedTuple

_ALL, _WHOLE, _START, _INITIALS, _INSIDE, _SPREAD = 1_000, 120, 100, 70, 60, 40
_MOST_SPREAD_GAPS = 4


class Match(NamedTuple):
    """How well a text fits, higher is better, and the places of the letters that do."""

    score: int
    places: frozenset[int]


def match(query: str, text: str) -> Match | None:
    """Return how a text fits every word of a query; None where it does not.

    A word of the query fits at the start of a word, inside one, or spread over first letters
    (`tns`: *T*ake the *n*ext *s*egment) and parts of one word (`prdcts`). Case and accents do not matter.
    """
    folded = fold(text)
    # Who writes all of a name means it, whatever was used last.
    score, places = _ALL if folded == fold(query).strip() else 0, set[int]()
    for word in fold(query).split():
        found = _match_word(word, folded)
        if found is None:
            return None
        score += found.score
        places |= found.places
    # Of two that fit equally well the shorter one is more probably meant.
    return Match(score * 100 - len(text), frozenset(places))


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """Return a text without case and accents, letter by letter, so that places stay what they are."""
    return text.lower() if text.isascii() else "".join(map(_fold_letter, text))


@lru_cache(maxsize=2_000)
def _fold_letter(letter: str) -> str:
    plain = unicodedata.normalize("NFD", letter)[0].casefold()
    return plain if len(plain) == 1 else letter


def _match_word(word: str, text: str) -> Match | None:
    inside = -1
    place = text.find(word)
    while place >= 0:
        if _is_start(text, place):
            end = place + len(word)
            whole = end == len(text) or not text[end].isalnum()
            return Match(_WHOLE if whole else _START, frozenset(range(place, end)))
        inside = place if inside < 0 else inside
        place = text.find(word, place + 1)
    if (initials := _initials(word, text)) is not None:
        return initials
    if inside >= 0 and len(word) > 1:
        return Match(_INSIDE, frozenset(range(inside, inside + len(word))))
    letters = iter(text)
    if len(word) < 2 or not all(letter in letters for letter in word):
        return None
    for start in range(len(text)):
        if text[start] == word[0] and _is_start(text, start):
            found = _spread(word, text, 1, start, 0, set())
            if found is not None:
                places = frozenset((start, *found))
                gaps = max(places) - min(places) + 1 - len(places)
                return Match(max(1, _SPREAD - gaps), places)
    return None


def _initials(word: str, text: str) -> Match | None:
    """Return where the first letters of words that follow each other are a word of the query."""
    starts = [
        place for place in range(len(text)) if text[place].isalnum() and _is_start(text, place)
    ]
    first = "".join(text[place] for place in starts).find(word) if len(word) > 1 else -1
    if first < 0:
        return None
    return Match(_INITIALS, frozenset(starts[first : first + len(word)]))


def _spread(
    word: str, text: str, letter: int, last: int, gaps: int, dead: set[tuple[int, int, int]]
) -> tuple[int, ...] | None:
    """Return the places of the rest of a word behind `last`; `dead` ends are tried once."""
    if letter == len(word):
        return ()
    if (letter, last, gaps) in dead:
        return None
    same_word = True
    for place in range(last + 1, len(text)):
        same_word = same_word and text[place].isalnum()
        if text[place] != word[letter]:
            continue
        start = _is_start(text, place)
        if not start and not same_word:
            continue
        jumped = gaps + (not start and place > last + 1)
        if jumped > _MOST_SPREAD_GAPS:
            continue
        rest = _spread(word, text, letter + 1, place, jumped, dead)
        if rest is not None:
            return (place, *rest)
    dead.add((letter, last, gaps))
    return None


def _is_start(text: str, place: int) -> bool:
    return place == 0 or not text[place - 1].isalnum()
