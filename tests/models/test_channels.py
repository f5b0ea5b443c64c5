"""Entry channels: labels, sources and media become organic, paid, direct or unknown."""

from __future__ import annotations

import pytest

from liveroom.connectors.channel_rules import channel_rules
from liveroom.models.channels import original_label, parse_channel_rules
from liveroom.models.facts import EntryChannel


@pytest.mark.parametrize(
    ("label", "channel"),
    [
        ("Organic Search", "organic"),
        ("Social", "organic"),
        ("Organic Social", "organic"),
        ("Referral", "organic"),
        ("Paid Search", "paid"),
        ("Paid Social", "paid"),
        ("Display", "paid"),
        ("Affiliates", "paid"),
        ("Cross-network", "paid"),
        ("Direct", "direct"),
        ("Email", "direct"),
        ("SMS", "direct"),
        ("WhatsApp", "direct"),
        ("(Other)", "unknown"),
        ("Unassigned", "unknown"),
        ("(not set)", "unknown"),
        ("", "unknown"),
        ("what is this", "unknown"),
    ],
)
def test_a_label_names_its_channel(label: str, channel: str) -> None:
    assert channel_rules().classify(label) == channel
    assert channel_rules().classify(f"  {label.upper()} ") == channel


@pytest.mark.parametrize(
    ("source", "medium", "channel"),
    [
        ("(direct)", "(none)", "direct"),
        ("google", "cpc", "paid"),
        ("google", "organic", "organic"),
        ("instagram", "paid_social", "paid"),
        ("instagram", "social", "organic"),
        ("instagram.com", "", "organic"),
        ("partner.example", "referral", "organic"),
        ("partner.example", "affiliate", "paid"),
        ("news", "e-mail", "direct"),
        ("wa.me", "", "direct"),
        ("shop", "whatsapp", "direct"),
        ("shop", "banner", "paid"),
        ("somewhere", "", "unknown"),
        ("", "", "unknown"),
    ],
)
def test_without_a_label_source_and_medium_decide(source: str, medium: str, channel: str) -> None:
    assert channel_rules().classify("", source, medium) == channel


def test_a_known_label_decides_before_source_and_medium() -> None:
    assert channel_rules().classify("Organic Search", "google", "cpc") is EntryChannel.ORGANIC
    assert channel_rules().classify("(Other)", "google", "cpc") is EntryChannel.UNKNOWN


def test_a_label_that_no_rule_knows_leaves_it_to_source_and_medium() -> None:
    assert channel_rules().classify("Summer push", "google", "cpc") is EntryChannel.PAID


def test_the_platforms_own_words_are_kept() -> None:
    assert original_label(" Referral ", "a", "b") == "Referral"
    assert original_label("", "google", "cpc") == "google / cpc"
    assert original_label("", "", "cpc") == "cpc"
    assert original_label("") == ""


def test_the_first_rule_that_fits_counts() -> None:
    rules = parse_channel_rules(
        '[[rules]]\nchannel = "paid"\nmedium = "x.*"\n[[rules]]\nchannel = "direct"\nmedium = "xy"'
    )
    assert rules.classify("", "", "xy") is EntryChannel.PAID


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('[[rules]]\nchannel = "free"', "free"),
        ('[[rules]]\nchannel = "paid"\nlable = ["x"]', "lable"),
        ('[[rules]]\nchannel = "paid"\nmedium = "(("', r"\(\("),
    ],
)
def test_a_broken_rule_table_is_named(text: str, named: str) -> None:
    with pytest.raises(ValueError, match=named):
        parse_channel_rules(text)
