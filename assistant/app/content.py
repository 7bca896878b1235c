"""People's words and reviews' words, made ready for a widget.

A `str` given to a widget is read as markup: `[Child A]` vanishes from it and `[/x]` stops the program. Everything that
was typed or published goes through here and comes out as `Content`, which is shown as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual.content import Content

from assistant.library.metadata import UNSTATED
from assistant.library.point_names import KIND_NAMES
from assistant.library.points import Kind, LearningPoint, lines_in_words, reading_text

if TYPE_CHECKING:
    from assistant.conversation.events import Beside
    from assistant.library.points import Review
    from assistant.retrieval.results import Hit

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_ENDING = re.compile(r"(?:['’]s|ing|ed|es|s|e)$")


def exact_text(hit: Hit) -> Content:
    """The text of a learning point, with the words that matched underlined and bold."""
    text = reading_text(hit.text)
    content = Content(text)
    wanted = {_bare(word) for phrase in hit.matched for word in _WORD.findall(phrase)}
    for found in _WORD.finditer(text):
        if _bare(found.group()) in wanted:
            content = content.stylize("bold underline", found.start(), found.end())
    return content


def place(hit: Hit | Beside) -> Content:
    """Where a review's words stand: review, publisher, year, section and line."""
    return Content(_place(hit, hit.section, hit.lines))


def cited(hit: Hit) -> str:
    """The exact words of a hit and where they stand, to paste elsewhere."""
    return f"“{hit.text}”\n{_place(hit, hit.section, hit.lines)}\n"


def point_cited(point: LearningPoint, review: Review) -> str:
    """The same, of a learning point being read in its review."""
    return f"“{point.text}”\n{_place(review, point.section, point.lines)}\n"


def section(of: Hit | Beside) -> str:
    """The same, down to the section."""
    return _section(of, of.section)


def _section(of: Hit | Beside | Review, section: str) -> str:
    year = f", {of.published}" if of.published else ""
    return f"{of.title}. {publisher(of.publisher)}{year}. “{section}”"


def _place(of: Hit | Beside | Review, section: str, lines: tuple[int, int]) -> str:
    return f"{_section(of, section)}, {lines_in_words(lines)}."


def publisher(name: str) -> str:
    """Who published a review, where it is one part of a sentence."""
    return "Publisher not stated" if name == UNSTATED else name


def kind_and_lines(point: LearningPoint) -> str:
    """What kind of learning a point is, the lines it stands on, and whether it has to be checked."""
    check = ". Read from a picture: check it before you quote" if point.from_picture else ""
    return f"{KIND_NAMES[point.kind][0].capitalize()}, {lines_in_words(point.lines)}{check}"


def count_of(count: int, kind: Kind) -> str:
    """So many points of a kind."""
    return f"{count} {KIND_NAMES[kind][count != 1]}"


def why_it_came(hit: Hit, names: Mapping[str, str]) -> Content:
    """The words that brought a learning point, and what it is about; `names` are the concepts' by their ids."""
    words = ", ".join(f"“{word}”" for word in hit.matched)
    concepts = "; ".join(names.get(concept, concept.replace("-", " ")) for concept in hit.concepts)
    parts = [f"Your words: {words}." if words else "", f"About: {concepts}." if concepts else ""]
    return Content(" ".join(part for part in parts if part))


def _bare(word: str) -> str:
    """A word without its ending, so that `works` marks `working`; for marking only, never for finding."""
    lower = word.casefold()
    bare = _ENDING.sub("", lower)
    return bare if len(bare) > 2 else lower


def sentence(reason: str) -> str:
    """A reason as a sentence of its own."""
    return f"{reason[:1].upper()}{reason[1:]}."
