"""Act-now cards."""

from __future__ import annotations

from assistant.conversation.observed import Danger


def card_text(danger: Danger) -> str:
    """The text of the card for `danger`."""
    return danger.kind
