"""Read the data files of this package: takes a file name, gives its rows.

A table is UTF-8 text, one row a line, cells parted by tabs, the first line naming the columns. Lists inside a cell
are parted by ``|``.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

from sayso.errors import RecordError

__all__ = ["listed", "rows"]


def rows(name: str, columns: tuple[str, ...]) -> Iterator[list[str]]:
    """Give the rows of ``data/<name>`` in file order, each with one cell per column.

    Raises RecordError when the columns are not those named or a row has another number of cells.
    """
    lines = (files("sayso.knowledge") / "data" / name).read_text(encoding="utf-8").splitlines()
    if not lines or tuple(lines[0].split("\t")) != columns:
        raise RecordError(f"{name}: the columns are not {', '.join(columns)}; install sayso again")
    for number, line in enumerate(lines[1:], start=2):
        cells = line.split("\t")
        if len(cells) != len(columns):
            raise RecordError(f"{name} line {number}: {len(cells)} cells, not {len(columns)}; install sayso again")
        yield cells


def listed(cell: str) -> tuple[str, ...]:
    """Split a cell into its items; an empty cell gives none."""
    return tuple(cell.split("|")) if cell else ()
