"""Every character that acts on a terminal or turns text round is taken out, and no other."""

from __future__ import annotations

import unicodedata

from assistant.language.plain_text import harmless, replaced, visible

TURNS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
MARKS = {"\u200e", "\u200f", "\u061c"}
CHARACTERS = [chr(code) for code in range(0x10000)]


def acts(character: str) -> bool:
    """By Unicode's own tables: a control character, half of a pair, or one that changes the direction."""
    if character in "\n\t":
        return False
    category = unicodedata.category(character)
    return category in {"Cc", "Cs"} or unicodedata.bidirectional(character) in TURNS or character in MARKS


def test_what_acts_is_taken_out_replaced_or_written_out_and_nothing_else_is_touched():
    text = "".join(CHARACTERS)
    harmful = {character for character in CHARACTERS if acts(character)}
    assert set(text) - set(harmless(text)) == harmful
    assert {one for one, left in zip(text, replaced(text), strict=True) if left != one} == harmful
    assert set(text) - set(visible(text)) == harmful
    assert visible("\x1b[2J") == "\\u001b[2J"
