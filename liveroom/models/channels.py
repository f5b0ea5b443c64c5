"""Entry channels: a platform's label, source and medium become organic, paid, direct or unknown.

The rules are data (`resources/channels.toml`, which names their source); the first to fit counts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec
from msgspec import Struct

from liveroom.models.facts import EntryChannel


class ChannelRule(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One row of the table: whole labels, or patterns on the whole source and medium."""

    channel: EntryChannel
    name: str = ""
    labels: tuple[str, ...] = ()
    source: str | None = None
    medium: str | None = None


class _RuleTable(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    rules: tuple[ChannelRule, ...]


class ChannelRules:
    """The rule table, ready to ask."""

    def __init__(self, rules: Sequence[ChannelRule]) -> None:
        """Take the rules in the order in which they are tried."""
        self._labels: dict[str, EntryChannel] = {}
        self._patterns: list[tuple[EntryChannel, re.Pattern[str], re.Pattern[str]]] = []
        for rule in rules:
            for label in rule.labels:
                self._labels.setdefault(_plain(label), rule.channel)
            if rule.source is not None or rule.medium is not None:
                self._patterns.append((rule.channel, _whole(rule.source), _whole(rule.medium)))

    def classify(self, label: str, source: str = "", medium: str = "") -> EntryChannel:
        """Return the entry channel; a known label decides before source and medium do."""
        known = self._labels.get(_plain(label))
        if known is not None:
            return known
        source, medium = _plain(source), _plain(medium)
        if source or medium:
            for channel, source_pattern, medium_pattern in self._patterns:
                if source_pattern.fullmatch(source) and medium_pattern.fullmatch(medium):
                    return channel
        return EntryChannel.UNKNOWN


def parse_channel_rules(text: str) -> ChannelRules:
    """Read a rule table from TOML; raise ValueError naming what is wrong in it."""
    try:
        return ChannelRules(msgspec.toml.decode(text, type=_RuleTable).rules)
    except re.error as error:
        raise ValueError(f"{error.pattern!r} is not a regular expression: {error}") from None
    except msgspec.MsgspecError as error:
        raise ValueError(f"the table of entry channels is broken: {error}") from None


def original_label(label: str, source: str = "", medium: str = "") -> str:
    """Return the platform's own words: its label, or source and medium where it gives none."""
    return label.strip() or " / ".join(filter(None, (source.strip(), medium.strip())))


def _plain(text: str) -> str:
    return text.strip().casefold()


def _whole(pattern: str | None) -> re.Pattern[str]:
    return re.compile(".*" if pattern is None else pattern)
