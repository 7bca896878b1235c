"""The conversation: prompts and answers in, the next move out.

Knows nothing of screens, files of records or databases.
"""
