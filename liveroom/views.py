"""The SQL views of a session file: the same key figures as the desk, for any SQLite tool.

They read the raw events, so they are right at any moment; unknown is NULL, money is minor units.
"""

COUNTED_EVENTS = """
SELECT events.* FROM events
JOIN kinds ON kinds.kind = events.kind
JOIN counting ON counting.fact = kinds.fact AND counting.source = events.source
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
SELECT c.*, CASE WHEN c.amount_minor IS NOT NULL THEN c.value_minor ELSE (
    SELECT SUM(o.value_minor) FROM events o WHERE o.kind = 'order_placed'
    AND o.source = c.source AND o.order_id = c.order_id) END AS cancelled_minor
FROM counted_events c WHERE c.kind = 'order_cancelled'
"""

# A detail (amount, units, person …) is known while no event of its fact came without any of it.
KNOWN = """
SELECT 'visitors' AS figure WHERE EXISTS (SELECT 1 FROM counting WHERE fact = 'visits')
  AND (EXISTS (SELECT 1 FROM counted_events WHERE kind = 'visit_started' AND person IS NOT NULL)
  OR NOT EXISTS (SELECT 1 FROM counted_events WHERE kind = 'visit_started'))
UNION ALL SELECT 'carts' WHERE EXISTS (SELECT 1 FROM counting WHERE fact = 'carts')
  AND (EXISTS (SELECT 1 FROM counted_events WHERE kind = 'cart_item_added' AND visit IS NOT NULL)
  OR NOT EXISTS (SELECT 1 FROM counted_events WHERE kind = 'cart_item_added'))
UNION ALL SELECT 'revenue' WHERE EXISTS (SELECT 1 FROM counting WHERE fact = 'orders')
  AND (EXISTS (SELECT 1 FROM counted_events WHERE kind = 'order_placed'
    AND amount_minor IS NOT NULL)
  OR NOT EXISTS (SELECT 1 FROM counted_events WHERE kind = 'order_placed'))
UNION ALL SELECT 'units' WHERE EXISTS (SELECT 1 FROM counting WHERE fact = 'orders')
  AND (EXISTS (SELECT 1 FROM counted_events WHERE kind = 'order_placed' AND units IS NOT NULL)
  OR NOT EXISTS (SELECT 1 FROM counted_events WHERE kind = 'order_placed'))
UNION ALL SELECT 'customers' WHERE EXISTS (SELECT 1 FROM counting WHERE fact = 'orders')
  AND (EXISTS (SELECT 1 FROM counted_events WHERE kind = 'order_placed' AND person IS NOT NULL)
  OR NOT EXISTS (SELECT 1 FROM counted_events WHERE kind = 'order_placed'))
UNION ALL SELECT 'cancelled' WHERE EXISTS (SELECT 1 FROM counting WHERE fact = 'cancellations')
  AND (EXISTS (SELECT 1 FROM cancellations WHERE amount_minor IS NOT NULL
    OR cancelled_minor IS NOT NULL)
  OR NOT EXISTS (SELECT 1 FROM cancellations))
UNION ALL SELECT 'chat_people' WHERE EXISTS (SELECT 1 FROM counting WHERE fact = 'chat')
  AND (EXISTS (SELECT 1 FROM counted_events WHERE kind = 'chat_posted' AND person IS NOT NULL)
  OR NOT EXISTS (SELECT 1 FROM counted_events WHERE kind = 'chat_posted'))
UNION ALL SELECT fact FROM counting
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
}


def _when_known(figure: str, value: str) -> str:
    return f"CASE WHEN '{figure}' IN (SELECT figure FROM known) THEN {value} END"


def _sum(name: str, at_zero: str = "0") -> str:
    figure, kind, column = _SUMS[name]
    total = f"COALESCE(SUM(CASE WHEN kind = '{kind}' THEN {column} END), {at_zero})"
    return f"{_when_known(figure, total)} AS {name}"


def _distinct(name: str, kind: str, column: str) -> str:
    counted = f"COUNT(DISTINCT CASE WHEN kind = '{kind}' THEN {column} END)"
    return f"{_when_known(name, counted)} AS {name}"


_PRICED = "SUM(CASE WHEN kind = 'order_placed' AND value_minor IS NOT NULL THEN count ELSE 0 END)"
_ALL_ORDERS = "SUM(CASE WHEN kind = 'order_placed' THEN count ELSE 0 END)"

TOTALS = f"""
SELECT (SELECT value FROM meta WHERE name = 'currency') AS currency,
  t.*, t.revenue_minor - t.cancelled_minor AS net_revenue_minor,
  CAST(t.orders AS REAL) / NULLIF(t.visits, 0) AS conversion_rate,
  CAST(t.revenue_minor AS REAL) / NULLIF(t.orders - t.orders_without_amount, 0)
    AS average_order_value_minor
