"""Imports without PySide's reading of every module's source.

PySide looks into each Python module that is imported after it for its own name, to know where
`from __feature__ import …` may rename the Qt API; nobody here asks for that. It reads the whole source
and keeps its lines: of the desk and what it brings along 19 MB, and a sixth of the time of their import.
"""

from __future__ import annotations

import sys

import PySide6.QtCore  # noqa: F401  (brings the looking along)

_LOOKER, _LOOK = "shibokensupport.feature", "_mod_uses_pyside"


def leave_sources_unread() -> None:
    """Let PySide take every module for one that renames nothing; a PySide without that look is left alone."""
    looker = sys.modules.get(_LOOKER)
    if hasattr(looker, _LOOK):
        setattr(looker, _LOOK, lambda module: False)
