"""What can be done on the product board; the palette sorts by each column by name too."""

from __future__ import annotations

from liveroom.ui.keyboard.commands import FixedKey, PanelCommand

COMMANDS = (
    PanelCommand(
        "sort_right",
        "Sort by the column to the right",
        ("Shift+Right",),
        lambda panel: panel.sort_beside(1),
    ),
    PanelCommand(
        "sort_left",
        "Sort by the column to the left",
        ("Shift+Left",),
        lambda panel: panel.sort_beside(-1),
    ),
    PanelCommand(
        "turn_round",
        "Turn the order of the products round",
        ("Shift+Down", "Shift+Up"),
        lambda panel: panel.turn_round(),
    ),
    PanelCommand("filter", "Filter the products", ("Ctrl+F",), lambda panel: panel.open_filter()),
)
FIXED_KEYS = (
    FixedKey(("Up", "Down"), "Choose a product"),
    FixedKey(("Esc",), "Let go of the chosen product, clear the filter"),
)
