"""The four pages of the start screen: what each asks, and the choice that comes of it."""

from __future__ import annotations

import random
from collections.abc import Sequence

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from liveroom.ui.parts.runs import Run
from liveroom.ui.start_screen_choices import (
    Choice,
    NewShow,
    Offers,
    OpenSession,
    Rehearse,
    Replay,
)
from liveroom.ui.start_screen_form import FIELD, Either, Form, sentence
from liveroom.ui.start_screen_parts import Line, PickList, Row, Segmented
from liveroom.ui.theme import Theme

SPEEDS = (1.0, 5.0, 20.0)
_SPEED_WORDS = ("1×", "5×", "20×")
TROUBLE = ("none", "some", "much")
_CASE_WIDTH, _FEWEST_ROWS = 32, 4
_LARGEST_SEED = 2**31 - 1


class NewShowForm(Form):
    """A live show of one's own, and what cannot be done in it yet."""

    title, start_words = "New show", "Open the show"

    def build(self, column: QVBoxLayout) -> None:
        self.say(
            column,
            "A live session of your own, recorded from the first second. This version cannot connect "
            "a platform, a shop or OBS yet, nor write a run of show: the desk opens empty and its "
            "panels say what they wait for. To see them at work, rehearse or replay.",
        )
        self.show_title = self.field(placeholder="such as Festa da Eletrônica")
        self.currency = self.field(self.remembered("currency", "BRL"), 90)
        self.timezone = self.field(self.remembered("timezone"), placeholder="this computer's")
        self.row("Title", self.show_title)
        self.row("Currency", self.currency, hint="ISO 4217, such as BRL, EUR, USD")
        self.row("Time zone", self.timezone)

    def first_field(self) -> QWidget:
        return self.show_title

    def offer(self, offers: Offers) -> None:
        super().offer(offers)
        if not self.timezone.text():
            self.timezone.setText(offers.timezone)

    def choice(self) -> Choice:
        title, currency = self.show_title.text().strip(), self.currency.text().strip()
        timezone = self.timezone.text().strip() or self.offers.timezone
        self.remember(currency=currency, timezone=timezone)
        return NewShow(title, currency, timezone)


class RehearseForm(Form):
    """Scenario, seed, speed, trouble, and who rehearses."""

    title, start_words = "Rehearse", "Start rehearsal"

    def build(self, column: QVBoxLayout) -> None:
        self.say(
            column,
            "A simulated audience and shop that answer to what you do. Nothing is sent to platform, "
            "shop or OBS.",
        )
        self.scenarios = PickList(self.theme, "Scenario", 26)
        self.scenarios.moved.connect(self._show_scenario)
        column.addWidget(self.scenarios, 100)
        self.situation = sentence(self.theme, "", 4)
        self.file = self.field(placeholder="a scenario file ending in .toml")
        self.own = Either(self.situation, self.file, self.button("Browse…", self._browse))
        column.addWidget(self.own)
        self.seed = self.field(self.remembered("seed", "1"), 120)
        another = self.button("Another", self._throw)
        self.speed = Segmented(self.theme, "Speed", _SPEED_WORDS, self._last("speed", _SPEED_WORDS))
        self.trouble = Segmented(self.theme, "Trouble", TROUBLE, self._last("trouble", TROUBLE))
        self.producer = self.field(self.remembered("producer"), 280, "your name")
        self.row("Seed", self.seed, another, hint="the same seed is the same show")
        self.row("Speed", self.speed, hint="can be changed at the desk")
        self.row("Trouble", self.trouble, hint="what goes wrong by chance")
        self.row("Producer", self.producer, hint="for your learning curve")

    def first_field(self) -> QWidget:
        return self.scenarios

    def offer(self, offers: Offers) -> None:
        super().offer(offers)
        rows = [
            Row((Line((*_case(self.theme, row.case), Run(row.title))),)) for row in offers.scenarios
        ]
        own = Run("A scenario file of your own", "text_2")
        rows.append(Row((Line((*_case(self.theme, ""), own)),)))
        self.scenarios.set_rows(rows)
        self.scenarios.setMinimumHeight(min(_FEWEST_ROWS, len(rows)) * 26 + 2)
        self.scenarios.setMaximumHeight(len(rows) * 26 + 2)
        names = [row.name for row in offers.scenarios]
        last = self.remembered("scenario", "first_show")
        self.scenarios.setCurrentRow(names.index(last) if last in names else len(names))
        if last not in names:
            self.file.setText(last)
        self._show_scenario(self.scenarios.currentRow())

    def choice(self) -> Choice:
        seed = self.seed.text().strip()
        if not seed.isdecimal() or int(seed) > _LARGEST_SEED:
            raise ValueError(f"Seed is {seed!r}; allowed: a whole number from 0 to {_LARGEST_SEED}")
        scenario = self.scenario()
        if not scenario:
            raise ValueError("No scenario file is named yet; choose one that ends in .toml")
        producer, trouble = self.producer.text().strip(), self.trouble.text()
        speed = SPEEDS[self.speed.taken]
        self.remember(
            seed=str(int(seed)),
            scenario=scenario,
            speed=self.speed.text(),
            trouble=trouble,
            producer=producer,
        )
        return Rehearse(scenario, int(seed), speed, trouble, producer)

    def scenario(self) -> str:
        """Return the shipped scenario's name, or the path of the file."""
        place = self.scenarios.currentRow()
        if 0 <= place < len(self.offers.scenarios):
            return self.offers.scenarios[place].name
        return self.file.text().strip()

    def _show_scenario(self, place: int) -> None:
        shipped = 0 <= place < len(self.offers.scenarios)
        self.own.ask(not shipped)
        row = self.offers.scenarios[place] if shipped else None
        words = "" if row is None else row.situation
        if row is not None and row.sees:
            words += f"\nOn the desk: {row.sees}"
        self.situation.setText(words)
        # Whoever wants to find it out alone does not point at it.
        self.situation.setToolTip(f"What the team did: {row.action}" if row and row.action else "")

    def _browse(self) -> None:
        self.ask_file(self.file, "Scenario file", "Scenarios (*.toml)")

    def _throw(self) -> None:
        self.seed.setText(str(random.randrange(1, 10_000)))

    def _last(self, key: str, words: Sequence[str]) -> int:
        word = self.remembered(key)
        return words.index(word) if word in words else 0


