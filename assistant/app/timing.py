"""How long the app waits for people, and before it says that it is waiting."""

DEAF_S = 1.0
"""Whatever appears while somebody may be typing takes no key for so long: what was typed ahead answers nothing."""
