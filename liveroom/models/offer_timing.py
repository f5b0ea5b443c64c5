"""When an offer came against the peak of the audience, as a number."""

from __future__ import annotations

from msgspec import Struct

from liveroom.models.levers import RunningOffer
from liveroom.models.snapshot import Audience


class OfferTiming(Struct, frozen=True, kw_only=True, gc=False):
    """The newest offer against the peak audience; without an offer since the peak it goes on counting."""

    after_peak_ms: int
    """From the peak to the offer, or to now; negative where the offer came before the peak."""
    lost: int | None
    """Viewers fewer than at the peak when the offer came, or now; None where no sample says so."""
    waits: bool
    """No offer came since the peak."""


def offer_timing(
    offers: tuple[RunningOffer, ...], audience: Audience, viewers_then: int | None, at: int
) -> OfferTiming | None:
    """Return the timing as of `at` (ms UTC), None without a peak or an offer that could miss it.

    `viewers_then` is the audience when the first offer since the peak was launched.
    """
    if audience.peak is None or audience.peak_at is None or not offers:
        return None
    since = first_since_peak(offers, audience)
    if since is not None:
        lost = None if viewers_then is None else audience.peak - viewers_then
        after = since.started_at - audience.peak_at
        return OfferTiming(after_peak_ms=after, lost=lost, waits=False)
    last = max(offers, key=lambda each: each.started_at)
    if last.runs(at):
        early = last.started_at - audience.peak_at
        return OfferTiming(after_peak_ms=early, lost=0, waits=False)
    lost = None if audience.last is None else audience.peak - audience.last
    return OfferTiming(after_peak_ms=at - audience.peak_at, lost=lost, waits=True)


def first_since_peak(offers: tuple[RunningOffer, ...], audience: Audience) -> RunningOffer | None:
    """Return the first offer that was launched at the peak or after it."""
    peak_at = audience.peak_at or 0
    since = [each for each in offers if each.started_at >= peak_at]
    return min(since, key=lambda each: each.started_at, default=None)
