"""The SQL views of what is sold: products, carts left alone, payment methods, offers, new and returning."""

from __future__ import annotations

from liveroom.models.abandonment import ABANDONED_AFTER_MS
from liveroom.sql_parts import (
    PRICED,
    RETURNING,
    WITH_KNOWN,
    WITH_UNITS,
    sum_of,
    unless_none,
    when_known,
)

PRODUCT_NAMES = """
SELECT sku, name FROM (
  SELECT sku, json_extract(extra, '$.name') AS name,
    ROW_NUMBER() OVER (PARTITION BY sku ORDER BY occurred_at DESC, seq DESC) AS age
  FROM events WHERE kind = 'product_listed' AND json_extract(extra, '$.name') <> ''
) WHERE age = 1
"""

PRODUCT_COSTS = """
SELECT sku, cost_minor FROM (
  SELECT sku, value_minor AS cost_minor,
    ROW_NUMBER() OVER (PARTITION BY sku ORDER BY occurred_at DESC, seq DESC) AS age
  FROM events WHERE kind = 'product_listed' AND json_extract(extra, '$.cost_minor') IS NOT NULL
) WHERE age = 1
"""

PRODUCT_STOCK = """
SELECT sku, units AS stock FROM (
  SELECT sku, units, ROW_NUMBER() OVER (PARTITION BY sku ORDER BY occurred_at DESC, units) AS age
  FROM counted_events WHERE kind = 'stock_measured'
) WHERE age = 1
"""

# An order is one order of a product, on however many of its lines; one event may stand for several.
PRODUCT_SUMS = """
WITH facts AS (
  SELECT sku, CASE kind WHEN 'product_shown' THEN count ELSE 0 END AS impressions,
    CASE kind WHEN 'product_viewed' THEN count ELSE 0 END AS views,
    CASE kind WHEN 'product_clicked' THEN count ELSE 0 END AS clicks,
    CASE kind WHEN 'cart_item_added' THEN count ELSE 0 END AS cart_adds,
    CASE kind WHEN 'cart_item_added' THEN units ELSE 0 END AS cart_units,
    0 AS orders, 0 AS units, 0 AS priced, 0 AS priced_units, 0 AS value
  FROM counted_events
  WHERE kind IN ('product_shown', 'product_viewed', 'product_clicked', 'cart_item_added')
  UNION ALL
  SELECT l.sku, 0, 0, 0, 0, 0, o.count * COUNT(DISTINCT o.seq), SUM(l.units),
    COUNT(l.value_minor), COALESCE(SUM(CASE WHEN l.value_minor IS NOT NULL THEN l.units END), 0),
    COALESCE(SUM(l.value_minor), 0)
  FROM order_lines l CROSS JOIN counted_events o ON o.seq = l.seq
  WHERE o.kind = 'order_placed' AND l.is_product GROUP BY l.sku, o.count
  UNION ALL
  SELECT sku, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 FROM product_costs WHERE cost_minor IS NOT NULL
), sums AS (
  SELECT sku, SUM(impressions) AS impressions, SUM(views) AS views, SUM(clicks) AS clicks,
    SUM(cart_adds) AS cart_adds, SUM(cart_units) AS cart_units, SUM(orders) AS orders,
    SUM(units) AS units, SUM(priced) AS priced, SUM(priced_units) AS priced_units,
    SUM(value) AS value
  FROM facts GROUP BY sku
)
SELECT sums.*, product_costs.cost_minor
FROM sums LEFT JOIN product_costs ON product_costs.sku = sums.sku
"""

BY_PRODUCT = f"""
SELECT p.sku, product_names.name,
  {when_known("impressions", "p.impressions")} AS impressions,
  {when_known("product_views", "p.views")} AS views,
  {when_known("product_clicks", "p.clicks")} AS clicks,
  {when_known("carts", "p.cart_adds")} AS cart_adds,
  {when_known("orders", "p.orders")} AS orders,
  {when_known("units", "p.units")} AS units,
  {when_known("revenue", unless_none("value", "p.orders", "priced"))} AS revenue_minor,
  product_stock.stock, cost_minor,
  {when_known("revenue", unless_none("value - cost_minor * priced_units", "p.orders", "priced"))}
    AS margin_minor
FROM product_sums p {WITH_KNOWN}
LEFT JOIN product_names ON product_names.sku = p.sku
LEFT JOIN product_stock ON product_stock.sku = p.sku
WHERE p.impressions <> 0 OR p.views <> 0 OR p.clicks <> 0 OR p.cart_adds <> 0
  OR p.cart_units <> 0 OR p.orders <> 0 OR p.units <> 0 OR value <> 0 OR priced <> 0
"""


