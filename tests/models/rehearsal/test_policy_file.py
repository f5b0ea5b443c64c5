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

IN_DO = r"tried.toml, line 5: rules\[0\].do\[0\]"
OFFERS = [
    (
        'kind = "amount", amount = "349.00", skus = ["FONE-P3"]',
        rf"{IN_DO}.amount is '349.00'; allowed: less than the price of FONE-P3, 349.00 BRL",
    ),
    (
        'kind = "amount", amount = "200.00"',
        rf"{IN_DO}.amount is '200.00'; allowed: less than the price of MOUSE-M2, 149.00 BRL",
    ),
    (
        'kind = "kit", amount = "948.00", skus = ["FONE-P3", "WATCH-F2"]',
        rf"{IN_DO}.amount is '948.00'; allowed: less than 948.00 BRL, what the products cost",
    ),
    (
        'kind = "kit", amount = "9.00", skus = ["FONE-P3", "FONE-P3"]',
        rf"{IN_DO}.skus is .*; allowed: two different products or more: it is a kit",
    ),
    ('kind = "kit", kit_discount = 9, skus = ["best seller"]', rf"{IN_DO}.skus is .* it is a kit"),
    ('kind = "kit", skus = ["all"]', rf"{IN_DO}.amount is missing; .* or one of kit_discount"),
    (
        'kind = "kit", skus = ["all"], amount = "9.00", kit_discount = 9',
        rf"{IN_DO}.amount and kit_discount stand side by side",
    ),
    ('kind = "percentage", precent = 9', rf"{IN_DO}.percent is missing, but there is 'precent'"),
    (
        'kind = "percentage", percent = 9, gift = "all"',
        rf"{IN_DO}.gift has no place in an offer of the kind 'percentage'",
    ),
]
IN_WHEN = r"rules\[0\].when\[0\]"
CONDITIONS = [
    ("after = 1, before = 3", rf"{IN_WHEN}.after and before stand in one condition"),
    ('figur = "audience", above = 3', rf"{IN_WHEN}.figure is missing, but there is 'figur'"),
    ("afer = 3", rf"{IN_WHEN}.after is missing, but there is 'afer': did you mean 'after'"),
    ("", rf"{IN_WHEN}.figure is missing; please add it, or one of after, before, on_air"),
    ('figure = "audience", above = 5, below = 3', rf"{IN_WHEN}.above is 5 and below 3: no number"),
    ('figure = "audience", above = 3, below = 3', rf"{IN_WHEN}.above is 3 and below 3: no number"),
    ('figure = "audience", is = "5"', rf"{IN_WHEN}.is has no place here: 'audience' is a number"),
    ('figure = "presentation", is = "tlak"', rf"{IN_WHEN}.is is 'tlak'; did you mean 'talk'"),
    ('figure = "presentation", above = 3', rf"{IN_WHEN}.above has no place here: .* compare it by"),
    ('figure = "on_air"', rf"{IN_WHEN}.is is missing; please add it"),
    ('figure = "audience", of = "PB-20", above = 3', rf"{IN_WHEN}.of has no place here"),
]


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
        ("[[rules]", "tried.toml, line 2: this is not TOML: .*in `.*rules.`"),
        ("rules = 3", r"tried.toml, line 2: rules is 3; allowed: a list of at least one table"),
        (
            "[[ruels]]\nx = 1",
            r"line 2: ruels is not known; did you mean 'rules'. known: before, goes_on, rules",
        ),
        (
            RULE.replace("when", "wenn"),
            r"line 4: rules\[0\].when is missing, but there is 'wenn'",
        ),
        (
            RULE.replace("after = 1", "after = -1"),
            r"line 4: rules\[0\].when\[0\].after is -1; allowed: a number from 0 to 1,440 \(minutes",
        ),
        (
            RULE.replace("after = 1", 'figure = "convresion", below = 1'),
            r"line 4: rules\[0\].when\[0\].figure is 'convresion'; did you mean 'conversion'",
        ),
        (
            RULE.replace("after = 1", 'figure = "minute"'),
            "line 4: .*figure is 'minute' and nothing says what .*; add one of above, below, at_least",
        ),
        (
            RULE.replace("after = 1", 'figure = "minute", above = "3"'),
            r"line 4: rules\[0\].when\[0\].above is '3'; allowed: a number",
        ),
        (
            RULE.replace("after = 1", 'figure = "minute", above = 3, over = 5'),
            r"line 4: rules\[0\].when\[0\].over has no place here: 'minute' is not about",
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
        (RULE + "once = true\nevery = 5", r"line 6: rules\[0\].once is true; allowed: false"),
        (RULE + "at_most = 0", r"line 6: rules\[0\].at_most is 0; allowed: a whole number"),
        *(
            (RULE.replace('"unpin product"', f'"launch offer", title = "t", {terms}'), message)
            for terms, message in OFFERS
        ),
        *(
            (RULE.replace("after = 1", condition), f"tried.toml, line 4: {message}")
            for condition, message in CONDITIONS
        ),
        (
            RULE.replace('"unpin product"', '"end offer", offer = "kit"'),
            r"line 5: rules\[0\].do\[0\].offer is 'kit', but no offer that is launched here",
        ),
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


def test_offer_on_what_is_not_known_before_the_show_is_left_to_the_desk() -> None:
    terms = 'kind = "amount", amount = "349.00", skus = ["best seller"]'
    launch = RULE.replace('"unpin product"', f'"launch offer", title = "t", {terms}')
    assert policy(launch).rules
    kit = 'kind = "kit", amount = "349.00", skus = ["best sellers"]'
    assert policy(RULE.replace('"unpin product"', f'"launch offer", title = "t", {kit}')).rules


def test_offer_that_the_policy_launches_under_an_id_can_be_ended() -> None:
    launch = '{ verb = "launch offer", kind = "free shipping", title = "t", id = "free" }'
    ends = '[[rules]]\nwhen = [{ after = 9 }]\ndo = [{ verb = "end offer", offer = "free" }]\n'
    text = RULE.replace('{ verb = "unpin product" }', launch) + ends
    assert len(policy(text).rules) == 2
    with pytest.raises(KnownError, match=r"line 8: .*is 'fre'; did you mean 'free'\?"):
        policy(text.replace('offer = "free"', 'offer = "fre"'))
