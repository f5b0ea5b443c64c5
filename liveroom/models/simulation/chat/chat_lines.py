"""What people write in each language, read from its TOML text, and how a line becomes a message."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from liveroom.models.money import minor_digits
from liveroom.models.simulation.chat.phrases import Phrases
from liveroom.models.simulation.scenarios.ranges import Range
from liveroom.models.toml.reading import read_table
from liveroom.models.toml.table import Table

INTENTS = (
    "greeting",
    "reaction",
    "price",
    "size",
    "shipping",
    "works",
    "product",
    "praise",
    "complaint",
    "order",
    "payment",
    "link",
    "again",
    "frozen",
    "sold_out",
    "offer",
    "raid",
    "troll",
    "spam",
    "overrun",
)
"""What a message is about; every language has lines for all of them."""

_PLACEHOLDER = re.compile(r"\{(\w*)\}")
_ALLOWED = ("product", "price", "size", "segment", "question")
_OF_A_PRODUCT = ("{product}", "{price}", "{size}")
_SIGNS = {"BRL": "R$ {}", "USD": "${}", "GBP": "£{}", "EUR": "{} €", "RON": "{} lei"}
_POINT_GROUPS_THOUSANDS = frozenset(("BRL", "EUR", "RON"))
_BY_ZONE = {
    "Europe/Paris": "fr",
    "Europe/Brussels": "fr",
    "Europe/Berlin": "de",
    "Europe/Vienna": "de",
    "Europe/Zurich": "de",
    "Europe/Rome": "it",
    "Europe/Madrid": "es",
    "Europe/Lisbon": "pt",
    "Europe/Bucharest": "ro",
}
_BY_CURRENCY = {"BRL": "pt", "RON": "ro"} | dict.fromkeys(("MXN", "ARS", "CLP", "COP", "PEN"), "es")


def parse_phrases(text: str, file: str) -> Phrases:
    """Return the language in `text`; raise KnownError naming `file` and what to mend."""
    root = read_table(text, file)
    table = root.table("lines")
    lines = {intent: table.texts(intent) for intent in INTENTS}
    table.nothing_else()
    for intent, texts in lines.items():
        _check(table, intent, texts)
    phrases = Phrases(
        title=root.text("title"),
        short_names=root.truth("short_names"),
        emoji=root.texts("emoji"),
        sizes=root.texts("sizes"),
        general={intent: tuple(filter(_is_general, texts)) for intent, texts in lines.items()},
        lines=lines,
    )
    root.nothing_else()
    return phrases


def parse_languages(root: Table, currency: str, timezone: str) -> tuple[tuple[str, float], ...]:
    """Return the languages of a scenario with their shares: `language`, `[[languages]]` or neither."""
    if root.has("language"):
        if root.has("languages"):
            what = f"stands beside language ({root.where('language')}); say one of the two"
            raise root.mistake("languages", what)
        return ((root.text("language"), 1.0),)
    if not root.has("languages"):
        return ((default_language(currency, timezone), 1.0),)
    rows = root.rows("languages")
    languages = []
    for row in rows:
        share = row.number("share", Range("share", 0, 1))
        languages.append((row.text("language"), share))
        row.nothing_else()
    total = sum(share for _, share in languages)
    if abs(total - 1) > 1e-6:
        what = f"has shares that add up to {total:.9g}; they must add up to 1"
        raise root.mistake("languages", what)
    for place, (language, _) in enumerate(languages):
        if language in [each for each, _ in languages[:place]]:
            raise root.mistake(f"languages[{place}].language", f"is {language!r} a second time")
    return tuple(languages)


def default_language(currency: str, timezone: str) -> str:
    """Return the language of a show that names none."""
    return _BY_CURRENCY.get(currency) or _BY_ZONE.get(timezone, "en")


def price_text(price_minor: int, currency: str) -> str:
    """Return a price as people write it: whole when it is whole, the sign where it belongs."""
    digits = minor_digits(currency)
    whole, rest = divmod(price_minor, 10**digits)
    text = f"{whole:,}" + (f".{rest:0{digits}}" if rest else "")
    if currency in _POINT_GROUPS_THOUSANDS:
        text = text.translate(str.maketrans(",.", ".,"))
    return _SIGNS.get(currency, f"{{}} {currency}").format(text)


def fill(text: str, names: Mapping[str, str]) -> str:
    """Return a line with its placeholders replaced."""
    return _PLACEHOLDER.sub(lambda found: names[found[1]], text)


def needs_product(text: str) -> bool:
    """Return whether a line names a product on air, its price or its size."""
    return any(placeholder in text for placeholder in _OF_A_PRODUCT)


def _is_general(text: str) -> bool:
    return not needs_product(text)


def _check(table: Table, intent: str, texts: Sequence[str]) -> None:
    for place, text in enumerate(texts):
        names = _PLACEHOLDER.findall(text)
        if not text.strip() or any(name not in _ALLOWED for name in names):
            allowed = "a text; of braces only " + ", ".join(f"{{{name}}}" for name in _ALLOWED)
            raise table.error(f"{intent}[{place}]", text, allowed)
        if ("question" in names) != (intent == "again"):
            raise table.error(f"{intent}[{place}]", text, "{question} in lines of `again` only")
