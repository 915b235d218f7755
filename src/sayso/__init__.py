"""sayso reads political news and keeps the record of who says what, on whose say-so.

    >>> import sayso
    >>> reading = sayso.read("article.txt")        # doctest: +SKIP
    >>> reading.statements[0].chain                # doctest: +SKIP

Importing the package loads no model, store or web code: each name below is fetched when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sayso import actors
    from sayso.api import read
    from sayso.errors import SaysoError
    from sayso.reader import Reader
    from sayso.record import Actor, Article, Link, Reading, Span, Statement
    from sayso.settings import Settings
    from sayso.sources import load
    from sayso.store import Store

__all__ = [
    "Actor",
    "Article",
    "Link",
    "Reader",
    "Reading",
    "SaysoError",
    "Settings",
    "Span",
    "Statement",
    "Store",
    "actors",
    "load",
    "read",
]

_HOMES = {
    "read": "sayso.api",
    "load": "sayso.sources",
    "Reader": "sayso.reader",
    "SaysoError": "sayso.errors",
    "Settings": "sayso.settings",
    "Store": "sayso.store",
    **dict.fromkeys(("Actor", "Article", "Link", "Reading", "Span", "Statement"), "sayso.record"),
}
_MODULES = frozenset({"actors"})


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return import_module(f"sayso.{name}")
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'sayso' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
