import re

import pytest

from liveroom.errors import KnownError
from liveroom.models.simulation.scenarios.scenario import GRADES, GROUPS
from liveroom.models.simulation.scenarios.scenario_file import parse_scenario
from liveroom.models.targets import TargetKpi
from tests.models.simulation.playing import defaults_text, first_show, scenario_text

OWN, SPARE = "show.toml", "defaults.toml"
LISTS = {"arrival_curve", "day_curve", "channels", "payments", "products", "segments"}


def complaint(own: str, spare: str) -> str:
    with pytest.raises(KnownError) as raised:
        parse_scenario(own, OWN, spare)
    return str(raised.value)


def test_shipped_scenario_has_the_show_of_the_pictures() -> None:
    scenario = first_show()
    assert (scenario.title, scenario.currency) == ("Festa da Eletrônica", "BRL")
    assert scenario.timezone == "America/Sao_Paulo"
    assert scenario.starts_at == 1_795_215_600_000  # 2026-11-20T23:00:00Z
    assert scenario.local_hour == 20
    assert scenario.products[3].price_minor == 349_900
    assert scenario.segments[7].segment.starts_at == scenario.starts_at + 55 * 60_000


def test_every_parameter_says_where_it_comes_from() -> None:
    scenario = first_show()
    keys = {f"{name}.{key}" for name, group in GROUPS.items() for key in group.__struct_fields__}
    assert set(scenario.evidence) == keys | LISTS | {"targets"}
    assert {each.grade for each in scenario.evidence.values()} <= set(GRADES)
    assert all(each.unit and each.origin for each in scenario.evidence.values())


def test_scenario_overrides_single_keys_and_keeps_the_rest_of_the_group() -> None:
    text = scenario_text().replace(
        "[evidence]",
        '[push]\nresponse = { value = 0, unit = "factor", origin = "no feed", grade = "A" }\n'
        "[evidence]",
    )
    scenario = parse_scenario(text, OWN, defaults_text())
    assert scenario.push.response == 0
    assert scenario.push.most == first_show().push.most
    assert scenario.evidence["push.response"].origin == "no feed"
    assert scenario.audience.arrivals == 152


def test_overridden_parameter_needs_evidence_of_its_own() -> None:
    own = scenario_text().replace("[evidence]", "[push]\nresponse = { value = 0 }\n[evidence]")
    line = own.split("\n").index("response = { value = 0 }") + 1
    assert complaint(own, defaults_text()) == (
        f"show.toml, line {line}: push.response.unit is missing; please add it"
    )


def test_list_of_its_own_replaces_the_shipped_one_and_says_where_it_comes_from() -> None:
    rows = '[[payments]]\nmethod = "card"\nshare = 1.0\ngiven_up = 0.1\ndelay = 30\nfailure = 0.1\n'
    own = scenario_text() + rows
    assert "evidence.payments is missing" in complaint(own, defaults_text())
    said = own.replace("[evidence]\n", '[evidence]\npayments = { origin = "x", grade = "A" }\n')
    scenario = parse_scenario(said, OWN, defaults_text())
    assert [each.method for each in scenario.payments] == ["card"]


def test_product_may_have_variants_with_a_stock_each_and_other_sales() -> None:
    own = scenario_text().replace(
        "stock = 120\n",
        'other_sales = 0.5\nvariants = [{ name = "38", share = 0.25, stock = 3 }, '
        '{ name = "39", share = 0.75, stock = 9 }]\n',
    )
    product = parse_scenario(own, OWN, defaults_text()).products[0]
    assert product.stock == 12
    assert [variant.name for variant in product.variants] == ["38", "39"]
    assert product.other_sales == 0.5


