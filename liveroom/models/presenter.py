"""What the producer told the presenter, as of any instant and whatever the order of arrival."""

from __future__ import annotations

from bisect import bisect_right, insort

from msgspec import Struct

from liveroom.models.events import PresenterTold


class Told(Struct, frozen=True, kw_only=True, gc=False, order=True, array_like=True):
    """A message that stands from `at` (ms UTC) until the next one; a blank text cleared it."""

    at: int
    text: str


class Presenter(Struct, frozen=True, kw_only=True):
    """The messages of a show in order of time; of two at one instant the later in the alphabet stands."""

    told: tuple[Told, ...] = ()

    @property
    def message(self) -> str:
        """Return what stands on the presenter's screen, blank where nothing does."""
        return self.told[-1].text if self.told else ""

    @property
    def since(self) -> int | None:
        """Return since when the message stands (ms UTC), None where none does."""
        return self.told[-1].at if self.message else None

    def after(self, event: PresenterTold) -> Presenter:
        """Return the messages once an event is known."""
        told = list(self.told)
        insort(told, Told(at=event.occurred_at, text=event.text))
        return Presenter(told=tuple(told))

    def as_of(self, at: int) -> Presenter:
        """Return the messages as of an instant (ms UTC); the same object where it knows no later one."""
        known = bisect_right(self.told, at, key=lambda told: told.at)
        return self if known == len(self.told) else Presenter(told=self.told[:known])

    def recent(self, most: int) -> tuple[Told, ...]:
        """Return the newest messages with words, newest first, each text once."""
        found: dict[str, Told] = {}
        for told in reversed(self.told):
            if told.text and told.text not in found:
                found[told.text] = told
                if len(found) == most:
                    break
        return tuple(found.values())
