"""The score says what every decision was worth, in words, signs and shapes."""

from dataclasses import dataclass

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QLocale

from liveroom.models import commands as c
from liveroom.models.case_figure import CaseFigure, Standing
from liveroom.models.facts import Mode, Presentation, Recipients
from liveroom.models.rehearsal.interval import Interval
from liveroom.models.score_card import Attempt, DecisionWorth, Result, ScoreCard, ScoreProgress
from liveroom.ui import score_words as words
from liveroom.ui.main_window import MainWindow
from liveroom.ui.panels.score import ScorePanel
from tests.ui import lever_snapshots, score_cards, snapshots
from tests.ui.conftest import MakeDesk
from tests.ui.panels import message_of, open_panel, spec_of, title_of

NARROW = "\u202f"
ALONE = spec_of("score")


@dataclass
class Shown:
    """A desk with the score panel in front."""

    desk: MainWindow
    panel: ScorePanel

    def take(self, score: ScoreCard | ScoreProgress | None) -> dict[str, str]:
        """Deliver a score as the application does, and return what the panel shows."""
        self.desk.docks[0].host.take_score(score)
        return self.desk.docks[0].host.numbers()


@pytest.fixture
def shown(make_desk: MakeDesk) -> Shown:
    desk = make_desk(1920, 1080, panels=ALONE)
    desk.show_snapshot(lever_snapshots.steered())
    return Shown(desk, open_panel(desk, "score"))


def test_before_the_end_the_panel_says_when_there_will_be_a_score(shown: Shown) -> None:
    assert message_of(shown.desk, "score").startswith("No score yet When the rehearsal ends")


@pytest.mark.parametrize("mode", [Mode.LIVE, Mode.REPLAY])
def test_other_shows_are_not_scored(make_desk: MakeDesk, mode: Mode) -> None:
    desk = make_desk(1366, 768, panels=ALONE)
    desk.show_snapshot(snapshots.full(mode=mode))
    open_panel(desk, "score")
    assert message_of(desk, "score").startswith(
        f"No score Only rehearsals are scored; this is a {mode}"
    )


def test_progress_is_counted_in_shows(shown: Shown) -> None:
    texts = shown.take(ScoreProgress(done=12, total=40))
    assert texts == {"progress": "Computing the score 12 of 40 shows played again"}
    assert "12 of 40 shows" in title_of(shown.desk, "score")


def test_a_score_that_failed_says_why(shown: Shown) -> None:
    texts = shown.take(ScoreProgress(done=3, total=40, error="the scenario file is gone"))
    assert texts["progress"] == "There is no score the scenario file is gone"


def test_the_headline_compares_with_nothing_and_with_the_best(shown: Shown) -> None:
    texts = shown.take(score_cards.card())
    assert texts["headline"] == "You brought R$\u00a023,090 more than doing nothing"
    assert texts["compared"] == (
        f"On 6 seeds +21,050 ± 7,300 · 74{NARROW}% of what the policy Surprise discount brought"
    )
    assert texts["show.Your show"] == "R$\u00a098,400 198,400 viewer-min"
    assert texts["show.Best policy: Surprise discount"] == (
        "R$\u00a0106,510 199,800 viewer-min yours: cannot be told"
    )
    assert texts["show.Best sellers first"].endswith("yours: better")
    assert texts["show.Doing nothing"] == "R$\u00a075,310 194,100 viewer-min yours: better"
    assert (
        texts["curve"] == f"5 attempts −13{NARROW}% 10{NARROW}% 40{NARROW}% 32{NARROW}% 74{NARROW}%"
    )
    assert "seed 4217 · Ana" in title_of(shown.desk, "score")


