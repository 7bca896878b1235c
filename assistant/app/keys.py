"""Which key means what: the same on every screen.

Owns the keys, each function key with its twin on Ctrl, for a laptop whose function keys do something else. What a key
does on one screen stands there, in its `BINDINGS`. A key that only moves, an arrow or Enter, is named where it's bound.
"""

from __future__ import annotations

from typing import Final

HELP: Final = "f1,ctrl+g"
COPY: Final = "f2,ctrl+y"
STEP: Final = "f5,ctrl+s"
"""The step a page is for: send, save, begin."""
SEND: Final = f"{STEP},ctrl+enter"
"""The same in a box where Enter may make a line."""
OTHER_PART: Final = "f6,ctrl+b"
PUT_AWAY: Final = "delete,ctrl+d"
CLOSE: Final = "escape"
"""The nearest thing: a card, a panel, the screen."""
TAKE_BACK: Final = "ctrl+z"
FIND: Final = "ctrl+f"
NEW: Final = "ctrl+n"
EVERYTHING: Final = "ctrl+p"
"""All there is, by name."""
LOCK: Final = "ctrl+l"
QUIT: Final = "ctrl+q"
VOICE: Final = "ctrl+t"
"""Who speaks, where two do."""
SELECT_ALL: Final = "ctrl+a"
BROWSERS_OWN: Final = frozenset((NEW, VOICE))
"""Keys that a browser takes for itself and no page ever gets."""
