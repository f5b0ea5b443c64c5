"""The SQL views of a session file: the same key figures as the desk, for any SQLite tool.

They read the raw events, so they are right at any moment; unknown is NULL, money is minor units. Every
view reads the events a fixed number of times, however many products or orders there are.
"""

from __future__ import annotations

from liveroom.models.measures import LONGEST_HOLD_MS
from liveroom.rows import COLUMNS
from liveroom.sql_parts import (
    KNOWS,
    PRICED,
    RETURNING,
    WITH_KNOWN,
    WITH_UNITS,
    floor,
    instant,
    mean_minor,
    sum_of,
    unless_none,
    when_known,
)
from liveroom.views_of_sales import SALES_STEPS, SALES_VIEWS

_MINUTE = floor("occurred_at", "60000")

# Where the producer said that a source tells what happened too late, it is counted so much earlier.
_SHIFTED = "events.occurred_at - COALESCE(clock_shifts.shift_ms, 0) AS occurred_at"

# CROSS JOIN keeps the events in the outer loop: two look-ups per event instead of a sort of them all.
COUNTED_EVENTS = f"""
SELECT {", ".join(_SHIFTED if name == "occurred_at" else f"events.{name}" for name in COLUMNS)}
FROM events
CROSS JOIN kinds ON kinds.kind = events.kind
CROSS JOIN counting ON counting.fact = kinds.fact AND counting.source = events.source
LEFT JOIN clock_shifts ON clock_shifts.source = events.source
"""

VISIT_CHANNELS = """
SELECT visit, channel, COALESCE(label, '') AS label, MIN(seq) AS seq FROM counted_events
WHERE kind = 'visit_started' AND visit IS NOT NULL GROUP BY visit
"""

ORDERS = """
SELECT o.*,
  CASE WHEN o.channel IS NOT NULL THEN o.channel ELSE COALESCE(v.channel, 'unknown') END
    AS entry_channel,
  CASE WHEN o.channel IS NOT NULL THEN COALESCE(o.label, '') ELSE COALESCE(v.label, '') END
    AS entry_label
FROM counted_events o LEFT JOIN visit_channels v ON v.visit = o.visit
WHERE o.kind = 'order_placed'
"""

CANCELLATIONS = """
WITH placed AS (
  SELECT source, order_id, SUM(value_minor) AS minor FROM counted_events
  WHERE kind = 'order_placed' AND order_id IS NOT NULL GROUP BY source, order_id
), refunded AS (
  SELECT source, order_id, SUM(value_minor) AS minor FROM counted_events
  WHERE kind = 'order_cancelled' AND order_id IS NOT NULL GROUP BY source, order_id
), whole AS (
  SELECT seq, ROW_NUMBER() OVER (PARTITION BY source, order_id ORDER BY occurred_at, seq) AS number
  FROM counted_events
  WHERE kind = 'order_cancelled' AND order_id IS NOT NULL AND amount_minor IS NULL
)
SELECT c.*, CASE WHEN c.amount_minor IS NOT NULL THEN c.value_minor
    WHEN whole.number = 1 THEN MAX(0, placed.minor - COALESCE(refunded.minor, 0))
    WHEN placed.minor IS NOT NULL THEN 0 END AS cancelled_minor
FROM counted_events c
LEFT JOIN placed ON placed.source = c.source AND placed.order_id = c.order_id
LEFT JOIN refunded ON refunded.source = c.source AND refunded.order_id = c.order_id
LEFT JOIN whole ON whole.seq = c.seq
WHERE c.kind = 'order_cancelled'
"""

