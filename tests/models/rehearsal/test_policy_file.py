import re
from pathlib import Path

import pytest

from liveroom.errors import KnownError
from liveroom.models.offers import OfferKind
from liveroom.models.rehearsal.figure_list import FIGURES
from liveroom.models.rehearsal.measure_list import MEASURES
from liveroom.models.rehearsal.policies.offer_wishes import Launch
from liveroom.models.rehearsal.policies.policy import OnAir
from liveroom.models.rehearsal.policies.policy_file import parse_policy
from liveroom.models.rehearsal.policies.selectors import PRODUCTS
from liveroom.models.rehearsal.policies.wish_file import VERBS
from liveroom.models.rehearsal.policies.wishes import ORDERS
from liveroom.models.rehearsal.trial import Trial
from liveroom.scenarios import shipped_policies
from tests.models.rehearsal.acting import SHORT, policy, small_show

GUIDE = Path(__file__).parents[3] / "docs" / "policies.md"

RULE = """
[[rules]]
when = [{ after = 1 }]
do = [{ verb = "unpin product" }]
"""


def test_rule_says_what_when_and_how_often() -> None:
    found = policy(
        """
[[rules]]
name = "cheap"
when = [{ on_air = "notebook" }, { figure = "stock", of = "best seller", at_least = 5 }]
do = [{ verb = "launch offer", kind = "gift", title = "Mouse!", gift = "MOUSE-M2", limit = 9 }]
every = 5
"""
    )
    (rule,) = found.rules
    assert (rule.name, rule.at_most, rule.every_minutes) == ("cheap", None, 5)
    assert rule.when[0] == OnAir(what="notebook")
    (launch,) = rule.do
    assert isinstance(launch, Launch)
    assert (launch.offer.kind, launch.offer.gift_sku) == (OfferKind.GIFT, "MOUSE-M2")
    assert launch.offer.limit_units == 9


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[rules]", "tried.toml is not TOML: .*line 2"),
        ("rules = 3", r"tried.toml, line 2: rules is 3; allowed: a list of at least one table"),
        ("[[ruels]]\nx = 1", r"line 2: ruels is not known; known: before, goes_on, rules, title"),
        (RULE.replace("when", "wenn"), r"line 3: rules\[0\].when is missing; please add it"),
        (
            RULE.replace("after = 1", "after = -1"),
            r"line 4: rules\[0\].when\[0\].after is -1; allowed: a number from 0 to 1440 \(minutes",
        ),
        (
            RULE.replace("after = 1", 'figure = "convresion", below = 1'),
            r"line 4: rules\[0\].when\[0\].figure is 'convresion'; allowed: 'minute' or",
        ),
        (
            RULE.replace("after = 1", 'figure = "minute"'),
            "line 4: .*allowed: one of above, below, at_least, at_most, fell_by; or `is`",
        ),
        (
            RULE.replace("after = 1", 'figure = "minute", above = "3"'),
            r"line 4: rules\[0\].when\[0\].above is '3'; allowed: a number",
        ),
        (
            RULE.replace("after = 1", 'figure = "minute", above = 3, over = 5'),
            r"line 4: rules\[0\].when\[0\].over is 5.0; allowed: no such key",
        ),
        (
            RULE.replace("after = 1", 'figure = "stock", of = "nothing", above = 3'),
            r"line 4: .*\.of is 'nothing'; allowed: 'on air' or .* or 'FONE-P3'",
        ),
        (
            RULE.replace("after = 1", 'on_air = "nobody"'),
            r"line 4: .*\.on_air is 'nobody'; allowed: 'opening' or",
        ),
        (
            RULE.replace("unpin product", "unpin"),
            r"line 5: rules\[0\].do\[0\].verb is 'unpin'; allowed: 'take segment' or",
        ),
        (
            RULE.replace('"unpin product"', '"pin product", sku = "X"'),
            r"line 5: rules\[0\].do\[0\].sku is 'X'; allowed: ",
        ),
        (
            RULE.replace('"unpin product"', '"unpin product", sku = "PB-20"'),
            r"line 5: rules\[0\].do\[0\].sku is not known; known: verb",
        ),
        (
            RULE.replace(
                '"unpin product"', '"launch offer", kind = "percentage", title = "t", percent = 100'
            ),
            r"line 5: .*percent is 100; allowed: a number from 0.1 to 99.9 \(percent\)",
        ),
        (
            RULE.replace(
                '"unpin product"', '"launch offer", kind = "amount", title = "t", amount = 5'
            ),
            r'line 5: .*amount is 5; allowed: an amount of BRL as a text, "1234.50"',
        ),
        (RULE + "once = true\nevery = 5", r"line 6: rules\[0\].once is True; allowed: false"),
        (RULE + "at_most = 0", r"line 6: rules\[0\].at_most is 0; allowed: a whole number"),
        ("goes_on = 1", "line 2: goes_on is 1; allowed: true or false"),
    ],
)
def test_mistake_is_named_with_file_line_key_value_and_what_is_allowed(
    text: str, message: str
) -> None:
    with pytest.raises(KnownError, match=message):
        policy(text)


def test_policy_needs_a_title() -> None:
    with pytest.raises(KnownError, match=r"p\.toml: title is missing; please add it"):
        parse_policy("", "p.toml", small_show())


def test_shipped_policies_fit_the_shipped_show_and_act_in_it() -> None:
    found = shipped_policies(small_show())
    assert len({each.title for each in found.values()}) == len(found) >= 5
    ordered = Trial(small_show(), 1, found["margin_first"], terms=SHORT).run()
    assert ordered.decisions


def example(heading: str) -> str:
    """Return the TOML of the guide that stands under a heading."""
    part = GUIDE.read_text(encoding="utf-8").split(f"## {heading}\n", 1)[1]
    found = re.search(r"```toml\n(.*?)```", part, re.DOTALL)
    assert found is not None
    return found[1]


def test_example_of_the_guide_is_a_policy_that_acts() -> None:
    acting = parse_policy(example("A worked example"), "example.toml", small_show())
    trial = Trial(small_show(), 1, acting, terms=SHORT).run()
    assert {type(each.command).__name__ for each in trial.decisions} >= {
        "MoveSegment",
        "LaunchOffer",
    }
    assert not [each.refusal for each in trial.decisions if each.refusal]


@pytest.mark.parametrize(
    "words", [FIGURES, VERBS, PRODUCTS, ORDERS, MEASURES], ids=lambda words: next(iter(words))
)
def test_guide_lists_every_word_that_a_policy_may_use(words: dict[str, object]) -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    assert [word for word in words if f"| `{word}` |" not in guide] == []
