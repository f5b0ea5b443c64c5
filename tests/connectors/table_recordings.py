"""The recordings in ../shared/data, played by the table source, and their ground truth."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from liveroom.models.events import (
    Event,
)
from tests.connectors.table_helpers import Replay, at_ms, open_table

MINUTE_MS = 60_000


@lru_cache(maxsize=16)
def played(source: Path, start: str | None = None, end: str | None = None) -> Replay:
    from_ms = None if start is None else at_ms(start)
    return Replay(open_table(source, None, from_ms, None if end is None else at_ms(end)))


def truth_of(folder: Path) -> dict[str, Any]:
    return dict(json.loads((folder / "truth.json").read_text(encoding="utf-8")))


def cents(amount: float) -> int:
    return round(amount * 100)


def minute_of(event: Event) -> str:
    return datetime.fromtimestamp(event.occurred_at // 1000, UTC).strftime("%Y-%m-%d %H:%M:00")


def top(counts: Counter[str], key: str = "units") -> list[dict[str, Any]]:
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:10]
    return [{"sku": sku, key: value} for sku, value in ranked]
