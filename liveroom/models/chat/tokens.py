"""Texts made plain: what comes in is cleaned for the screen, and folded for comparing."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 500
"""Characters of a message that are kept; platforms allow 200 to 500."""
_JOINS = frozenset("\u200d\ufe0f")
"""Inside an emoji that is made of several."""
_SPACES = re.compile(r"\s+")
_WORDS = re.compile(r"[^\W_]+")
_LINK = re.compile(r"(?:https?://|www\.)\S+")
_LONG = re.compile(r"([a-z])\1{2,}")
_APOSTROPHES = {ord(sign): None for sign in "'’`´ʼ"}


def _bases() -> dict[int, str]:
    """Return letters with marks → without, for the Latin alphabets."""
    found = {}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFKD", chr(code))[0]
        if base.isascii() and base.isalpha():
            found[code] = base.lower()
    return found


_FOLDED = _bases() | {ord("ß"): "ss", ord("ø"): "o", ord("æ"): "ae", ord("œ"): "oe"}


def cleaned(text: str) -> str:
    """Return a text as one line that can be shown.

    Control characters, and those that turn the direction of what stands around them, become spaces;
    more than `LONGEST` characters are cut, with an ellipsis.
    """
    if len(text) > 2 * LONGEST:
        text = text[: 2 * LONGEST]
    if not text.isprintable():
        text = "".join(sign if sign.isprintable() or sign in _JOINS else " " for sign in text)
    if "  " in text or text[:1].isspace() or text[-1:].isspace():
        text = _SPACES.sub(" ", text).strip()
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def folded(text: str) -> str:
    """Return a text in small letters without accents: what a search compares."""
    text = text.lower()
    return text if text.isascii() else text.translate(_FOLDED)


def plain(text: str) -> str:
    """Return a text folded, without links and apostrophes; `quantooo` is `quanto`.

    A question mark in the address of a page asks nothing.
    """
    text = folded(text)
    if "://" in text or "www." in text:
        text = _LINK.sub(" ", text)
    return _LONG.sub(r"\1", text.translate(_APOSTROPHES))


def words_of(said: str) -> list[str]:
    """Return the words of a plain text."""
    return _WORDS.findall(said)


def stem(word: str) -> str:
    """Return a word without what a plural or a gender adds: `pretas` and `preto` are `pret`."""
    if len(word) > 3 and word[-1] == "s":
        word = word[:-1]
    return word[:-1] if len(word) > 3 and word[-1] in "aeo" else word
