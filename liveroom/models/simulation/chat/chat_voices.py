"""Puts an intent into words: in the language of the person, about a product on air."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct
from numpy.random import Generator

from liveroom.models.simulation.chat.chat_lines import fill, needs_product, price_text
from liveroom.models.simulation.chat.phrases import Phrases
from liveroom.models.simulation.scenarios.scenario import Product
from liveroom.models.simulation.scene import Scene


class Chance(Struct, frozen=True, gc=False):
    """What chance decides of one message, each in [0, 1)."""

    language: float
    subject: float
    line: float
    name: float
    size: float
    style: float


class Chances:
    """The chances of the messages of one second, drawn together."""

    __slots__ = ("_rows",)

    def __init__(self, draws: Generator, number: int) -> None:
        """Draw for `number` messages."""
        self._rows = iter(draws.random((number, 6)).tolist())

    def next(self) -> Chance:
        """Return those of the next message."""
        return Chance(*next(self._rows))


class Message(Struct, frozen=True, gc=False):
    """A text, and the product it is about; a blank text: there is nothing to say."""

    text: str
    product: Product | None


class Voices:
    """The languages of a room by their shares; a person keeps to one."""

    def __init__(
        self,
        languages: Sequence[tuple[str, float]],
        phrases: Mapping[str, Phrases],
        currency: str,
    ) -> None:
        """Take the languages that have phrases; false where none has."""
        self._currency = currency
        self._until: list[tuple[float, Phrases]] = []
        total = sum(share for language, share in languages if language in phrases)
        reached = 0.0
        for language, share in languages:
            if language in phrases:
                reached += share / total
                self._until.append((reached, phrases[language]))

    def __bool__(self) -> bool:
        """Return whether there is a language to write in."""
        return bool(self._until)

    def message(
        self,
        person: int | None,
        intent: str,
        product: Product | None,
        question: str,
        scene: Scene,
        chance: Chance,
    ) -> Message:
        """Return what a person writes; with a `question` the same is asked again."""
        phrases = self.language(person, chance.language)
        if product is None:
            product = _subject(scene, intent, chance.subject)
        line = phrases.line("again" if question else intent, chance.line, product is not None)
        names = {"segment": scene.segment, "question": question}
        if product is not None and needs_product(line):
            names |= {
                "product": phrases.short(product.name, chance.name),
                "price": price_text(_price_minor(scene, product), self._currency),
                "size": _size(product, phrases, chance.size),
            }
        if "{segment}" in line and not scene.segment:
            return Message("", None)
        return Message(phrases.styled(fill(line, names), chance.style), product)

    def language(self, person: int | None, chance: float = 0.0) -> Phrases:
        """Return what a person speaks; of somebody unknown, chance decides."""
        # Keys are well mixed: any bits of one are as good as drawn for this person for ever.
        place = chance if person is None else (person & 0xFFFF) / 0x10000
        return next((found for until, found in self._until if place < until), self._until[-1][1])


def _subject(scene: Scene, intent: str, chance: float) -> Product | None:
    of = scene.products
    if intent == "size":
        of = tuple(product for product in of if product.variants)
    return of[int(chance * len(of))] if of else None


def _price_minor(scene: Scene, product: Product) -> int:
    on_air = product in scene.products
    return scene.price_minor(scene.products.index(product)) if on_air else product.price_minor


def _size(product: Product, phrases: Phrases, chance: float) -> str:
    sizes = [variant.name for variant in product.variants] or phrases.sizes
    return sizes[int(chance * len(sizes))]
