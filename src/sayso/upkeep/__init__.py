"""What people do with the tables of ``knowledge``: look up, check, extend with their own, compare with other lists.

The user's own tables lie in the folder of the setting ``knowledge``, in files of the same names as the shipped ones.
"""

from __future__ import annotations

__all__: list[str] = []
