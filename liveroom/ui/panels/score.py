"""The score of a rehearsal: what every decision was worth, and what others would have made of the show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from liveroom.models.facts import Mode
from liveroom.models.score_card import DecisionWorth, Result, ScoreCard, ScoreProgress
from liveroom.ui import format as fmt
from liveroom.ui import glyphs
from liveroom.ui import score_words as words
from liveroom.ui.panel import Heading, Nothing, Panel, Submit
from liveroom.ui.parts.cells import Cell, Column
from liveroom.ui.parts.learning_curve import LearningCurve
from liveroom.ui.parts.progress_page import ProgressPage
from liveroom.ui.parts.result_bars import Bar, ResultBars
from liveroom.ui.parts.runs import Run, RunLine
from liveroom.ui.parts.table import Table
from liveroom.ui.theme import Theme

if TYPE_CHECKING:
    from liveroom.models.snapshot import Snapshot

_COLUMNS = (
    Column("time", "Time", 66, left=True),
    Column("decision", "Decision", 0, left=True),
    Column("segment", "On air then", 130, keep=7, left=True),
    Column("audience", "Viewers then", 84, keep=4),
    Column("conversion", "Conv. then", 76, keep=5),
    Column("sales", "Sales/min then", 98, keep=6),
    Column("stock", "Stock then", 74, keep=8),
    Column("money", "Worth", 78),
    Column("spread", "Mean, 95 %", 96),
    Column("audience_worth", "Viewer-min", 84, keep=1),
    Column("verdict", "Verdict", 112, left=True),
)
_TIPS = {
    "decision": "What you decided; point at one for what the desk knew then.",
    "time": "When it was decided.",
    "segment": "What was on air when it was decided.",
    "audience": "Viewers that the desk knew of at that moment.",
    "conversion": "Orders ÷ visits of the 10 minutes before that moment.",
    "sales": "Revenue per minute that the desk knew at that moment.",
    "stock": "Units left of the product of the decision, as known at that moment.",
    "money": "Your show minus the same show without this decision. These worths do not add up.",
    "audience_worth": "Minutes watched by all together: your show minus the same without this decision.",
}
"""What columns are; those that rest on the seeds say how many, see `_describe`."""

_FOOT = (
    "Verdicts: {seeds} with the same commands, where the 95 % interval excludes 0. "
    "Worth: your show minus the same show without that decision, on your seed; they do not add up."
)
_SHORT = 420
"""Below this height (px) only the best and the case's policy have a bar; the tooltip names all."""
_NO_DECISION = "You decided nothing in this rehearsal."


