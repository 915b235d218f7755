"""Who is who and what words mean: facts in data files with their sources, and thin typed loaders over them.

Takes words and phrases of the news; gives countries, outlets, roles, kinds of speaker and the force of a cue.
Nothing is loaded on import: each table is read once, when it is first asked for.
"""

from __future__ import annotations

__all__: list[str] = []
