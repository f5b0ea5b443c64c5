"""The SQL views of a session file: the same key figures as the desk, for any SQLite tool.

They read the raw events, so they are right at any moment; unknown is NULL, money is minor units. Every
view reads the events a fixed number of times, however many products or orders there are.
"""


def _rest(value: str, unit: str) -> str:
    """Return SQL for what is left of a value after whole units, from 0 up before 1970 too."""
    return f"(({value} % {unit}) + {unit}) % {unit}"


def _floor(value: str, unit: str) -> str:
    """Return SQL for the whole units in a value, rounded down; SQLite rounds towards zero."""
    return f"(({value} - {_rest(value, unit)}) / {unit})"


def _instant(ms: str) -> str:
    """Return SQL for an instant as ISO 8601, with milliseconds only where there are some."""
    seconds = f"strftime('%Y-%m-%dT%H:%M:%S', {_floor(ms, '1000')}, 'unixepoch')"
    rest = _rest(ms, "1000")
    return f"{seconds} || CASE {rest} WHEN 0 THEN 'Z' ELSE printf('.%03dZ', {rest}) END"


_MINUTE = _floor("occurred_at", "60000")

# CROSS JOIN keeps the events in the outer loop: two look-ups per event instead of a sort of them all.
COUNTED_EVENTS = """
SELECT events.* FROM events
CROSS JOIN kinds ON kinds.kind = events.kind
CROSS JOIN counting ON counting.fact = kinds.fact AND counting.source = events.source
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
}
_WORDS = {
    "visitors": "person",
    "carts_by_visit": "visit",
    "revenue": "amount",
    "units": "units",
    "customers": "person",
    "chat_people": "person",
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


# A detail (amount, units, person …) is known while no event of its fact came without any of it.
KNOWN = f"""
WITH found AS (SELECT {", ".join(map(_detail, _DETAILS))}, {_SAID} FROM counted_events)
SELECT fact AS figure FROM counting
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
}
_DISTINCT = {
    "visitors": ("visitors", "visit_started", "person"),
    "carts": ("carts_by_visit", "cart_item_added", "visit"),
    "customers": ("customers", "order_placed", "person"),
    "chat_people": ("chat_people", "chat_posted", "person"),
}
# Every view that leaves out what is unknown asks only once what is known.
_WITH_KNOWN = "WITH k AS (SELECT DISTINCT figure FROM known)"


def _when_known(figure: str, value: str) -> str:
    return f"CASE WHEN '{figure}' IN (SELECT figure FROM k) THEN {value} END"


def _sum_of(kind: str, column: str) -> str:
    return f"COALESCE(SUM(CASE WHEN kind = '{kind}' THEN {column} END), 0)"


def _sum(name: str) -> str:
    figure, kind, column = _SUMS[name]
    return f"{_when_known(figure, _sum_of(kind, column))} AS {name}"


def _distinct(name: str) -> str:
    figure, kind, column = _DISTINCT[name]
    counted = f"COUNT(DISTINCT CASE WHEN kind = '{kind}' THEN {column} END)"
    return f"{_when_known(figure, counted)} AS {name}"


def _unless_none(value: str, of: str, having: str) -> str:
    """Return SQL for a sum that is unknown where there are facts and none of them has the detail."""
    return f"CASE WHEN {of} = 0 OR {having} <> 0 THEN {value} END"


_WITH_UNITS = "CASE WHEN units IS NOT NULL THEN count END"
_PRICED = "CASE WHEN value_minor IS NOT NULL THEN count END"
_MEAN_DOWN, _MEAN_REST = _floor("revenue_minor", "priced"), _rest("revenue_minor", "priced")