_DETAILS = {
    "visitors": ("visits", "visit_started", "person"),
    "carts_by_visit": ("carts", "cart_item_added", "visit"),
    "revenue": ("orders", "order_placed", "amount_minor"),
    "units": ("orders", "order_placed", "units"),
    "customers": ("orders", "order_placed", "person"),
    "chat_people": ("chat", "chat_posted", "person"),
    "visits_returning": ("visits", "visit_started", RETURNING),
    "orders_returning": ("orders", "order_placed", RETURNING),
}
_WORDS = {
    "visitors": "person",
    "carts_by_visit": "visit",
    "revenue": "amount",
    "units": "units",
    "customers": "person",
    "chat_people": "person",
    "visits_returning": "returning",
    "orders_returning": "returning",
}
# What a window of a recording was told of the whole (SourceAttached.details).
_SAID = """(SELECT COALESCE(GROUP_CONCAT(json_extract(extra, '$.details'), ' '), '')
  FROM events WHERE kind = 'source_attached') AS words"""


def _detail(figure: str) -> str:
    _, kind, column = _DETAILS[figure]
    return f"MAX(CASE WHEN kind = '{kind}' THEN {column} IS NOT NULL END) AS {figure}"


def _known_detail(figure: str) -> str:
    fact = _DETAILS[figure][0]
    return (
        f"UNION ALL SELECT '{figure}' FROM counting JOIN found"
        f" WHERE fact = '{fact}' AND ({_said(fact, _WORDS[figure])} OR"
        f" COALESCE({figure}, NOT {_said(fact)}))"
    )


def _said(fact: str, detail: str = "") -> str:
    """Return SQL for whether a source said that its whole recording has a fact, or a detail of it."""
    word = f"{fact}.{detail}" if detail else fact
    return f"(' ' || words || ' ' LIKE '% {word} %')"


# What an ad account shows is not known before it was read.
# A detail (amount, units, person …) is known while no event of its fact came without any of it.
KNOWN = f"""
WITH found AS (SELECT {", ".join(map(_detail, _DETAILS))}, {_SAID} FROM counted_events)
SELECT fact AS figure FROM counting
  WHERE fact <> 'ad_spend' OR EXISTS (SELECT 1 FROM events WHERE kind = 'ad_spent')
{chr(10).join(map(_known_detail, _DETAILS))}
UNION ALL SELECT 'cancelled' FROM counting WHERE fact = 'cancellations' AND COALESCE((
  SELECT MAX(amount_minor IS NOT NULL OR cancelled_minor IS NOT NULL) FROM cancellations),
  (SELECT {_said("cancellations", "amount")} OR NOT {_said("cancellations")} FROM (SELECT {_SAID})))
"""

_SUMS = {
    "visits": ("visits", "visit_started", "count"),
    "impressions": ("impressions", "product_shown", "count"),
    "product_views": ("product_views", "product_viewed", "count"),
    "product_clicks": ("product_clicks", "product_clicked", "count"),
    "cart_adds": ("carts", "cart_item_added", "count"),
    "cart_units": ("carts", "cart_item_added", "units"),
    "cart_removals": ("cart_removals", "cart_item_removed", "count"),
    "checkouts": ("checkouts", "checkout_started", "count"),
    "orders": ("orders", "order_placed", "count"),
    "units": ("units", "order_placed", "units"),
    "revenue_minor": ("revenue", "order_placed", "value_minor"),
    "cancellations": ("cancellations", "order_cancelled", "count"),
    "chat_messages": ("chat", "chat_posted", "count"),
    "reactions": ("reactions", "reacted", "count"),
    "leads": ("leads", "lead_captured", "count"),
    "failed_payments": ("failed_payments", "payment_failed", "count"),
    "ad_spend_minor": ("ad_spend", "ad_spent", "value_minor"),
}
_DISTINCT = {
    "visitors": ("visitors", "visit_started", "person"),
    "carts": ("carts_by_visit", "cart_item_added", "visit"),
    "customers": ("customers", "order_placed", "person"),
    "chat_people": ("chat_people", "chat_posted", "person"),
}


def _sum(name: str) -> str:
    _, kind, column = _SUMS[name]
    return f"{sum_of(kind, column)} AS {name}"


def _distinct(name: str) -> str:
    _, kind, column = _DISTINCT[name]
    return f"COUNT(DISTINCT CASE WHEN kind = '{kind}' THEN {column} END) AS {name}"


def _of_sums(name: str) -> str:
    """Return SQL for a sum, or a number of different ones, where it is known."""
    return f"{when_known((_SUMS | _DISTINCT)[name][0], f'sums.{name}')} AS {name}"


