"""No snapshot of a long show waits for its carts: worked out beside, they are exact a moment later."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from typing import Any

import pytest

from liveroom.models import cart_camera
from liveroom.models import events as e
from liveroom.models.cart_board import CartBoard, cart_board
from liveroom.models.cart_camera import CartCamera
from liveroom.models.facts import Fact
from liveroom.models.show import Show
from tests.factory import SHOW_START, attached, event, order

NOW = SHOW_START + 3_600_000


class Later(Executor):
    """Does what it is given when the test says so."""

    def __init__(self) -> None:
        self._waiting: list[tuple[Future[Any], Callable[[], Any]]] = []

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        self._waiting.append((future, lambda: fn(*args, **kwargs)))
        return future

    def __len__(self) -> int:
        return len(self._waiting)

    def work(self) -> None:
        for future, work in self._waiting:
            future.set_result(work())
        self._waiting.clear()


@pytest.fixture(autouse=True)
def _few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cart_camera, "FACTS_AT_ONCE", 20)
    monkeypatch.setattr(cart_camera, "FACTS_PER_SNAPSHOT", 100)


def carts(first: int, number: int) -> Iterator[e.Event]:
    """Yield carts of which every third is ordered from."""
    for visit in range(first, first + number):
        yield event(e.VisitStarted, visit, visit=visit, person=visit % 7)
        yield event(e.CartItemAdded, visit, sku="mug", visit=visit)
        if not visit % 3:
            yield order(visit + 5, 100, visit=visit, person=visit % 7)


def show_with(number: int) -> Show:
    show = Show()
    show.apply(attached("shop", Fact.VISITS, Fact.CARTS, Fact.ORDERS))
    show.apply_all(carts(0, number))
    return show


def exact(show: Show) -> CartBoard:
    return cart_board(show, NOW, show.cart_log.copy().carts())


def test_the_carts_of_a_short_show_are_exact_in_every_snapshot() -> None:
    show, later = show_with(3), Later()
    camera = CartCamera(show, later)
    assert camera.take(NOW) == exact(show)
    show.apply_all(carts(100, 2))
    assert camera.take(NOW) == exact(show)
    assert not len(later)


def test_the_first_snapshot_of_a_long_show_has_its_carts() -> None:
    show, later = show_with(60), Later()
    board = CartCamera(show, later).take(NOW)
    assert board == exact(show)
    assert board.whole.carts == 60


def test_a_snapshot_of_a_long_show_keeps_the_last_carts_until_the_new_ones_are_worked_out() -> None:
    show, later = show_with(60), Later()
    camera = CartCamera(show, later)
    before = camera.take(NOW)
    show.apply_all(carts(100, 30))
    while not len(later):
        assert camera.take(NOW) is before
    # What happens meanwhile belongs to the next time.
    then = exact(show)
    show.apply_all(carts(200, 1))
    assert camera.take(NOW) is before
    later.work()
    assert camera.take(NOW) == then
    while not len(later):
        camera.take(NOW)
    later.work()
    assert camera.take(NOW) == exact(show)


def test_carts_are_looked_at_the_seldomer_the_more_there_are() -> None:
    def looks(number: int) -> int:
        show, later = show_with(number), Later()
        camera, asked = CartCamera(show, later), 0
        for _ in range(60):
            camera.take(NOW)
            asked += len(later)
            later.work()
        return asked

    assert looks(60) > 1.5 * looks(180) > 0


def test_without_anybody_beside_every_look_is_exact() -> None:
    show = show_with(60)
    camera = CartCamera(show)
    camera.take(NOW)
    show.apply_all(carts(100, 1))
    for _ in range(5):
        board = camera.take(NOW)
    assert board == exact(show)


def test_the_last_snapshot_of_all_is_exact() -> None:
    show, later = show_with(60), Later()
    camera = CartCamera(show, later)
    camera.take(NOW)
    while not len(later):
        camera.take(NOW)
    show.apply_all(carts(100, 7))
    assert camera.take(NOW, ends=True) == exact(show)
    later.work()
    assert camera.take(NOW) == exact(show), "what was begun before is out of date"


def test_in_a_quiet_second_new_carts_are_looked_at_and_the_same_ones_are_not() -> None:
    show, later = show_with(300), Later()
    camera = CartCamera(show, later)
    before = camera.take(NOW)
    assert camera.take(NOW, quiet=True) is before
    show.apply_all(carts(1_000, 1))
    assert camera.take(NOW) is before
    assert camera.take(NOW, quiet=True) is before
    assert len(later) == 1, "nobody waits for it"
    later.work()
    assert camera.take(NOW, quiet=True) == exact(show)
    assert not len(later)
    camera.take(NOW, quiet=True)
    assert not len(later)


def test_what_failed_beside_is_told() -> None:
    show, later = show_with(60), Later()
    camera = CartCamera(show, later)
    camera.take(NOW)
    while not len(later):
        camera.take(NOW)
    later._waiting[0][0].set_exception(ValueError("a bug"))
    with pytest.raises(ValueError, match="a bug"):
        camera.take(NOW)
