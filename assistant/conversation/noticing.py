"""What an account shows and leaves out, from the words alone."""

from __future__ import annotations

from assistant.conversation.observed import Noticing


def notice(words: str) -> Noticing:  # noqa: ARG001 - being written
    """Everything noticed in `words`."""
    return Noticing()
