"""How fast reading is: ``python -m benchmarks.speed [--data FOLDER] [--threads 1] [--scaling]``.

Reads the bundled articles (or the texts of a set) with the whole reader and, in the same run, passes the same
sub-tokens once through the bare encoder, without overlap, nesting, roles, speakers or record. Prints articles and
sub-tokens per second of both, their ratio, the time for a 600-word article, how many of those a second when many are
read together, start-up and peak memory. ``--scaling`` reads texts of 10,000 to 5,000,000 characters, each in a process
of its own, and prints seconds and peak memory of each.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from importlib import resources
from pathlib import Path

import numpy as np

from benchmarks.sets import print_json, rows
from sayso import Article, Reader, Settings
from sayso.reader import model_folder
from sayso.reader.encode import CLS, SEP, Tokens, load_tokenizer, tokenize
from sayso.reader.network import OnnxNetwork
from sayso.sources import load

__all__ = ["main"]

_WINDOW = 382
_SIZES = (10_000, 50_000, 200_000, 1_000_000, 2_500_000, 5_000_000)
_EXAMPLES = Path(str(resources.files("sayso"))) / "examples" / "articles"


def _articles(data: Path | None, name: str, split: str) -> list[Article]:
    if data is None:
        return [load(path) for path in sorted(_EXAMPLES.iterdir())]
    return [Article(text=text) for text in dict.fromkeys(row["text"] for row in rows(data, name, split))]


def _encode_bare(network: OnnxNetwork, tokens: list[Tokens]) -> None:
    for each in tokens:
        for lo in range(0, len(each), _WINDOW):
            part = slice(lo, lo + _WINDOW)
            ids = np.concatenate([[CLS], each.ids[part], [SEP]])[None]
            shape, quote = (np.pad(a[part], 1)[None] for a in (each.shape, each.quote))
            network.encode(ids, shape, quote, np.ones(ids.shape, dtype=np.float32))


def _seconds(work: Callable[[], object], repeats: int, *, warm: bool = True) -> float:
    """Give the median time of a piece of work, after one run to warm up if asked."""
    if warm:
        work()
    times = []
    for _ in range(repeats):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def _in_turn(one: Callable[[], object], other: Callable[[], object], *, repeats: int) -> tuple[float, float]:
    """Give the median times of two pieces of work done in turn, so that a machine that drifts favours neither."""
    pairs = [(_seconds(one, 1, warm=n == 0), _seconds(other, 1, warm=n == 0)) for n in range(repeats)]
    ones, others = zip(*pairs, strict=True)
    return statistics.median(ones), statistics.median(others)


def _peak_memory() -> float:
    """Give the most memory this process has held, in MB; the system counts in bytes on macOS, in KB elsewhere."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1024)


def _start_up(code: str) -> float:
    def run() -> None:
        subprocess.run([sys.executable, "-c", code], check=True)

    return _seconds(run, 3)


def _six_hundred_words(articles: list[Article]) -> list[Article]:
    """Cut the texts, joined, into as many articles of 600 words as there are."""
    words = "\n\n".join(a.text for a in articles).split(" ")
    return [Article(text=" ".join(words[at : at + 600])) for at in range(0, len(words) - 599, 600)]


def _read_long(size: int) -> None:
    """Read one text of so many characters and print seconds and peak memory; run in a process of its own."""
    paragraphs = "\n\n".join(article.text for article in _articles(None, "", ""))
    text = (paragraphs + "\n\n") * (size // len(paragraphs) + 1)
    reader = Reader.load(Settings(threads=1, max_characters=2 * size))
    began = time.perf_counter()
    reader.read(Article(text=text[:size]))
    print(f"{time.perf_counter() - began} {_peak_memory()}")


def _scaling() -> dict[str, float]:
    figures = {}
    print(f"{'characters':>12}{'seconds':>10}{'peak MB':>10}")
    for size in _SIZES:
        command = [sys.executable, "-m", "benchmarks.speed", "--read-long", str(size)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        seconds, memory = map(float, done.stdout.split())
        print(f"{size:>12,}{seconds:>10.2f}{memory:>10.0f}", flush=True)
        figures |= {f"speed/{size}_characters_s": seconds, f"speed/{size}_characters_mb": memory}
    return figures


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="folder with data sets (default: the bundled articles)")
    parser.add_argument("--set", default="polnear", metavar="NAME")
    parser.add_argument("--split", default="dev")
    parser.add_argument("--threads", type=int, default=1, help="threads of the model, and cores used (default: 1)")
    parser.add_argument("--device", choices=("cpu", "cuda", "openvino"), default="cpu")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--scaling", action="store_true", help="also read ever longer texts; takes minutes")
    parser.add_argument("--read-long", type=int, metavar="CHARACTERS", help=argparse.SUPPRESS)
    parser.add_argument("--json", action="store_true", help="end with one line of JSON")
    args = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: args.threads])
    if args.read_long:
        _read_long(args.read_long)
        return
    figures = _measure(args)
    if args.scaling:
        figures |= _scaling()
    if args.json:
        print_json({key: round(value, 4) for key, value in figures.items()})


def _measure(args: argparse.Namespace) -> dict[str, float]:
    settings = Settings(threads=args.threads, device=args.device)
    articles = _articles(args.data, args.set, args.split)
    tokenizer = load_tokenizer(model_folder(settings) / "tokenizer.json")
    tokens = [tokenize(tokenizer, a.text) for a in articles]
    count = sum(len(t) for t in tokens)
    network = OnnxNetwork(model_folder(settings), threads=args.threads, device=args.device)
    reader = Reader.load(settings)
    whole, bare = _in_turn(
        lambda: reader.read_many(articles), lambda: _encode_bare(network, tokens), repeats=args.repeats
    )
    samples = _six_hundred_words(articles)
    figures = {
        "speed/articles_per_s": len(articles) / whole,
        "speed/tokens_per_s": count / whole,
        "speed/encoder_tokens_per_s": count / bare,
        "speed/ratio_to_encoder": bare / whole,
        "speed/600_words_s": _seconds(lambda: reader.read(samples[0]), args.repeats),
        "speed/600_words_per_s": len(samples) / _seconds(lambda: reader.read_many(samples), args.repeats),
        "speed/import_s": _start_up("import sayso"),
        "speed/start_up_s": _start_up("import sayso; sayso.Reader.load()"),
        "speed/peak_memory_mb": _peak_memory(),
    }
    print(f"{len(articles)} articles, {count:,} sub-tokens, {args.threads} thread(s), model {reader.info.model}")
    for key, value in figures.items():
        print(f"{key.removeprefix('speed/').replace('_', ' '):<24}{value:>12,.3f}")
    return figures


if __name__ == "__main__":
    main()