_NEW_ORDERS = f"CASE WHEN {RETURNING} = 0 THEN count END"
# What all visits watched together: the audience, each sample held until the next, added up over time.
_WATCHED = f"""(SELECT CASE WHEN SUM(held) > 0 THEN SUM(1.0 * viewers * held) / 60000 END FROM (
  SELECT viewers, MIN(LEAD(occurred_at) OVER (ORDER BY occurred_at) - occurred_at, {LONGEST_HOLD_MS})
    AS held FROM audience_samples))"""
# Of the products whose cost is known; unknown where something was sold and none of it has a cost.
_MARGIN = """(SELECT CASE WHEN COUNT(cost_minor) > 0 AND (t.orders = 0 OR
    SUM(CASE WHEN cost_minor IS NOT NULL THEN priced ELSE 0 END) <> 0)
  THEN COALESCE(SUM(value - cost_minor * priced_units), 0) END FROM product_sums)"""

_PARTLY = {
    "units": ("orders", "with_units"),
    "revenue_minor": ("orders", "priced"),
    "ad_spend_minor": ("ad_spends", "priced_ad_spends"),
}


def _partly(name: str) -> str:
    """Return SQL for a sum that is unknown too where none of its facts has it."""
    of, having = (f"sums.{each}" for each in _PARTLY[name])
    return f"{when_known(_SUMS[name][0], unless_none(f'sums.{name}', of, having))} AS {name}"


TOTALS = f"""
WITH taken AS (SELECT COALESCE(SUM(count), 0) AS cancellations, COALESCE(SUM(cancelled_minor), 0)
  AS minor, COALESCE(SUM(CASE WHEN cancelled_minor IS NOT NULL THEN count END), 0) AS priced
  FROM cancellations),
sums AS (SELECT {", ".join(map(_sum, _SUMS))}, {", ".join(map(_distinct, _DISTINCT))},
  {sum_of("order_placed", PRICED)} AS priced, {sum_of("order_placed", WITH_UNITS)} AS with_units,
  {sum_of("ad_spent", "count")} AS ad_spends, {sum_of("ad_spent", PRICED)} AS priced_ad_spends,
  {sum_of("order_placed", _NEW_ORDERS)} AS new_orders FROM counted_events),
t AS MATERIALIZED (SELECT {", ".join(map(_of_sums, [n for n in _SUMS if n not in _PARTLY]))},
  {", ".join(map(_of_sums, _DISTINCT))}, {", ".join(map(_partly, _PARTLY))}, sums.priced,
  {when_known("orders_returning", "sums.new_orders")} AS new_orders, k.revenue AS has_revenue,
  {when_known("cancellations", "sums.cancellations - taken.priced")} AS cancellations_without_amount,
  {when_known("cancelled", unless_none("taken.minor", "taken.cancellations", "taken.priced"))}
    AS cancelled_minor
  FROM sums CROSS JOIN taken {WITH_KNOWN})
SELECT (SELECT value FROM meta WHERE name = 'currency') AS currency,
  visits, visitors, impressions, product_views, product_clicks, cart_adds, cart_units, carts,
  cart_removals, checkouts, orders, orders - priced AS orders_without_amount, customers, units,
  revenue_minor, cancellations, cancellations_without_amount, cancelled_minor, chat_messages,
  chat_people, revenue_minor - cancelled_minor AS net_revenue_minor,
  CAST(orders AS REAL) / NULLIF(visits, 0) AS conversion_rate,
  CASE WHEN orders <> 0 THEN {mean_minor("revenue_minor", "priced")} END AS average_order_value_minor,
  reactions, leads, failed_payments, ad_spend_minor,
  CAST(revenue_minor AS REAL) / NULLIF(ad_spend_minor, 0) AS roas,
  {mean_minor("ad_spend_minor", "new_orders")} AS cac_minor,
  {mean_minor("ad_spend_minor", "leads")} AS cpl_minor,
  CASE WHEN has_revenue THEN {_MARGIN} END AS margin_minor,
  {_WATCHED} / NULLIF(visits, 0) AS mean_watch_minutes
FROM t
"""

