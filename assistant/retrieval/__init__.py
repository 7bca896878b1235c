"""Retrieval: from somebody's words to the few learning points that bear on them, and why.

Knows learning points, never screens, questions or records.
"""