TOTALS = f"""
{_WITH_KNOWN},
taken AS (SELECT COALESCE(SUM(count), 0) AS cancellations, COALESCE(SUM(cancelled_minor), 0) AS minor,
  COALESCE(SUM(CASE WHEN cancelled_minor IS NOT NULL THEN count END), 0) AS priced FROM cancellations),
sums AS (SELECT {", ".join(map(_sum, _SUMS))}, {", ".join(map(_distinct, _DISTINCT))},
  {_sum_of("order_placed", _PRICED)} AS priced, {_sum_of("order_placed", _WITH_UNITS)} AS with_units
  FROM counted_events),
t AS (SELECT sums.*,
  {_unless_none("sums.revenue_minor", "orders", "sums.priced")} AS known_revenue_minor,
  {_unless_none("sums.units", "orders", "with_units")} AS known_units,
  sums.cancellations - taken.priced AS cancellations_without_amount,
  {_when_known("cancelled", _unless_none("taken.minor", "taken.cancellations", "taken.priced"))}
    AS cancelled_minor
  FROM sums CROSS JOIN taken)
SELECT (SELECT value FROM meta WHERE name = 'currency') AS currency,
  visits, visitors, impressions, product_views, product_clicks, cart_adds, cart_units, carts,
  cart_removals, checkouts, orders, orders - priced AS orders_without_amount, customers,
  known_units AS units, known_revenue_minor AS revenue_minor, cancellations,
  cancellations_without_amount, cancelled_minor, chat_messages, chat_people,
  known_revenue_minor - cancelled_minor AS net_revenue_minor,
  CAST(orders AS REAL) / NULLIF(visits, 0) AS conversion_rate,
  CASE WHEN orders <> 0 AND priced <> 0 AND known_revenue_minor IS NOT NULL THEN
    {_MEAN_DOWN} + (2 * ({_MEAN_REST}) > priced
      OR (2 * ({_MEAN_REST}) = priced AND {_MEAN_DOWN} % 2 <> 0)) END AS average_order_value_minor
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
  (SELECT {_instant("occurred_at")} FROM samples ORDER BY viewers DESC, occurred_at LIMIT 1) AS peak_at
FROM samples
"""

BY_CHANNEL = f"""
{_WITH_KNOWN}
SELECT channel, label,
  {_when_known("visits", "SUM(visits)")} AS visits,
  {_when_known("orders", "SUM(orders)")} AS orders,
  {_when_known("revenue", _unless_none("SUM(value)", "SUM(orders)", "SUM(priced)"))} AS revenue_minor
FROM (
  SELECT channel, COALESCE(label, '') AS label, count AS visits, 0 AS orders, 0 AS priced,
    0 AS value FROM counted_events WHERE kind = 'visit_started'
  UNION ALL
  SELECT entry_channel, entry_label, 0, count, COALESCE({_PRICED}, 0), COALESCE(value_minor, 0)
  FROM orders
) GROUP BY channel, label HAVING SUM(visits) <> 0 OR SUM(orders) <> 0 OR SUM(value) <> 0
"""

PRODUCT_NAMES = """
SELECT sku, name FROM (
  SELECT sku, json_extract(extra, '$.name') AS name,
    ROW_NUMBER() OVER (PARTITION BY sku ORDER BY occurred_at DESC, seq DESC) AS age
  FROM events WHERE kind = 'product_listed' AND json_extract(extra, '$.name') <> ''
) WHERE age = 1
"""

# An order is one order of a product, on however many of its lines; one event may stand for several.
BY_PRODUCT = f"""
{_WITH_KNOWN}, facts AS (
  SELECT sku, CASE kind WHEN 'product_shown' THEN count ELSE 0 END AS impressions,
    CASE kind WHEN 'product_viewed' THEN count ELSE 0 END AS views,
    CASE kind WHEN 'product_clicked' THEN count ELSE 0 END AS clicks,
    CASE kind WHEN 'cart_item_added' THEN count ELSE 0 END AS cart_adds,
    CASE kind WHEN 'cart_item_added' THEN units ELSE 0 END AS cart_units,
    0 AS orders, 0 AS units, 0 AS priced, 0 AS value
  FROM counted_events
  WHERE kind IN ('product_shown', 'product_viewed', 'product_clicked', 'cart_item_added')
  UNION ALL
  SELECT l.sku, 0, 0, 0, 0, 0, o.count * COUNT(DISTINCT o.seq), SUM(l.units),
    COUNT(l.value_minor), COALESCE(SUM(l.value_minor), 0)
  FROM order_lines l CROSS JOIN counted_events o ON o.seq = l.seq
  WHERE o.kind = 'order_placed' AND l.is_product GROUP BY l.sku, o.count
), sums AS (
  SELECT sku, SUM(impressions) AS impressions, SUM(views) AS views, SUM(clicks) AS clicks,
    SUM(cart_adds) AS cart_adds, SUM(cart_units) AS cart_units, SUM(orders) AS orders,
    SUM(units) AS units, SUM(priced) AS priced, SUM(value) AS value
  FROM facts GROUP BY sku
)
SELECT sums.sku, product_names.name,
  {_when_known("impressions", "impressions")} AS impressions,
  {_when_known("product_views", "views")} AS views,
  {_when_known("product_clicks", "clicks")} AS clicks,
  {_when_known("carts", "cart_adds")} AS cart_adds,
  {_when_known("orders", "orders")} AS orders,
  {_when_known("units", "units")} AS units,
  {_when_known("revenue", _unless_none("value", "orders", "priced"))} AS revenue_minor
FROM sums LEFT JOIN product_names ON product_names.sku = sums.sku
WHERE impressions <> 0 OR views <> 0 OR clicks <> 0 OR cart_adds <> 0 OR cart_units <> 0
  OR orders <> 0 OR units <> 0 OR value <> 0 OR priced <> 0
"""

