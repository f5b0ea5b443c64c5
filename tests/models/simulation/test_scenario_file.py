import re

import pytest

from liveroom.errors import KnownError
from liveroom.models.simulation.scenario import GRADES
from liveroom.models.simulation.scenario_file import parse_scenario
from tests.models.simulation.playing import first_show, scenario_text


def broken(old: str, new: str) -> str:
    text = scenario_text()
    assert old in text
    return text.replace(old, new, 1)


def test_shipped_scenario_has_the_show_of_the_pictures() -> None:
    scenario = first_show()
    assert (scenario.title, scenario.currency) == ("Festa da Eletrônica", "BRL")
    assert scenario.timezone == "America/Sao_Paulo"
    assert scenario.starts_at == 1_795_215_600_000  # 2026-11-20T23:00:00Z
    assert scenario.products[3].price_minor == 349_900
    assert scenario.segments[7].segment.starts_at == scenario.starts_at + 55 * 60_000


def test_every_parameter_says_where_it_comes_from() -> None:
    scenario = first_show()
    groups = {
        "audience": scenario.audience,
        "funnel": scenario.funnel,
        "reporting": scenario.reporting,
        "chat": scenario.chat,
    }
    keys = {f"{name}.{key}" for name, group in groups.items() for key in group.__struct_fields__}
    rows = {"arrival_curve", "chat_lines", "channels", "products", "segments"}
    assert set(scenario.evidence) == keys | rows
    assert {each.grade for each in scenario.evidence.values()} <= set(GRADES)
    assert all(each.unit and each.origin for each in scenario.evidence.values())


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "seen = { value = 0.72",
            "seen = { value = 1.72",
            "show.toml: funnel.seen.value is 1.72; allowed: a number from 0 to 1 (share)",
        ),
        (
            "seen = { value = 0.72",
            'seen = { value = "lots"',
            "show.toml: funnel.seen.value is 'lots'; allowed: a number from 0 to 1 (share)",
        ),
        (
            "seen = { value = 0.72",
            "seen = { value = nan",
            "show.toml: funnel.seen.value is nan; allowed: a number from 0 to 1 (share)",
        ),
        (
            'value = 12, unit = "seconds"',
            'value = 12, unit = "minutes"',
            "show.toml: audience.bounce_time.unit is 'minutes'; allowed: 'seconds'",
        ),
        ("seen = {", "sean = {", "show.toml: funnel.seen is missing; please add it"),
        (
            "[chat]",
            "[chat]\nloudness = 1",
            "show.toml: chat.loudness is not known; known: messages",
        ),
        (
            'label = "Meta"',
            'label = "Meta"\ncolour = 1',
            "show.toml: channels[1].colour is not known; known: bounce, channel, keenness, label,",
        ),
        (
            'grade = "B" }',
            'grade = "Z" }',
            "show.toml: audience.measured_every.grade is 'Z'; allowed: 'A' or 'B' or 'C' or",
        ),
        (
            'currency = "BRL"',
            'currency = "R$"',
            "show.toml: currency is 'R$'; allowed: an ISO 4217 code such as BRL",
        ),
        (
            "T20:00:00-03:00",
            "T20:00:00",
            "allowed: a time with its zone, 2026-11-20T20:00:00-03:00",
        ),
        (
            'channel = "direct"',
            'channel = "diret"',
            "show.toml: channels[3].channel is 'diret'; allowed: 'organic' or 'paid' or 'direct'",
        ),
        (
            "share = 0.52",
            "share = 0.62",
            "show.toml: channels is '1.1 in sum of shares'; allowed: shares that add up to 1",
        ),
        (
            'price = "349.00"',
            "price = 349.00",
            "show.toml: products[0].price is 349.0; allowed: an amount of BRL as a text",
        ),
        (
            'price = "349.00"',
            'price = "349.005"',
            "show.toml: products[0].price is '349.005'; allowed: an amount of BRL as a text",
        ),
        ('price = "349.00"', 'price = "0"', "show.toml: products[0].price is '0'; allowed: an"),
        (
            "stock = 120",
            "stock = -1",
            "show.toml: products[0].stock is -1; allowed: a whole number from 0 to 1000000",
        ),
        (
            "stock = 120",
            "stock = true",
            "show.toml: products[0].stock is True; allowed: a whole number from 0 to 1000000",
        ),
        (
            'sku = "WATCH-F2"',
            'sku = "FONE-P3"',
            "show.toml: products[1].sku is 'FONE-P3'; allowed: values that occur once",
        ),
        (
            'skus = ["FONE-P3"]',
            'skus = ["FONE-P4"]',
            "show.toml: segments[1].skus is 'FONE-P4'; allowed: skus of the catalogue: CAIXA-360",
        ),
        (
            'id = "fone"',
            'id = "opening"',
            "show.toml: segments[1].id is 'opening'; allowed: values that occur once",
        ),
        (
            'title = "Festa da Eletrônica"',
            'title = " "',
            "show.toml: title is ' '; allowed: a text that is not blank",
        ),
        (
            "at = 0.15",
            "at = 0.0",
            "show.toml: arrival_curve[1].at is 0.0; allowed: above 0, the point before it",
        ),
        ("[funnel]", "[funnel", "show.toml is not TOML:"),
        ("[chat]\n", "chat = 3\n[chatter]\n", "show.toml: "),
    ],
)
def test_mistake_is_named_with_file_key_value_and_range(old: str, new: str, message: str) -> None:
    with pytest.raises(KnownError, match=re.escape(message)):
        parse_scenario(broken(old, new), "show.toml")


def test_channel_shares_must_make_a_whole() -> None:
    total = sum(channel.share for channel in first_show().channels)
    assert total == pytest.approx(1)
