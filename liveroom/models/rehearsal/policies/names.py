"""What a policy may name in the show of a scenario: its products, its segments, and words for them."""

from __future__ import annotations

from liveroom.models.rehearsal.policies.selectors import PRODUCTS, SEGMENTS
from liveroom.models.simulation.scenarios.scenario import Scenario
from liveroom.models.toml.table import Table


class Names:
    """What a policy may name in the show of a scenario: its products and its segments."""

    def __init__(self, scenario: Scenario) -> None:
        """Take the scenario."""
        self.currency = scenario.currency
        self.prices = {product.sku: product.price_minor for product in scenario.products}
        self.skus = list(self.prices)
        self.segments = [plan.segment.segment_id for plan in scenario.segments]

    def product(self, row: Table, key: str) -> str:
        """Return a sku or a selector of products."""
        return row.choice(key, [*PRODUCTS, *self.skus])

    def products(self, row: Table, key: str, needed: bool = True) -> tuple[str, ...]:
        """Return skus and selectors; none where the key is absent and not needed."""
        if not needed and not row.has(key):
            return ()
        return self._each(row, key, [*PRODUCTS, *self.skus])

    def segment(self, row: Table, key: str) -> str:
        """Return a segment's id or a selector of one."""
        return row.choice(key, [*SEGMENTS, *self.segments])

    def segment_ids(self, row: Table, key: str, needed: bool = True) -> tuple[str, ...]:
        """Return ids of segments; none where the key is absent and not needed."""
        if not needed and not row.has(key):
            return ()
        return self._each(row, key, self.segments)

    def segment_or_product(self, row: Table, key: str) -> str:
        """Return a segment's id, a sku or a selector of products that is not `on air` itself."""
        selectors = [name for name in PRODUCTS if name not in ("on air", "all")]
        return row.choice(key, [*self.segments, *self.skus, *selectors])

    def _each(self, row: Table, key: str, allowed: list[str]) -> tuple[str, ...]:
        found = row.texts(key)
        for each in found:
            if each not in allowed:
                raise row.wrong_word(key, each, allowed)
        return found
