"""A line that says as much as there is room for, and never half a word."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent

from liveroom.ui.parts.runs import Run, RunLine, width_of


class ShortLine(RunLine):
    """Shows the first of several ways to say something that fits; nothing where none does."""

    _choices: tuple[Run, ...] = ()

    def set_choices(self, *choices: Run) -> None:
        """Take the ways to say it, the longest first."""
        if choices != self._choices:
            self._choices = choices
            self._choose()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._choose()

    def _choose(self) -> None:
        room = self.width()
        fitting = [run for run in self._choices if width_of((run,), self._theme) <= room]
        self.set_runs(*fitting[:1])