AUDIENCE_SAMPLES = """
SELECT occurred_at, MAX(viewers) AS viewers FROM counted_events
WHERE kind = 'audience_measured' GROUP BY occurred_at
"""

AUDIENCE = f"""
WITH samples AS (SELECT * FROM audience_samples)
SELECT CASE WHEN EXISTS (SELECT 1 FROM counting WHERE fact = 'audience') THEN COUNT(*) END AS samples,
  AVG(viewers) AS mean, MAX(viewers) AS peak,
  (SELECT viewers FROM samples ORDER BY occurred_at LIMIT 1) AS first,
  (SELECT viewers FROM samples ORDER BY occurred_at DESC LIMIT 1) AS last,
  (SELECT {instant("occurred_at")} FROM samples ORDER BY viewers DESC, occurred_at LIMIT 1) AS peak_at
FROM samples
"""

# Ad spend belongs to the paid channel, under the label of the ad account.
_SPENT = unless_none("spent", "spends", "priced_spends")

BY_CHANNEL = f"""
SELECT channel, label,
  {when_known("visits", "c.visits")} AS visits,
  {when_known("orders", "c.orders")} AS orders,
  {when_known("revenue", unless_none("value", "c.orders", "priced"))} AS revenue_minor,
  CASE channel WHEN 'paid' THEN {when_known("ad_spend", _SPENT)} END AS ad_spend_minor
FROM (
  SELECT channel, label, SUM(visits) AS visits, SUM(orders) AS orders, SUM(priced) AS priced,
    SUM(value) AS value, SUM(spends) AS spends, SUM(priced_spends) AS priced_spends,
    SUM(spent) AS spent
  FROM (
    SELECT channel, COALESCE(label, '') AS label, count AS visits, 0 AS orders, 0 AS priced,
      0 AS value, 0 AS spends, 0 AS priced_spends, 0 AS spent
    FROM counted_events WHERE kind = 'visit_started'
    UNION ALL
    SELECT entry_channel, entry_label, 0, count, COALESCE({PRICED}, 0), COALESCE(value_minor, 0),
      0, 0, 0 FROM orders
    UNION ALL
    SELECT 'paid', COALESCE(label, ''), 0, 0, 0, 0, count, COALESCE({PRICED}, 0),
      COALESCE(value_minor, 0) FROM counted_events WHERE kind = 'ad_spent'
  ) GROUP BY channel, label
) c {WITH_KNOWN}
WHERE c.visits <> 0 OR c.orders <> 0 OR value <> 0 OR spends <> 0 OR spent <> 0
"""

_MINUTE_SUMS = (
    "visits product_views product_clicks cart_adds checkouts orders units revenue_minor chat_messages"
    " reactions leads failed_payments ad_spend_minor"
).split()


def _minute_sum(name: str) -> str:
    _, kind, column = _SUMS[name]
    return f"{sum_of(kind, column)} AS {name}"


def _of_minute(name: str, value: str = "") -> str:
    return f"CASE WHEN t.{name} IS NOT NULL THEN {value or f'm.{name}'} END AS {name}"


# A column is NULL as a whole or not at all: where the total over all minutes is unknown.
BY_MINUTE = f"""
WITH m AS (SELECT {_MINUTE} AS number, {", ".join(map(_minute_sum, _MINUTE_SUMS))}
  FROM counted_events WHERE kind <> 'stock_measured' GROUP BY 1),
taken AS (SELECT {_MINUTE} AS number, SUM(cancelled_minor) AS minor FROM cancellations GROUP BY 1),
samples AS (SELECT {_MINUTE} AS number, AVG(viewers) AS mean FROM audience_samples GROUP BY 1),
t AS (SELECT {", ".join((*_MINUTE_SUMS, "cancelled_minor"))} FROM kpi_totals)
SELECT {instant("m.number * 60000")} AS minute,
  {", ".join(map(_of_minute, _MINUTE_SUMS))},
  {_of_minute("cancelled_minor", "COALESCE(taken.minor, 0)")},
  samples.mean AS audience
FROM t CROSS JOIN m LEFT JOIN taken ON taken.number = m.number
LEFT JOIN samples ON samples.number = m.number
ORDER BY m.number
"""