class ReplayForm(Form):
    """A file or a folder, how it is read, which part of it, how fast."""

    title, start_words = "Replay", "Start replay"

    def build(self, column: QVBoxLayout) -> None:
        self.say(
            column,
            "Plays recorded facts again as if they were happening: a liveroom session, or CSV, JSON "
            "lines and XLSX files of any other program, read through a mapping.",
        )
        self.source = self.field(placeholder="a file or a folder")
        self.row(
            "Source",
            self.source,
            self.button("File…", self._ask_file),
            self.button("Folder…", self._ask_folder),
        )
        self.mappings = PickList(self.theme, "Mapping", 26)
        self.mappings.setMaximumWidth(FIELD)
        self.mappings.setMinimumHeight(2 * 26 + 2)
        self.mappings.setMaximumHeight(7 * 26 + 2)
        self.mappings.moved.connect(self._show_mapping)
        self.row("Mapping", self.mappings)
        self.file = self.field(placeholder="a mapping file ending in .toml")
        how = sentence(self.theme, "", 1)
        how.setText("docs/mappings.md says how a mapping is written.")
        self.own = Either(how, self.file, self.button("Browse…", self._ask_mapping))
        self.row("", self.own)
        self.start_at = self.field(width=186, placeholder="the beginning")
        self.end_at = self.field(width=186, placeholder="the end")
        words = "such as 2026-11-21T20:00"
        self.row("From", self.start_at, hint=words)
        self.row("To", self.end_at, hint=words)
        self.speed = Segmented(self.theme, "Speed", (*_SPEED_WORDS, "max"))
        self.row("Speed", self.speed, hint="can be changed at the desk")

    def first_field(self) -> QWidget:
        return self.source

    def offer(self, offers: Offers) -> None:
        super().offer(offers)
        rows = [Row((Line((Run("Found by file names and columns"),)),))]
        rows += [
            Row((Line((Run(row.title),), (Run(row.name, "text_3", 11),)),))
            for row in offers.mappings
        ]
        rows.append(Row((Line((Run("A mapping file of your own", "text_2"),)),)))
        self.mappings.set_rows(rows)
        self._show_mapping(self.mappings.currentRow())

    def choice(self) -> Choice:
        place = self.mappings.currentRow()
        own = place > len(self.offers.mappings)
        if own and not self.file.text().strip():
            raise ValueError("No mapping file is named yet; choose one that ends in .toml")
        named = self.offers.mappings[place - 1].name if place > 0 and not own else ""
        return Replay(
            source=self.source.text().strip(),
            mapping=self.file.text().strip() if own else named,
            start=self.start_at.text().strip(),
            end=self.end_at.text().strip(),
            speed=SPEEDS[self.speed.taken] if self.speed.taken < len(SPEEDS) else None,
        )

    def _show_mapping(self, place: int) -> None:
        self.own.ask(place > len(self.offers.mappings))

    def _ask_file(self) -> None:
        self.ask_file(self.source, "File to replay", "All files (*)")

    def _ask_folder(self) -> None:
        where = self.source.text() or self.offers.sessions_folder
        name = QFileDialog.getExistingDirectory(self, "Folder to replay", where)
        if name:
            self.source.setText(name)

    def _ask_mapping(self) -> None:
        self.ask_file(self.file, "Mapping file", "Mappings (*.toml)")


class OpenForm(Form):
    """A session file to look back at."""

    title, start_words = "Open session", "Open the debrief"

    def build(self, column: QVBoxLayout) -> None:
        self.say(
            column,
            "Shows a recorded session as it ended, read only. The newest ones are listed under "
            "Recent sessions: the arrow keys lead there, Enter opens one.",
        )
        self.file = self.field(placeholder="a file ending in .liveroom")
        self.row("Session file", self.file, self.button("Browse…", self._browse))

    def first_field(self) -> QWidget:
        return self.file

    def choice(self) -> Choice:
        return OpenSession(self.file.text().strip())

    def _browse(self) -> None:
        self.ask_file(self.file, "Session to open", "Sessions (*.liveroom)")


FORMS: tuple[type[Form], ...] = (NewShowForm, RehearseForm, ReplayForm, OpenForm)


def _case(theme: Theme, case: str) -> tuple[Run, ...]:
    """Return the number of a case, as wide as every other, so that titles stand in a column."""
    return (Run(case, "text_3", 11), Run("", gap=_CASE_WIDTH - theme.advance(case, 11)))
