"""A progress bar on the terminal, and nothing where nobody looks at one."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click


@contextmanager
def progress_bar(length: int, label: str) -> Iterator[Callable[[int], None]]:
    """Give a function to call with how far of `length` the work is."""
    if not sys.stderr.isatty():
        yield lambda reached: None
        return
    with click.progressbar(length=length, label=label, file=sys.stderr) as bar:
        yield lambda reached: bar.update(reached - bar.pos)
        bar.update(length - bar.pos)
