"""Data models: the ground floor that every other room stands on.

The trained spaCy pipeline is not here; it is a pinned dependency that `extractors/pipeline.py` loads.
"""
