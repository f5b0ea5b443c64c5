"""The shipped parameters of chat, reactions and troubles, and variants of them."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any, TypeVar, get_type_hints

from msgspec import Struct
from msgspec.structs import replace

from liveroom.models.simulation.scenarios.crowd_models import ChatModel, ReactionModel, TroubleModel
from liveroom.paths import resource

Model = TypeVar("Model", bound=Struct)


@cache
def _defaults() -> dict[str, Any]:
    text = resource("scenarios", "defaults.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _model(name: str, model: type[Model], changes: dict[str, float]) -> Model:
    values = {key: float(_defaults()[name][key]["value"]) for key in get_type_hints(model)}
    return replace(model(**values), **changes)


def trouble_model(**changes: float) -> TroubleModel:
    return _model("troubles", TroubleModel, changes)


def chat_model(**changes: float) -> ChatModel:
    return _model("chat", ChatModel, changes)


def reaction_model(**changes: float) -> ReactionModel:
    return _model("reactions", ReactionModel, changes)
