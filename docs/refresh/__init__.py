"""Keeps the documentation true: what stands between ``<!-- sample: … -->`` and ``<!-- end -->`` is made by sayso.

``python -m docs.refresh`` writes every sample anew, ``--check`` says which are stale, ``--pictures`` takes the
screenshots, ``--figures FOLDER`` measures accuracy and speed. What a sample can be is in :mod:`docs.refresh.samples`.
"""
