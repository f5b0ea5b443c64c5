"""What a message is about and whether it asks, by rules that say why."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveroom.models.chat.classifier import Classifier, classify
from liveroom.models.chat.intents import Intent
from liveroom.models.chat.tokens import LONGEST, cleaned
from tests.models.chat.held_out import DEVELOPMENT, HELD_OUT


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Quanto custa?", Intent.PRICE),
        ("qual o valor do frete", Intent.SHIPPING),
        ("parcela em quantas vezes sem juros", Intent.PAYMENT),
        ("hay talla 38", Intent.SIZE),
        ("how much is it", Intent.PRICE),
        ("QUANTOOOO", Intent.PRICE),
        ("@ana quanto custa", Intent.PRICE),
        ("كم السعر؟", Intent.OTHER),
    ],
)
def test_a_question_is_one_with_or_without_its_mark(text: str, intent: Intent) -> None:
    verdict = classify(cleaned(text))
    assert (verdict.asks, verdict.intent) == (True, intent)


@pytest.mark.parametrize(
    "text",
    [
        "how cute is that dog",
        "que lindo",
        "???",
        "https://shop.example/?id=3",
        "❤️",
        "",
        "when i was a kid",
    ],
)
def test_exclamations_links_and_signs_ask_nothing(text: str) -> None:
    assert not classify(cleaned(text)).asks


def test_a_verdict_names_the_words_that_made_it() -> None:
    assert classify("boa noite, qual o preço").rule == "begins with “qual o”; price by “preco”"
    assert classify("não consigo pagar").rule == "complaint by “nao consigo”"


def test_who_asks_the_same_in_other_words_of_the_kind_asks_alike() -> None:
    assert classify("quanto custa?").alike == classify("qual o preço?").alike
    assert classify("entrega em Manaus?").alike != classify("entrega em Belém?").alike
    assert classify("tem em preto?").alike == classify("tem preta?").alike


@given(st.text(max_size=2000))
def test_every_text_has_a_verdict_and_the_same_one_each_time(text: str) -> None:
    clean, again = cleaned(text), Classifier()
    assert again(clean) == again(clean) == classify(clean)


@given(st.text(max_size=3000))
def test_a_cleaned_text_is_one_line_without_signs_that_act(text: str) -> None:
    clean = cleaned(text)
    assert len(clean) <= LONGEST
    assert cleaned(clean) == clean
    assert all(sign.isprintable() or sign == "\u200d" for sign in clean)


def test_direction_marks_and_line_breaks_cannot_reach_beyond_their_message() -> None:
    assert cleaned("a\u202eb\x07c\nd  e ") == "a b c d e"
    assert cleaned("👩\u200d👧") == "👩\u200d👧"


def test_figures_of_the_held_out_lines_are_those_that_the_manual_states() -> None:
    verdicts = [(line, classify(cleaned(line.text))) for line in HELD_OUT]
    right = sum(verdict.asks and line.asks for line, verdict in verdicts)
    assert right / sum(verdict.asks for _, verdict in verdicts) >= 0.89
    assert right / sum(line.asks for line in HELD_OUT) >= 0.80
    assert sum(verdict.intent is line.intent for line, verdict in verdicts) / len(HELD_OUT) >= 0.65


def test_held_out_lines_are_no_lines_of_development() -> None:
    assert not {line.text for line in HELD_OUT} & {line.text for line in DEVELOPMENT}
    assert not any("?" in line.text for line in HELD_OUT)
