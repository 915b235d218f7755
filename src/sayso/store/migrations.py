"""How an older store becomes a store of today: named steps in order, and a table of which ran and when.

A new store is made from schema.py as it is now and all steps count as run; an older one runs those it lacks, all in
one transaction, so that it is either of today or as it was. To change the schema: change schema.py, and add a step
here that does the same to a store that has data.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.metadata import version

from sqlalchemy import Connection, insert, inspect, select

from sayso.errors import SchemaTooNew, StoreError
from sayso.store import entities, schema
from sayso.store.when import now

__all__ = ["MIGRATIONS", "Migration", "missing", "upgrade"]


@dataclass(frozen=True, slots=True)
class Migration:
    """One step: its name, never changed once released, and what it does to the tables of the step before."""

    name: str
    step: Callable[[Connection], None]


def _entities(connection: Connection) -> None:
    schema.create_entities(connection)
    entities.link_all(connection)


MIGRATIONS: tuple[Migration, ...] = (
    Migration("0001 first tables", schema.create),
    Migration("0002 one entity over many articles", _entities),
)


def missing(connection: Connection, store: str) -> list[Migration]:
    """Give the steps this store lacks, in order: all of them for an empty database.

    Raises SchemaTooNew when it has run steps unknown here, StoreError when the database belongs to another program.
    """
    tables = set(inspect(connection).get_table_names())
    if schema.migrations.name not in tables:
        _refuse_foreign(connection, tables, store)
        return list(MIGRATIONS)
    ran = set(connection.execute(select(schema.migrations.c.name)).scalars())
    if unknown := sorted(ran - {migration.name for migration in MIGRATIONS}):
        raise SchemaTooNew(f"{store} was written by a newer sayso (it has {unknown[0]!r}); upgrade sayso to open it")
    return [migration for migration in MIGRATIONS if migration.name not in ran]


def upgrade(connection: Connection, store: str) -> list[str]:
    """Bring a store up to date inside the caller's transaction; give the names of the steps now counted as run."""
    steps = missing(connection, store)
    if len(steps) == len(MIGRATIONS):
        schema.create(connection)
    else:
        for migration in steps:
            migration.step(connection)
    if steps:
        ran = [{"name": step.name, "ran_at": now(), "sayso": version("sayso")} for step in steps]
        connection.execute(insert(schema.migrations), ran)
    return [step.name for step in steps]


def _refuse_foreign(connection: Connection, tables: Iterable[str], store: str) -> None:
    # A server's database may well be shared; a file with other tables in it is another program's.
    ours = set(schema.metadata.tables)
    strange = set(tables) if connection.dialect.name == "sqlite" else set(tables) & ours
    if strange:
        raise StoreError(f"{store} holds another program's tables ({min(strange)} …); give sayso a database of its own")
