"""What stands just before a place in a text.

Owns how far back a neighbour can be. A pattern that has to end at a name looks at all that comes before it, and a long
account has a thousand names: five pages of "Jo's" took a minute.
"""

from __future__ import annotations

FAR = 200
"""Characters: more than any pattern that ends at a place reaches back."""


def just_before(text: str, place: int) -> str:
    """The few characters before a place."""
    return text[max(0, place - FAR) : place]
