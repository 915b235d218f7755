"""``python -m sayso``: the same as the command ``sayso``."""

from __future__ import annotations

from sayso.cli import main

__all__: list[str] = []

if __name__ == "__main__":
    main()
