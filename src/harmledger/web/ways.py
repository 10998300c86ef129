"""A way into the desk: one route and the right it takes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from harmledger.core.base import Value
from harmledger.web.access import Right


class Way(Value, frozen=True, kw_only=True):
    """``right``: what a visitor must hold; ``api``: answers JSON and stands in the OpenAPI
    description; ``more``: what FastAPI is told beside path and method."""

    method: str
    path: str
    right: Right
    answer: Callable[..., Any]
    api: bool = False
    more: dict[str, Any] = {}  # noqa: RUF012 - a frozen value


def get(path: str, right: Right, answer: Callable[..., Any], **more: Any) -> Way:
    return Way(method="GET", path=path, right=right, answer=answer, more=more)


def post(path: str, right: Right, answer: Callable[..., Any]) -> Way:
    return Way(method="POST", path=path, right=right, answer=answer)


def api(path: str, right: Right, answer: Callable[..., Any], **more: Any) -> Way:
    return Way(method="GET", path=path, right=right, answer=answer, api=True, more=more)
