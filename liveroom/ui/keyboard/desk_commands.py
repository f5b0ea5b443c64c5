"""The commands of the desk itself; what panels can do they declare on their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from liveroom.models.facts import Mode
from liveroom.ui.keyboard.commands import DESK, DeskCommand, Fixed, PanelCommand, WhyNot
from liveroom.ui.keyboard.travel_commands import TRAVEL, travel_commands
from liveroom.ui.layout_store import Layout
from liveroom.ui.panel import Panel, PanelSpec
from liveroom.ui.pictures.commands import PICTURES, picture_commands
from liveroom.ui.presenter.commands import DISPLAY, display_commands
from liveroom.ui.theme import THEMES
from liveroom.ui.type_scale import TYPE_SCALES

if TYPE_CHECKING:
    from liveroom.models.snapshot import Snapshot
    from liveroom.ui.dock import PanelDock
    from liveroom.ui.keyboard.keyboard import Keyboard
    from liveroom.ui.main_window import MainWindow

LAYOUTS, PANELS, TIME, COLOURS = "Layout", "Panels", "Time", "Colours and size"
GROUPS = (DESK, LAYOUTS, TIME, TRAVEL, COLOURS, DISPLAY, PICTURES, PANELS)
"""The groups in the order in which they are listed, before those of the panels."""
_SPEEDS = (
    ("1", "Real time", "Ctrl+1"),
    ("5", "5× as fast", "Ctrl+2"),
    ("20", "20× as fast", "Ctrl+3"),
)


def desk_commands(window: MainWindow, keyboard: Keyboard) -> list[DeskCommand]:
    """Return what the window can do before any panel's code is there."""
    keeper = window.layouts
    commands = [
        DeskCommand("desk.palette", "Find a command", DESK, ("Ctrl+K",), keyboard.open_palette),
        DeskCommand(
            "desk.keys", "Show and change the keys", DESK, ("F1", "?"), keyboard.open_cheat_sheet
        ),
        DeskCommand("desk.menu", "Open the menu", DESK, ("F10",), keyboard.open_menu),
        DeskCommand(
            "desk.restart_panel",
            "Restart the stopped panel",
            DESK,
            ("F5",),
            window.ways.restart_stopped,
            lambda _: "" if window.ways.stopped() else "no panel has stopped",
        ),
        DeskCommand("desk.quit", "Quit", DESK, ("Ctrl+Q",), window.close),
        DeskCommand(
            "layout.choose",
            "Choose a layout",
            LAYOUTS,
            ("F2",),
            keyboard.open_layouts,
            words="save",
        ),
        DeskCommand("layout.reset", "Reset the layout", LAYOUTS, ("Ctrl+0",), window.layouts.reset),
        DeskCommand(
            "layout.lock",
            "Lock or unlock the panels",
            LAYOUTS,
            (),
            lambda: keeper.lock(not keeper.locked),
            is_on=lambda: keeper.locked,
        ),
        DeskCommand(
            "panels.next", "Go to the next panel", PANELS, ("F6",), partial(window.ways.step, 1)
        ),
        DeskCommand(
            "panels.previous",
            "Go to the panel before",
            PANELS,
            ("Shift+F6",),
            partial(window.ways.step, -1),
        ),
        DeskCommand(
            "panels.full_screen",
            "Full screen: the panel, or back",
            PANELS,
            ("F11",),
            window.ways.toggle_full_screen,
            is_on=lambda: window.full.dock is not None,
        ),
        DeskCommand(
            "desk.full_screen",
            "Full screen: the desk, or back",
            DESK,
            ("Shift+F11",),
            lambda: window.setWindowState(window.windowState() ^ Qt.WindowState.WindowFullScreen),
            is_on=window.isFullScreen,
        ),
    ]
    commands += [command for dock in window.docks for command in _of_dock(window, dock)]
    commands += _of_time(window)
    commands += travel_commands(window)
    commands += [_colour(window, name) for name in THEMES]
    commands += [_size(window, per_cent) for per_cent in TYPE_SCALES]
    commands += display_commands(window.presenter)
    commands += picture_commands(window.pictures)
    return commands


def fixed_keys() -> list[Fixed]:
    """Return the keys of the whole desk that nobody can change."""
    return [
        Fixed(("Esc",), "Back: out of a form, a choice, the full screen", DESK),
        Fixed(("Tab", "Shift+Tab"), "Go to the next or previous control", DESK),
    ]


