"""Read the data files of this package: takes a file name, gives its rows.

A table is UTF-8 text, one row a line, cells parted by tabs, the first line naming the columns. Lists inside a cell
are parted by ``|``. A user's own rows, in files of the same names in the folder of the settings, come first and so win.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from sayso.errors import RecordError

__all__ = ["layered", "listed", "parsed", "rows", "words_of"]


def rows(name: str, columns: tuple[str, ...]) -> Iterator[list[str]]:
    """Give the rows of ``data/<name>`` in file order, each with one cell per column.

    Raises RecordError when the columns are not those named or a row has another number of cells.
    """
    text = (files("sayso.knowledge") / "data" / name).read_text(encoding="utf-8")
    return parsed(text, name, columns, "install sayso again")


def layered(name: str, columns: tuple[str, ...], key: tuple[str, ...]) -> Iterator[tuple[list[str], bool]]:
    """Give the user's rows of a table, if there are any, and then those of ``data/<name>``, and whether each is own.

    A shipped row gives way to one of the user's that has the same in the columns of ``key``. Raises as ``rows``.
    """
    at = [columns.index(column) for column in key]
    taken: set[tuple[str, ...]] = set()
    for cells in _own(name, columns):
        taken.add(tuple(cells[i] for i in at))
        yield cells, True
    for cells in rows(name, columns):
        if not taken or tuple(cells[i] for i in at) not in taken:
            yield cells, False


def _own(name: str, columns: tuple[str, ...]) -> Iterator[list[str]]:
    from sayso.settings import default_settings  # loads pydantic, which the word lists do without

    own = default_settings().knowledge / name
    if own.is_file():
        yield from parsed(own.read_text(encoding="utf-8"), str(own), columns, "mend the file")


def parsed(text: str, name: str, columns: tuple[str, ...], advice: str) -> Iterator[list[str]]:
    """Give the rows of a table's text; raises RecordError, which names the line, when it is not one."""
    lines = text.splitlines()
    if not lines or tuple(lines[0].split("\t")) != columns:
        raise RecordError(f"{name}: the columns are not {', '.join(columns)}; {advice}")
    for number, line in enumerate(lines[1:], start=2):
        cells = line.split("\t")
        if len(cells) != len(columns):
            raise RecordError(f"{name} line {number}: {len(cells)} cells, not {len(columns)}; {advice}")
        yield cells


def listed(cell: str) -> tuple[str, ...]:
    """Split a cell into its items; an empty cell gives none."""
    return tuple(cell.split("|")) if cell else ()


@cache
def words_of(name: str) -> frozenset[str]:
    """Give the words of a table of words with a source; raises as ``rows``."""
    return frozenset(word for word, _ in rows(name, ("word", "source")))
