"""The signs people use for bullets, word processors' private ones among them."""

from __future__ import annotations

BULLETS = "•‣⁃∙✓✔✗✘➢➤➔\u25a0-\u25ff\ue000-\uf8ff"
"""To stand inside the brackets of a regular expression."""
