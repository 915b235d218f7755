"""The user's own tables: takes a file with rows, adds them to those in the folder of the settings or takes them out.

A row that is about the same thing as an own one that is there (the same holder, body, post and beginning; the same
name and country) takes its place.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sayso.errors import InputError, NotFound, NotText, RecordError
from sayso.upkeep.checking import problems
from sayso.upkeep.tables import EXTENSIBLE, Row, Table, own_path, own_rows, write_own

__all__ = ["Added", "add_file", "read_file", "remove"]

_LARGEST = 64_000_000  # bytes


@dataclass(frozen=True, slots=True)
class Added:
    """What came of adding a file: rows that are new, that replaced one, that were there; ``path`` is where they are."""

    table: str
    path: Path
    added: int
    replaced: int
    unchanged: int


def read_file(file: Path) -> list[Row]:
    """Read a file of rows (tabs, commas or semicolons between the cells) of one table, recognised by its first line.

    The columns may stand in any order; spaces too many are left out. Raises NotFound, NotText, and RecordError, which
    names line and column and says what to do, when a row is not good.
    """
    lines = _lines(_text(file), file)
    header = [cell.strip().lower() for cell in next(lines, (0, [""]))[1]]
    table = _recognised(header, file)
    rows = []
    for number, cells in lines:
        if not any(cells):
            continue
        if len(cells) != len(header):
            advice = "a cell with the separator in it goes between quotation marks" if len(cells) > len(header) else ""
            advice = advice or "a cell that is empty needs its separator, too"
            raise RecordError(f"{file} line {number}: {len(cells)} cells, not {len(header)}; {advice}")
        by_column = dict(zip(header, cells, strict=True))
        rows.append(Row(table.name, {c: _plain(by_column[c]) for c in table.columns}, str(file), number, own=True))
    if found := list(problems(rows)):
        more = f" ({len(found) - 1} more like this; `sayso knowledge add` writes nothing until all are mended)"
        raise RecordError(f"{found[0]}{more if len(found) > 1 else ''}")
    return rows


def add_file(file: Path) -> Added:
    """Add the rows of a file to the user's own table, all of them or none.

    Raises as ``read_file`` does, and StoreReadOnly when the folder of the settings cannot be written.
    """
    rows = read_file(file)
    if not rows:
        raise RecordError(f"{file}: it has no rows below the first line; write one, `sayso knowledge add --help`")
    name = rows[0].table
    kept = {row.key(): row.cells for row in own_rows(name)}
    added = sum(row.key() not in kept for row in rows)
    unchanged = sum(kept.get(row.key()) == row.cells for row in rows)
    kept |= {row.key(): row.cells for row in rows}
    write_own(name, list(kept.values()))
    return Added(name, own_path(name), added, len(rows) - added - unchanged, unchanged)


def remove(what: str) -> list[Row]:
    """Take rows out of the user's own tables and give them.

    ``what`` is a row ("offices.tsv:3", as shown), a file whose rows are taken out, or a table's name for all of it.
    Raises NotFound when there is nothing of that kind, otherwise as ``add_file``.
    """
    if match := re.fullmatch(r"(\w+\.tsv):(\d+)", what):
        gone = [row for row in _own(match[1]) if row.line == int(match[2])]
        if not gone:
            raise NotFound(f"your {match[1]} has no line {match[2]}; `sayso knowledge show` names the rows")
    elif Path(what).is_file():
        wanted = [(row.table, row.cells) for row in read_file(Path(what))]
        gone = [row for name in {table for table, _ in wanted} for row in own_rows(name) if (name, row.cells) in wanted]
        if not gone:
            raise NotFound(f"no row of {what} is among your own; `sayso knowledge list` shows what is")
    else:
        gone = _own(what)
    for name in {row.table for row in gone}:
        lines = {row.line for row in gone if row.table == name}
        write_own(name, [row.cells for row in own_rows(name) if row.line not in lines])
    return gone


def _own(name: str) -> list[Row]:
    if name not in EXTENSIBLE:
        raise NotFound(f"no file and no table {name!r}; the tables are {', '.join(EXTENSIBLE)}")
    rows = own_rows(name)
    if not rows:
        raise NotFound(f"you have no rows of your own in {name}")
    return rows


def _text(file: Path) -> str:
    if file.is_dir():
        raise InputError(f"{file} is a folder; give a file")
    try:
        if file.stat().st_size > _LARGEST:
            raise InputError(f"{file} has more than {_LARGEST:,} bytes; give a table of names")
        text = file.read_text(encoding="utf-8-sig")
    except (FileNotFoundError, NotADirectoryError) as error:
        raise NotFound(f"there is no file {file}; check the name") from error
    except UnicodeDecodeError as error:
        raise NotText(f"{file}: it is not UTF-8 text; save it as text or CSV in UTF-8") from error
    except OSError as error:
        raise InputError(f"{file} cannot be read: {error.strerror or error}") from error
    if "\0" in text:
        raise NotText(f"{file}: it is not text; save it as text or CSV in UTF-8")
    return text


def _lines(text: str, file: Path) -> Iterator[tuple[int, list[str]]]:
    """Give line number and cells of each row; of a row over several lines the number of its last."""
    first = text.split("\n", 1)[0]
    if "\t" in first:
        yield from ((number, line.split("\t")) for number, line in enumerate(text.splitlines(), start=1))
        return
    reader = csv.reader(io.StringIO(text), delimiter=";" if first.count(";") > first.count(",") else ",")
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error as error:
        raise RecordError(f"{file} line {reader.line_num} is not CSV ({error}); save the table as CSV again") from error


def _recognised(header: list[str], file: Path) -> Table:
    for table in EXTENSIBLE.values():
        if sorted(header) == sorted(table.columns):
            return table
    nearest = max(EXTENSIBLE.values(), key=lambda table: len(set(header) & set(table.columns)))
    if len(set(header) & set(nearest.columns)) < len(nearest.columns) // 2:
        known = "; ".join(f"{', '.join(table.columns)} ({table.name})" for table in EXTENSIBLE.values())
        raise RecordError(f"{file} line 1: it names the columns of no table; they are {known}")
    missing = [f"no column {column}" for column in nearest.columns if column not in header]
    missing += [f"a column {column!r} too many" for column in header if column not in nearest.columns]
    what = ", ".join(missing) or "a column twice"
    raise RecordError(f"{file} line 1: {what}; {nearest.name} has {', '.join(nearest.columns)}")


def _plain(cell: str) -> str:
    """Level a cell: single plain spaces, no control characters, no empty items in a list."""
    flat = "".join(c if c.isprintable() else " " for c in cell)
    return "|".join(item for part in flat.split("|") if (item := " ".join(part.split())))
