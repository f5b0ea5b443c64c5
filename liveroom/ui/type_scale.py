"""How large the whole desk is: letters, rows, marks and gaps together.

Qt scales everything by one factor, which it takes once, when the program starts; so does a choice.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtCore import QSettings

TYPE_SCALES = (100, 115, 130)
"""Per cent."""
_KEY, _FACTOR = "desk/type_scale", "QT_SCALE_FACTOR"


def type_scale(settings: QSettings) -> int:
    """Return the scale that was chosen, in per cent; 100 where it was none of `TYPE_SCALES`."""
    try:
        chosen = int(str(settings.value(_KEY, TYPE_SCALES[0])))
    except ValueError:
        return TYPE_SCALES[0]
    return chosen if chosen in TYPE_SCALES else TYPE_SCALES[0]


def choose_type_scale(settings: QSettings, per_cent: int) -> None:
    """Keep a choice for the next start; raises ValueError for one that is not offered."""
    if per_cent not in TYPE_SCALES:
        raise ValueError(f"{per_cent} % is not one of {', '.join(map(str, TYPE_SCALES))} %")
    settings.setValue(_KEY, per_cent)
    settings.sync()


def apply_type_scale(settings: QSettings) -> None:
    """Let Qt scale the desk; before the application is made. A factor from outside counts instead."""
    per_cent = type_scale(settings)
    if per_cent != TYPE_SCALES[0]:
        os.environ.setdefault(_FACTOR, str(per_cent / 100))
