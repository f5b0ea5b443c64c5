"""Layouts in the settings: built-in and own ones, each per set-up of screens, and versioned."""

from typing import NamedTuple

from PySide6.QtCore import QByteArray, QSettings, QSize

from liveroom.models.facts import Mode
from liveroom.ui.phases import PHASES, Phase, first_phase, phase_of

VERSION = 2
"""Raised when saved layouts no longer fit the desk; older ones are kept and not read."""
MOST_LETTERS = 32
_ROOT = f"desk/layouts/v{VERSION}"
_OWN = f"{_ROOT}/own"
_BEFORE = "desk/layout/v1"
"""The one layout of earlier versions; it goes on as *On air*."""
_BEFORE_VERSION = 1


class Layout(NamedTuple):
    """A layout by name."""

    layout_id: str
    """Stable for ever: states are stored by it. Never shown."""
    title: str
    phase: Phase
    """What it was made from; it falls back to it where nothing is saved."""
    own: bool = False


class Saved(NamedTuple):
    """The state of a window's docks, and the version that wrote it."""

    state: QByteArray
    version: int = VERSION


BUILT_IN = tuple(Layout(one.phase_id, one.title, one) for one in PHASES)


class LayoutStore:
    """What the settings hold about layouts; a damaged value counts as none."""

    def __init__(self, settings: QSettings) -> None:
        """Take the settings of the desk."""
        self._settings = settings

    def layouts(self) -> tuple[Layout, ...]:
        """Return every layout: the built-in ones, then the producer's own, oldest first."""
        found = list(BUILT_IN)
        for layout_id in self._own_ids():
            title = self._text(f"{_OWN}/{layout_id}/title")
            if title:
                phase = phase_of(self._text(f"{_OWN}/{layout_id}/phase"))
                found.append(Layout(layout_id, title, phase, own=True))
        return tuple(found)

    def get(self, layout_id: str) -> Layout | None:
        """Return a layout, None for one that is gone."""
        return next((one for one in self.layouts() if one.layout_id == layout_id), None)

    @staticmethod
    def built_in(layout: Layout) -> Layout:
        """Return the built-in layout that a layout was made from; a built-in one itself."""
        return next(one for one in BUILT_IN if one.phase.phase_id == layout.phase.phase_id)

    def last(self, mode: Mode) -> Layout:
        """Return the layout last used in a mode of the desk; at first the one of its phase."""
        found = self.get(self._text(f"{_ROOT}/last/{mode.value}"))
        return found or Layout(*BUILT_IN[PHASES.index(first_phase(mode))])

    def use(self, layout: Layout, mode: Mode) -> None:
        """Remember the layout that is used in a mode."""
        self._settings.setValue(f"{_ROOT}/last/{mode.value}", layout.layout_id)

    def why_no_title(self, title: str, layout: Layout | None = None) -> str:
        """Return why a layout (None for a new one) cannot have this title, blank when it can."""
        wanted = title.strip()
        if not wanted:
            return "A layout needs a name"
        if len(wanted) > MOST_LETTERS:
            return f"A name has at most {MOST_LETTERS} letters"
        for other in self.layouts():
            if other.title.casefold() == wanted.casefold() and other != layout:
                return f"There is a layout {other.title!r} already"
        return ""

    def add(self, title: str, phase: Phase) -> Layout:
        """Make a layout of the producer's own."""
        reason = self.why_no_title(title)
        if reason:
            raise ValueError(reason)
        numbers = [int(one[3:]) for one in self._own_ids() if one[3:].isdecimal()]
        layout = Layout(f"own{max(numbers, default=0) + 1}", title.strip(), phase, own=True)
        self._settings.setValue(f"{_OWN}/{layout.layout_id}/title", layout.title)
        self._settings.setValue(f"{_OWN}/{layout.layout_id}/phase", phase.phase_id)
        return layout

    def rename(self, layout: Layout, title: str) -> Layout:
        """Give one of the producer's own layouts another title."""
        reason = self.why_no_title(title, layout)
        if reason or not layout.own:
            raise ValueError(reason or "Only your own layouts have another name")
        self._settings.setValue(f"{_OWN}/{layout.layout_id}/title", title.strip())
        return layout._replace(title=title.strip())

    def delete(self, layout: Layout) -> None:
        """Forget one of the producer's own layouts."""
        if layout.own:
            self._settings.remove(f"{_OWN}/{layout.layout_id}")
            self._settings.remove(f"{_ROOT}/states/{layout.layout_id}")

    def keep(self, layout: Layout, set_up: str, state: QByteArray) -> None:
        """Keep how a layout was left on a set-up of screens."""
        self._settings.setValue(self._key(layout, set_up, "left"), state)

    def keep_as_saved(self, layout: Layout, set_up: str, state: QByteArray) -> None:
        """Keep what an own layout is reset to on a set-up of screens."""
        self._settings.setValue(self._key(layout, set_up, "saved"), state)

    def forget(self, layout: Layout) -> None:
        """Forget how a layout was left, on every set-up."""
        for set_up in self._set_ups(layout):
            self._settings.remove(self._key(layout, set_up, "left"))
        if layout.layout_id == BUILT_IN[1].layout_id:
            self._settings.remove(_BEFORE)

    def states(self, layout: Layout, set_up: str, compact: bool) -> list[Saved]:
        """Return the states that may be shown on a set-up, the best first.

        As it was left there; as it was saved there; then, for an own layout, as it was saved on
        another set-up with a window of the same class of width.
        """
        found = [self._state(layout, set_up, name) for name in ("left", "saved")]
        if layout.own:
            like = [one for one in self._set_ups(layout) if is_compact(one) == compact]
            found += [self._state(layout, one, "saved") for one in like if one != set_up]
        elif layout.layout_id == BUILT_IN[1].layout_id:
            found.append(self._state_before(compact))
        return [one for one in found if one is not None]

    def anywhere(self, layout: Layout, compact: bool) -> Saved | None:
        """Return how an own layout was left or saved on any set-up with a window of this class of width."""
        alike = [one for one in self._set_ups(layout) if is_compact(one) == compact]
        found = [self._state(layout, one, name) for name in ("left", "saved") for one in alike]
        return next((one for one in found if one is not None), None)

    def _key(self, layout: Layout, set_up: str, name: str) -> str:
        return f"{_ROOT}/states/{layout.layout_id}/{set_up}/{name}"

    def _state(self, layout: Layout, set_up: str, name: str) -> Saved | None:
        state = self._settings.value(self._key(layout, set_up, name))
        return Saved(state) if isinstance(state, QByteArray) else None

    def _state_before(self, compact: bool) -> Saved | None:
        state = self._settings.value(f"{_BEFORE}/state")
        size = self._settings.value(f"{_BEFORE}/size")
        if not isinstance(state, QByteArray) or not isinstance(size, QSize):
            return None
        from liveroom.ui.layouts import COMPACT_BELOW

        same = (size.width() < COMPACT_BELOW) == compact
        return Saved(state, _BEFORE_VERSION) if same else None

    def _own_ids(self) -> list[str]:
        found = self._groups(_OWN)
        return sorted(found, key=lambda one: (len(one), one))

    def _set_ups(self, layout: Layout) -> list[str]:
        return self._groups(f"{_ROOT}/states/{layout.layout_id}")

    def _groups(self, root: str) -> list[str]:
        self._settings.beginGroup(root)
        found = self._settings.childGroups()
        self._settings.endGroup()
        return found

    def _text(self, key: str) -> str:
        value = self._settings.value(key, "")
        return value if isinstance(value, str) else ""


def name_set_up(screens: str, compact: bool) -> str:
    """Return the name of a set-up: the screens, and whether the window is a small one on them."""
    return f"{screens} {'compact' if compact else 'wide'}"


def is_compact(set_up: str) -> bool:
    """Return whether a set-up is one of a small window."""
    return set_up.endswith(" compact")
