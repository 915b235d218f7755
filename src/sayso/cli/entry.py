"""What every verb shares at its edge: errors become one line and an exit code, pipes and Ctrl-C end quietly."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TextIO

import typer

from sayso.errors import SaysoError

__all__ = ["run"]

INTERRUPTED = 130
BROKEN_PIPE = 141  # what a shell reports for a program that the closed pipe ended


def run(app: typer.Typer, argv: Sequence[str] | None) -> int:
    """Run the application on these arguments (None: those of the process); gives the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    debug = _take_debug(arguments)
    for stream in (sys.stdout, sys.stderr):
        _never_fail_on_encoding(stream)
    try:
        code = app(args=arguments, prog_name="sayso", standalone_mode=False)
        sys.stdout.flush()
    except BrokenPipeError:
        _close_quietly()
        return BROKEN_PIPE
    except SystemExit as leaving:  # typer turns a closed pipe into this, and ends shell completion with it
        if not isinstance(leaving.__context__, BrokenPipeError):
            raise
        _close_quietly()
        return BROKEN_PIPE
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except (typer.TyperException, SaysoError) as error:
        if debug:
            _trace()
        _report(error)
        return error.exit_code
    except Exception as error:
        _trace() if debug else _report_unexpected(error)
        return 1
    return code if isinstance(code, int) else 0


def _take_debug(arguments: list[str]) -> bool:
    """Take ``--debug`` out wherever it stands before ``--``: people add it at the end of what just failed."""
    end = arguments.index("--") if "--" in arguments else len(arguments)
    if "--debug" not in arguments[:end]:
        return False
    arguments.remove("--debug")
    return True


def _report(error: typer.TyperException | SaysoError) -> None:
    message = str(error)
    if isinstance(error, typer.TyperException):
        # What a verb itself refuses has no parameter to blame, and says all there is to say.
        own = isinstance(error, typer.BadParameter) and error.param is None and error.param_hint is None
        message = error.message if own else error.format_message()
        context = getattr(error, "ctx", None)
        message = f"{message.rstrip('.')}; see `{context.command_path if context else 'sayso'} --help`"
    print(f"sayso: error: {' '.join(message.split())}", file=sys.stderr)  # noqa: T201


def _report_unexpected(error: Exception) -> None:
    message = " ".join(str(error).split())
    if isinstance(error, OSError) and error.strerror:  # a full disk and the like: nothing of ours to report
        message = f"{error.strerror}: {error.filename}" if error.filename else error.strerror
    else:
        message = f"{type(error).__name__}: {message}; run it again with --debug and report what it shows"
    print(f"sayso: error: {message}", file=sys.stderr)  # noqa: T201


def _trace() -> None:
    import traceback

    traceback.print_exc()


def _never_fail_on_encoding(stream: TextIO) -> None:
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")


def _close_quietly() -> None:
    """Point standard output at nothing, so that the flush at exit does not complain about the closed pipe."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, sys.stdout.fileno())
    finally:
        os.close(nowhere)
