"""Where letters go that are typed while no box has the keyboard: nobody stops typing for a screen to change."""

from __future__ import annotations


class Typed:
    """A screen that may have a place for them."""

    def take_letter(self, letter: str) -> bool:  # noqa: ARG002 - for screens that have one
        """Keep a letter and give True; or give False, once the keyboard is where the letter belongs."""
        return False
