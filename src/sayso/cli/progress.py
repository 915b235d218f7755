"""How far a long job is: a bar in a terminal, lines elsewhere; always on standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

import typer

from sayso.cli.console import errors

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

__all__ = ["Bar", "progress"]


class Bar(Protocol):
    """What a job reports to."""

    def reach(self, done: int) -> None:
        """Say that so many are done."""

    def say(self, line: str, *, important: bool = False) -> None:
        """Say a line: always where there is no bar, beside a bar only when it is important."""


class _Lines:
    def reach(self, done: int) -> None:
        """Lines speak for themselves."""

    def say(self, line: str, *, important: bool = False) -> None:  # noqa: ARG002
        typer.echo(line, err=True)


class _Drawn:
    def __init__(self, bar: Progress, task: TaskID) -> None:
        self._bar, self._task = bar, task

    def reach(self, done: int) -> None:
        self._bar.update(self._task, completed=done)

    def say(self, line: str, *, important: bool = False) -> None:
        if important:
            self._bar.console.print(line, soft_wrap=True)


@contextmanager
def progress(doing: str, total: int) -> Iterator[Bar]:
    """Report on ``total`` things; the bar is gone when the job is done."""
    if not sys.stderr.isatty():
        yield _Lines()
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn(doing), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=errors(), transient=True) as bar:
        yield _Drawn(bar, bar.add_task(doing, total=total))
