"""The model folder: loaded whole or refused with one line; its name tells its files apart."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from sayso.errors import ModelError
from sayso.reader import model_folder
from sayso.reader.network import OnnxNetwork, model_name
from sayso.settings import Settings

pytestmark = pytest.mark.model
SHIPPED = model_folder(Settings(model=None))


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A copy of the shipped model, to be broken."""
    return Path(shutil.copytree(SHIPPED, tmp_path / "model"))


def edit(model: Path, **changes: Any) -> None:
    card = model / "model.json"
    card.write_text(json.dumps(json.loads(card.read_bytes()) | changes), encoding="utf-8")


@pytest.mark.parametrize("name", ["model.json", "encoder.onnx", "roles.onnx"])
@pytest.mark.parametrize("content", [None, b"", b"[]", b"\xff nonsense\n"])
def test_a_file_that_is_missing_or_broken_is_a_model_error(model: Path, name: str, content: bytes | None) -> None:
    (model / name).unlink()
    if content is not None:
        (model / name).write_bytes(content)
    with pytest.raises(ModelError, match=r"^the model in .* cannot be loaded .*; reinstall sayso$"):
        OnnxNetwork(model)


@pytest.mark.parametrize(
    "changes",
    [
        {"chains": {}},
        {"chains": []},
        {"chains": {kind: {"start": [0.0], "trans": [[0.0]]} for kind in ("cue", "role")}},
        {"calibration": {"slope": 1.0}},
        {"calibration": {"bias": "high"}},
        {"eagerness": "much"},
        {"force": {"plain": "much"}},
    ],
)
def test_a_card_that_does_not_fit_is_a_model_error(model: Path, changes: dict[str, Any]) -> None:
    edit(model, **changes)
    with pytest.raises(ModelError, match="reinstall"):
        OnnxNetwork(model)


def test_a_card_without_a_name_is_a_model_error(model: Path) -> None:
    card = json.loads((model / "model.json").read_bytes())
    del card["name"]
    (model / "model.json").write_text(json.dumps(card), encoding="utf-8")
    with pytest.raises(ModelError, match="name"):
        OnnxNetwork(model)


@pytest.mark.parametrize(("one", "other"), [("roles.onnx", "encoder.onnx"), ("encoder.onnx", "roles.onnx")])
def test_a_graph_in_the_place_of_another_is_a_model_error(model: Path, one: str, other: str) -> None:
    shutil.copy(model / one, model / other)
    with pytest.raises(ModelError, match=f"{other} takes "):
        OnnxNetwork(model)


def test_the_name_changes_with_every_file_that_makes_the_reading(model: Path) -> None:
    assert re.fullmatch(r"reader-\d+ \([0-9a-f]{8}\)", OnnxNetwork(model).name)
    names = {model_name(model), OnnxNetwork(SHIPPED).name}
    assert len(names) == 1, "a copy is the same model"
    edit(model, eagerness=0.125)
    names.add(OnnxNetwork(model).name)
    for file in ("encoder.onnx", "roles.onnx"):
        with (model / file).open("ab") as opened:
            opened.write(b"\0")
        names.add(model_name(model))
    assert len(names) == 4


def test_a_device_that_is_not_there_is_a_model_error_that_says_what_to_install(model: Path) -> None:
    with pytest.raises(ModelError, match=r"install sayso\[cuda\].*SAYSO_DEVICE"):
        OnnxNetwork(model, device="cuda")
