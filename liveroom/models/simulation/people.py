"""People whose keys are known from earlier shows of a series."""

from __future__ import annotations

from msgspec import Struct


class KnownPeople(Struct, frozen=True, kw_only=True):
    """Keys in the order in which they were met; nobody need be in only one of the lists."""

    customers: tuple[int, ...] = ()
    """Who bought before: they come back as returning visitors and can be written to."""
    participants: tuple[int, ...] = ()
    """Who was in an earlier show: they can be written to."""
    leads: tuple[int, ...] = ()
    """Who left a contact: they can be written to, as participants."""
