"""What can be done on the product board; the palette sorts by each column by name too."""

from __future__ import annotations

from liveroom.ui.keyboard.commands import FixedKey, PanelCommand

COMMANDS = (
    PanelCommand(
        "filter", "Filter the products", ("/", "Ctrl+F"), lambda panel: panel.controls.open_filter()
    ),
    PanelCommand(
        "columns", "Choose the columns", ("C",), lambda panel: panel.controls.open_chooser()
    ),
    PanelCommand(
        "attention", "Only what needs attention", ("A",), lambda panel: panel.only_attention()
    ),
    PanelCommand("group", "Group by category", ("G",), lambda panel: panel.controls.group()),
    PanelCommand(
        "turn_round",
        "Turn the order of the products round",
        ("R",),
        lambda panel: panel.controls.reverse(),
    ),
    PanelCommand(
        "keep", "Keep the product on top, or no more", ("K",), lambda panel: panel.controls.keep()
    ),
    PanelCommand(
        "pin", "Pin or unpin the product's card", ("P",), lambda panel: panel.pin(), acts=True
    ),
    PanelCommand(
        "offer", "Prepare an offer for the product", ("O",), lambda panel: panel.offer(), acts=True
    ),
    PanelCommand(
        "take", "Take the product's segment", ("T",), lambda panel: panel.take(), acts=True
    ),
)
FIXED_KEYS = (
    FixedKey(("Up", "Down"), "Choose a product"),
    FixedKey(("Left", "Right"), "Sort by the column beside"),
    FixedKey(("Esc",), "Leave the filter, let go of the product, show all"),
)