def test_every_decision_has_its_words_its_worth_and_what_was_known(shown: Shown) -> None:
    texts = shown.take(score_cards.card())
    assert texts["4.time"] == "20:36:00"
    assert texts["4.decision"] == "Launched Caixa Boom −10 %; Pinned Caixa Boom 360; Reminded carts"
    assert texts["4.segment"] == "Notebook Air 14 · demo"
    assert texts["4.audience"] == "4,310"
    assert texts["4.conversion"] == f"2.9{NARROW}%"
    assert texts["4.sales"] == "4,300"
    assert texts["4.stock"] == "41"
    assert texts["4.money"] == "+18,423"
    assert texts["4.audience_worth"] == "+806"
    assert texts["4.verdict"] == "better"
    assert (texts["2.money"], texts["2.audience_worth"], texts["2.verdict"]) == (
        "−3,185",
        "+1,904",
        "worse",
    )
    assert texts["4.spread"] == "+17,050 ± 6,100"
    assert (texts["5.decision"], texts["5.verdict"]) == ("Ended Caixa Boom −10 %", "cannot be told")
    assert (texts["6.money"], texts["6.verdict"]) == ("0", "no difference")
    assert (texts["0.money"], texts["0.verdict"]) == ("+842", "cannot be told")
    assert texts["1.stock"] == "—"


def test_better_and_worse_have_shapes_of_their_own() -> None:
    looks = {(one.glyph, one.word) for one in words.LOOKS.values()}
    assert len({glyph for glyph, _ in looks}) == len({word for _, word in looks}) == 4


def test_the_panel_says_on_how_many_seeds_a_verdict_rests(shown: Shown) -> None:
    texts = shown.take(score_cards.card())
    assert texts["foot"].startswith("Verdicts: 6 seeds with the same commands")
    assert "on 6 seeds" in shown.panel._describe("verdict", 0)
    assert "on 6 seeds" in shown.panel._describe("spread", 0)


@pytest.mark.parametrize(
    ("case", "said"),
    [
        (
            score_cards.CASE,
            "Case C9 reached: 4.3 × the mean, the figure is 4.0 × the mean; "
            "mean of 6 seeds 4.0 × the mean · sales peak during the discount ÷ mean of the show",
        ),
        (
            replace(
                score_cards.CASE,
                name="conversion",
                is_share=True,
                figure=0.21,
                value=0.05,
                over_seeds=Interval(number=2, mean=-0.01, low=-0.2, high=0.18),
                standing=Standing.MISSED,
            ),
            f"Case C9 missed: +5.0{NARROW}%, the figure is +21.0{NARROW}%; "
            f"mean of 2 seeds −1.0{NARROW}% · conversion",
        ),
        (
            replace(
                score_cards.CASE,
                value=None,
                why_not="this show has no value for it",
                standing=Standing.UNKNOWN,
            ),
            "Case C9: not measured, this show has no value for it; the figure is 4.0 × the mean · "
            "sales peak during the discount ÷ mean of the show",
        ),
    ],
)
def test_the_panel_says_whether_the_figure_of_the_case_was_reached(
    shown: Shown, case: CaseFigure, said: str
) -> None:
    assert shown.take(score_cards.card(case=case))["case"] == said


def test_a_show_of_no_case_has_no_figure_of_one(shown: Shown) -> None:
    assert shown.take(score_cards.card(case=None))["case"] == ""
    assert shown.panel.case.isHidden()


def test_what_may_be_chance_is_not_called_a_gain(shown: Shown) -> None:
    nothing = replace(score_cards.card().nothing, behind_yours=score_cards.over_seeds(500, 90_000))
    texts = shown.take(score_cards.card(nothing=nothing))
    assert texts["headline"].endswith("more than doing nothing, which may be chance")
    worse = replace(nothing, behind_yours=score_cards.over_seeds(-900_000, 90_000))
    texts = shown.take(score_cards.card(nothing=worse))
    assert texts["headline"].endswith("on most seeds it is the other way round")


