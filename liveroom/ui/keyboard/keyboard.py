"""The keyboard of a desk: its commands and keys, and the sheets that show them."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QSettings

from liveroom.ui.dock import PanelDock
from liveroom.ui.keyboard.caps import in_words
from liveroom.ui.keyboard.commands import DeskCommand, Entry, OnShow, PanelCommand
from liveroom.ui.keyboard.desk_commands import (
    GROUPS,
    desk_commands,
    fixed_keys,
    layout_command,
    panel_commands,
)
from liveroom.ui.keyboard.registry import Registry
from liveroom.ui.keyboard.shortcuts import Shortcuts
from liveroom.ui.notice import Notice
from liveroom.ui.panel import Panel

if TYPE_CHECKING:
    from liveroom.ui.main_window import MainWindow
    from liveroom.ui.parts.overlay import Overlay

log = logging.getLogger(__name__)


class Keyboard(QObject):
    """Knows every command; opens palette, cheat sheet, chooser of layouts and menu."""

    def __init__(self, window: MainWindow, settings: QSettings) -> None:
        """Listen to the keys of the desk; those of panels follow when their code is there."""
        super().__init__(window)
        self._window = window
        self.registry = Registry(settings, self)
        self.registry.snapshot = lambda: window.snapshot
        titles = [dock.host.spec.title for dock in window.docks]
        self.registry.groups = (*GROUPS, *titles)
        self.sheet: Overlay | None = None
        """What lies over the desk now."""
        self._unread = list(window.docks)
        self._layouts: set[str] = set()
        self._shown: dict[str, dict[str, str]] = {}
        """The keys that each panel was shown last."""
        self._notice: Notice | None = None
        self.registry.add(desk_commands(window, self), fixed_keys())
        self._follow_layouts()
        for dock in window.docks:
            if dock.host.panel is not None:
                # Built before anybody asked for a key.
                self._read(dock)
        hosts = {dock.objectName(): dock.host for dock in window.docks}
        self._shortcuts = Shortcuts(self.registry, window, hosts, self.press)
        self.registry.changed.connect(self.show_keys)
        window.layouts.changed.connect(self._follow_layouts)
        for dock in window.docks:
            dock.host.built.connect(lambda dock=dock: self._panel_built(dock))

    def press(self, command_id: str) -> None:
        """Answer the key of a command; one that cannot be used now says why."""
        command = self.registry.get(command_id)
        if command is not None and not self.registry.run(command_id):
            self.say(f"{command.title} · not now: {self.registry.why_not(command)}")

    def allow(self, command_id: str, allowed: bool) -> None:
        """Listen to a command's keys, or leave them to whatever has the focus."""
        self._shortcuts.allow(command_id, allowed)

    def say(self, words: str) -> None:
        """Show words for a moment."""
        if self._notice is None:
            self._notice = Notice(self._window, self._window.theme)
        self._notice.say(words)

    def notice(self) -> str:
        """Return what is said at this moment."""
        return "" if self._notice is None else self._notice.text()

    def read_next(self) -> bool:
        """Read what one more panel can do; return whether there was one. Imports its code."""
        if not self._unread:
            return False
        self._read(self._unread[0])
        return True

    def read_all(self) -> None:
        """Read what every panel can do, also of those that were not seen yet."""
        while self.read_next():
            pass

    def change_theme(self) -> None:
        """Take everything down that was made in other colours."""
        self.close()
        if self._notice is not None:
            self._notice.deleteLater()
            self._notice = None

    def close(self) -> None:
        """Close what lies over the desk."""
        if self.sheet is not None:
            self.sheet.leave()

    def open_palette(self) -> None:
        """Open the command palette, or close it."""
        from liveroom.ui.keyboard.palette import Palette

        window = self._window
        dock = window.ways.focus.held()
        held = "" if dock is None else dock.host.spec.title
        self._open(
            Palette, lambda: Palette(window, window.theme, self.registry, self._entries, held)
        )

    def open_cheat_sheet(self) -> None:
        """Open the sheet of all keys, or close it."""
        from liveroom.ui.keyboard.cheat_sheet import CheatSheet

        window = self._window
        self._open(CheatSheet, lambda: CheatSheet(window, window.theme, self.registry))

    def open_layouts(self) -> None:
        """Open the chooser of layouts, or close it."""
        from liveroom.ui.layout_chooser import LayoutChooser

        window = self._window
        self._open(
            LayoutChooser,
            lambda: LayoutChooser(window, window.theme, window.layouts, self.registry.key),
        )

    def open_menu(self) -> None:
        """Open the menu below its button."""
        from liveroom.ui.desk_menu import build_menu

        self.read_all()
        self.close()
        menu = build_menu(self.registry, self._window)
        menu.aboutToHide.connect(menu.deleteLater)
        button = self._window.show_bar.menu_button
        menu.popup(button.mapToGlobal(QPoint(0, button.height())))

    def show_keys(self) -> None:
        """Show on every control what key it has now."""
        registry = self.registry
        bar = self._window.show_bar
        keys = {one.command_id: registry.key(one.command_id) for one in registry.commands()}
        bar.show_keys(keys)
        self._window.scrub_bar.show_keys(keys)
        self._show_layout()
        for dock in self._window.docks:
            dock.host.restart_key = in_words(registry.key("desk.restart_panel"))
            if dock.host.panel is not None:
                self._show_keys_of(dock)

    def _open(self, kind: type[Overlay], make: Callable[[], Overlay]) -> None:
        again = isinstance(self.sheet, kind)
        self.close()
        if again:
            return
        self.read_all()
        sheet = self.sheet = make()
        sheet.closed.connect(lambda: self._closed(sheet))
        sheet.open()

    def _closed(self, sheet: Overlay) -> None:
        if self.sheet is sheet:
            self.sheet = None

    def _entries(self) -> list[OnShow]:
        """Return what is on show in panels and can be found by name."""
        found: list[OnShow] = []
        for dock in self._window.docks:
            panel = dock.host.panel
            if panel is None or type(panel).entries is Panel.entries:
                continue
            entries: list[Entry] = []
            dock.host.do(partial(_extend, entries))
            does = partial(self._do_entry, dock)
            found += [OnShow(dock.host.spec.title, one, does) for one in entries]
        return found

    def _do_entry(self, dock: PanelDock, entry: Entry) -> None:
        self._window.ways.go_to(dock)
        dock.host.do(lambda panel: entry.does())

    def _read(self, dock: PanelDock) -> None:
        if dock not in self._unread:
            return
        self._unread.remove(dock)
        spec = dock.host.spec
        try:
            panel = spec.load()
        except Exception:
            # Its host says so in its place when it is to be shown.
            log.exception("the commands of panel %s cannot be read", spec.panel_id)
            return
        commands, fixed = panel_commands(spec, panel, lambda one: self._do(dock, one))
        if commands or fixed:
            self.registry.add(commands, fixed)

    def _do(self, dock: PanelDock, command: PanelCommand) -> None:
        self._window.ways.bring_to_front(dock)
        if not (command.acts and self._window.lead_back()):
            dock.host.do(command.does)

    def _panel_built(self, dock: PanelDock) -> None:
        self._shown.pop(dock.objectName(), None)
        self._read(dock)
        self._show_keys_of(dock)

    def _show_keys_of(self, dock: PanelDock) -> None:
        """Show a panel the keys of its own commands and of the desk's, where they are others than before."""
        name = dock.objectName()
        others = {other.objectName() for other in self._window.docks} - {name}
        keys = {
            one.command_id.removeprefix(f"{name}."): self.registry.key(one.command_id)
            for one in self.registry.commands()
            if one.command_id.partition(".")[0] not in others
        }
        if self._shown.get(name) != keys:
            self._shown[name] = keys
            dock.host.tell(lambda panel: panel.show_keys(keys))

    def _follow_layouts(self) -> None:
        """Have a command for every layout that there is, also for the producer's own."""
        keeper = self._window.layouts
        commands: list[DeskCommand] = [
            layout_command(one, keeper.show_layout) for one in keeper.store.layouts()
        ]
        there = {one.command_id for one in commands}
        titles = {one.command_id: one.title for one in commands}
        known = {one.command_id: one.title for one in self.registry.commands()}
        if self._layouts - there:
            self.registry.remove(self._layouts - there)
        if any(known.get(command_id) != title for command_id, title in titles.items()):
            self.registry.add(commands)
        self._layouts = there
        self._show_layout()

    def _show_layout(self) -> None:
        keeper = self._window.layouts
        self._window.show_bar.show_layout(keeper.current.title, keeper.why_locked)


def _extend(entries: list[Entry], panel: Panel) -> None:
    entries += panel.entries()
