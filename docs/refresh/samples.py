"""Pages in, pages with fresh samples out.

A sample stands between ``<!-- sample: KIND WORDS, first N, last N -->`` and ``<!-- end -->``. KIND is

- ``run``: the fenced blocks inside are run in order, each page in a folder of its own: of ``console`` blocks the lines
  after ``$ ``, of ``python`` blocks all; what they print is written below. What a page defines it keeps. A command
  that fails stops the program;
- ``fail``: the same, for commands that are to fail;
- ``get PATH``: an answer of the REST API, which is to be good; ``refuse PATH``: one that is to be an error;
- anything in :data:`docs.refresh.tables.TABLES`: a table of what the code holds.

``first`` and ``last`` keep that many lines of an output and say how many are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from pathlib import Path

from docs.refresh.figures import figures, machine
from docs.refresh.running import Workspace
from docs.refresh.tables import TABLES

__all__ = ["ROOT", "fences", "fresh", "needs_reader", "pages", "same", "samples", "stale_pages"]

ROOT = Path(__file__).resolve().parents[2]

# Who reads the README stands in the repository, who reads the tutorial has nothing yet; some pages read no article.
_PLACES = {
    "README.md": "src/sayso/examples",
    **dict.fromkeys(("tutorial.md", "add-names-and-offices.md", "python.md")),
}

_RUN, _ASKED = {"run", "fail"}, {"get", "refuse"}
_SAMPLE = re.compile(r"(?P<open><!-- sample: (?P<what>.+?) -->\n)(?P<body>.*?)(?P<close><!-- end -->)", re.DOTALL)
_FENCE = re.compile(r"^(?P<marks>```+)(?P<info>[^\n`]*)\n(?P<body>.*?)^(?P=marks)[ ]*$", re.DOTALL | re.MULTILINE)
_ALIKE = 0.9  # share of the lines of a sample that must agree on another machine
_KEEP = re.compile(r", (first|last) (\d+)")
_NUMBER = re.compile(r" *(?<![\w.])(\d+(?:\.\d+)?)(%?)(?![\w.])")


def pages() -> list[Path]:
    """List the pages that may hold samples: the README and everything in docs."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def samples(text: str) -> list[str]:
    """Give what the samples of a page are, in order."""
    return [match["what"] for match in _SAMPLE.finditer(text)]


def fences(text: str) -> list[tuple[str, str]]:
    """Give the fenced blocks of a text as (language, body), in order."""
    return [(match["info"].strip(), match["body"]) for match in _FENCE.finditer(text)]


def stale_pages(found: Iterable[Path], *, write: bool) -> list[str]:
    """Find the pages whose samples are stale, as paths below the root; ``write`` puts them right."""
    stale: list[str] = []
    for page in found:
        old = page.read_text(encoding="utf-8")
        new = fresh(old, examples=_PLACES.get(page.name, "examples")) if samples(old) else old
        changed = old != new if write else not _same_page(old, new)
        if changed:
            stale.append(str(page.relative_to(ROOT)))
            if write:
                page.write_text(new, encoding="utf-8")
    return stale


def fresh(text: str, *, examples: str | None = "examples") -> str:
    """Make every sample of a page anew; ``examples`` is where its folder holds the articles, None for an empty one."""
    with Workspace(examples=examples if needs_reader(text) else None) as workspace:
        return _SAMPLE.sub(lambda match: match["open"] + _made(match, workspace) + match["close"], text)


def needs_reader(text: str) -> bool:
    """Say whether a page has samples that are run, which takes the reader's model and a store."""
    return any(what.split()[0].rstrip(",") in _RUN | _ASKED for what in samples(text))


def _made(match: re.Match[str], workspace: Workspace) -> str:
    what = _KEEP.sub("", match["what"])
    kept = {name: int(count) for name, count in _KEEP.findall(match["what"])}
    kind, _, rest = what.strip().partition(" ")
    if kind in _RUN:
        workspace.may_fail = kind == "fail"
        return _run(match["body"], workspace, kept)
    if kind in _ASKED:
        answer = _trimmed(workspace.get(rest, good=kind == "get"), kept)
        return f"```console\n$ curl -s 'http://127.0.0.1:8317{rest}'\n```\n```json\n{answer}```\n"
    return TABLES[kind](rest)


def _run(body: str, workspace: Workspace, kept: dict[str, int]) -> str:
    made: list[str] = []
    output: str | None = None  # of the Python block before, to be written into the block that follows it
    for language, code in fences(body):
        if language == "console":
            made.append(_fence("console", _console(code, workspace, kept)))
        elif language == "python":
            made += [_fence("text", output)] if output else []
            made.append(_fence("python", code))
            output = _trimmed(workspace.python(code), kept)
        elif output:
            made.append(_fence(language, output))
            output = None
    made += [_fence("text", output)] if output else []
    return "\n".join(made)


def _console(code: str, workspace: Workspace, kept: dict[str, int]) -> str:
    lines: list[str] = []
    for command in re.findall(r"^\$ (.+(?:\n> .+)*)", code, re.MULTILINE):
        lines += [f"$ {command}\n", _trimmed(workspace.shell(command.replace("\n> ", "\n")), kept)]
    return "".join(lines)


def _fence(language: str, body: str) -> str:
    return f"```{language}\n{body}```\n"


def _trimmed(output: str, kept: dict[str, int]) -> str:
    lines = output.rstrip("\n").split("\n") if output.strip() else []
    first, last = kept.get("first", len(lines) if "last" not in kept else 0), kept.get("last", 0)
    if kept and first + last < len(lines):
        end = lines[len(lines) - last :] if last else []
        lines = [*lines[:first], f"… {len(lines) - first - last} more lines …", *end]
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _same_page(old: str, new: str) -> bool:
    ours, theirs = list(_SAMPLE.finditer(old)), list(_SAMPLE.finditer(new))
    return len(ours) == len(theirs) and all(
        same(a["body"], b["body"], a["what"]) for a, b in zip(ours, theirs, strict=True)
    )


def same(old: str, new: str, what: str) -> bool:
    """Say whether two samples show the same.

    Confidences may differ by three points, and so may all figures of ``sayso eval``: other processors round otherwise.
    Of help pages the words count, not the layout, which differs between versions of the command-line library. On
    another machine than the one the figures were measured on a statement may be read otherwise: there samples that
    run the program need to be alike in nine lines of ten.
    """
    if what.startswith("help"):
        return _words(old) == _words(new)
    bare = [_NUMBER.sub("#", side) for side in (old, new)]
    if machine() not in {entry["machine"] for entry in figures().values()}:
        return SequenceMatcher(None, bare[0].splitlines(), bare[1].splitlines(), autojunk=False).ratio() >= _ALIKE
    if bare[0] != bare[1]:
        return False
    loose = "sayso eval" in old
    numbers = zip(_NUMBER.findall(old), _NUMBER.findall(new), strict=True)
    return all(abs(float(a) - float(b)) <= _tolerance(a, percent, loose=loose) for (a, percent), (b, _) in numbers)


def _tolerance(number: str, percent: str, *, loose: bool) -> float:
    if percent or loose:
        return 3.0
    return 0.03 if number.startswith("0.") else 0.0


def _words(text: str) -> list[str]:
    return re.sub(r"<[^>]*>|\[[^\]]*\]|[{}]", " ", text).split()
