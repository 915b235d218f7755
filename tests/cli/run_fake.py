"""The command line with the fake reader, as a process of its own: run by its path."""

from __future__ import annotations

import sys

from fake import FakeReader

from sayso.cli import main, session

if __name__ == "__main__":
    session.get_reader = FakeReader
    sys.exit(main())
