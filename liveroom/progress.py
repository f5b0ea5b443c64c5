"""A progress bar on the terminal, and nothing where nobody looks at one."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar


@contextmanager
def progress_bar(length: int, label: str) -> Iterator[Callable[[int], None]]:
    """Give a function to call with how far of `length` the work is."""
    if not sys.stderr.isatty():
        yield lambda reached: None
        return
    with click.progressbar(length=length, label=label, file=sys.stderr) as bar:
        yield lambda reached: bar.update(reached - bar.pos)
        bar.update(length - bar.pos)


@contextmanager
def progress_bars() -> Iterator[Callable[[str, int, int], None]]:
    """Give a function to call with what is done now, how far it is and its length: a bar each."""
    bar: ProgressBar[int] | None = None

    def show(label: str, reached: int, length: int) -> None:
        nonlocal bar
        if bar is None or bar.label != label:
            if bar is not None:
                bar.update((bar.length or 0) - bar.pos)
                bar.__exit__(None, None, None)
            bar = click.progressbar(length=length, label=label, file=sys.stderr)
            bar.__enter__()
        bar.length = length
        bar.update(reached - bar.pos)

    yield show if sys.stderr.isatty() else lambda label, reached, length: None
    if bar is not None:
        bar.__exit__(None, None, None)
