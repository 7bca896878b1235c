"""Under which headings the text stands, as the document is walked from top to bottom.

Owns the nesting of headings, marked or not: which divides which, which begins a section and which only tells the kind
of what follows. Answers for the place reached: the section, the path to it, the kind and the audience. Cuts nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from assistant.library.addressing import begins_with_a_command
from assistant.library.boilerplate import boilerplate_reason
from assistant.library.heading_words import names_the_subject
from assistant.library.markdown_blocks import IN_TEXT, Block
from assistant.library.points import Audience, Kind, reading_text
from assistant.library.sections import Section, looks_like_heading, section_of, series_of

_MOSTLY = 0.6
"""Share of a list's items that tell their reader what to do when the list does."""


@dataclass(frozen=True)
class _Open:
    level: int
    section: Section


class Outline:
    """The headings open at one place of a document."""

    def __init__(self, title: str) -> None:
        self.column: Section | None = None
        """What heads the cell being read, in a table of several columns."""
        self.row: str | None = None
        """What the row being read is about, where its table says so in a column of its own."""
        self.sections: list[str] = []
        """The headings that began a section so far."""
        self._title = title
        self._open: list[_Open] = []
        self._just_opened = False

    def open(self, heading: str, block: Block) -> bool:
        """Go under a heading; gives whether it begins a section. The document's own title ends all others."""
        if same_words(heading, self._title):
            self._open, self._just_opened = [], False
            return True
        section = self._as_it_stands_here(section_of(heading), heading)
        if self._open and self._open[-1].section.brief:
            self._open.pop()
        level = self._level(section, block)
        while self._open and self._open[-1].level >= level:
            self._open.pop()
        self._open.append(_Open(level, section))
        self._just_opened = True
        begins = not self._divides(self._open[-1])
        if begins:
            self.sections.append(reading_text(heading))
        return begins

    def read_on(self) -> None:
        """Something stands under the heading opened last."""
        self._just_opened = False

    @property
    def section(self) -> Section:
        """The innermost heading that says what it is, or the innermost of all."""
        innermost = self._innermost
        return innermost.section if innermost is not None else Section(self._title)

    @property
    def _innermost(self) -> _Open | None:
        for open_heading in reversed(self._open):
            if open_heading.section.standing or open_heading.section.kind is not None:
                return open_heading
        return self._open[-1] if self._open else None

    @property
    def in_part(self) -> bool:
        """Whether the section only divides a subject ("Questions for the Board" under "Finding 1")."""
        innermost = self._innermost
        return innermost is not None and self._divides(innermost)

    @property
    def path(self) -> tuple[str, ...]:
        """The headings of the section, outermost first."""
        begun = (each.section.heading for each in self._open if not self._divides(each))
        path = tuple(map(reading_text, begun)) or (self._title,)
        return path if self.row is None else (*path, reading_text(self.row))

    @property
    def kind(self) -> Kind:
        """The kind of what stands here, unless it says otherwise itself."""
        if self.column is not None and self.column.kind is not None:
            return self.column.kind
        if self.section.kind == "theme" and self._open[-1].section.subject:
            return "finding"  # under the heading of one theme stands what was found about it
        return self.section.kind or "finding"

    @property
    def column_promises(self) -> bool:
        """Whether what heads the cell being read says that learning stands there, whatever heads the table."""
        return self.column is not None and self.column.kind in {"finding", "strength", "learning-point"}

    @property
    def audience(self) -> Audience:
        """To whom what stands here is addressed."""
        if self.column is not None and self.column.audience is not None:
            return self.column.audience
        for open_heading in reversed(self._open):
            if open_heading.section.audience is not None:
                return open_heading.section.audience
        return "everyone"

    def _as_it_stands_here(self, section: Section, heading: str) -> Section:
        """Among resources "The Board recommends:" heads more of them, elsewhere it heads recommendations."""
        if (
            self._open
            and self.kind == "resource"
            and section.kind == "learning-point"
            and heading.rstrip().endswith(":")
        ):
            return Section(heading, kind="resource", subject=False)
        if section.kind is None and not section.standing and names_the_subject(reading_text(heading), self._title):
            return Section(heading, kind="case-fact")
        return section

    def _level(self, section: Section, block: Block) -> int:
        """How deep a heading is: twice what the document marks, so that there is room between."""
        level = block.level * 2
        if block.kind == "heading" and block.level < IN_TEXT:
            return level
        subjects = [each for each in self._open if each.section.subject and each.level <= level + 1]
        if section.part and subjects:
            return max(level, subjects[-1].level) + 1
        series = series_of(section.heading)
        if series is not None and subjects and series_of(subjects[-1].section.heading) == series:
            return subjects[-1].level  # "Finding 2" stands where "Finding 1" did
        if self._just_opened and section.subject and self._open and self._open[-1].level == level:
            return level + 1  # nothing stands between two headings: the second divides the first
        if section.subject and section.kind is None and self._is_divided(level):
            return level + 1  # and so does the next after that
        return level

    def _is_divided(self, level: int) -> bool:
        """Whether the heading open at a level only told the kind of what its own parts say ("Learning identified")."""
        at = next((at for at, each in enumerate(self._open) if each.level == level), None)
        if at is None or at + 1 >= len(self._open):
            return False
        parent, part = self._open[at].section, self._open[at + 1]
        return not parent.subject and not parent.standing and part.level == level + 1 and part.section.subject

    def _divides(self, heading: _Open) -> bool:
        """Whether a heading only divides a subject above it."""
        return heading.section.part and any(
            above.section.subject and above.level < heading.level for above in self._open
        )


