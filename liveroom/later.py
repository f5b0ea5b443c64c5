"""Classes that are imported when they are first asked for: a desk opens before its panels are there."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any


def later(package: str, name: str) -> Callable[[], Any]:
    """Return what imports the class `file:Class` of a package when it is called."""

    def load() -> Any:
        module, _, class_name = name.partition(":")
        return getattr(import_module(f"{package}.{module}"), class_name)

    return load
