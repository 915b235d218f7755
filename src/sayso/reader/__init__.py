"""Article → Reading, in the order it happens: segment, encode, attributions, nesting, speakers, force, chains."""

from __future__ import annotations

from sayso.reader.read import Reader, default_reader, model_folder

__all__ = ["Reader", "default_reader", "model_folder"]
