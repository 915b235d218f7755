"""Errors in, one page or one JSON shape out: ``{"ok": false, "error": ..., "status": ...}`` below /api."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.responses import Response

from sayso.errors import SaysoError
from sayso.web.api import Failure
from sayso.web.headers import SECURITY
from sayso.web.pages import ErrorPage
from sayso.web.rendering import respond

__all__ = ["handle_errors"]


def handle_errors(app: FastAPI) -> None:
    """Make the app answer every error in its one shape."""
    app.add_exception_handler(SaysoError, _answer)
    app.add_exception_handler(HTTPException, _answer)
    app.add_exception_handler(RequestValidationError, _answer)
    app.add_exception_handler(Exception, _answer)


def _answer(request: Request, error: Exception) -> Response:
    status, message = _describe(error)
    if request.url.path == "/api" or request.url.path.startswith("/api/"):
        failure = Failure(error=message, status=status)
        answer: Response = JSONResponse(failure.model_dump(), status_code=status)
    else:
        answer = respond(ErrorPage(status=status, heading=HTTPStatus(status).phrase, message=message), status)
    if isinstance(error, HTTPException) and error.headers:
        answer.headers.update(error.headers)
    # An unforeseen error is answered outside the middleware that sets these.
    answer.headers.update(SECURITY)
    return answer


def _describe(error: Exception) -> tuple[int, str]:
    match error:
        case SaysoError():
            return error.status, str(error)
        case HTTPException(status_code=404):
            return 404, "there is no such page; the list of articles is at /"
        case HTTPException():
            return error.status_code, str(error.detail)
        case RequestValidationError():
            first = error.errors()[0]
            return 422, f"{first['loc'][1]}: {first['msg']}"
        case _:
            return 500, "something went wrong here; the server's log says what"
