"""Says what a message is about and whether it asks, by rules that can be named.

No model and no training: a verdict names the words that made it. It costs some microseconds; messages
that are written again and again cost next to nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from liveroom.models.chat import words as w
from liveroom.models.chat.intents import Intent, Verdict
from liveroom.models.chat.tokens import plain, stem, words_of

_FEW, _SHORT, _SOME = 3, 4, 8
"""Words of a message that is hardly more than its topic, of a short one, and of one that is not long."""
_LONG = 40
"""A message of more words is a story: it asks only with a question mark."""
_MARKS = re.compile("[?\uff1f\u061f\u00bf]")
_CLAUSES = re.compile(r"[,.;:!()…]+\s*")
_TOPIC, _ASKING, _HELPER, _PHRASE, _OPENING, _WEAK = (1 << place for place in range(6))
_COMPLAINT, _PRAISE, _WISH, _COMPLAINS, _WISHES, _STRONG = (1 << place for place in range(6, 12))
_MOST_KEPT, _LONGEST_KEPT = 8192, 80
_MOST_SPECIAL = 6

_TOPIC_OF = {
    word: (place, intent)
    for place, (intent, its) in reversed(list(enumerate(w.TOPICS)))
    for word in its
}


def _flags() -> dict[str, int]:
    """Return for every word that a rule knows which rules may care: most messages meet few of them."""
    known: dict[str, int] = {}
    for flag, its in (
        (_TOPIC, _TOPIC_OF),
        (_ASKING, w.ASKING),
        (_HELPER, w.HELPERS),
        (_PHRASE, {phrase.split()[0] for phrase in w.PHRASES}),
        (_OPENING, {phrase.split()[0] for phrase in w.OPENINGS}),
        (_WEAK, w.WEAK_PRICE | {"how"}),
        (_COMPLAINT, w.COMPLAINT),
        (_PRAISE, w.PRAISE),
        (_WISH, w.WISH),
        (_COMPLAINS, {phrase.split()[0] for phrase in w.COMPLAINS}),
        (_WISHES, {phrase.split()[0] for phrase in w.WISHES}),
        (_STRONG, w.STRONG),
    ):
        for word in its:
            known[word] = known.get(word, 0) | flag
    return known


_KNOWN = _flags()
_SAID_OF = (
    (Intent.COMPLAINT, _COMPLAINT),
    (Intent.PRAISE, _PRAISE),
    (Intent.WISH, _WISH),
)
_UNSPECIAL = w.STOP | w.ASKING | w.LEADS | w.HELPERS | w.WEAK_PRICE | w.TAGS


class Classifier:
    """Remembers the verdicts on short messages."""

    def __init__(self) -> None:
        """Start with none."""
        self._kept: dict[str, Verdict] = {}

    def __call__(self, text: str) -> Verdict:
        """Return the verdict on a cleaned text."""
        kept = self._kept.get(text)
        if kept is None:
            kept = classify(text)
            if len(text) <= _LONGEST_KEPT:
                if len(self._kept) >= _MOST_KEPT:
                    self._kept.clear()
                self._kept[text] = kept
        return kept


def classify(text: str) -> Verdict:
    """Return the verdict on a cleaned text."""
    said = plain(text)
    found = words_of(said)
    if not found:
        return Verdict(Intent.REACTION, False, "no words")
    flags = 0
    for word in found:
        flags |= _KNOWN.get(word, 0)
    topic, topic_rule = _topic(found, flags)
    asking = "question mark" if _MARKS.search(said) else _asks(said, found, flags)
    if asking:
        rule = f"{asking}; {topic_rule}" if topic_rule else asking
        return Verdict(topic, True, rule, _alike(topic, found))
    intent, rule = _statement(found, flags)
    if intent is Intent.OTHER and topic_rule:
        intent, rule = topic, topic_rule
    return Verdict(intent, False, rule)


def _topic(found: Sequence[str], flags: int) -> tuple[Intent, str]:
    if flags & _TOPIC:
        # Of one topic the first word, of several topics the one that says more.
        _, intent, word = min(
            ((*_TOPIC_OF[word], word) for word in found if word in _TOPIC_OF),
            key=lambda each: each[0],
        )
        return intent, f"{intent.word} by “{word}”"
    if flags & _WEAK:
        if "how much" in " ".join(found):
            return Intent.PRICE, "price by “how much”"
        weak = next((word for word in found if word in w.WEAK_PRICE), "")
        if weak:
            return Intent.PRICE, f"price by “{weak}”"
    return Intent.OTHER, ""


def _asks(said: str, found: Sequence[str], flags: int) -> str:
    """Return why a message without a question mark asks, or nothing."""
    if len(found) > _LONG:
        return ""
    if flags & _PHRASE and (phrase := _held(found, w.PHRASES)):
        return f"says “{phrase}”"
    if flags & (_ASKING | _HELPER | _OPENING):
        for clause in _CLAUSES.split(said):
            its = words_of(clause)
            if its and (why := _opens(its, len(found), flags)):
                return why
    if flags & _STRONG and len(found) <= _SOME and w.UNSURE.isdisjoint(found):
        return f"asks with “{next(word for word in found if word in w.STRONG)}”"
    if flags & _TOPIC and len(found) <= 2 * _SHORT:
        special = [word for word in found if word not in w.STOP and word not in w.LEADS]
        few = 0 < len(special) <= _FEW and special[0] in _TOPIC_OF
        if few and _statement(found, flags)[0] is Intent.OTHER:
            return "is hardly more than its topic"
    return ""


def _opens(clause: Sequence[str], number: int, flags: int) -> str:
    """Return why a clause of a message of `number` words begins like a question, or nothing."""
    start = 0
    while start < len(clause) - 1 and clause[start] in w.LEADS:
        start += 1
    # Whom it is said to may come first: `ana quanto custa`.
    for first in range(start, min(start + 2, len(clause))):
        word, after = clause[first], clause[first + 1] if first + 1 < len(clause) else ""
        known = _KNOWN.get(word, 0)
        if not known or after in w.EXCLAIMS or f"{word} {after}" in w.NO_QUESTIONS:
            continue
        if known & _OPENING:
            line = " ".join(clause[first : first + 4]) + " "
            for phrase in w.OPENINGS:
                if line.startswith(f"{phrase} "):
                    return f"begins with “{phrase}”"
        if known & _ASKING and (word not in w.SOFT or after in w.AFTER_SOFT or number == 1):
            return f"begins with “{word}”"
        helps = known & _HELPER and first == start and after
        if helps and (after in w.INVERTED or number <= _SHORT or flags & _TOPIC):
            return f"begins with “{word}”"
    return ""


def _statement(found: Sequence[str], flags: int) -> tuple[Intent, str]:
    """Return what a message that does not ask is, by the first rule that holds."""
    if flags & _COMPLAINS and (phrase := _held(found, w.COMPLAINS)):
        return Intent.COMPLAINT, f"complaint by “{phrase}”"
    if flags & _WISHES and (phrase := _held(found, w.WISHES)):
        return Intent.WISH, f"wish by “{phrase}”"
    for intent, flag in _SAID_OF:
        if flags & flag:
            word = next(word for word in found if _KNOWN.get(word, 0) & flag)
            return intent, f"{intent.word} by “{word}”"
    if found[0] in w.GREETING or " ".join(found[:2]) in w.GREETS:
        return Intent.GREETING, f"greeting by “{found[0]}”"
    if len(found) <= 2 and all(word in w.CHEERS or _is_laugh(word) for word in found):
        return Intent.REACTION, f"reaction by “{found[0]}”"
    return Intent.OTHER, "no rule"


def _held(found: Sequence[str], phrases: Iterable[str]) -> str:
    line = f" {' '.join(found)} "
    return next((phrase for phrase in phrases if f" {phrase} " in line), "")


def _is_laugh(word: str) -> bool:
    # `kkkk` is one k by now.
    letters = set(word)
    return len(letters) <= 2 and not letters.isdisjoint("hkjrsx")


def _alike(intent: Intent, found: Sequence[str]) -> str:
    """Return what a question has in common with others that ask the same: its kind and what is special.

    Special are words that are neither function words nor words of the kind itself; the six longest.
    """
    special = {
        stem(word)
        for word in found
        if word not in _UNSPECIAL and _TOPIC_OF.get(word, (0, None))[1] is not intent
    }
    longest = sorted(special, key=lambda word: (-len(word), word))[:_MOST_SPECIAL]
    return f"{intent.word}|{' '.join(longest)}"
