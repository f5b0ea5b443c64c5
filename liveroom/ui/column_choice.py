"""Which columns the producer chose and in which order, kept from one start to the next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QSettings

from liveroom.ui.product_columns import ALL, COLUMNS, OWN, PRESETS

_KEY = "products/columns/v1"
_DEFAULT = next(iter(PRESETS))
_KEYS = tuple(column.key for column in COLUMNS[2:])


class ColumnChoice:
    """A preset by name, or the producer's own set; and the order, which holds for all of them."""

    def __init__(self) -> None:
        """Start with the first preset in the shipped order."""
        self.preset = _DEFAULT
        self.order: tuple[str, ...] = _KEYS
        self._own: tuple[str, ...] = PRESETS[_DEFAULT]
        self._settings: QSettings | None = None

    def take_settings(self, settings: QSettings) -> None:
        """Go on with what was chosen last; names that there are no longer are left out."""
        self._settings = settings
        preset = str(settings.value(f"{_KEY}/preset", _DEFAULT))
        own, order = _listed(settings, "own"), _listed(settings, "order")
        if own:
            self._own = own
        if order:
            # Columns that came with a newer version stand where the shipped order has them: last.
            self.order = (*order, *(key for key in _KEYS if key not in order))
        self.preset = preset if preset in PRESETS or (preset == OWN and own) else _DEFAULT

    def shown(self) -> tuple[str, ...]:
        """Return the keys of the chosen columns, in their order."""
        chosen = self._own if self.preset == OWN else PRESETS[self.preset]
        return tuple(key for key in self.order if key in chosen)

    def hidden(self) -> frozenset[str]:
        """Return the keys of the columns that were not chosen."""
        return frozenset(_KEYS) - frozenset(self.shown())

    def take_preset(self, name: str) -> None:
        """Show a preset, or the own set."""
        self.preset = name
        self._keep()

    def flip(self, key: str) -> None:
        """Show a column or leave it out; that makes the set the producer's own."""
        shown = self.shown()
        self._own = tuple(k for k in shown if k != key) if key in shown else (*shown, key)
        self.preset = OWN
        self._keep()

    def move(self, key: str, step: int) -> None:
        """Put a column one place to the left or to the right, among all columns."""
        order = list(self.order)
        place = order.index(key)
        other = place + step
        if 0 <= other < len(order):
            order[place], order[other] = order[other], order[place]
            self.take_order(order)

    def take_order(self, keys: Sequence[str]) -> None:
        """Take the order as it was dragged."""
        known = [key for key in keys if key in _KEYS]
        self.order = (*known, *(key for key in _KEYS if key not in known))
        self._keep()

    def forget_order(self) -> None:
        """Go back to the shipped order."""
        self.take_order(_KEYS)

    def _keep(self) -> None:
        if self._settings is not None:
            self._settings.setValue(f"{_KEY}/preset", self.preset)
            self._settings.setValue(f"{_KEY}/own", _joined(self._own))
            self._settings.setValue(f"{_KEY}/order", _joined(self.order))


def names_of_sets() -> tuple[str, ...]:
    """Return the names of all sets, as they are offered."""
    return (*(name for name in PRESETS if name != ALL), ALL, OWN)


def _joined(keys: Iterable[str]) -> str:
    return " ".join(keys)


def _listed(settings: QSettings, name: str) -> tuple[str, ...]:
    # A settings file is the user's: it may hold anything.
    words = str(settings.value(f"{_KEY}/{name}", "")).split()
    return tuple(dict.fromkeys(word for word in words if word in _KEYS))