def test_columns_without_room_are_told_in_the_title(make_desk: MakeDesk) -> None:
    desk = make_desk(1366, 768)
    desk.show_snapshot(lever_snapshots.steered())
    panel = open_panel(desk, "score")
    assert isinstance(panel, ScorePanel)
    desk.show_score(score_cards.card())
    desk.show_snapshot(lever_snapshots.steered())
    desk.turns.take_all()
    shown = len(panel.table.shown_columns()) - 1
    assert shown < 10
    assert {"money", "spread", "verdict"} <= set(panel.table.shown_columns())
    assert f"7 decisions · {shown} of 10 columns" in title_of(desk, "score")


def test_a_short_panel_keeps_the_best_and_the_case_and_names_the_others_in_the_tooltip(
    make_desk: MakeDesk,
) -> None:
    desk = make_desk(1366, 768)
    desk.show_snapshot(lever_snapshots.steered())
    panel = open_panel(desk, "score")
    assert isinstance(panel, ScorePanel)
    policies = (*score_cards.card().policies, replace(score_cards.card().policies[1], title="X"))
    desk.show_score(score_cards.card(policies=policies))
    assert list(panel.bars.texts()) == [
        "Your show",
        "Best policy: Surprise discount",
        "Doing nothing",
    ]
    assert "X: R$\u00a084,100 yours: better" in panel.bars.toolTip()


@pytest.mark.parametrize(
    ("source_mode", "why"),
    [
        ("simulated", "This rehearsal was not scored."),
        ("live", "Only rehearsals are scored; the session looked at here was none."),
    ],
)
def test_a_debrief_without_a_score_says_why(
    make_desk: MakeDesk, source_mode: str, why: str
) -> None:
    desk = make_desk(1366, 768, panels=ALONE)
    full = snapshots.full(mode=Mode.DEBRIEF)
    connections = tuple(replace(one, mode=source_mode) for one in full.connections)
    desk.show_snapshot(replace(full, connections=connections))
    open_panel(desk, "score")
    assert message_of(desk, "score") == f"No score {why}"


def test_money_follows_the_locale(shown: Shown) -> None:
    QLocale.setDefault(QLocale(QLocale.Language.Portuguese, QLocale.Country.Brazil))
    texts = shown.take(score_cards.card())
    assert texts["4.money"] == "+18.423"
    assert texts["show.Your show"].startswith("R$\u00a098.400")


