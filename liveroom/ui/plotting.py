"""pyqtgraph, imported without making every type of Qt: `from liveroom.ui.plotting import pg`.

PySide makes a type of Qt when it is first asked for. pyqtgraph asks for all of them, to keep a mirror of
QtCore, QtGui and QtWidgets; that is half of its import and 9 MB. Here its mirrors fill as they are used.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from PySide6 import QtCore, QtGui, QtWidgets

_MIRRORED = (QtCore, QtGui, QtWidgets)


class Mirror(ModuleType):
    """A module that has what another one has, from the first time that it is asked for it."""

    def __init__(self, name: str, source: ModuleType) -> None:
        """Take the name of the mirror, and what is mirrored."""
        super().__init__(name)
        self._source = source

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._source, name)
        setattr(self, name, found)
        return found


@contextmanager
def _late_mirrors() -> Iterator[None]:
    """Let pyqtgraph find its mirrors there, and nothing to copy into them."""
    for source in _MIRRORED:
        name = f"pyqtgraph.Qt.{source.__name__.rpartition('.')[2]}"
        sys.modules.setdefault(name, Mirror(name, source))
        # pyqtgraph asks `dir` what there is.
        source.__dir__ = lambda: ()  # type: ignore[method-assign]
    try:
        yield
    finally:
        for source in _MIRRORED:
            del source.__dir__


with _late_mirrors():
    import pyqtgraph as pg

__all__ = ["pg"]