def test_case_and_policy_are_left_to_those_who_read_them() -> None:
    own = scenario_text() + '[case]\nid = "c0"\n[policy]\ntitle = "x"\n'
    assert parse_scenario(own, OWN, defaults_text()).title == "Festa da Eletrônica"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "seen = { value = 0.72",
            "seen = { value = 1.72",
            "funnel.seen.value is 1.72; allowed: a number from 0 to 1 (share)",
        ),
        (
            "seen = { value = 0.72",
            'seen = { value = "lots"',
            "funnel.seen.value is 'lots'; allowed: a number from 0 to 1 (share)",
        ),
        (
            "seen = { value = 0.72",
            "seen = { value = nan",
            "funnel.seen.value is nan; allowed: a number from 0 to 1 (share)",
        ),
        (
            'bounce_time = { value = 12, unit = "seconds"',
            'bounce_time = { value = 12, unit = "minutes"',
            "audience.bounce_time.unit is 'minutes'; allowed: 'seconds'",
        ),
        (
            "arrivals = { value = 152",
            "arrivals = { value = -1",
            "audience.arrivals.value is -1; allowed: a number from 0 to 100,000 (visits per minute)",
        ),
        (
            "[audience]\nscale",
            "[push]\nloudness = 1\n[audience]\nscale",
            "push.loudness is not known; known: least",
        ),
        (
            'label = "Meta"',
            'label = "Meta"\ncolour = 1',
            "channels[1].colour is not known; known: bounce, channel, keenness, label,",
        ),
        (
            "T20:00:00-03:00",
            "T20:00:00",
            "allowed: a time with its zone, 2026-11-20T20:00:00-03:00",
        ),
        (
            "2026-11-20T20:00:00-03:00",
            "2026-11-20T20:00:00",
            "starts_at is 2026-11-20T20:00:00; allowed: a time with its zone",
        ),
        (
            "2026-11-20T20:00:00-03:00",
            '"2026-11-20T20:00:00-03:00"',
            "starts_at is '2026-11-20T20:00:00-03:00'; allowed: a time with its zone, "
            "2026-11-20T20:00:00-03:00, without quotes",
        ),
        (
            "2026-11-20T20",
            "1026-11-20T20",
            "starts_at is 1026-11-20T20:00:00-03:00; allowed: a year from 2000 to 2100",
        ),
        (
            "[evidence]",
            "[push]\nresponse = 0.5\n[evidence]",
            'push.response is 0.5; allowed: a table such as { value = …, unit = "factor"',
        ),
        (
            'skus = ["FONE-P3"]',
            'skus = ["FONE-P3", "FONE-P3"]',
            "segments[1].skus names 'FONE-P3' twice",
        ),
        (
            "[evidence]",
            "[evidense]",
            "evidense is not known; did you mean 'evidence'? known: ads",
        ),
        (
            'currency = "BRL"',
            'language = "pt"\nlanguages = [{ language = "en", share = 1 }]\ncurrency = "BRL"',
            "languages stands beside language (show.toml, line ",
        ),
        (
            'channel = "direct"',
            'channel = "diret"',
            "channels[3].channel is 'diret'; did you mean 'direct'? allowed: 'organic' or 'paid' or 'direct'",
        ),
        (
            "share = 0.52",
            "share = 0.62",
            "channels has shares that add up to 1.1; they must add up to 1",
        ),
        (
            "share = 0.38",
            "share = 0.48",
            "payments has shares that add up to 1.1; they must add up to 1",
        ),
        (
            'price = "349.00"',
            "price = 349.00",
            "products[0].price is 349.0; allowed: an amount of BRL as a text",
        ),
        (
            'price = "349.00"',
            'price = "349.005"',
            "products[0].price is '349.005'; allowed: an amount of BRL as a text",
        ),
        ('price = "349.00"', 'price = "0"', "products[0].price is '0'; allowed: an"),
        (
            "stock = 120",
            "stock = -1",
            "products[0].stock is -1; allowed: a whole number from 0 to 1,000,000",
        ),
        (
            "stock = 120",
            "stock = true",
            "products[0].stock is true; allowed: a whole number from 0 to 1,000,000",
        ),
        (
            "stock = 120",
            'variants = [{ name = "38", share = 0.5, stock = 1 }]',
            "products[0].variants has shares that add up to 0.5; they must add up to 1",
        ),
        (
            'sku = "WATCH-F2"',
            'sku = "FONE-P3"',
            "products[1].sku is 'FONE-P3', as in show.toml, line ",
        ),
        (
            'skus = ["FONE-P3"]',
            'skus = ["FONE-P4"]',
            "segments[1].skus is 'FONE-P4'; did you mean 'FONE-P3'? allowed: 'CAIXA-360' or",
        ),
        (
            'id = "fone"',
            'id = "opening"',
            "segments[1].id is 'opening', as in show.toml, line ",
        ),
        (
            'title = "Festa da Eletrônica"',
            'title = " "',
            "title is ' '; allowed: a text that is not blank",
        ),
        (
            "at = 0.15",
            "at = 0.0",
            "arrival_curve[1].at is 0.0; allowed: above 0, the point before it",
        ),
        ("hour = 9\n", "hour = 2\n", "day_curve[2].hour is 2.0; allowed: above 3, the point"),
    ],
)
def test_mistake_is_named_with_file_line_key_value_and_range(
    old: str, new: str, message: str
) -> None:
    texts = {OWN: scenario_text(), SPARE: defaults_text()}
    file = OWN if old in texts[OWN] else SPARE
    assert old in texts[file]
    begin = texts[file][: texts[file].index(old)].count("\n") + 1
    texts[file] = texts[file].replace(old, new, 1)
    found = re.fullmatch(r"(\S+), line (\d+): (.*)", complaint(texts[OWN], texts[SPARE]))
    assert found is not None
    assert found[1] == file
    assert message in found[3]
    # The line named is one of those that were changed, or that of the list they belong to.
    changed = range(begin, begin + new.count("\n") + 1)
    in_list = message.startswith(("channels has", "payments has"))
    assert in_list or int(found[2]) in changed


