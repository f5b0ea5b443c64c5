"""The shipped languages, and how a line becomes a message."""

from __future__ import annotations

from functools import cache

import pytest

from liveroom.errors import KnownError
from liveroom.models.simulation.chat.chat_lines import (
    INTENTS,
    default_language,
    parse_languages,
    parse_phrases,
    price_text,
)
from liveroom.models.simulation.chat.phrases import Phrases
from liveroom.models.toml.table import Table
from liveroom.paths import resource
from liveroom.phrases import read_phrases

LANGUAGES = ("pt", "en", "es", "fr", "de", "it", "ro")
IMPORTANT = (
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
)


@cache
def shipped() -> dict[str, Phrases]:
    return dict(read_phrases([(language, 1.0) for language in LANGUAGES]))


def text_of(language: str) -> str:
    return resource("chat", f"{language}.toml").read_text(encoding="utf-8")


def test_seven_languages_are_shipped() -> None:
    assert sorted(path.stem for path in resource("chat").glob("*.toml")) == sorted(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_twelve_ways_to_say_what_matters(language: str) -> None:
    lines = shipped()[language].lines
    assert set(lines) == set(INTENTS)
    assert all(len(set(lines[intent])) >= 12 for intent in IMPORTANT)
    assert all(len(set(texts)) == len(texts) >= 6 for texts in lines.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_but_a_link_can_be_said_with_nothing_on_air(language: str) -> None:
    assert all(shipped()[language].general.values())


def test_no_two_languages_share_their_questions() -> None:
    seen: dict[str, str] = {}
    for language, phrases in shipped().items():
        for intent in ("price", "size", "shipping", "works", "payment", "sold_out"):
            for text in phrases.lines[intent]:
                if len(text.split()) > 2:
                    assert seen.setdefault(text, language) == language


def test_message_is_sometimes_hasty_and_sometimes_ends_in_an_emoji() -> None:
    phrases = shipped()["pt"]
    assert phrases.styled("Quanto é?", 0.1) == "quanto é?"
    assert phrases.styled("Quanto é?", 0.3) == "Quanto é"
    assert phrases.styled("Quanto é?", 0.41) == "Quanto é? 😍"
    assert phrases.styled("Quanto é?", 0.9) == "Quanto é?"
    assert phrases.styled("????", 0.3) == "????"


def test_product_has_a_short_name_where_the_noun_comes_first() -> None:
    assert shipped()["pt"].short("Fone ANC Pulse 3", 0.1) == "fone"
    assert shipped()["de"].short("Fone ANC Pulse 3", 0.1) == "fone anc pulse 3"
    assert shipped()["pt"].short("Fone ANC Pulse 3", 0.9) == "Fone ANC Pulse 3"


@pytest.mark.parametrize(
    ("minor", "currency", "text"),
    [
        (179900, "BRL", "R$ 1.799"),
        (179950, "BRL", "R$ 1.799,50"),
        (179905, "USD", "$1,799.05"),
        (34900, "EUR", "349 €"),
        (5000, "JPY", "5,000 JPY"),
    ],
)
def test_price_is_written_as_people_write_it(minor: int, currency: str, text: str) -> None:
    assert price_text(minor, currency) == text


@pytest.mark.parametrize(
    ("currency", "timezone", "language"),
    [
        ("BRL", "America/Sao_Paulo", "pt"),
        ("EUR", "Europe/Berlin", "de"),
        ("EUR", "Europe/Lisbon", "pt"),
        ("RON", "Europe/Bucharest", "ro"),
        ("MXN", "America/Mexico_City", "es"),
        ("USD", "America/New_York", "en"),
    ],
)
def test_show_that_names_no_language_speaks_that_of_its_place(
    currency: str, timezone: str, language: str
) -> None:
    assert default_language(currency, timezone) == language
    table = Table("show.toml", "", {})
    assert parse_languages(table, currency, timezone) == ((language, 1.0),)


def test_scenario_may_mix_languages_by_shares() -> None:
    rows = [{"language": "es", "share": 0.8}, {"language": "en", "share": 0.2}]
    table = Table("show.toml", "", {"languages": rows})
    assert parse_languages(table, "USD", "") == (("es", 0.8), ("en", 0.2))


def test_shares_of_languages_must_add_up() -> None:
    rows = [{"language": "es", "share": 0.8}, {"language": "en", "share": 0.1}]
    table = Table("show.toml", "", {"languages": rows})
    with pytest.raises(KnownError, match=r"languages has shares that add up to 0\.9; they must"):
        parse_languages(table, "USD", "")


def test_unknown_language_is_answered_with_the_shipped_ones() -> None:
    with pytest.raises(KnownError, match="'xx'; shipped: de, en, es, fr, it, pt, ro"):
        read_phrases([("xx", 1.0)])


@pytest.mark.parametrize(
    ("change", "to", "complaint"),
    [
        ("{product}", "{produto}", "allowed: a text; of braces only {product}"),
        ("{question}", "?", "{question} in lines of `again` only"),
        ("overrun = [", "overrunn = [", "lines.overrun is missing"),
        ('title = "', 'titel = "', "title is missing"),
        ("short_names = true", "short_names = 1", "true or false"),
    ],
)
def test_mistake_in_a_language_names_file_key_and_what_is_allowed(
    change: str, to: str, complaint: str
) -> None:
    with pytest.raises(KnownError) as error:
        parse_phrases(text_of("pt").replace(change, to), "pt.toml")
    assert complaint in str(error.value)
    assert str(error.value).startswith("pt.toml")
