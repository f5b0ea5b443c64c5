import tomllib

from hypothesis import given
from hypothesis import strategies as st

from liveroom.models.toml.toml_lines import lines_of
from tests.models.simulation.playing import scenario_text

TEXT = '''title = "x"   # a comment with [brackets] and = signs
"odd key" = 1
[a]
b = { value = 1, unit = "u", origin = "# no comment" }
c = 1
[[rules]]
when = [
  { figure = "minute", above = 3 },
  # in between
  { figure = "stock", below = 4 },
]
[[rules]]
do = 'x'
[rules.sub]
k = 2026-11-20 20:00:00
text = """
several = lines
[not.a.table]
"""
m = 1
[[case.shows]]
n = 1
[[case.shows]]
n.o = 2
'''


def test_every_key_has_its_line() -> None:
    lines = lines_of(TEXT)
    assert {
        "odd key": 2,
        "a.b.origin": 4,
        "rules[0].when[0].above": 8,
        "rules[0].when[1]": 10,
        "rules[1].do": 13,
        "rules[1].sub.k": 15,
        "rules[1].sub.m": 20,
        "case.shows[1]": 23,
        "case.shows[1].n.o": 24,
    }.items() <= lines.items()
    assert not any("not" in path for path in lines)


def paths(value: object, path: str) -> set[str]:
    if isinstance(value, dict):
        below = [(f"{path}.{key}" if path else key, each) for key, each in value.items()]
    elif isinstance(value, list):
        below = [(f"{path}[{place}]", each) for place, each in enumerate(value)]
    else:
        below = []
    return {name for name, _ in below}.union(*(paths(each, name) for name, each in below))


def test_lines_name_exactly_the_keys_that_the_reader_finds() -> None:
    for text in (TEXT, scenario_text()):
        assert set(lines_of(text)) == paths(tomllib.loads(text), "")


@given(st.text(max_size=60))
def test_text_that_is_no_toml_does_no_harm(text: str) -> None:
    lines = lines_of(text)
    assert all(1 <= line <= text.count("\n") + text.count("\r") + 1 for line in lines.values())
