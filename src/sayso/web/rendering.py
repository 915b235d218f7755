"""A page in, its HTML out. Everything is escaped: the text of an article can never run as markup."""

from __future__ import annotations

from dataclasses import fields
from functools import lru_cache
from typing import Any

from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from sayso.web.pages import Page

__all__ = ["context", "environment", "render", "respond"]


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Give the templates; an unknown name in one is an error, not a blank."""
    return Environment(
        loader=PackageLoader("sayso.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def context(page: Page) -> dict[str, Any]:
    """Give what the template is handed: the fields of the page, each under its name."""
    return {field.name: getattr(page, field.name) for field in fields(page)}  # type: ignore[arg-type]


def render(page: Page) -> str:
    """Write the page as HTML."""
    return environment().get_template(page.template).render(context(page))


def respond(page: Page, status: int = 200) -> HTMLResponse:
    """Answer with the page."""
    return HTMLResponse(render(page).encode("utf-8", "replace"), status_code=status)
