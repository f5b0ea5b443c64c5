"""The lines of one language, and how one of them is picked and typed."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct


class Phrases(Struct, frozen=True, kw_only=True):
    """One language's lines by intent: those that can always be written, and all of them."""

    title: str
    short_names: bool
    """Whether the first word of a product's name is a name for it."""
    emoji: tuple[str, ...]
    sizes: tuple[str, ...]
    general: Mapping[str, tuple[str, ...]]
    """Lines that name nothing on air."""
    lines: Mapping[str, tuple[str, ...]]

    def line(self, intent: str, chance: float, product_is_on_air: bool) -> str:
        """Return a line by a chance in [0, 1); blank where all lines need a product on air."""
        texts = (self.lines if product_is_on_air else self.general)[intent]
        return texts[int(chance * len(texts))] if texts else ""

    def styled(self, text: str, chance: float) -> str:
        """Return a message as people type it: now and then hasty, now and then with an emoji."""
        if chance < 0.25:
            return text.lower()
        if chance < 0.40:
            return text.rstrip("?!. ") or text
        if chance < 0.50:
            return f"{text} {self.emoji[int((chance - 0.40) * 10 * len(self.emoji))]}"
        return text

    def short(self, name: str, chance: float) -> str:
        """Return what people call a product."""
        if chance < 0.4:
            return name.split()[0].lower() if self.short_names else name.lower()
        return name
