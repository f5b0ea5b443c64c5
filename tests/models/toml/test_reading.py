"""What is no TOML is named with its line, the text there, and what to mend."""

import pytest

from liveroom.errors import KnownError
from liveroom.models.toml.reading import read_table


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "a = Festa",
            "line 1: this is not TOML: Invalid value in `a = Festa`; texts stand in quotes",
        ),
        ("a = 1\non = True", "line 2: .* in `on = True`; .* true and false in small letters"),
        ("price = 12,50", "line 1: .*; one key = value a line; decimals have a point"),
        ('a = "x\nb = 1', 'line 1: .* in `a = "x`; a text ends on its line with the quotes'),
        ("a = 1\na = 2", "line 2: .*; the same key is there already: keep one of the two"),
        (
            "[a.b]\n[a.b]",
            "line 2: .*Cannot declare a.b twice in .*; the same table is there already",
        ),
        ("a = [1, 2", "line 1: .*; a list ends with ]"),
        ("a = { b = 1", "line 1: .*; a table ends with }"),
        ("a = 2026-11-31", "line 1: .*; there is no such day or time"),
        ("just words", "line 1: .*; every line is key = value, "),
        ("a = " + "[" * 2000 + "]" * 2000, "lie too deep within one another"),
    ],
)
def test_text_that_is_no_toml_says_where_and_what_to_mend(text: str, message: str) -> None:
    with pytest.raises(KnownError, match=f"show.toml.*{message}"):
        read_table(text, "show.toml")


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("true", "true"),
        ("2026-11-20T20:00:00Z", r"2026-11-20T20:00:00\+00:00"),
        ("2026-11-20", "2026-11-20"),
        ("{ a = 1, b = false }", r"{ a = 1, b = false }"),
        ('["x", 1.5]', r"\['x', 1.5\]"),
        (f'"{"x" * 200}"', "'x{79}…"),
    ],
)
def test_value_is_shown_as_it_stands_in_the_file(value: str, written: str) -> None:
    with pytest.raises(KnownError, match=f"line 1: a is {written}; allowed: a whole number"):
        read_table(f"a = {value}", "show.toml").whole("a", 0, 5)
