"""One of Textual's caches, mended: the lines of widgets that are gone are let go.

For the sake of two colours Textual keeps what painted a thousand widgets, and with it all they showed: somebody's words
stayed in memory after the records were locked, and a tab grew by 4 MB with each session. The colours are kept here for
all widgets at once. Knows nothing of what is painted.
"""

from __future__ import annotations

from textual._styles_cache import StylesCache


def keep_colours_only() -> None:
    """Let the colours be looked up by themselves, whichever widget asks."""
    looked_up = vars(StylesCache)["get_inner_outer"]
    if not isinstance(looked_up, classmethod):
        StylesCache.get_inner_outer = classmethod(looked_up)  # type: ignore[method-assign,assignment]
