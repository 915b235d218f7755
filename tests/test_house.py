"""The house rules that a machine can check."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import sayso

PACKAGE = Path(sayso.__file__).parent
MODULES = sorted(p for p in PACKAGE.rglob("*.py"))
ROOT = PACKAGE.parent.parent


def test_importing_sayso_loads_no_model_store_or_web_code_and_is_quick() -> None:
    code = (
        "import sys, time; began = time.perf_counter(); import sayso; took = time.perf_counter() - began;"
        "heavy = [m for m in sys.modules if m.partition('.')[0] in"
        " {'onnxruntime', 'tokenizers', 'sqlalchemy', 'fastapi', 'trafilatura', 'numpy', 'pydantic'}];"
        "assert not heavy, heavy; assert took < 0.3, took"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_reader_needs_no_torch() -> None:
    code = "import sys; sys.modules['torch'] = None; import sayso; sayso.Reader.load()"
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_modules_are_small_and_say_what_they_are(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    tree = ast.parse(source)
    assert ast.get_docstring(tree), f"{path} has no docstring"
    assert len(source.splitlines()) <= 400
    assert path.stem not in {"utils", "helpers", "common", "misc"}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None:
            assert node.end_lineno - node.lineno + 1 < 50, f"{path}:{node.lineno} {node.name} is long"


def test_public_names_exist_and_have_docstrings() -> None:
    for name in sayso.__all__:
        assert getattr(sayso, name).__doc__, name
    with pytest.raises(AttributeError, match="no attribute"):
        _ = sayso.nonsense


def test_every_module_imports_and_lists_only_what_it_has() -> None:
    for module in pkgutil.walk_packages(sayso.__path__, "sayso."):
        if module.name == "sayso.__main__":
            continue
        loaded = importlib.import_module(module.name)
        for name in getattr(loaded, "__all__", []):
            assert hasattr(loaded, name), f"{module.name}.{name}"


@pytest.mark.skipif(not (ROOT / "pyproject.toml").exists(), reason="runs in a checkout")
def test_all_packages_are_in_the_layers() -> None:
    """A new top-level module has its place in the one-way flow."""
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = config["tool"]["importlinter"]["contracts"][0]["layers"]
    placed = {name.strip().removeprefix("sayso.") for layer in layers for name in layer.split("|")}
    found = {m.name for m in pkgutil.iter_modules(sayso.__path__)}
    assert found <= placed, f"not in the layers: {sorted(found - placed)}"