FROM (SELECT
  {_sum("visits")}, {_distinct("visitors", "visit_started", "person")},
  {_sum("impressions")}, {_sum("product_views")}, {_sum("product_clicks")},
  {_sum("cart_adds")}, {_sum("cart_units")}, {_distinct("carts", "cart_item_added", "visit")},
  {_sum("cart_removals")}, {_sum("checkouts")}, {_sum("orders")},
  {_when_known("orders", f"COALESCE({_ALL_ORDERS} - {_PRICED}, 0)")} AS orders_without_amount,
  {_distinct("customers", "order_placed", "person")}, {_sum("units")},
  CASE WHEN COALESCE({_ALL_ORDERS}, 0) = 0 OR {_PRICED} > 0 THEN
    {_sum("revenue_minor").removesuffix(" AS revenue_minor")} END AS revenue_minor,
  {_sum("cancellations")},
  {_when_known("cancelled", "(SELECT COALESCE(SUM(cancelled_minor), 0) FROM cancellations)")}
    AS cancelled_minor,
  {_sum("chat_messages")}, {_distinct("chat_people", "chat_posted", "person")}
FROM counted_events) t
"""

AUDIENCE = """
SELECT COUNT(*) AS samples, AVG(viewers) AS mean, MAX(viewers) AS peak,
  (SELECT viewers FROM audience_samples ORDER BY occurred_at LIMIT 1) AS first,
  (SELECT viewers FROM audience_samples ORDER BY occurred_at DESC LIMIT 1) AS last,
  (SELECT strftime('%Y-%m-%dT%H:%M:%SZ', occurred_at / 1000, 'unixepoch') FROM audience_samples
    ORDER BY viewers DESC, occurred_at LIMIT 1) AS peak_at
FROM audience_samples
"""

AUDIENCE_SAMPLES = """
SELECT occurred_at, MAX(viewers) AS viewers FROM counted_events
WHERE kind = 'audience_measured' GROUP BY occurred_at
"""

BY_CHANNEL = f"""
SELECT channel, label,
  {_when_known("visits", "SUM(visits)")} AS visits,
  {_when_known("orders", "SUM(orders)")} AS orders,
  CASE WHEN SUM(orders) = 0 OR SUM(priced) > 0 THEN {_when_known("revenue", "SUM(value)")} END
    AS revenue_minor
FROM (
  SELECT channel, COALESCE(label, '') AS label, count AS visits, 0 AS orders, 0 AS priced,
    0 AS value FROM counted_events WHERE kind = 'visit_started'
  UNION ALL
  SELECT entry_channel, entry_label, 0, count, CASE WHEN value_minor IS NULL THEN 0 ELSE count END,
    COALESCE(value_minor, 0) FROM orders
) GROUP BY channel, label
"""

BY_PRODUCT = f"""
SELECT sku,
  (SELECT json_extract(extra, '$.name') FROM events p WHERE p.kind = 'product_listed'
    AND p.sku = facts.sku AND json_extract(extra, '$.name') <> ''
    ORDER BY occurred_at DESC, seq DESC LIMIT 1) AS name,
  {_when_known("impressions", "SUM(impressions)")} AS impressions,
  {_when_known("product_views", "SUM(views)")} AS views,
  {_when_known("product_clicks", "SUM(clicks)")} AS clicks,
  {_when_known("carts", "SUM(cart_adds)")} AS cart_adds,
  {_when_known("orders", "SUM(orders)")} AS orders,
  {_when_known("units", "SUM(units)")} AS units,
  CASE WHEN SUM(orders) = 0 OR SUM(priced) > 0 THEN {_when_known("revenue", "SUM(value)")} END
    AS revenue_minor
