"""Which key figures stand on the strip and in what order: the producer's choice, or the usual one."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QSettings

_SETTING = "desk/kpis/v1"
_OFF = "-"


class KpiChoice:
    """An order of all key figures, each on or off; kept in the settings once it is the producer's own."""

    def __init__(self, keys: Sequence[str], usual: Collection[str]) -> None:
        """Take all figures in their usual order, and those that are usually on."""
        self._keys, self._usual = tuple(keys), frozenset(usual)
        self._settings: QSettings | None = None
        self.order: tuple[str, ...] = self._keys
        self._on: frozenset[str] | None = None

    @property
    def is_own(self) -> bool:
        """Return whether the producer chose."""
        return self._on is not None

    def recall(self, settings: QSettings) -> None:
        """Take the choice that was kept; a figure that it does not know stands last, and is off."""
        self._settings = settings
        kept = str(settings.value(_SETTING, "") or "").split(",")
        names = [name.removeprefix(_OFF) for name in kept]
        known = list(dict.fromkeys(name for name in names if name in self._keys))
        if not known:
            return
        self.order = (*known, *(key for key in self._keys if key not in known))
        self._on = frozenset(name for name in kept if name in self._keys)

    def shown(self, with_target: Collection[str]) -> tuple[str, ...]:
        """Return the chosen ones in order; usually those with a target are among them."""
        on = self._usual | set(with_target) if self._on is None else self._on
        return tuple(key for key in self.order if key in on)

    def move(self, key: str, before: str, with_target: Collection[str]) -> None:
        """Put a figure before another one, or last where that is blank."""
        if key == before:
            return
        on = self.shown(with_target)
        others = [each for each in self.order if each != key]
        place = others.index(before) if before in others else len(others)
        self._keep((*others[:place], key, *others[place:]), on)

    def turn(self, key: str, on: bool, with_target: Collection[str]) -> None:
        """Put a figure on the strip or take it off."""
        shown = set(self.shown(with_target))
        (shown.add if on else shown.discard)(key)
        self._keep(self.order, shown)

    def reset(self) -> None:
        """Go back to the usual choice."""
        self.order, self._on = self._keys, None
        if self._settings is not None:
            self._settings.remove(_SETTING)

    def _keep(self, order: Sequence[str], on: Collection[str]) -> None:
        self.order, self._on = tuple(order), frozenset(on)
        if self._settings is not None:
            words = (key if key in self._on else _OFF + key for key in self.order)
            self._settings.setValue(_SETTING, ",".join(words))
