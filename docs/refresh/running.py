"""Where samples run: a temporary folder with the bundled articles, a store of them, and a terminal of fixed width."""

from __future__ import annotations

import atexit
import contextlib
import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any

from starlette.testclient import TestClient

import sayso
from sayso.cli import main
from sayso.settings import default_settings
from sayso.store import Store
from sayso.upkeep.tables import forget
from sayso.web import create_app

__all__ = ["EXAMPLES", "Workspace", "filled_store"]

EXAMPLES = Path(sayso.__file__).parent / "examples"
STORE = "news.db"
# Without colours, roles are told apart by marks, as in any plain text.
TERMINAL = {"COLUMNS": "100", "LINES": "50", "NO_COLOR": "1", "TERM": "dumb", "PYTHONIOENCODING": "utf-8"}
_SHELL = re.compile(r"[|<>&;*\n]")


class _Screen(io.StringIO):
    """What the program takes for a terminal."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


@cache
def filled_store() -> Path:
    """Make a store of the bundled articles, once; it is removed when the process ends."""
    folder = tempfile.TemporaryDirectory(prefix="sayso-docs-", ignore_cleanup_errors=True)
    atexit.register(folder.cleanup)
    store = Path(folder.name) / STORE
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        if code := main(["add", str(EXAMPLES / "articles"), "--store", str(store)]):
            raise RuntimeError(f"the bundled articles cannot be read: sayso add exits with {code}")
    return store


class Workspace:
    """The folder in which one page's samples run; what they define and store is kept until it is left.

    ``examples`` is where the bundled articles are copied to; with them comes a store of them, as SAYSO_STORE. With None
    the folder is empty.
    """

    def __init__(self, *, examples: str | None) -> None:
        self._examples = examples
        self.may_fail = False
        self._code = 0  # the exit code of the last command
        self._names: dict[str, Any] = {"__name__": "__main__"}
        self._stack = contextlib.ExitStack()

    def __enter__(self) -> Workspace:
        folder = Path(self._stack.enter_context(tempfile.TemporaryDirectory(prefix="sayso-docs-")))
        store = {}
        if self._examples:
            shutil.copytree(EXAMPLES, folder / self._examples)
            with Store.open(filled_store()) as original:  # closing it writes the log into the file
                original.counts()
            shutil.copy(filled_store(), folder / STORE)
            store = {"SAYSO_STORE": STORE}
        # Nobody's own names and offices, and none of a page among anybody's.
        self._stack.enter_context(_environment(TERMINAL | store | {"SAYSO_KNOWLEDGE": "knowledge"}))
        self._stack.enter_context(contextlib.chdir(folder))
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stack.close()

    def shell(self, command: str) -> str:
        """Run a command; gives what it prints, and what it complains of when it fails.

        Raises RuntimeError when it fails and may not.
        """
        if setting := re.fullmatch(r"export (\w+)=(\S+)", command):
            os.environ[setting[1]] = setting[2]
            _read_settings_again()
            return ""
        if command == "echo $?":
            return f"{self._code}\n"
        words = shlex.split(command)
        inside = words[0] == "sayso" and not _SHELL.search(command)
        self._code, out, err = _sayso(words[1:]) if inside else _bash(command)
        if self._code and not self.may_fail:
            raise RuntimeError(f"`{command}` exits with {self._code}: {err}")
        return out + (err if self._code else "")

    def python(self, code: str) -> str:
        """Run a block of Python with the names the page has defined so far; gives what it prints."""
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            exec(compile(code, "<sample>", "exec"), self._names)  # noqa: S102
        return out.getvalue()

    def get(self, path: str, *, good: bool) -> str:
        """Ask the REST API over the workspace's store; gives the JSON, indented.

        Raises RuntimeError when the answer is an error and should be ``good``, or the other way round.
        """
        with Store.open(STORE) as store, TestClient(create_app(store)) as client:
            answer = client.get(path)
        if answer.is_success != good:
            raise RuntimeError(f"{path} answers {answer.status_code}: {answer.text[:200]}")
        return json.dumps(answer.json(), ensure_ascii=False, indent=1) + "\n"


def _sayso(arguments: list[str]) -> tuple[int, str, str]:
    """Run the command line in this process, which has loaded all it needs; gives exit code, output and errors."""
    out, err = _Screen(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(arguments)
    return code, out.getvalue(), err.getvalue()


def _bash(command: str) -> tuple[int, str, str]:
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    done = subprocess.run(  # noqa: S603
        ["/bin/bash", "-c", command],
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


@contextlib.contextmanager
def _environment(wanted: dict[str, str]) -> Iterator[None]:
    """Set the variables; afterwards the environment is what it was."""
    before = dict(os.environ)
    for name in [name for name in os.environ if name.startswith("SAYSO_")]:
        del os.environ[name]
    os.environ.update(wanted)
    _read_settings_again()
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
        _read_settings_again()


def _read_settings_again() -> None:
    default_settings.cache_clear()
    forget()
