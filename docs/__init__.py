"""The documentation, and the program that keeps its samples true (``python -m docs.refresh``)."""
