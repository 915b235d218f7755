"""``python -m docs.refresh [--check | --pictures | --figures FOLDER]``, from the root of the repository."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from docs.refresh.samples import pages, stale_pages

__all__ = ["main"]


def main(argv: list[str] | None = None) -> int:
    """Run the command; gives 1 when ``--check`` finds stale pages."""
    parser = argparse.ArgumentParser(prog="python -m docs.refresh", description="Write the samples in the pages anew.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 and name the pages that are stale")
    parser.add_argument("--pictures", action="store_true", help="take the screenshots (needs Chromium and Pillow)")
    parser.add_argument("--figures", type=Path, metavar="FOLDER", help="measure, with the data sets in FOLDER, first")
    args = parser.parse_args(argv)
    if args.pictures:
        from docs.refresh.pictures import take_pictures

        take_pictures()
        return 0
    if args.figures:
        from docs.refresh.charts import draw
        from docs.refresh.figures import measure

        measure(args.figures)
        draw()
    stale = stale_pages(pages(), write=not args.check)
    for page in stale:
        sys.stdout.write(f"{'stale' if args.check else 'written'}: {page}\n")
    if args.check and stale:
        sys.stdout.write("refresh them with: make examples\n")
    return 1 if args.check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
