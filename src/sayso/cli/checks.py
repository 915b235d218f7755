"""The checks of ``sayso doctor``: each gives a mark (ok, warn, fail) and one line that says what was found."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib import metadata, resources
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from sayso.cli import session
from sayso.errors import SaysoError

__all__ = ["PROBE", "Check", "Setting", "run_checks", "settings_table"]

Mark = Literal["ok", "warn", "fail"]
PROBE = "Foreign Minister Osip Lenart said that the talks would resume, but Lena Odrun denied it."
EXTRAS = {"postgres": "psycopg", "train": "torch"}  # extra: the module that shows it is installed


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at."""

    name: str
    mark: Mark
    detail: str


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting as it is in force."""

    name: str
    variable: str
    value: str
    is_set: bool
    help: str


def run_checks(store: str | None) -> Iterator[Check]:
    """Look at everything, what others depend on first; what breaks is a failed check, never an exception."""
    yield Check("sayso", "ok", f"{metadata.version('sayso')}, in {resources.files('sayso')}")
    yield Check("Python", "ok" if sys.version_info >= (3, 11) else "fail", f"{platform.python_version()}, needs 3.11")
    yield Check("platform", "ok", f"{platform.platform()}, {os.cpu_count()} cores")
    parts: dict[str, Callable[[], Iterable[Check]]] = {
        "packages": _packages,
        "extras": _extras,
        "model file": _model_files,
        "reader": _reader,
        "store": lambda: _store(store),
    }
    for name, look in parts.items():
        try:
            yield from look()
        except Exception as error:  # not narrower: what is looked at is broken in ways nobody listed
            yield Check(name, "fail", " ".join(str(error).split()) or type(error).__name__)


def _packages() -> Iterator[Check]:
    versions, missing = [], []
    for requirement in metadata.requires("sayso") or ():
        if "extra ==" in requirement:
            continue
        name = re.match(r"[\w.-]+", requirement)
        if name is None:
            continue
        try:
            versions.append(f"{name[0]} {metadata.version(name[0])}")
        except metadata.PackageNotFoundError:
            missing.append(name[0])
    yield Check("packages", "ok", ", ".join(versions))
    if missing:
        yield Check("packages", "fail", f"missing {', '.join(missing)}: install sayso again")


def _extras() -> Iterator[Check]:
    for extra, module in EXTRAS.items():
        there = find_spec(module) is not None
        yield Check(f"extra {extra}", "ok", "installed" if there else f"not installed: pip install 'sayso[{extra}]'")


def _model_files() -> Iterator[Check]:
    """Compare the model's files with the SHA-256 that its card, ``model.json``, gives for each."""
    from sayso.reader import model_folder

    folder = model_folder(session.settings())
    again = "install sayso again, or unset SAYSO_MODEL"
    card = folder / "model.json"
    if not card.is_file():
        yield Check("model file", "fail", f"no model.json in {folder}: {again}")
        return
    for name, expected in json.loads(card.read_bytes())["files"].items():
        file = folder / name
        if not file.is_file():
            yield Check("model file", "fail", f"no {name} in {folder}: {again}")
            continue
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        if digest == expected:
            yield Check(
                "model file", "ok", f"{name}, {file.stat().st_size / 1e6:.1f} MB, SHA-256 {digest} as it should"
            )
        else:
            yield Check("model file", "fail", f"{name} has SHA-256 {digest}, not {expected}: {again}")


def _reader() -> Iterator[Check]:
    from sayso import sources

    start = time.perf_counter()
    reader = session.get_reader()
    loaded = time.perf_counter()
    found = len(reader.read(sources.from_text(PROBE)).statements)
    done = time.perf_counter()
    times = f"loaded in {loaded - start:.2f} s, a sentence read in {(done - loaded) * 1000:.0f} ms"
    what = f"{found} statements found in it" if found else f"found nothing in it, but it reads: {PROBE}"
    info = reader.info
    yield Check("reader", "ok" if found else "fail", f"{info.name} {info.version}, {info.model}; {times}; {what}")


def _store(store: str | None) -> Iterator[Check]:
    place = session.store_place(store)
    if "://" not in place and not Path(place).exists():
        yield _future_store(Path(place))
        return
    with session.open_store(store, readonly=True) as kept:
        yield Check("store", "ok", f"{_without_password(place)}: {_counted(kept.counts())}")


def _counted(counts: dict[str, int]) -> str:
    return ", ".join(f"{count} {what.removesuffix('s') if count == 1 else what}" for what, count in counts.items())


def _future_store(place: Path) -> Check:
    folder = next(parent for parent in place.absolute().parents if parent.exists())
    if os.access(folder, os.W_OK):
        return Check("store", "ok", f"{place}: not there yet, `sayso add` makes it")
    return Check("store", "fail", f"{place}: {folder} cannot be written; set SAYSO_STORE to another place")


def settings_table() -> list[Setting]:
    """List the settings with their values; empty when one of them is wrong, which the checks report."""
    from sayso.settings import Settings

    try:
        values = session.settings()
    except SaysoError:
        return []
    rows = []
    for name, field in Settings.model_fields.items():
        variable = f"SAYSO_{name.upper()}"
        value = getattr(values, name)
        shown = "" if value is None else _without_password(str(value))
        rows.append(Setting(name, variable, shown, variable in os.environ, field.description or ""))
    return rows


def _without_password(value: str) -> str:
    return re.sub(r"(://[^:/@]+:)[^@]+@", r"\1***@", value)
