"""The shipped table of entry channels, read once."""

from __future__ import annotations

from functools import lru_cache

from liveroom.models.channels import ChannelRules, parse_channel_rules
from liveroom.paths import resource


@lru_cache(maxsize=1)
def channel_rules() -> ChannelRules:
    """Return the rules of `resources/channels.toml`."""
    return parse_channel_rules(resource("channels.toml").read_text(encoding="utf-8"))
