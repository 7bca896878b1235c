"""How long the app waits for people, and before it says that it is waiting."""

DEAF_S = 1.0
"""Whatever appears while somebody may be typing takes no key for so long: what was typed ahead answers nothing."""
PAUSES_S = 0.6
"""Without a key for so long somebody reads over what they wrote: it's read ahead of being sent."""
TYPES_ON_S = 2.0
"""For so long after a page came in the place of the composer, letters are somebody typing on."""
