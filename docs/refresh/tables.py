"""Tables of what the code holds: verbs, settings, errors, forces, public names and figures, as Markdown."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from pathlib import Path

import sayso
from docs.refresh.figures import table
from docs.refresh.running import Workspace
from sayso import errors
from sayso.settings import Settings
from sayso.web.forces import SHOWN_FORCES

__all__ = ["TABLES"]


def _help(verb: str) -> str:
    with Workspace(examples=None) as workspace:
        return f"```text\n{workspace.shell(f'sayso {verb} --help'.replace('  ', ' '))}```\n"


def _settings(_: str) -> str:
    rows = ["| variable | default | what it is |", "|---|---|---|"]
    for name, info in Settings.model_fields.items():
        default = f"`{info.default}`"
        if info.default_factory:  # a place among the user's data; where that is here is not where it is for the reader
            default = f"`{Path(Settings.model_construct().model_dump()[name]).name}` in your user data folder"
        default = "none" if info.default is None else default
        description = info.description or next((m.description for m in info.metadata if hasattr(m, "description")), "")
        rows.append(f"| `SAYSO_{name.upper()}` | {default} | {description} |")
    return "\n".join(rows) + "\n"


def _errors(_: str) -> str:
    drawn = inspect.cleandoc((errors.__doc__ or "").partition("::")[2])
    rows = ["| error | exit code | HTTP status | what it says |", "|---|--:|--:|---|"]
    for kind in _tree(errors.SaysoError):
        first = (inspect.getdoc(kind) or "").split("\n")[0].split(". ")[0].rstrip(".")
        rows.append(f"| `{kind.__name__}` | {kind.exit_code} | {kind.status} | {first}. |")
    return f"```text\n{drawn}\n```\n\n" + "\n".join(rows) + "\n"


def _tree(kind: type[errors.SaysoError]) -> Iterator[type[errors.SaysoError]]:
    yield kind
    for below in kind.__subclasses__():
        if below.__module__ == errors.__name__:
            yield from _tree(below)


def _forces(_: str) -> str:
    rows = ["| force | the speaker … |", "|---|---|"]
    return "\n".join([*rows, *(f"| `{shown.name}` | {shown.meaning} |" for shown in SHOWN_FORCES.values())]) + "\n"


def _signature(path: str) -> str:
    """Give the signature and docstring of a public name, "Reader.read" say."""
    thing = sayso
    for part in path.split("."):
        thing = getattr(thing, part)
    signature = str(inspect.signature(thing)).replace("'", "")  # type: ignore[arg-type]
    return f"```python\n{path}{signature}\n```\n\n{_prose(inspect.getdoc(thing) or '')}\n"


def _prose(doc: str) -> str:
    for role in (":class:", ":func:", ":meth:"):
        doc = doc.replace(f"{role}`~sayso.errors.", "`").replace(f"{role}`", "`")
    return doc.replace("``", "`")


TABLES: dict[str, Callable[[str], str]] = {
    "help": _help,
    "settings": _settings,
    "errors": _errors,
    "forces": _forces,
    "signature": _signature,
    "figures": table,
}
