from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from liveroom.models import definitions
from liveroom.models.definitions import DEFINITIONS

MANUAL = Path(__file__).parents[2] / "docs" / "desk.md"


def test_every_ratio_names_what_is_divided_by_what() -> None:
    for definition in DEFINITIONS.values():
        assert bool(definition.numerator) == bool(definition.denominator)
        if definition.unit == "rate":
            assert " ÷ " in definition.ratio


def test_every_meaning_is_a_sentence() -> None:
    for definition in DEFINITIONS.values():
        assert definition.meaning[0].isupper()
        assert definition.meaning.endswith(".")


def test_the_manual_says_what_the_tooltips_say() -> None:
    manual = MANUAL.read_text("utf-8")
    for definition in DEFINITIONS.values():
        row = f"| {definition.title} | {definition.meaning} | {definition.ratio or '–'} |"
        assert row in manual, definition.title


def test_a_number_has_one_definition() -> None:
    parts = [
        import_module(f"{definitions.__name__}.{part.name}")
        for part in iter_modules(definitions.__path__)
    ]
    names = [name for part in parts for name in getattr(part, "DEFINITIONS", {})]
    assert sorted(names) == sorted(DEFINITIONS)
