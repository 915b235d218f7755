"""From named datasets to the files that are shipped: ``python -m training --data FOLDER --teacher-files FOLDER``.

Each step goes on where it was stopped: train the teacher (all-mpnet-base-v2, whose weights and vocabulary are in
``--teacher-files``) and the small network on PolNeAR; let the teacher teach; train the small network on the lessons;
take the mean of its weights before and after, which keeps what PolNeAR taught and most of what the lessons did
(Wortsman et al. 2022); train it an epoch at a lower rate and one in wider windows; train it together with mentions and
coreference, twice, each time followed by a mean of weights; train the heads of those alone on the encoder as it then
is; export it into the package. Each step can be run by itself, with more options: ``training.train``,
``training.teach``, ``training.heads``, ``training.export``.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from training import export, heads, teach, train
from training.encoders import mix

__all__ = ["main"]


def main() -> None:
    """Run the steps."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with PolNeAR and the unannotated news")
    parser.add_argument("--teacher-files", type=Path, required=True, help="folder of all-mpnet-base-v2")
    parser.add_argument("--out", type=Path, default=Path("runs"), help="folder for checkpoints, logs and lessons")
    parser.add_argument("--models", type=Path, default=Path("src/sayso/reader/models"), help="where the files go")
    args = parser.parse_args()
    data, out, lessons = str(args.data), args.out, args.out / "lessons.pkl"
    teacher = ["--encoder", "mpnet", "--encoder-files", str(args.teacher_files)]
    rates = ["--encoder-rate", "7e-5", "--head-rate", "4e-4", "--epochs", "2"]
    train.main(["--data", data, "--out", str(out / "teacher"), *teacher, *rates])
    train.main(["--data", data, "--out", str(out / "start"), "--epochs", "6"])
    if not lessons.exists():
        teach.main(["--data", data, "--teacher", str(out / "teacher" / "best.pt"), "--out", str(lessons)])
    taught = ["--data", data, "--lessons", str(lessons)]
    rates = ["--encoder-rate", "1.2e-4", "--head-rate", "4e-4", "--epochs", "3", "--rounding", "1"]
    start = out / "start" / "best.pt"
    train.main([*taught, "--out", str(out / "taught"), "--start", str(start), *rates])
    mean = out / "mean.pt"
    mix(start, out / "taught" / "last.pt", mean, share=0.65)
    rates = ["--encoder-rate", "6e-5", "--head-rate", "2e-4", "--epochs", "1"]
    train.main([*taught, "--out", str(out / "statements"), "--start", str(mean), *rates])
    _together(data, out, lessons)
    export.main(["--data", data, "--checkpoint", str(out / "reader.pt"), "--out", str(args.models)])


def _together(data: str, out: Path, lessons: Path) -> None:
    """From the reader of statements to the one that finds mentions, too: what each mean keeps is in the model card."""
    statements, wide, both, again = (out / name / "best.pt" for name in ("statements", "wide", "both", "again"))
    common = ["--data", data, "--lessons", str(lessons), "--size", "510", "--batch", "5"]
    rates = ["--encoder-rate", "5e-5", "--head-rate", "1.5e-4", "--epochs", "1"]
    train.main([*common, *rates, "--items", "3", "--start", str(statements), "--out", str(wide.parent)])
    shares = ["--who", "3", "--share", "0.7", "--encoder-rate", "8e-5", "--head-rate", "2e-4", "--epochs", "3"]
    train.main([*common, *shares, "--start", str(wide), "--out", str(both.parent)])
    plain, mean = out / "plain.pt", out / "mean.pt"
    mix(statements, wide, plain, share=0.5)
    mix(plain, both.parent / "last.pt", mean, share=0.4)
    heads.main(["--data", data, "--checkpoint", str(mean), "--epochs", "4", "--out", str(out / "first.pt")])
    train.main(
        [*common, *rates, "--who", "3", "--share", "0.5", "--start", str(out / "first.pt"), "--out", str(out / "again")]
    )
    mix(plain, again, mean, share=0.7)
    last = ["--heads", str(again), "--epochs", "10", "--rate", "7e-4"]
    heads.main(["--data", data, "--checkpoint", str(mean), *last, "--out", str(out / "reader.pt")])


if __name__ == "__main__":
    main()
