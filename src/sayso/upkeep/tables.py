"""The tables as rows that know where they stand: takes a table's name, gives rows with file and line."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from sayso.errors import RecordError, SaysoError, StoreReadOnly
from sayso.knowledge import offices, organisations, regions
from sayso.settings import default_settings

__all__ = [
    "EXTENSIBLE",
    "Row",
    "Table",
    "all_rows",
    "forget",
    "own_path",
    "own_rows",
    "shipped_names",
    "shipped_rows",
    "write_own",
]


@dataclass(frozen=True, slots=True)
class Table:
    """A table that users may extend; rows that agree in the columns of ``key`` are about the same thing."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]


EXTENSIBLE = {
    table.name: table
    for table in (
        Table("offices.tsv", offices.COLUMNS, ("holder", "body", "post", "from")),
        Table("organisations.tsv", organisations.COLUMNS, ("name", "country")),
        Table("regions.tsv", regions.COLUMNS, ("name", "country")),
    )
}


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells by column, the file and line (from 1, the header's) it stands in, whether it is the user's."""

    table: str
    cells: dict[str, str]
    file: str
    line: int
    own: bool

    @property
    def place(self) -> str:
        """Where it stands, as ``sayso knowledge remove`` takes it: "offices.tsv:3"."""
        return f"{self.table}:{self.line}"

    def key(self) -> tuple[str, ...]:
        """Give what says which thing the row is about."""
        return tuple(self.cells[column] for column in EXTENSIBLE[self.table].key)


def own_path(name: str) -> Path:
    """Give the file that holds the user's own rows of a table, whether it is there or not."""
    return default_settings().knowledge / name


def shipped_names() -> list[str]:
    """List the shipped tables by name, sorted."""
    folder = files("sayso.knowledge") / "data"
    return sorted(file.name for file in folder.iterdir() if file.name.endswith(".tsv"))


def shipped_rows(name: str) -> list[Row]:
    """Read a shipped table; raises RecordError, which names the line, when a row has another number of cells."""
    text = (files("sayso.knowledge") / "data" / name).read_text(encoding="utf-8")
    return list(_rows(text, name, name, own=False))


def own_rows(name: str) -> list[Row]:
    """Read the user's own rows of a table, none when there is no such file; raises RecordError when it is damaged."""
    path = own_path(name)
    if not path.is_file():
        return []
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise RecordError(f"{path}: it is not UTF-8; save it as UTF-8") from error
    return list(_rows(text, name, str(path), own=True))


def all_rows(name: str) -> list[Row]:
    """Read the user's own rows of a table and then the shipped ones; raises RecordError when one is damaged."""
    own = own_rows(name) if name in EXTENSIBLE else []
    return [*own, *shipped_rows(name)]


def _rows(text: str, name: str, file: str, *, own: bool) -> Iterator[Row]:
    lines = text.splitlines()
    columns = tuple(lines[0].split("\t")) if lines else ()
    if name in EXTENSIBLE and columns != EXTENSIBLE[name].columns:
        raise RecordError(f"{file}: the columns are not {', '.join(EXTENSIBLE[name].columns)}; mend the first line")
    for number, line in enumerate(lines[1:], start=2):
        cells = line.split("\t")
        if len(cells) != len(columns):
            raise RecordError(f"{file} line {number}: {len(cells)} cells, not {len(columns)}; mend the line")
        yield Row(name, dict(zip(columns, cells, strict=True)), file, number, own)


def write_own(name: str, rows: list[dict[str, str]]) -> None:
    """Write the user's own rows of a table, all of it or nothing, and have the knowledge read again.

    Without rows the file is removed. Raises StoreReadOnly when the folder cannot be written.
    """
    path, columns = own_path(name), EXTENSIBLE[name].columns
    lines = ["\t".join(columns), *("\t".join(row[column] for column in columns) for row in rows)]
    fresh = path.with_name(path.name + ".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if rows:
            fresh.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
            fresh.replace(path)
        else:
            path.unlink(missing_ok=True)
    except OSError as error:
        raise _unwritable(path, error) from error
    forget()


def _unwritable(path: Path, error: OSError) -> SaysoError:
    reason = error.strerror or type(error).__name__
    return StoreReadOnly(f"{path} cannot be written ({reason}); set SAYSO_KNOWLEDGE to another folder")


def forget() -> None:
    """Drop what is kept of the tables in memory, so that they are read again when they are next asked for."""
    for name, module in list(sys.modules.items()):
        if name.startswith("sayso.knowledge."):
            for value in list(vars(module).values()):
                if callable(clear := getattr(value, "cache_clear", None)):
                    clear()
