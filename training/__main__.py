"""From named datasets to the files that are shipped: ``python -m training --data FOLDER``.

Trains (or goes on training) into ``--out``, then exports the best checkpoint into the package. Other options of the
two steps are those of ``python -m training.train --help`` and ``python -m training.export --help``.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from training import export, train


def main() -> None:
    """Run both steps."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with polnear-train and polnear-dev")
    parser.add_argument("--out", type=Path, default=Path("runs/statements"), help="folder for checkpoints and the log")
    parser.add_argument("--models", type=Path, default=Path("src/sayso/reader/models"), help="where the files go")
    args, rest = parser.parse_known_args()
    train.main(["--data", str(args.data), "--out", str(args.out), *rest])
    export.main(["--data", str(args.data), "--checkpoint", str(args.out / "best.pt"), "--out", str(args.models)])


if __name__ == "__main__":
    main()