def test_text_that_is_not_toml_is_named_with_its_line() -> None:
    own = scenario_text().replace("[audience]", "[audience")
    assert re.match(
        r"show.toml, line \d+: this is not TOML: .*in `\[audience`", complaint(own, defaults_text())
    )


def test_key_that_is_missing_everywhere_is_asked_for_where_the_rest_of_it_is() -> None:
    spare = defaults_text().replace("seen = {", "# seen = {")
    line = spare.split("\n").index("[funnel]") + 1
    assert complaint(scenario_text(), spare) == (
        f"defaults.toml, line {line}: funnel.seen is missing; please add it"
    )


def test_key_that_is_misspelt_is_named_with_the_one_that_was_meant() -> None:
    spare = defaults_text().replace("seen = {", "sean = {")
    line = next(at for at, text in enumerate(spare.split("\n"), 1) if text.startswith("sean"))
    assert complaint(scenario_text(), spare) == (
        f"defaults.toml, line {line}: funnel.seen is missing, but there is 'sean': "
        "did you mean 'seen'?"
    )
    own = scenario_text().replace("appeal =", "apeal =", 1)
    line = next(at for at, text in enumerate(own.split("\n"), 1) if text.startswith("apeal"))
    assert complaint(own, defaults_text()) == (
        f"show.toml, line {line}: products[0].appeal is missing, but there is 'apeal': "
        "did you mean 'appeal'?"
    )


def test_amounts_are_asked_for_in_the_units_of_the_currency() -> None:
    own = scenario_text().replace('price = "349.00"', "price = 349")
    assert complaint(own, defaults_text()).endswith(
        'allowed: an amount of BRL as a text, "1234.50", from 0.01 to 10,000,000'
    )
    yen = own.replace('currency = "BRL"', 'currency = "JPY"')
    assert complaint(yen, defaults_text()).endswith(
        'allowed: an amount of JPY as a text, "1234", from 1 to 10,000,000'
    )


def test_channel_shares_must_make_a_whole() -> None:
    total = sum(channel.share for channel in first_show().channels)
    assert total == pytest.approx(1)


def test_shipped_targets_are_those_of_the_show_and_its_segments_add_up() -> None:
    scenario = first_show()
    assert scenario.targets[TargetKpi.REVENUE] == 23_300_000
    assert scenario.targets[TargetKpi.CONVERSION] == 0.035
    stated = [plan.segment.revenue_target_minor or 0 for plan in scenario.segments]
    assert sum(stated) == 23_300_000


def test_a_scenario_without_targets_has_none() -> None:
    text = re.sub(r"\[targets\].*?\n\n", "", scenario_text(), flags=re.DOTALL)
    assert parse_scenario(text, OWN, defaults_text()).targets == {}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("conversion = 3.5", "targets.conversion is 3.5; allowed: a number from 0.0001 to 1"),
        ("convertion = 0.03", "did you mean 'conversion'"),
        ("revenue = 1000", "targets.revenue is 1000; allowed: an amount"),
        ("orders = 2.5", "targets.orders is 2.5; allowed: a whole number"),
        ('grade = "D"', "targets.grade is 'D'"),
    ],
)
def test_a_wrong_target_is_named(line: str, said: str) -> None:
    key = line.partition(" ")[0]
    kept = re.sub(rf"(\[targets\].*?)\n{key} = [^\n]*", r"\1", scenario_text(), flags=re.DOTALL)
    text = kept.replace("[targets]", f"[targets]\n{line}", 1)
    number = text.split("\n").index(line) + 1
    complained = complaint(text, defaults_text())
    assert f"show.toml, line {number}: " in complained
    assert said in complained


def test_targets_say_where_they_come_from() -> None:
    text = re.sub(r'\norigin = "a tenth better[^\n]*', "", scenario_text())
    assert "targets.origin is missing; please add it" in complaint(text, defaults_text())


def test_a_wrong_target_of_a_segment_is_named() -> None:
    text = scenario_text().replace('revenue_target = "2500.00"', "revenue_target = 2500")
    assert "segments[0].revenue_target is 2500; allowed: an amount" in complaint(
        text, defaults_text()
    )