def could_head(text: str) -> bool:
    """Whether a bare line may be a heading."""
    return boilerplate_reason(text) is None and looks_like_heading(text)


def listed_lines(blocks: Sequence[Block], source: str, title: str) -> frozenset[Block]:
    """Short lines in a row that look like headings and head nothing: a list whose bullets were lost."""
    listed: list[Block] = []
    run: list[Block] = []
    begun = False
    for block in [*blocks, None]:
        if block is not None and _is_short_line(block, source, title):
            run.append(block)
            continue
        heads = block is not None and _is_headed(block, source)
        if begun and not heads:
            listed += run
        elif begun and len(run) > 2:
            listed += run[:-1]
        run = []
        begun = begun or block is not None
    return frozenset(listed)


def told_lists(blocks: Sequence[Block], source: str) -> frozenset[Block]:
    """The items of lists most of whose items begin with a word said to somebody: "ring the police", "Check with"."""
    told: list[Block] = []
    for kind, run in groupby(blocks, key=lambda block: block.kind):
        items = list(run)
        if kind == "item" and len(items) > 1:
            commands = sum(begins_with_a_command(block.text(source)) for block in items)
            told += items if _MOSTLY * len(items) <= commands else []
    return frozenset(told)


def same_words(one: str, other: str) -> bool:
    """Whether a heading is the title again, or the greater part of it."""
    first, second = (frozenset(re.findall(r"\w+", words.lower())) - {"scr"} for words in (one, other))
    return bool(first) and (first == second or (len(first & second) >= 4 and first <= second))


def _is_headed(block: Block, source: str) -> bool:
    """Whether what follows a short line shows that the line heads it: words of its own, a list, a part of a subject."""
    text = block.text(source)
    return block.kind in {"item", "row", "column", "cell"} or (
        block.kind != "heading" and (not could_head(text) or section_of(text).part)
    )


def _is_short_line(block: Block, source: str, title: str) -> bool:
    if block.kind != "paragraph":
        return False
    text = block.text(source)
    plain = not text.startswith(("**", "__")) and not text.rstrip().endswith(":")
    section = section_of(text)
    return plain and section.subject and section.kind is None and not same_words(text, title) and could_head(text)
