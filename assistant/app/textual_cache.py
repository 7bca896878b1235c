"""Two of Textual's caches, mended, so that a tab keeps little to itself, and one look-up made quick.

For the sake of two colours Textual keeps what painted a thousand widgets, and with it all they showed: somebody's words
stayed in memory after the records were locked, and a tab grew by 4 MB with each session. The colours are kept here for
all widgets at once. And each painted line came with seven caches of its own, most of which nothing was ever put into:
with three thousand lines 2 MB. They're made here when they're first asked for. Which rules of style hold for a widget
is looked up in sets of all there are, four hundred look-ups a widget: in Python a twelfth of the time to a question.
Knows nothing of what is painted.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rich.segment import Segment
from textual._styles_cache import StylesCache
from textual.cache import FIFOCache
from textual.css.model import RuleSet
from textual.strip import Strip

_MADE_LATE = {
    "_divide_cache": 4,
    "_crop_cache": 16,
    "_style_cache": 16,
    "_filter_cache": 4,
    "_line_length_cache": 4,
    "_crop_extend_cache": 4,
    "_offsets_cache": 4,
}
"""As many as Textual keeps in each."""


def keep_little() -> None:
    """Let the colours be looked up by themselves, whichever widget asks, and a line's caches be made when wanted."""
    RuleSet.__hash__ = object.__hash__  # type: ignore[method-assign]  # by what it is, as before, but in C
    looked_up = vars(StylesCache)["get_inner_outer"]
    if not isinstance(looked_up, classmethod):
        StylesCache.get_inner_outer = classmethod(looked_up)  # type: ignore[method-assign,assignment]
        Strip.__init__ = _begun  # type: ignore[method-assign,assignment]
        Strip.__getattr__ = _made  # type: ignore[attr-defined]


def _begun(strip: Strip, segments: Iterable[Segment], cell_length: int | None = None) -> None:
    strip._segments = list(segments)
    strip._cell_length = cell_length
    strip._render_cache = strip._link_ids = strip._cell_count = None


def _made(strip: Strip, name: str) -> FIFOCache[Any, Any]:
    """What is asked for only where it isn't there yet."""
    if (most := _MADE_LATE.get(name)) is None:
        raise AttributeError(name)
    made: FIFOCache[Any, Any] = FIFOCache(most)
    setattr(strip, name, made)
    return made
