"""Where letters go that are typed while no box has the keyboard: nobody stops typing for a screen to change."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.widgets import Input

if TYPE_CHECKING:
    from textual.widget import Widget


class Typed:
    """A screen that may have a place for them."""

    def take_letter(self, letter: str) -> bool:  # noqa: ARG002 - for screens that have one
        """Keep a letter and give True; or give False, once the keyboard is where the letter belongs."""
        return False

    def enter_in(self, box: Widget | None) -> bool:  # noqa: ARG002 - for screens of several boxes
        """Go on from a box to the next and give True, so that letters typed at once after Enter stand there.

        False where Enter does something else, for which it then goes to `box` itself.
        """
        return False

    def step_in(self, box: Widget | None) -> bool:  # noqa: ARG002 - for screens that something follows
        """The same of F5, where letters typed at once after it belong to what it begins."""
        return False


class NextBox(Typed):
    """A screen of several boxes, where Enter in one that holds a single line goes on to the next."""

    ONE_LINE: ClassVar[tuple[type[Widget], ...]] = (Input,)

    def enter_in(self, box: Widget | None) -> bool:
        """To the next box, or from the last to the button under them."""
        if on := box is not None and isinstance(box, self.ONE_LINE):
            box.screen.focus_next()
        return on