_MINUTE_SUMS = (
    "visits product_views product_clicks cart_adds checkouts orders units revenue_minor chat_messages"
).split()


def _minute_sum(name: str) -> str:
    _, kind, column = _SUMS[name]
    return f"{_sum_of(kind, column)} AS {name}"


def _of_minute(name: str, value: str = "") -> str:
    return f"CASE WHEN t.{name} IS NOT NULL THEN {value or f'm.{name}'} END AS {name}"


# A column is NULL as a whole or not at all: where the total over all minutes is unknown.
BY_MINUTE = f"""
WITH m AS (SELECT {_MINUTE} AS number, {", ".join(map(_minute_sum, _MINUTE_SUMS))}
  FROM counted_events GROUP BY 1),
taken AS (SELECT {_MINUTE} AS number, SUM(cancelled_minor) AS minor FROM cancellations GROUP BY 1),
samples AS (SELECT {_MINUTE} AS number, AVG(viewers) AS mean FROM audience_samples GROUP BY 1),
t AS (SELECT * FROM kpi_totals)
SELECT {_instant("m.number * 60000")} AS minute,
  {", ".join(map(_of_minute, _MINUTE_SUMS[:-1]))},
  {_of_minute("cancelled_minor", "COALESCE(taken.minor, 0)")}, {_of_minute("chat_messages")},
  samples.mean AS audience
FROM t CROSS JOIN m LEFT JOIN taken ON taken.number = m.number
LEFT JOIN samples ON samples.number = m.number
ORDER BY m.number
"""

CUES = f"""
SELECT ROW_NUMBER() OVER (ORDER BY occurred_at, seq) AS number,
  json_extract(extra, '$.segment_id') AS segment_id, {_floor("occurred_at", "1000")} AS from_second,
  LEAD({_floor("occurred_at", "1000")}, 1, 9223372036854775807) OVER (ORDER BY occurred_at, seq)
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
{_WITH_KNOWN}, marks AS (
  SELECT from_second AS second, 0 AS sale, number, 0 AS orders, 0 AS priced, 0 AS value FROM cues
  UNION ALL
  SELECT {_floor("occurred_at", "1000")}, 1, NULL, count, COALESCE({_PRICED}, 0),
    COALESCE(value_minor, 0) FROM counted_events WHERE kind = 'order_placed'
), sales AS (
  SELECT MAX(number) OVER (ORDER BY second, sale) AS number, orders, priced, value FROM marks
), sold AS (
  SELECT number, SUM(orders) AS orders, SUM(priced) AS priced, SUM(value) AS value
  FROM sales GROUP BY number
)
SELECT s.number, s.segment_id, s.title,
  {_when_known("orders", "COALESCE(SUM(orders), 0)")} AS orders,
  {_when_known("revenue", _unless_none("COALESCE(SUM(value), 0)", "COALESCE(SUM(orders), 0)", "SUM(priced)"))}
    AS revenue_minor
FROM segments s JOIN cues c ON c.segment_id = s.segment_id
LEFT JOIN sold ON sold.number = c.number
WHERE s.segment_id <> ''
GROUP BY s.number, s.segment_id, s.title
"""

CHAT = f"""
WITH m AS (SELECT {_MINUTE} AS number, SUM(count) AS messages FROM counted_events
  WHERE kind = 'chat_posted' GROUP BY 1)
SELECT t.chat_messages AS messages, t.chat_people AS people,
  CASE WHEN t.chat_messages IS NOT NULL THEN COALESCE((SELECT MAX(messages) FROM m), 0) END
    AS peak_per_minute,
  (SELECT {_instant("number * 60000")} FROM m WHERE messages > 0
    ORDER BY messages DESC, number LIMIT 1) AS peak_at
FROM kpi_totals t
"""

VIEWS: dict[str, str] = {
    "counted_events": COUNTED_EVENTS,
    "visit_channels": VISIT_CHANNELS,
    "orders": ORDERS,
    "cancellations": CANCELLATIONS,
    "known": KNOWN,
    "audience_samples": AUDIENCE_SAMPLES,
    "product_names": PRODUCT_NAMES,
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
