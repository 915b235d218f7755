"""Tests that take ``target`` or ``store`` run on SQLite, and on PostgreSQL where there is a server."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, make_url, text

from sayso.store import Store

Raw = Callable[..., list[Any]]


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where a store can be opened: a path that is not there yet, or a schema of its own on the server."""
    if request.param == "sqlite":
        yield str(tmp_path / "folder" / "sayso.db")
        return
    url = make_url(request.getfixturevalue("postgres_server")).set(drivername="postgresql+psycopg")
    schema = f"sayso_{uuid.uuid4().hex}"
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    own = url.update_query_dict({"options": f"-csearch_path={schema}"})
    yield own.render_as_string(hide_password=False)
    with engine.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    engine.dispose()


@pytest.fixture
def store(target: str) -> Iterator[Store]:
    with Store.open(target) as opened:
        yield opened


@pytest.fixture
def raw(target: str) -> Iterator[Raw]:
    """Run SQL behind the store's back; gives the rows where there are any."""
    engine = create_engine(target if "://" in target else f"sqlite:///{target}")

    def run(sql: str, **values: Any) -> list[Any]:
        with engine.begin() as connection:
            result = connection.execute(text(sql), values)
            return list(result) if result.returns_rows else []

    yield run
    engine.dispose()