CUES = f"""
SELECT ROW_NUMBER() OVER (ORDER BY occurred_at, seq) AS number,
  json_extract(extra, '$.segment_id') AS segment_id, {floor("occurred_at", "1000")} AS from_second,
  LEAD({floor("occurred_at", "1000")}, 1, 9223372036854775807) OVER (ORDER BY occurred_at, seq)
    AS to_second
FROM events WHERE kind = 'segment_started'
"""

SEGMENTS = """
SELECT json_each.key + 1 AS number, json_extract(json_each.value, '$.segment_id') AS segment_id,
  json_extract(json_each.value, '$.title') AS title,
  json_extract(json_each.value, '$.duration_ms') AS duration_ms
FROM (SELECT extra FROM events WHERE kind = 'run_of_show_changed'
  ORDER BY occurred_at DESC, seq DESC LIMIT 1) plan,
  json_each(plan.extra, '$.segments')
"""

# Orders and cues in one row by time: an order belongs to the last cue up to the end of its second.
BY_SEGMENT = f"""
WITH marks AS (
  SELECT from_second AS second, 0 AS sale, number, 0 AS orders, 0 AS priced, 0 AS value FROM cues
  UNION ALL
  SELECT {floor("occurred_at", "1000")}, 1, NULL, count, COALESCE({PRICED}, 0),
    COALESCE(value_minor, 0) FROM counted_events WHERE kind = 'order_placed'
), sales AS (
  SELECT MAX(number) OVER (ORDER BY second, sale) AS number, orders, priced, value FROM marks
), sold AS (
  SELECT number, SUM(orders) AS orders, SUM(priced) AS priced, SUM(value) AS value
  FROM sales GROUP BY number
), aired AS (
  SELECT s.number, s.segment_id, s.title, COALESCE(SUM(orders), 0) AS orders,
    COALESCE(SUM(value), 0) AS value, COALESCE(SUM(priced), 0) AS priced
  FROM segments s JOIN cues c ON c.segment_id = s.segment_id
  LEFT JOIN sold ON sold.number = c.number
  WHERE s.segment_id <> ''
  GROUP BY s.number, s.segment_id, s.title
)
SELECT number, segment_id, title,
  {when_known("orders", "a.orders")} AS orders,
  {when_known("revenue", unless_none("value", "a.orders", "priced"))} AS revenue_minor
FROM aired a {WITH_KNOWN}
"""

CHAT = f"""
WITH m AS (SELECT {_MINUTE} AS number, SUM(count) AS messages FROM counted_events
  WHERE kind = 'chat_posted' GROUP BY 1)
SELECT t.chat_messages AS messages, t.chat_people AS people,
  CASE WHEN t.chat_messages IS NOT NULL THEN COALESCE((SELECT MAX(messages) FROM m), 0) END
    AS peak_per_minute,
  (SELECT {instant("number * 60000")} FROM m WHERE messages > 0
    ORDER BY messages DESC, number LIMIT 1) AS peak_at
FROM kpi_totals t
"""

VIEWS: dict[str, str] = {
    "counted_events": COUNTED_EVENTS,
    "visit_channels": VISIT_CHANNELS,
    "orders": ORDERS,
    "cancellations": CANCELLATIONS,
    "known": KNOWN,
    "knows": KNOWS,
    "audience_samples": AUDIENCE_SAMPLES,
    **SALES_STEPS,
    "cues": CUES,
    "segments": SEGMENTS,
    "kpi_totals": TOTALS,
    "kpi_audience": AUDIENCE,
    "kpi_by_channel": BY_CHANNEL,
    "kpi_by_minute": BY_MINUTE,
    "kpi_by_segment": BY_SEGMENT,
    "kpi_chat": CHAT,
    **SALES_VIEWS,
}
"""Every view by name, in an order in which they can be created."""
