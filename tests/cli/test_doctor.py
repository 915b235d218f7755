"""``sayso doctor`` and ``sayso schema``: what is installed, whether it works, what is set."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import jsonschema
import pytest

from sayso.cli import session
from sayso.cli.session import get_reader  # the real one: the fixture puts a fake in its place
from sayso.errors import ModelError
from sayso.reader import model_folder
from sayso.settings import Settings

from .conftest import NEWS, Ran, Run


def checks(ran: Ran) -> dict[str, dict[str, str]]:
    return {check["name"]: check for check in json.loads(ran.out)["checks"]}


def test_every_check_has_a_mark_that_is_a_word(sayso: Run) -> None:
    found = checks(sayso("doctor", "--json"))
    assert {"sayso", "Python", "platform", "packages", "model file", "reader", "store"} <= set(found)
    assert {check["mark"] for check in found.values()} <= {"ok", "warn", "fail"}
    lines = sayso("doctor").out.splitlines()
    assert lines[0].startswith("ok   sayso: ")


def test_the_reader_is_loaded_and_reads_a_sentence(sayso: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert checks(sayso("doctor", "--json"))["reader"]["mark"] == "ok"

    def broken() -> None:
        raise ModelError("the model file is cut short; install sayso again")

    monkeypatch.setattr(session, "get_reader", broken)
    ran = sayso("doctor", "--json")
    assert ran.code == 1
    assert checks(ran)["reader"] == {
        "name": "reader", "mark": "fail", "detail": "the model file is cut short; install sayso again",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({}, "no model.json"),
        ({"model.json": '{"files": {"a.onnx": "00"}}'}, "no a.onnx"),
        ({"model.json": '{"files": {"a.onnx": "00"}}', "a.onnx": "cut short"}, "not 00"),
        ({"model.json": "{"}, ""),
        ({"model.json": "[]"}, ""),
        ({"model.json": '{"files": ["a.onnx"]}'}, ""),
    ],
)
def test_a_model_that_is_missing_or_changed_fails(
    sayso: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: dict[str, str], message: str
) -> None:
    for name, content in files.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    monkeypatch.setenv("SAYSO_MODEL", str(tmp_path))
    ran = sayso("doctor", "--json")
    assert ran.code == 1
    assert checks(ran)["model file"]["mark"] == "fail"
    assert message in checks(ran)["model file"]["detail"]


@pytest.mark.model
def test_a_graph_that_is_broken_is_a_failed_check(sayso: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for file in model_folder(Settings(model=None)).iterdir():
        shutil.copy(file, tmp_path)
    (tmp_path / "encoder.onnx").write_bytes(b"cut short")
    monkeypatch.setenv("SAYSO_MODEL", str(tmp_path))
    monkeypatch.setattr(session, "get_reader", get_reader)
    ran = sayso("doctor", "--json")
    assert ran.code == 1
    assert checks(ran)["reader"]["mark"] == "fail"
    assert "reinstall sayso" in checks(ran)["reader"]["detail"]


def test_whatever_breaks_is_a_failed_check(sayso: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise Exception("data did not match any variant")  # what tokenizers raises

    monkeypatch.setattr(session, "get_reader", broken)
    ran = sayso("doctor", "--json")
    assert ran.code == 1
    assert checks(ran)["reader"]["detail"] == "data did not match any variant"
    assert "store" in checks(ran)


def test_a_package_that_does_not_load_is_a_failed_check(sayso: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise ImportError("libgomp.so.1: no such file")

    monkeypatch.setattr(session, "get_reader", missing)
    ran = sayso("doctor", "--json")
    assert ran.code == 1
    assert checks(ran)["reader"]["detail"] == "libgomp.so.1: no such file"


def test_a_store_is_counted_and_one_to_come_is_fine(sayso: Run, news: Path) -> None:
    assert "not there yet" in checks(sayso("doctor", "--json"))["store"]["detail"]
    assert sayso("add", news).code == 0
    store = checks(sayso("doctor", "--json"))["store"]
    assert store["mark"] == "ok"
    assert "1 article," in store["detail"]


def test_a_store_that_is_none_fails(sayso: Run, news: Path) -> None:
    ran = sayso("doctor", "--json", "--store", news)
    assert ran.code == 1
    assert checks(ran)["store"]["mark"] == "fail"


def test_settings_are_listed_with_value_and_variable(sayso: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAYSO_STORE", "postgresql://me:secret@db/news")
    ran = sayso("doctor", "--json")
    rows = {row["name"]: row for row in json.loads(ran.out)["settings"]}
    assert set(rows) == set(Settings.model_fields)
    assert rows["port"]["variable"] == "SAYSO_PORT"
    assert (rows["store"]["is_set"], rows["port"]["is_set"]) == (True, False)
    assert "secret" not in ran.out
    assert rows["store"]["value"] == "postgresql://me:***@db/news"


def test_a_wrong_setting_is_a_failed_check(sayso: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAYSO_PORT", "many")
    ran = sayso("doctor")
    assert ran.code == 1
    assert "SAYSO_PORT" in ran.out
    assert "Traceback" not in ran.err


def test_the_schema_describes_what_read_prints(sayso: Run, news: Path) -> None:
    schema = json.loads(sayso("schema").out)
    record = json.loads(sayso("read", news, "--json").out)
    jsonschema.Draft202012Validator(schema).validate(record)
    assert NEWS.split("\n", 1)[0] in record["article"]["text"]