@pytest.mark.parametrize(
    ("yours", "headline", "compared"),
    [
        (11_000_000, "You brought R$\u00a034,690 more than", "No policy did better"),
        (
            7_000_000,
            "You lost R$\u00a05,310 against doing nothing",
            "The policy Surprise discount ended",
        ),
        (7_531_000, "Your decisions made no difference", "The policy Surprise discount ended"),
    ],
)
def test_the_headline_is_honest_at_both_ends(
    shown: Shown, yours: int, headline: str, compared: str
) -> None:
    card = score_cards.card(yours=Result(title="yours", money_minor=yours, viewer_minutes=1.0))
    gained = card.gained_minor
    nothing = replace(card.nothing, behind_yours=score_cards.over_seeds(gained, abs(gained) // 2))
    texts = shown.take(replace(card, nothing=nothing))
    assert texts["headline"].startswith(headline)
    assert texts["compared"].partition(" · ")[2].startswith(compared)


def test_a_show_in_which_nothing_was_decided_has_a_score_too(shown: Shown) -> None:
    texts = shown.take(score_cards.card(decisions=(), attempts=(), policies=()))
    assert texts["curve"] == "0 attempts"
    assert texts["compared"] == "On 6 seeds +21,050 ± 7,300"
    assert "0.decision" not in texts
    assert shown.panel.foot.text() == "You decided nothing in this rehearsal."


def test_an_attempt_without_anything_possible_has_no_share() -> None:
    assert Attempt(ended_at=0, gained_minor=5, possible_minor=0).share is None
    assert Attempt(ended_at=0, gained_minor=-5, possible_minor=10).share == -0.5


def test_losses_of_every_show_are_drawn_too(shown: Shown) -> None:
    red = Result(title="x", money_minor=-500_000, viewer_minutes=0.0)
    texts = shown.take(score_cards.card(yours=red, nothing=red, policies=(red,)))
    assert texts["show.Your show"].startswith("R$\u00a0−5,000")
    assert not shown.panel.bars.grab().isNull()


def test_a_new_theme_keeps_the_score(shown: Shown) -> None:
    before = shown.take(score_cards.card())
    shown.desk.set_theme("light")
    assert shown.desk.docks[0].host.numbers() == before


def test_a_thousand_decisions_are_shown(shown: Shown) -> None:
    texts = shown.take(score_cards.card(decisions=score_cards.DECISIONS * 150))
    assert texts["1049.money"] == "0"


def test_the_score_waits_until_the_panel_is_opened(make_desk: MakeDesk) -> None:
    desk = make_desk(1366, 768)
    dock = next(one for one in desk.docks if one.objectName() == "score")
    desk.show_snapshot(lever_snapshots.steered())
    assert not dock.isVisible()
    dock.host.take_score(score_cards.card())
    panel = open_panel(desk, "score")
    assert panel.numbers()["0.decision"] == "Pinned Fone ANC Pulse 3"
    assert "verdict" in panel.table.shown_columns()
    assert panel.table.columnWidth(panel.table.places["decision"]) >= 200


EVERY_COMMAND = {
    c.TakeSegment(segment_id="s2"): "Took Fone ANC Pulse 3",
    c.CutSegment(segment_id="s2"): "Cut Fone ANC Pulse 3",
    c.MoveSegment(segment_id="s2", before=""): "Moved Fone ANC Pulse 3 to the end",
    c.MoveSegment(
        segment_id="s2", before="s9"
    ): "Moved Fone ANC Pulse 3 before Recap and last call",
    c.RenameSegment(segment_id="s2", title="Pulse"): "Renamed Fone ANC Pulse 3 to Pulse",
    c.ChangeSegmentDuration(segment_id="s2", duration_ms=90_000): "Fone ANC Pulse 3: length 1:30",
    c.PinProduct(sku="boom"): "Pinned Caixa Boom 360",
    c.PinProduct(sku=""): "Took the pin away",
    c.ChangePresentation(style=Presentation.EDUCATION): "Changed to education",
    c.SendPaymentLink(sku="boom"): "Sent a payment link for Caixa Boom 360",
    c.AutomatePaymentLinks(on=True): "Automated payment links",
    c.AutomatePaymentLinks(on=False): "Payment links by hand again",
    c.SendReminder(to=Recipients.PARTICIPANTS): "Reminded participants",
    c.SetAdSpend(per_minute_minor=12_000): "Ads at R$\u00a0120 a minute",
    c.ReserveStock(sku="boom", units=20): "Reserved 20 of Caixa Boom 360",
    c.IntegrateStock(on=True): "Joined the stock of all channels",
    c.IntegrateStock(on=False): "Parted the stock of the channels",
}


@pytest.mark.parametrize(("command", "said"), EVERY_COMMAND.items())
def test_every_command_is_told_in_words(command: c.Command, said: str) -> None:
    names = words.names_of(score_cards.card())
    assert words.decision_words(DecisionWorth(at=0, command=command), names) == said


def test_what_has_lost_its_name_is_told_by_its_id() -> None:
    names = words.names_of(score_cards.card())
    assert words.command_words(c.PinProduct(sku="x9"), names) == "Pinned x9"
    assert words.command_words(c.EndOffer(offer_id="o7"), names) == "Ended o7"


def test_a_rehearsal_can_be_ended_by_name_and_by_key_once(make_desk: MakeDesk) -> None:
    desk, ended = make_desk(1366, 768, panels=ALONE), []
    desk.offer_end(lambda: ended.append("here"))
    registry = desk.keyboard.registry
    assert registry.keys("desk.end") == ("Ctrl+E",)
    assert registry.run("desk.end")
    desk.offer_no_end()
    assert not registry.run("desk.end")
    assert ended == ["here"]
