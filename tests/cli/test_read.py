"""``sayso read``: files, addresses and standard input; text for people, JSON for programs, errors of one line."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from sayso.record import Reading

from .conftest import NEWS, Run

Process = Callable[..., "subprocess.CompletedProcess[bytes]"]


def test_the_record_is_pure_json_and_reads_back(sayso: Run, news: Path) -> None:
    ran = sayso("read", news, "--json")
    assert ran.code == 0
    assert ran.err == ""
    assert len(Reading.from_json(ran.out).statements) == 4
    assert ran.out.count("\n") == 1


def test_several_articles_are_a_record_a_line(sayso: Run, news: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("Ana Roe said that it rained.", encoding="utf-8")
    ran = sayso("read", news, other, "--jsonl")
    assert [len(Reading.from_json(line).statements) for line in ran.out.splitlines()] == [4, 1]


def test_one_that_cannot_be_read_does_not_stop_the_others(sayso: Run, news: Path) -> None:
    ran = sayso("read", "nothing.txt", news, "--jsonl")
    assert ran.code == 2
    assert len(ran.out.splitlines()) == 1
    assert ran.err.startswith("sayso: error: ")
    assert "nothing.txt" in ran.err


def test_json_is_for_one_article(sayso: Run, news: Path) -> None:
    ran = sayso("read", news, news, "--json")
    assert ran.code == 2
    assert "--jsonl" in ran.err


def test_standard_input_is_read(process: Process) -> None:
    done = process("read", "-", stdin=NEWS.encode())
    assert done.returncode == 0
    assert b"that the lease was public" in done.stdout


def test_latin_1_is_read_as_what_it_says(process: Process, tmp_path: Path) -> None:
    file = tmp_path / "latin.txt"
    file.write_bytes("Zoë Müller said that the café à côté was closed.\n".encode("latin-1") * 3)
    done = process("read", file, "--json")
    assert done.returncode == 0
    assert "that the café à côté was closed" in json.loads(done.stdout)["statements"][0]["content"][0]["text"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.txt", b""),
        ("blank.txt", b" \n\n "),
        ("picture.txt", bytes(range(256)) * 40),
        ("markup.html", b"<p></p>"),
    ],
)
def test_what_is_no_article_is_one_clear_line(process: Process, tmp_path: Path, name: str, content: bytes) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    done = process("read", file)
    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr.startswith(b"sayso: error: ")
    assert done.stderr.count(b"\n") == 1


def test_a_missing_file_and_a_folder_are_one_clear_line(process: Process, tmp_path: Path) -> None:
    for target in (tmp_path / "nothing.txt", tmp_path):
        done = process("read", target)
        assert done.returncode == 2
        assert done.stderr.startswith(b"sayso: error: ")
        assert done.stderr.count(b"\n") == 1


def test_where_the_stream_is_not_utf_8_the_json_is_ascii(process: Process, tmp_path: Path) -> None:
    file = tmp_path / "quotes.txt"
    file.write_text("Ana Roe said that “it rained”.", encoding="utf-8")
    done = process("read", file, "--json", env={"PYTHONIOENCODING": "ascii"})
    assert done.stdout.isascii()
    assert json.loads(done.stdout)["article"]["text"] == "Ana Roe said that “it rained”."
    assert process("read", file, env={"PYTHONIOENCODING": "ascii"}).returncode == 0
