"""The screenshots: the real ``sayso serve`` over a store of the bundled articles, seen by a headless Chromium."""

from __future__ import annotations

import contextlib
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from docs.refresh.running import EXAMPLES, filled_store
from sayso.sources import load

__all__ = ["FOLDER", "take_pictures"]

FOLDER = Path(__file__).resolve().parents[1] / "img"
ARTICLE = "01-wire-secret-annex.txt"
LIMIT = 250_000  # bytes
# name → path on the site ({id} is the article's), width and height in pixels
PICTURES = {
    "article.png": ("/articles/{id}", 1280, 1400),
    "article-phone.png": ("/articles/{id}", 390, 1300),
    "search.png": ("/search?force=denies", 1280, 1000),
}


_FLAGS = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--hide-scrollbars"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)


def take_pictures() -> None:
    """Take all pictures and make them small; exits with a sentence when Chromium or Pillow is missing."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        raise SystemExit("there is no Chromium here: install it (apt-get install chromium)")
    FOLDER.mkdir(exist_ok=True)
    article = load(EXAMPLES / "articles" / ARTICLE).id
    with _served() as address:
        for name, (path, width, height) in PICTURES.items():
            _shoot(chromium, address + path.format(id=article), FOLDER / name, f"{width},{height}")
            _shrink(FOLDER / name)


@contextlib.contextmanager
def _served() -> Iterator[str]:
    command = [sys.executable, "-m", "sayso", "serve", "--port", "0", "--store", str(filled_store())]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:  # noqa: S603
        try:
            said = server.stderr.readline() if server.stderr else ""
            found = re.search(r"http://\S+(?=/)", said)
            if found is None:
                raise SystemExit(f"sayso serve did not start: {said.strip()}")
            yield found.group()
        finally:
            server.terminate()


def _shoot(chromium: str, url: str, file: Path, size: str) -> None:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        where = [f"--user-data-dir={profile}", f"--window-size={size}", f"--screenshot={file}", url]
        subprocess.run([chromium, *_FLAGS, *where], check=True, capture_output=True, timeout=120)  # noqa: S603


def _shrink(file: Path) -> None:
    """Reduce a picture to 128 colours; exits when it is still above the limit."""
    try:
        from PIL import Image
    except ImportError as error:
        raise SystemExit("making the pictures small needs Pillow: pip install Pillow") from error
    with Image.open(file) as picture:
        small = picture.convert("RGB").quantize(128, dither=Image.Dither.NONE)
    small.save(file, optimize=True)
    if file.stat().st_size > LIMIT:
        raise SystemExit(f"{file} has {file.stat().st_size:,} bytes, the limit is {LIMIT:,}: make it lower")
