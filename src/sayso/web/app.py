"""A store in, a web application out: the pages, the REST API under /api, the static files."""

from __future__ import annotations

from importlib.metadata import version

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from sayso.settings import Settings, default_settings
from sayso.store import Store
from sayso.web.api import api
from sayso.web.failures import handle_errors
from sayso.web.headers import SecurityHeaders
from sayso.web.rooms import rooms

__all__ = ["create_app"]


def create_app(store: Store, *, settings: Settings | None = None) -> FastAPI:
    """Build the application over an open store; closing the store stays with the caller.

    ``settings`` default to those of the environment and are kept at ``app.state.settings``. The interactive API
    pages are off because they would load from elsewhere; the description itself is at /api/openapi.json.
    """
    app = FastAPI(
        title="sayso",
        summary="Who says what, on whose say-so.",
        version=version("sayso"),
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
    )
    app.state.store = store
    app.state.settings = settings or default_settings()
    app.add_middleware(SecurityHeaders)
    handle_errors(app)
    app.include_router(rooms)
    app.include_router(api)
    app.mount("/static", StaticFiles(packages=[("sayso.web", "static")]), name="static")
    return app