def layout_command(layout: Layout, show: Callable[[Layout], None]) -> DeskCommand:
    """Return the command that shows a layout."""
    title = f"Layout: {layout.title}"
    return DeskCommand(f"layout.{layout.layout_id}", title, LAYOUTS, (), partial(show, layout))


def panel_commands(
    spec: PanelSpec, panel: type[Panel], do: Callable[[PanelCommand], None]
) -> tuple[list[DeskCommand], list[Fixed]]:
    """Return the commands and fixed keys that a panel's class declares, as the desk knows them."""
    commands = [
        DeskCommand(
            f"{spec.panel_id}.{one.name}",
            one.title,
            spec.title,
            one.keys,
            partial(do, one),
            partial(_why_no_deed, one.why_not) if one.acts else one.why_not,
            "" if one.everywhere else spec.panel_id,
            words=one.words,
            repeats=one.repeats,
        )
        for one in panel.commands
    ]
    fixed = [Fixed(one.keys, one.title, spec.title, spec.panel_id) for one in panel.fixed_keys]
    return commands, fixed


def _why_no_deed(why_not: WhyNot, snapshot: Snapshot | None) -> str:
    """Return why a deed cannot be done now: by its own reasons, or because the show is a recorded one."""
    recorded = snapshot is not None and snapshot.mode in (Mode.REPLAY, Mode.DEBRIEF)
    return why_not(snapshot) or ("what happened cannot be changed" if recorded else "")


def _of_dock(window: MainWindow, dock: PanelDock) -> Iterable[DeskCommand]:
    spec = dock.host.spec
    if spec.key:
        yield DeskCommand(
            f"{spec.panel_id}.call",
            spec.deed,
            spec.title,
            (spec.key,),
            partial(window.ways.call, dock),
            spec.why_not,
        )
    yield DeskCommand(
        f"panels.go.{spec.panel_id}",
        f"Go to {spec.title}",
        PANELS,
        (),
        partial(window.ways.go_to, dock),
    )
    yield DeskCommand(
        f"panels.show.{spec.panel_id}",
        f"Show or hide {spec.title}",
        PANELS,
        (),
        partial(window.ways.toggle, dock),
        lambda _: window.layouts.why_locked.lower() if not dock.isHidden() else "",
        is_on=lambda: not dock.isHidden(),
    )


def _of_time(window: MainWindow) -> Iterable[DeskCommand]:
    def press(name: str, place: int = 0) -> None:
        bar = window.show_bar.time
        if bar is not None:
            button = {"pause": bar.pause, "jump": bar.jump}.get(name) or bar.speeds[place]
            bar.press(button)

    yield DeskCommand(
        "time.pause", "Pause, or go on", TIME, ("F7",), partial(press, "pause"), _why_no_time
    )
    for place, (speed, title, key) in enumerate(_SPEEDS):
        does = partial(press, "speed", place)
        yield DeskCommand(f"time.speed_{speed}", title, TIME, (key,), does, _why_no_time)
    title = "Jump to the next segment"
    yield DeskCommand("time.jump", title, TIME, ("F8",), partial(press, "jump"), _why_no_jump)


def _colour(window: MainWindow, name: str) -> DeskCommand:
    title = f"Colours: {name.replace('_', ' ')}"
    return DeskCommand(
        f"colours.{name}",
        title,
        COLOURS,
        (),
        partial(window.set_theme, name),
        is_on=lambda: window.theme.name == name,
        words="theme",
    )


def _size(window: MainWindow, per_cent: int) -> DeskCommand:
    return DeskCommand(
        f"size.{per_cent}",
        f"Size: {per_cent} %, from the next start on",
        COLOURS,
        (),
        partial(window.choose_type_scale, per_cent),
        is_on=lambda: window.type_scale == per_cent,
        words="type scale zoom letters font",
    )


def _why_no_time(snapshot: Snapshot | None) -> str:
    # Not before the first paint: it brings commands along.
    from liveroom.ui.rehearsal_bar import why_no_time

    return why_no_time(snapshot)


def _why_no_jump(snapshot: Snapshot | None) -> str:
    from liveroom.ui.rehearsal_bar import why_no_jump

    return why_no_jump(snapshot)
