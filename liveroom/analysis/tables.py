"""What every export holds: the tables of a session and the queries that give them."""

from __future__ import annotations

from liveroom.rows import COLUMNS

KEYS = ("key", "visit", "person")
"""The columns that are names, not numbers: 64-bit keys of facts, visits and people."""

TABLES = {
    "events": "SELECT * FROM events ORDER BY seq",
    "order_lines": "SELECT * FROM order_lines ORDER BY number",
    "set_aside": "SELECT * FROM set_aside ORDER BY number",
    "kpi_totals": "SELECT * FROM kpi_totals",
    "kpi_audience": "SELECT * FROM kpi_audience",
    "kpi_chat": "SELECT * FROM kpi_chat",
    "kpi_abandonment": "SELECT * FROM kpi_abandonment",
    "kpi_new_and_returning": "SELECT * FROM kpi_new_and_returning ORDER BY who",
    "kpi_by_channel": "SELECT * FROM kpi_by_channel ORDER BY channel, label",
    "kpi_by_product": "SELECT * FROM kpi_by_product ORDER BY sku",
    "kpi_by_method": "SELECT * FROM kpi_by_method ORDER BY method",
    "kpi_by_offer": "SELECT * FROM kpi_by_offer ORDER BY offer_id",
    "kpi_by_minute": "SELECT * FROM kpi_by_minute ORDER BY minute",
    "kpi_by_segment": "SELECT * FROM kpi_by_segment ORDER BY number",
}
"""Every exported table and its query; the key figures are the session file's own views."""

_EVENTS = ", ".join(f'\'k\' || "{c}" AS "{c}"' if c in KEYS else f'"{c}"' for c in COLUMNS)

TEXT_TABLES = TABLES | {"events": f"SELECT {_EVENTS} FROM events ORDER BY seq"}
"""The same for formats that do not tell integers from decimals (CSV, XLSX, JSON).

There a key is text, the letter k before the number: `k-1682906807314140285`. A bare number of 64 bits
is rounded by whatever reads a column as decimals (pandas where a cell is empty, JavaScript, Excel).
`'k' || person` makes the same text of the integers in a session file or in Parquet, in any SQL.
"""

TEXTS = frozenset(
    "source source_id kind sku channel label order_id currency text extra name title segment_id"
    " reason payload minute peak_at who method offer_id".split()
)
REALS = frozenset(
    "mean audience conversion_rate roas mean_watch_minutes rate recovery_rate".split()
)
"""Columns of text and of decimals; all others are integers."""