def _by(name: str) -> str:
    """Return the view of the orders that name something: a payment method, an offer."""
    return f"""
SELECT {name},
  {when_known("orders", "s.orders")} AS orders,
  {when_known("revenue", unless_none("value", "s.orders", "priced"))} AS revenue_minor,
  {when_known("units", unless_none("s.units", "s.orders", "with_units"))} AS units
FROM (
  SELECT json_extract(extra, '$.{name}') AS {name}, SUM(count) AS orders,
    COALESCE(SUM({PRICED}), 0) AS priced, COALESCE(SUM(value_minor), 0) AS value,
    COALESCE(SUM({WITH_UNITS}), 0) AS with_units, COALESCE(SUM(units), 0) AS units
  FROM counted_events WHERE kind = 'order_placed' AND json_extract(extra, '$.{name}') <> ''
  GROUP BY 1
) s {WITH_KNOWN} WHERE s.orders <> 0 OR value <> 0 OR s.units <> 0
"""


_REVENUE = when_known("revenue", unless_none("value", "p.orders", "priced"))

NEW_AND_RETURNING = f"""
WITH said AS (
  SELECT {RETURNING} AS bought_before, kind, count, value_minor FROM counted_events
  WHERE kind IN ('visit_started', 'order_placed') AND extra IS NOT NULL
), people AS (
  SELECT sides.who, {sum_of("visit_started", "count")} AS visits,
    {sum_of("order_placed", "count")} AS orders, {sum_of("order_placed", PRICED)} AS priced,
    {sum_of("order_placed", "value_minor")} AS value
  FROM (SELECT 0 AS bought_before, 'new' AS who UNION ALL SELECT 1, 'returning') sides
  LEFT JOIN said ON said.bought_before = sides.bought_before GROUP BY sides.who
)
SELECT who,
  {when_known("visits_returning", "p.visits")} AS visits,
  {when_known("orders_returning", "p.orders")} AS orders,
  {when_known("orders_returning", _REVENUE)} AS revenue_minor
FROM people p {WITH_KNOWN}
"""

# An order counts for the cart of its visit and for the carts of its person.
CART_FACTS = """
WITH carts AS (
  SELECT visit, occurred_at FROM counted_events
  WHERE kind = 'cart_item_added' AND visit IS NOT NULL
), visits AS (SELECT DISTINCT visit FROM carts),
owned AS (
  SELECT DISTINCT v.visit, v.person FROM counted_events v JOIN visits ON visits.visit = v.visit
  WHERE v.kind = 'visit_started' AND v.person IS NOT NULL
)
SELECT visit, occurred_at, 0 AS is_order FROM carts
UNION ALL
SELECT o.visit, o.occurred_at, 1 FROM counted_events o JOIN visits ON visits.visit = o.visit
WHERE o.kind = 'order_placed'
UNION ALL
SELECT owned.visit, o.occurred_at, 1 FROM counted_events o JOIN owned ON owned.person = o.person
WHERE o.kind = 'order_placed'
"""

ABANDONED_CARTS = f"""
SELECT visit, MIN(occurred_at) + {ABANDONED_AFTER_MS} AS abandoned_at FROM (
  SELECT visit, occurred_at, is_order,
    LEAD(occurred_at) OVER (PARTITION BY visit ORDER BY occurred_at, is_order) AS following
  FROM cart_facts
) WHERE NOT is_order AND (following IS NULL OR following > occurred_at + {ABANDONED_AFTER_MS})
GROUP BY visit
"""

# As of the last fact of the session, whichever source reported it.
ABANDONMENT = f"""
WITH gone AS (
  SELECT a.visit, MAX(f.is_order AND f.occurred_at > a.abandoned_at) AS recovered
  FROM abandoned_carts a JOIN cart_facts f ON f.visit = a.visit
  WHERE a.abandoned_at < (SELECT MAX(occurred_at) FROM events WHERE kind IN (SELECT kind FROM kinds))
  GROUP BY a.visit
), sums AS (
  SELECT (SELECT COUNT(DISTINCT visit) FROM cart_facts) AS carts, COUNT(*) AS abandoned,
    COALESCE(SUM(recovered), 0) AS recovered FROM gone
), found AS (
  SELECT {when_known("carts_by_visit", "sums.carts")} AS carts,
    {when_known("carts_by_visit", "sums.abandoned")} AS abandoned,
    {when_known("carts_by_visit", "sums.recovered")} AS recovered FROM sums {WITH_KNOWN}
)
SELECT carts, abandoned, recovered, CAST(abandoned AS REAL) / NULLIF(carts, 0) AS rate,
  CAST(recovered AS REAL) / NULLIF(abandoned, 0) AS recovery_rate,
  {ABANDONED_AFTER_MS // 60_000} AS after_minutes
FROM found
"""

SALES_STEPS: dict[str, str] = {
    "product_names": PRODUCT_NAMES,
    "product_costs": PRODUCT_COSTS,
    "product_stock": PRODUCT_STOCK,
    "product_sums": PRODUCT_SUMS,
    "cart_facts": CART_FACTS,
    "abandoned_carts": ABANDONED_CARTS,
}
"""Steps on the way, by name."""

SALES_VIEWS: dict[str, str] = {
    "kpi_by_product": BY_PRODUCT,
    "kpi_by_method": _by("method"),
    "kpi_by_offer": _by("offer_id"),
    "kpi_new_and_returning": NEW_AND_RETURNING,
    "kpi_abandonment": ABANDONMENT,
}
"""Key figures, by the name of their view."""