FROM (
  SELECT sku, CASE kind WHEN 'product_shown' THEN count ELSE 0 END AS impressions,
    CASE kind WHEN 'product_viewed' THEN count ELSE 0 END AS views,
    CASE kind WHEN 'product_clicked' THEN count ELSE 0 END AS clicks,
    CASE kind WHEN 'cart_item_added' THEN count ELSE 0 END AS cart_adds,
    0 AS orders, 0 AS units, 0 AS priced, 0 AS value
  FROM counted_events
  WHERE kind IN ('product_shown', 'product_viewed', 'product_clicked', 'cart_item_added')
  UNION ALL
  SELECT l.sku, 0, 0, 0, 0, MAX(o.count), SUM(l.units),
    COUNT(l.value_minor), COALESCE(SUM(l.value_minor), 0)
  FROM order_lines l JOIN counted_events o ON o.seq = l.seq
  WHERE o.kind = 'order_placed' AND l.is_product GROUP BY l.seq, l.sku
) AS facts GROUP BY sku
"""

BY_MINUTE = f"""
SELECT strftime('%Y-%m-%dT%H:%M:%SZ', minute * 60, 'unixepoch') AS minute,
  {_sum("visits")}, {_sum("product_views")}, {_sum("product_clicks")}, {_sum("cart_adds")},
  {_sum("checkouts")}, {_sum("orders")}, {_sum("units")},
  {_sum("revenue_minor")}, {_sum("chat_messages")},
  AVG(CASE WHEN kind = 'audience_measured' THEN viewers END) AS audience
FROM (SELECT *, occurred_at / 60000 AS minute FROM counted_events) GROUP BY 1
"""

CUES = """
SELECT json_extract(extra, '$.segment_id') AS segment_id, occurred_at / 1000 AS from_second,
  LEAD(occurred_at / 1000, 1, 9223372036854775807) OVER (ORDER BY occurred_at, seq) AS to_second
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

BY_SEGMENT = f"""
SELECT s.number, s.segment_id, s.title,
  {_when_known("orders", "COALESCE(SUM(o.count), 0)")} AS orders,
  CASE WHEN COALESCE(SUM(o.count), 0) = 0 OR COUNT(o.value_minor) > 0 THEN
    {_when_known("revenue", "COALESCE(SUM(o.value_minor), 0)")} END AS revenue_minor
FROM segments s JOIN cues c ON c.segment_id = s.segment_id
LEFT JOIN orders o ON o.occurred_at / 1000 >= c.from_second
  AND o.occurred_at / 1000 < c.to_second
GROUP BY s.number, s.segment_id, s.title
"""

CHAT = """
SELECT t.chat_messages AS messages, t.chat_people AS people,
  (SELECT MAX(chat_messages) FROM kpi_by_minute) AS peak_per_minute,
  (SELECT minute FROM kpi_by_minute WHERE chat_messages > 0
    ORDER BY chat_messages DESC, minute LIMIT 1) AS peak_at
FROM kpi_totals t
"""

VIEWS: dict[str, str] = {
    "counted_events": COUNTED_EVENTS,
    "visit_channels": VISIT_CHANNELS,
    "orders": ORDERS,
    "cancellations": CANCELLATIONS,
    "known": KNOWN,
    "audience_samples": AUDIENCE_SAMPLES,
    "cues": CUES,
    "segments": SEGMENTS,
    "kpi_totals": TOTALS,
    "kpi_audience": AUDIENCE,
    "kpi_by_channel": BY_CHANNEL,
    "kpi_by_product": BY_PRODUCT,
    "kpi_by_minute": BY_MINUTE,
    "kpi_by_segment": BY_SEGMENT,
    "kpi_chat": CHAT,
}
"""Every view by name, in an order in which they can be created."""
