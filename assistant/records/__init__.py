"""Records: what was said and decided, kept safe, found again, handed over.

The only room that knows the store.
"""
