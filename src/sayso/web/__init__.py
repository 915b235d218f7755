"""The reading room and the REST API: takes an open store, gives a web application that reads it."""

from __future__ import annotations

from sayso.web.app import create_app

__all__ = ["create_app"]
