"""What a screen looks like, as a text that can be read in a review: the words, then where each style is."""

from __future__ import annotations

from itertools import groupby
from string import ascii_lowercase, ascii_uppercase

from rich.style import Style
from textual.app import App

LETTERS = ascii_lowercase + ascii_uppercase


def painted(app: App[None]) -> str:
    """The words of the screen, line by line; then each line again with a letter for the style of each cell."""
    app.screen._compositor.reflow(app.screen, app.screen.size)
    strips = app.screen._compositor.render_strips()
    names: dict[str, str] = {}
    words, styles = [], []
    for strip in strips:
        words.append(strip.text.rstrip())
        letters = [
            (names.setdefault(_look(segment.style), LETTERS[len(names) % len(LETTERS)]), segment.cell_length)
            for segment in strip
        ]
        runs = groupby(letters, key=lambda pair: pair[0])
        styles.append(" ".join(f"{letter}{sum(length for _, length in run)}" for letter, run in runs))
    legend = [f"{letter} {look}" for look, letter in names.items()]
    return "\n".join([*words, "", *styles, "", *legend, ""])


def _look(style: Style | None) -> str:
    if style is None:
        return "as it comes"
    attributes = [name for name in ("bold", "dim", "italic", "underline", "reverse", "strike") if getattr(style, name)]
    color, bgcolor = (
        shade.get_truecolor().hex if shade is not None else "default" for shade in (style.color, style.bgcolor)
    )
    return " ".join([color, "on", bgcolor, *attributes])
