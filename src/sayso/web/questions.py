"""What a visitor asks in, checked questions to the store out: the query parameters that pages and API share."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Depends, Query, Request

from sayso.record import Force, Quote
from sayso.store import StatementQuery, Store

__all__ = ["Asked", "Limit", "Offset", "StoreOfApp", "Words"]

Words = Annotated[str, Query(max_length=200)]
Offset = Annotated[int, Query(ge=0, le=10_000_000, description="how many to pass over")]
Limit = Annotated[int, Query(ge=1, le=200, description="how many to give at most")]
DateText = Annotated[str, Query(max_length=40, description="a year, month or day: 2024, 2024-03, 2024-03-15")]


def _store(request: Request) -> Store:
    store: Store = request.app.state.store
    return store


def _asked(
    text: Annotated[str, Query(max_length=200, description="words of the content or the speaker")] = "",
    force: Force | Literal[""] = "",
    speaker: Words = "",
    outlet: Words = "",
    since: DateText = "",
    until: DateText = "",
    quote: Quote | Literal[""] = "",
    limit: Limit = 20,
    offset: Offset = 0,
) -> StatementQuery:
    """Make a search of the parameters; an empty one, as a form sends it, leaves that open."""
    return StatementQuery(
        text=text.strip() or None,
        force=force or None,
        speaker=speaker.strip() or None,
        outlet=outlet.strip() or None,
        since=since.strip() or None,
        until=until.strip() or None,
        quote=quote or None,
        limit=limit,
        offset=offset,
    )


StoreOfApp = Annotated[Store, Depends(_store)]
Asked = Annotated[StatementQuery, Depends(_asked)]
