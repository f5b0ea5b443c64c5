"""What a room writes: about what is on air, about what goes wrong, and again where nobody answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import pytest
from msgspec.structs import replace

from liveroom.models.events import ChatPosted
from liveroom.models.facts import Presentation
from liveroom.models.simulation.audience import Visit
from liveroom.models.simulation.chat.chat_lines import INTENTS
from liveroom.models.simulation.chat.chat_topics import rates
from liveroom.models.simulation.chat.chat_voices import Voices
from liveroom.models.simulation.chat.phrases import Phrases
from liveroom.models.simulation.chat.writing import Chat
from liveroom.models.simulation.draws import KeyMaker, Streams
from liveroom.models.simulation.scenarios.crowd_models import ChatModel
from liveroom.models.simulation.scenarios.scenario import Product, Variant
from liveroom.models.simulation.scene import NOTHING, Scene
from liveroom.models.simulation.trouble.troubles import raid_channel
from liveroom.phrases import read_phrases
from tests.models.simulation.crowds import Room, guest, reporter
from tests.models.simulation.playing import first_show
from tests.models.simulation.trouble_models import chat_model, trouble_model

REFERENCE_MINOR = 34_900
PT = (("pt", 1.0),)
SILENT: dict[str, Any] = {"messages": 0, "greetings": 0}


def product(place: int = 0, **changes: Any) -> Product:
    return replace(first_show().products[place], **changes)


def scene(**changes: Any) -> Scene:
    usual: dict[str, Any] = {"products": (product(),), "segment": "Fone", "price_is_shown": True}
    return Scene(**(usual | changes))


@cache
def phrases(language: str = "pt") -> Phrases:
    return read_phrases([(language, 1.0)])[language]


class Played:
    """A room of 500 that sees the same scene for some seconds, and what it wrote."""

    def __init__(
        self,
        seconds: int,
        seen: Scene | Callable[[int], Scene],
        seed: int = 1,
        languages: Sequence[tuple[str, float]] = (("pt", 1.0),),
        before: Callable[[Chat, Room], None] | None = None,
        **changes: float,
    ) -> None:
        streams, self.reporter = Streams(seed), reporter()
        voices = Voices(languages, read_phrases(languages), "BRL")
        self.room = Room(500)
        self.chat = Chat(chat_model(**changes), voices, REFERENCE_MINOR, streams, self.reporter)
        self.messages: list[ChatPosted] = []
        for second in range(seconds):
            streams.at(second)
            if before is not None and not second:
                before(self.chat, self.room)
            self.chat.step(second, self.room, seen(second) if callable(seen) else seen)
            self.messages += [each for each in self.reporter.take() if type(each) is ChatPosted]

    @property
    def texts(self) -> list[str]:
        return [message.text for message in self.messages]


def said(played: Played, intent: str, language: str = "pt") -> int:
    """Return how many messages are lines of an intent that name nothing, however they were typed."""
    lines = {_bare(line) for line in phrases(language).general[intent]}
    return sum(_bare(text) in lines for text in played.texts)


def _bare(text: str) -> str:
    emoji = "".join(phrases().emoji)
    return text.lower().rstrip("?!. ").rstrip(emoji + " ").rstrip("?!. ")


def test_chat_is_as_lively_as_the_scenario_says() -> None:
    sized = scene(products=(product(variants=variants("P"), price_minor=REFERENCE_MINOR),))
    written = len(Played(1200, sized, asks_again=0, messages=0.06).messages)
    assert abs(written - 500 * 20 * 0.06) < 4 * 600**0.5


def variants(*names: str) -> tuple[Variant, ...]:
    return tuple(Variant(name=name, share=1 / len(names), stock=5) for name in names)


def test_same_seed_writes_the_same_and_another_something_else() -> None:
    assert Played(120, scene(), seed=3).messages == Played(120, scene(), seed=3).messages
    assert Played(120, scene(), seed=3).texts != Played(120, scene(), seed=4).texts


def test_room_without_phrases_is_silent() -> None:
    assert not Played(60, scene(), languages=()).messages


def test_no_message_has_a_hole_in_it() -> None:
    seen = scene(products=(product(), product(3, variants=variants("38", "40"))))
    languages = [(name, 1 / 2) for name in ("de", "ro")]
    played = Played(900, seen, languages=languages, messages=0.05)
    assert len(played.texts) > 200
    assert not [text for text in played.texts if "{" in text or "}" in text or not text.strip()]


def test_questions_name_the_product_on_air_and_what_it_costs_now() -> None:
    played = Played(900, scene(prices_minor=(29_900,)), price=1.0, messages=0.05)
    assert any("Fone ANC Pulse 3" in text for text in played.texts)
    assert any("R$ 299" in text for text in played.texts)
    assert not any("349" in text for text in played.texts)


def test_sizes_are_asked_for_where_there_are_some() -> None:
    sized = product(variants=variants("Jumbo"))
    assert rates(chat_model(), scene(), REFERENCE_MINOR)["size"] == 0
    assert rates(chat_model(), scene(products=(sized,)), REFERENCE_MINOR)["size"] > 0
    played = Played(900, scene(products=(sized, product(1))), size=1.0, messages=0.05)
    assert any("Jumbo" in text or "jumbo" in text for text in played.texts)


@pytest.mark.parametrize(
    ("intent", "less", "more"),
    [
        ("price", {}, {"price_is_shown": False}),
        ("price", {}, {"prices_minor": (349_900,)}),
        ("works", {"style": Presentation.DEMONSTRATION}, {}),
        ("shipping", {"shipping_is_free": True}, {}),
        ("works", {"products": ()}, {}),
        ("product", {"products": ()}, {}),
        ("offer", {"offer_age": 100.0}, {"offer_age": 1.0}),
        ("offer", {}, {"offer_age": 100.0}),
        ("sold_out", {}, {"sold_out_age": 0.0}),
        ("frozen", {}, {"picture_is_frozen": True}),
        ("overrun", {}, {"presenter_overruns": True}),
        ("overrun", {"presenter_overruns": True, "products": ()}, {"presenter_overruns": True}),
    ],
)
def test_what_is_seen_decides_what_is_written(
    intent: str, less: dict[str, Any], more: dict[str, Any]
) -> None:
    low, high = (
        rates(chat_model(), scene(**seen), REFERENCE_MINOR)[intent] for seen in (less, more)
    )
    assert low < high


def test_frozen_picture_fills_the_chat() -> None:
    well, frozen = Played(120, scene()), Played(120, scene(picture_is_frozen=True))
    assert said(frozen, "frozen") > 30
    assert said(well, "frozen") <= 1


def test_sold_out_product_is_asked_after_by_its_name() -> None:
    gone = product(2)
    played = Played(90, scene(sold_out=gone, sold_out_age=2.0), sold_out=2.0, messages=0)
    assert len(played.texts) > 100
    assert any(gone.name in text for text in played.texts)
    assert not any(product().name in text for text in played.texts)


def asked_once(later: Scene) -> tuple[list[ChatPosted], list[ChatPosted]]:
    """Return what 500 people asked within a second, and what they wrote while they saw `later`."""
    others = {name: 0.0 for name in INTENTS if name in ChatModel.__struct_fields__}
    model = chat_model(**others | {"price": 1.0, "messages": 3.0, "asks_again": 1.0})
    streams, told = Streams(1), reporter()
    chat = Chat(model, Voices(PT, read_phrases(PT), "BRL"), REFERENCE_MINOR, streams, told)
    chat.step(0, Room(500), scene(price_is_shown=False))
    asked: Any = told.take()
    for second in range(1, 600):
        streams.at(second)
        chat.step(second, Room(0), later)
    again: Any = told.take()
    return asked, again


def test_question_is_asked_again_by_the_same_person_where_nobody_answers() -> None:
    asked, again = asked_once(scene(price_is_shown=False))
    assert len(asked) > 10
    times = Counter(message.person for message in asked)
    repeated = Counter(message.person for message in again)
    assert repeated == {person: 2 * number for person, number in times.items()}
    questions = {message.person: _bare(message.text) for message in asked}
    assert all(questions[m.person] in m.text.lower() for m in again if times[m.person] == 1)


@pytest.mark.parametrize("answer", [{}, {"products": (product(1),), "price_is_shown": False}])
def test_nobody_asks_again_once_the_price_is_shown_or_the_product_gone(
    answer: dict[str, Any],
) -> None:
    assert asked_once(scene(**answer))[1] == []


def test_who_waits_for_a_link_asks_until_it_comes() -> None:
    waiting: list[Visit] = []

    def ask(chat: Chat, room: Room) -> None:
        waiting.extend(room[:2])
        for visit in waiting:
            chat.say(visit, "link", 0, product())
        chat.answered(waiting[1])

    played = Played(600, scene(), before=ask, link_patience=20.0, **SILENT)
    people = Counter(message.person for message in played.messages)
    assert people[waiting[0].person] > 10
    assert people[waiting[1].person] == 0


def test_who_cannot_pay_says_so_even_after_leaving_the_room() -> None:
    def fail(chat: Chat, room: Room) -> None:
        for visit in room[:200]:
            visit.present = False
            chat.say(visit, "payment", 1500)

    played = Played(5, scene(), before=fail, **SILENT)
    share = len(played.texts) / 200
    assert abs(share - chat_model().cannot_pay) < 0.12
    assert said(played, "payment") == len(played.texts)


def test_reason_that_comes_late_in_a_second_is_not_lost() -> None:
    streams, told = Streams(1), reporter()
    voices = Voices([("pt", 1.0)], {"pt": phrases()}, "BRL")
    chat = Chat(chat_model(**SILENT), voices, REFERENCE_MINOR, streams, told)
    room = Room(3)
    chat.step(0, room, scene())
    chat.say(room[0], "link", 200, product())
    streams.at(1)
    chat.step(1, room, scene())
    assert len(told.take()) == 1


def test_newcomers_greet_and_raiders_say_where_they_come_from() -> None:
    def enter(chat: Chat, room: Room) -> None:
        chat.welcome(room[:250])
        chat.welcome([guest(n, raid_channel(trouble_model())) for n in range(250)])

    played = Played(120, scene(), before=enter, messages=0, greetings=0.3, raid_trolls=0)
    assert 45 < said(played, "greeting") < 105
    assert 12 < said(played, "raid") < 50


def test_trolls_of_a_raid_leave_with_it() -> None:
    raid = [guest(n, raid_channel(trouble_model())) for n in range(200)]

    def seen(second: int) -> Scene:
        for visit in raid[: len(raid) if second >= 120 else 0]:
            visit.present = False
        return scene()

    changes = SILENT | {"raid_greetings": 0}
    played = Played(240, seen, before=lambda chat, room: chat.welcome(raid), **changes)
    at = [message.occurred_at - played.messages[0].occurred_at for message in played.messages]
    assert len(at) > 5
    assert max(at) < 120_000
    assert {message.person for message in played.messages} <= {visit.person for visit in raid}


def test_person_keeps_to_one_language_and_languages_to_their_shares() -> None:
    voices = Voices([("pt", 0.7), ("en", 0.3)], read_phrases([("pt", 0.7), ("en", 0.3)]), "BRL")
    keys = KeyMaker(5, "person")
    titles = Counter(voices.language(keys.key(number)).title for number in range(4000))
    assert abs(titles["English"] / 4000 - 0.3) < 0.03
    assert voices.language(keys.key(7)) is voices.language(keys.key(7))


def test_nothing_on_air_is_not_asked_about() -> None:
    played = Played(600, NOTHING, messages=0.05)
    names = [each.name.split()[0].lower() for each in first_show().products]
    assert len(played.texts) > 100
    assert not [text for text in played.texts if any(f" {n}" in text.lower() for n in names)]
