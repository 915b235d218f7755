"""The edge: exit codes, pipes, Ctrl-C, colour and traces, each run as a process of its own."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sayso.cli import main, session
from sayso.errors import ModelError, SaysoError

from .conftest import ROOT, Run

Process = Callable[..., "subprocess.CompletedProcess[bytes]"]
SCRIPT = Path(__file__).with_name("run_fake.py")


def in_terminal(*arguments: str | Path, env: dict[str, str] | None = None) -> str:
    """Run in a pseudo-terminal; gives what it showed."""
    leader, follower = pty.openpty()
    variables = {**os.environ, "TERM": "xterm-256color", **(env or {})}
    command = [sys.executable, SCRIPT, *arguments]
    with subprocess.Popen(
        command, stdin=follower, stdout=follower, stderr=follower, env=variables, cwd=ROOT
    ) as running:
        os.close(follower)
        shown = b"".join(_drain(leader))
        running.wait(timeout=60)
    os.close(leader)
    return shown.decode()


def _drain(leader: int) -> Iterator[bytes]:
    while True:
        try:
            data = os.read(leader, 65536)
        except OSError:  # what Linux says when the other end is closed
            return
        if not data:
            return
        yield data


@contextmanager
def reader_that_raises(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> Iterator[None]:
    def fail() -> None:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(session, "get_reader", fail)
        yield


def _errors(kind: type[SaysoError] = SaysoError) -> Iterator[type[SaysoError]]:
    for child in kind.__subclasses__():
        yield child
        yield from _errors(child)


@pytest.mark.parametrize("kind", sorted({e.__name__: e for e in _errors()}.values(), key=lambda e: e.__name__))
def test_every_error_is_one_line_and_its_exit_code(
    sayso: Run, news: Path, monkeypatch: pytest.MonkeyPatch, kind: type[SaysoError]
) -> None:
    error = kind(0, 1, "a", "b") if kind.__name__ == "GroundingError" else kind("this is wrong;\ndo that")
    with reader_that_raises(monkeypatch, error):
        ran = sayso("read", news)
    assert ran.code == kind.exit_code != 0
    assert ran.out == ""
    assert ran.err.startswith("sayso: error: ")
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize("where", [0, 2])
def test_debug_shows_the_trace_wherever_it_stands(
    sayso: Run, news: Path, monkeypatch: pytest.MonkeyPatch, where: int
) -> None:
    arguments = ["read", str(news)]
    arguments.insert(where, "--debug")
    with reader_that_raises(monkeypatch, ModelError("no model")):
        ran = sayso(*arguments)
    assert ran.code == ModelError.exit_code
    assert "Traceback" in ran.err
    assert ran.err.endswith("sayso: error: no model\n")


def test_an_error_nobody_foresaw_is_one_line_too(sayso: Run, news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with reader_that_raises(monkeypatch, RuntimeError("odd")):
        ran = sayso("read", news)
    assert ran.code == 1
    assert ran.err == "sayso: error: RuntimeError: odd; run it again with --debug and report what it shows\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full to write to")
def test_a_full_disk_is_one_clear_line(news: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, SCRIPT, "read", news, "--json"]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, timeout=60, check=False)
    assert done.returncode == 1
    assert done.stderr == b"sayso: error: No space left on device\n"


def test_ctrl_c_ends_quietly(sayso: Run, news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with reader_that_raises(monkeypatch, KeyboardInterrupt()):
        ran = sayso("read", news)
    assert (ran.code, ran.err) == (130, "")


def test_ctrl_c_while_waiting_for_input_ends_quietly() -> None:
    command = [sys.executable, SCRIPT, "read", "-"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        with pytest.raises(subprocess.TimeoutExpired):
            running.wait(timeout=2)
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=30)
    assert (running.returncode, out, err) == (130, b"", b"")


@pytest.mark.parametrize("arguments", [["rea"], ["read"], ["read", "--nope", "x"], ["search", "--force", "mumbles"],
                                       ["search", "--since", "yesterday"], ["list", "--limit", "0"]])  # fmt: skip
def test_a_wrong_command_line_is_one_line_that_says_where_help_is(sayso: Run, arguments: list[str]) -> None:
    ran = sayso(*arguments)
    assert ran.code == 2
    assert ran.out == ""
    assert ran.err.count("\n") == 1
    assert "--help`" in ran.err


def test_a_wrong_setting_names_its_variable(sayso: Run, news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAYSO_FETCH_TIMEOUT", "soon")
    ran = sayso("read", news)
    assert ran.code == 2
    assert "SAYSO_FETCH_TIMEOUT" in ran.err


@pytest.mark.parametrize("option", ["--json", "--jsonl", None])
def test_a_closed_pipe_ends_quietly(tmp_path: Path, option: str | None) -> None:
    file = tmp_path / "long.txt"
    file.write_text("Osip Lenart said that the lease was public.\n\n" * 3000, encoding="utf-8")
    command = [sys.executable, str(SCRIPT), "read", str(file), *([option] if option else [])]
    # Unbuffered, Python takes a write that the closing pipe cut short for a whole one, and there is nothing to see.
    env = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.read(10)
        running.stdout.close()
        err = running.stderr.read()
        running.wait(timeout=60)
    assert err == b""
    assert running.returncode == 141


def test_the_shell_completes_verbs(process: Process) -> None:
    done = process(env={"_SAYSO_COMPLETE": "complete_bash", "COMP_WORDS": "sayso ver", "COMP_CWORD": "1"})
    assert b"verify" in done.stdout


def test_piped_text_has_no_control_codes_and_unbroken_lines(process: Process, news: Path) -> None:
    out = process("read", news).stdout
    assert b"\x1b" not in out
    assert b"*Lena Odrun* _said_ [that Davit Sorel warned that the coalition would fall]" in out


def test_columns_asks_for_a_width_in_a_pipe_too(process: Process, news: Path) -> None:
    out = process("read", news, env={"COLUMNS": "60"}).stdout.decode()
    assert max(map(len, out.splitlines())) <= 60


def test_a_terminal_gets_styles_and_no_marks(news: Path) -> None:
    shown = in_terminal("read", news)
    assert "\x1b[1mOsip Lenart\x1b[0m" in shown
    assert "*Osip Lenart*" not in shown


def test_no_color_takes_the_colour_and_leaves_the_rest(news: Path) -> None:
    colours = [f"\x1b[{n}m" for n in range(30, 38)]
    assert any(colour in in_terminal("read", news) for colour in colours)
    plain = in_terminal("read", news, env={"NO_COLOR": "1"})
    assert not any(colour in plain for colour in colours)
    assert "\x1b[1mOsip Lenart\x1b[0m" in plain


def test_json_in_a_terminal_is_indented_and_one_object(news: Path) -> None:
    import json

    shown = in_terminal("read", news, "--json")
    assert shown.startswith('{\r\n  "schema"')
    assert json.loads(shown)["schema"] == "sayso/record/1"


def test_main_takes_the_arguments_of_the_process(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["sayso", "--version"])
    assert main() == 0
    assert capsys.readouterr().out.startswith("sayso ")