class ScorePanel(Panel):
    """Three shows side by side, the learning curve, and a table decision by decision."""

    def __init__(self, submit: Submit, theme: Theme) -> None:
        """Build the page of the score and the one of its computing."""
        super().__init__(submit, theme)
        self._score: ScoreCard | ScoreProgress | None = None
        self._rows: tuple[DecisionWorth, ...] = ()
        self.headline = RunLine(theme, 22)
        self.compared = RunLine(theme, 18)
        self.case = RunLine(theme, 18)
        self.bars = ResultBars(theme)
        self.curve = LearningCurve(theme)
        self.table = Table(theme, _COLUMNS, describe=self._describe)
        self.table.set_least_name(210)
        self.table.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.foot = RunLine(theme, 18)
        self.progress = ProgressPage(theme)
        self.pages = QStackedWidget()
        self._build()

    def nothing(self, snapshot: Snapshot) -> Nothing | None:
        if self._score is not None:
            return None
        if snapshot.mode is Mode.REHEARSAL:
            return Nothing(
                "No score yet",
                "When the rehearsal ends, every decision is compared with the same show without it.",
            )
        if snapshot.mode is not Mode.DEBRIEF:
            session = f"this is a {snapshot.mode} session"
        elif any(one.mode == "simulated" for one in snapshot.connections):
            return Nothing("No score", "This rehearsal was not scored.")
        else:
            session = "the session looked at here was none"
        return Nothing("No score", f"Only rehearsals are scored; {session}.")

    def show_score(self, score: ScoreCard | ScoreProgress | None) -> None:
        self._score = score
        if isinstance(score, ScoreProgress):
            self.progress.show_progress(score)
            self.pages.setCurrentWidget(self.progress)
        elif score is not None:
            self._show_card(score)
            self.pages.setCurrentIndex(0)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """The score does not change with the show."""

    def heading(self) -> Heading:
        score = self._score
        if isinstance(score, ScoreProgress):
            return Heading("", "" if score.error else f"{score.done} of {score.total} shows")
        if score is None:
            return Heading()
        parts = [part for part in (score.scenario, f"seed {score.seed}", score.producer) if part]
        money = f"{fmt.symbol(score.currency)}, {score.measure}"
        return Heading(f"{money} · {' · '.join(parts)}", self._note(score))

    def numbers(self) -> dict[str, str]:
        if isinstance(self._score, ScoreProgress):
            return {"progress": self.progress.text()}
        texts = {
            f"{place}.{column.key}": self.table.text_at(place, column.key)
            for place in range(len(self._rows))
            for column in _COLUMNS
        }
        bars = {f"show.{title}": text for title, text in self.bars.texts().items()}
        return (
            texts
            | bars
            | {
                "headline": self.headline.text(),
                "compared": self.compared.text(),
                "case": self.case.text(),
                "foot": self.foot.text(),
                "curve": self.curve.text(),
            }
        )

    def _build(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(2)
        for widget in (self.headline, self.compared, self.case, self.bars):
            left.addWidget(widget)
        left.addStretch(1)
        top = QHBoxLayout()
        top.setContentsMargins(10, 6, 10, 6)
        top.setSpacing(24)
        top.addLayout(left, 3)
        top.addWidget(self.curve, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(10, 2, 10, 4)
        foot.addWidget(self.foot)
        card = QWidget()
        column = QVBoxLayout(card)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.table, 1)
        column.addLayout(foot)
        self.pages.addWidget(card)
        self.pages.addWidget(self.progress)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.pages)
        self.setFocusProxy(self.table)

    def _show_card(self, card: ScoreCard) -> None:
        found, sentence = words.headline(card)
        self.headline.set_runs(
            Run(glyph=found.glyph, tone=found.tone, px=10), Run(sentence, px=13, weight=600, gap=7)
        )
        self.compared.set_runs(Run(words.beside_others(card), "text_2"))
        self.case.setVisible(card.case is not None)
        if card.case is None:
            self.case.set_runs()
        else:
            look, told = words.case_words(card.case)
            self.case.setToolTip(told)
            self.case.set_runs(
                Run(glyph=look.glyph, tone=look.tone, px=10), Run(told, "text_2", gap=7)
            )
        bars = self._bars(card, card.policies)
        self.bars.setToolTip("\n".join(f"{one.title}: {one.money} {one.against}" for one in bars))
        self._show_bars(card)
        self.curve.show_attempts(card.attempts)
        self._rows = card.decisions
        foot = _FOOT.format(seeds=fmt.plural(card.seeds, "seed"))
        foot = foot if card.decisions else _NO_DECISION
        self.foot.setToolTip(foot)
        self.foot.set_runs(Run(foot, "text_3", 11))
        self.table.resize_rows(len(card.decisions))
        names = words.names_of(card)
        for place, decision in enumerate(card.decisions):
            self._show_decision(place, decision, card, names)
        self.table.leave_out(_absent(card))

    def _show_bars(self, card: ScoreCard) -> None:
        policies = card.policies
        if self.height() < _SHORT:
            own = card.policies[:1] if card.case is not None else ()
            policies = tuple(one for one in policies if one is card.best or one in own)
        self.bars.show_bars(self._bars(card, policies))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if isinstance(self._score, ScoreCard):
            self._show_bars(self._score)

    def _bars(self, card: ScoreCard, policies: Sequence[Result]) -> list[Bar]:
        best = card.best
        shows = [("Your show", card.yours, True)]
        for one in policies:
            shows.append((f"Best policy: {one.title}" if one is best else one.title, one, False))
        shows.append(("Doing nothing", card.nothing, False))
        return [
            Bar(
                title,
                one.money_minor,
                fmt.money(one.money_minor, card.currency),
                f"{fmt.count(round(one.viewer_minutes))} viewer-min",
                mine,
                "" if mine else f"yours: {words.look_of(one.behind_yours).word}",
            )
            for title, one, mine in shows
        ]

    def _show_decision(
        self, row: int, decision: DecisionWorth, card: ScoreCard, names: words.Names
    ) -> None:
        known, currency = decision.known, card.currency
        found = words.look_of(decision.over_seeds)
        cells = {
            "time": Cell(fmt.clock(decision.at, card.timezone), "text_2"),
            "decision": Cell(words.decision_words(decision, names)),
            "segment": Cell(names.segment(known.segment) or fmt.NONE_YET, "text_3"),
            "audience": Cell(fmt.count(known.audience), "text_2"),
            "conversion": Cell(fmt.percent(known.conversion_rate), "text_2"),
            "sales": Cell(fmt.amount(known.revenue_per_minute_minor, currency), "text_2"),
            "stock": Cell(_or_none(known.stock), "text_2"),
            "money": Cell(words.signed(decision.money_minor, currency), "text", 600),
            "spread": Cell(words.spread(decision.over_seeds, currency), "text_2"),
            "audience_worth": Cell(words.signed_count(decision.viewer_minutes)),
            "verdict": Cell(found.word, found.tone),
        }
        for key, cell in cells.items():
            self.table.set_cell(row, key, cell)
        scale = self.devicePixelRatioF()
        mark = glyphs.pixmap(found.glyph, 10, self.theme[found.tone], scale)
        self.table.set_picture(row, "verdict", mark)

    def _note(self, card: ScoreCard) -> str:
        """Return how many decisions there are, and whether all of their columns have room."""
        note = fmt.plural(len(card.decisions), "decision")
        possible = len(_COLUMNS) - len(_absent(card)) - 1
        shown = len(self.table.shown_columns()) - 1
        return note if shown >= possible else f"{note} · {shown} of {possible} columns"

    def _describe(self, key: str, row: int) -> str:
        if key in ("spread", "verdict") and isinstance(self._score, ScoreCard):
            seeds = fmt.plural(self._score.seeds, "seed")
            if key == "spread":
                return f"Mean worth on {seeds} and the half of its 95 % interval (Student's t)."
            return (
                f"By the money on {seeds}: the same commands at the same seconds, with and without "
                "this decision.\nBetter or worse only where the 95 % interval excludes 0."
            )
        if key != "decision" or not 0 <= row < len(self._rows):
            return _TIPS.get(key, "")
        then = [self.table.text_at(row, one.key) for one in _COLUMNS[2:7]]
        words = [f"{one.title}: {text}" for one, text in zip(_COLUMNS[2:7], then, strict=True)]
        return "\n".join((self.table.text_at(row, key), *words))


def _absent(card: ScoreCard) -> frozenset[str]:
    """Return the columns that no decision fills."""
    absent = {
        "stock": all(one.known.stock is None for one in card.decisions),
        "segment": not any(one.known.segment for one in card.decisions),
    }
    return frozenset(key for key, is_absent in absent.items() if is_absent)


def _or_none(value: int | None) -> str:
    return fmt.NONE_YET if value is None else fmt.count(value)
