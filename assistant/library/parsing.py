"""From a document's text to its learning points.

Owns the walk over the blocks: where each is cut, what belongs to what, what is left out and why. Everything kept is an
exact span of the text; nothing is composed. It knows no file format but the Markdown that every reader delivers, and
nothing of where reviews are kept.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assistant.language.sentences import is_question, sentences, standing_alone
from assistant.library.addressing import addressed_to, asks_for_action
from assistant.library.boilerplate import boilerplate_reason
from assistant.library.contacts import resources_named
from assistant.library.furniture import frame
from assistant.library.judging import kind_of
from assistant.library.line_reader import Line, place, told
from assistant.library.markdown_blocks import Block, blocks
from assistant.library.outline import Outline, could_head, listed_lines, same_words, told_lists
from assistant.library.points import LINK, Audience, Kind, LearningPoint, Span, reading_text
from assistant.library.review_file import Lines
from assistant.library.sections import column_of, labelled, looks_like_heading, section_of

SAYING_WORDS = 10
"""A heading that numbers a finding says it from so many words on; a shorter one only names what follows."""
LONGEST_ITEM = 120
"""Words in the longest list item kept whole; the longest in the shipped bulletins has 96. Reports have whole pages."""
SAYING_HEADING = 6
"""Words from which a heading that heads nothing is a sentence."""
CELL_WORDS = 4
"""Words from which a cell of a table of several columns is a point; a number, a name or a date has fewer."""
PARAGRAPH_WORDS = 3
"""Words from which a paragraph can be learning; a date, a page's number or a signature has fewer."""
LEAD_WORDS = 4
"""Words from which a line before a list is a sentence that the list ends."""
_SLUG_LENGTH = 60
_TOO_SHORT = "too short to say anything by itself"
_WORD = re.compile(r"[A-Za-z]+")
_LINK_LINE = re.compile(rf"\s*(?:{LINK.pattern}|<?https?://\S+)\s*\Z")
_LINK_OR_NUMBER = re.compile(rf"{LINK.pattern}|https?://|\bwww\.|\b(?:tel|telephone)\b", re.IGNORECASE)
_ABOUT_THE_TEXT = re.compile(r"\W*(?:key ?words|tags|subject headings|library reference)\W*:", re.IGNORECASE)
_ROW = re.compile(
    r"(?P<label>(?:key |main )?(?:learning(?: points?| themes?)?|lessons|recommendations|findings|messages|themes))"
    r"(?: (?:to|for) (?:the )?[\w’' -]{2,40}?)? (?:includes?|included|considers?|considered|focus(?:es)? on"
    r"|relates? to|covers?"
    r"|were|was|are|is|identified)(?: that| to)?(?: the following)?\s*:\s+"
    r"(?P<said>(?:[^;.]{12,400};\s*)+(?:and )?[^;]{12,400})",
    re.IGNORECASE,
)
_IS_SAID = re.compile(
    r"\b(?:is|are|was|were|has|have|had|do|does|did|can|could|will|would|cannot)\b|\.\Z", re.IGNORECASE
)
"""Makes a sentence of a heading, as a verb that may also stand before a name does not ("children looked after")."""
_NAMES = re.compile(r"\b(?:who|which|that|whom|whose)\b", re.IGNORECASE)
"""Opens a clause whose verb tells nothing of what a heading names."""
_NUMBERED = re.compile(r"\A\W*\d[\d.]*\W+")
_SIGNPOST = re.compile(
    r"for (?:more|further) (?:information|guidance|details)\b|.*\bworkshops are being held\b", re.IGNORECASE
)


@dataclass(frozen=True)
class LeftOut:
    """Something read and not kept as learning."""

    text: str
    lines: tuple[int, int]
    reason: str


@dataclass(frozen=True)
class Parsed:
    """What a document was found to hold."""

    points: tuple[LearningPoint, ...]
    left_out: tuple[LeftOut, ...]
    sections: tuple[str, ...]
    """The headings that begin a section, as printed, in order."""


def parse(text: str, *, review: str, title: str, begin: int = 0) -> Parsed:
    """The learning points of a review: `text` is its whole file, `begin` where the document itself starts."""
    return _Parser(text, review, title, begin).parse()


@dataclass
class _Draft:
    """A point before its neighbours are known."""

    spans: tuple[Span, ...]
    kind: Kind
    under: _Draft | None = None
    questions: list[str] = field(default_factory=list)
    id: str = ""
    asks: bool = False
    """It opens a list of what is to be done ("Practitioners should:")."""
    audience: Audience | None = None
    """Whom it names, if it opens a list."""
    said: bool = False
    """A label or the head of its column says what it is."""


class _Parser:
    def __init__(self, text: str, review: str, title: str, begin: int) -> None:
        self.text = text
        self.review = review
        self.title = title
        self.lines = Lines(text)
        self.blocks = blocks(text, begin)
        self.frame = frame(self.blocks, text, title)
        self.listed = listed_lines(self.blocks, text, title)
        self.told = told_lists(self.blocks, text)
        self.outline = Outline(title)
        self.points: list[LearningPoint] = []
        self.drafts: list[_Draft] = []
        self.left_out: list[LeftOut] = []
        self.ordinals: Counter[str] = Counter()
        self.begun_with: _Draft | None = None
        """The first point of the section, which questions under a part of it are about."""

    def parse(self) -> Parsed:
        lead: _Draft | None = None
        leaderless = False  # what opens this list was left out, and the list with it
        parents: dict[int, _Draft] = {}
        for position, block in enumerate(self.blocks):
            following = self.blocks[position + 1] if position + 1 < len(self.blocks) else None
            if block.kind == "footnote":
                self._leave_out(block.spans, "a footnote: shown where its sign stands")
                continue
            if block in self.frame:
                self._leave_out(block.spans, self.frame[block])
                continue
            if block.kind == "row":
                self.outline.row, self.outline.column, self.begun_with = block.text(self.text), None, None
                lead, parents = None, {}
                continue
            if block.kind == "column":
                self.outline.column = column_of(block.text(self.text), of_a_plan=block.of_a_plan)
                continue
            if not block.in_table:
                self.outline.column = self.outline.row = None
            if self.outline.column is not None and self.outline.column.standing:
                self._leave_out(block.spans, f"who and when, under “{reading_text(self.outline.column.heading)}”")
                continue
            if self._is_heading(block, following):
                if self.outline.open(block.text(self.text), block):
                    self.begun_with = None
                lead, parents, leaderless = None, {}, False
                self._heading_that_says(block, following)
                continue
            self.outline.read_on()
            section = self.outline.section
            if section.standing and not self.outline.column_promises:
                self._leave_out(block.spans, f"not learning, under “{reading_text(section.heading)}”")
            elif (
                block.kind == "cell"
                and self.outline.column is not None
                and len(block.text(self.text).split()) < CELL_WORDS
            ):
                self._leave_out(block.spans, "a short cell of a table")
            elif block.kind == "item" and leaderless:
                self._leave_out(block.spans, "it belongs to what was left out before it")
            elif block.kind == "item":
                parents = self._listed(block, parents, lead)
            else:
                opens_list = following is not None and following.kind == "item"
                lead, parents = self._paragraph(block, opens_list=opens_list), {}
                leaderless = opens_list and self._was_left_out(block) and self.left_out[-1].reason != _TOO_SHORT
        points = self._weighed(self._finished())
        return Parsed(points, tuple(self.left_out), tuple(self.outline.sections))

    def _weighed(self, points: Sequence[LearningPoint]) -> tuple[LearningPoint, ...]:
        """The points, each of the kind that it most likely is, without those that teach nothing."""
        opens = {point.id: reading_text(point.text) for point in points if point.text.rstrip().endswith(":")}
        kinds = told(
            [
                Line(
                    reading_text(point.text),
                    (*point.path, *(opens[point.under],)) if point.under in opens else point.path,
                    point.kind,
                    said=self.drafts[at].said,
                    **place(at, len(points)),
                )
                for at, point in enumerate(points)
            ]
        )
        weighed = list(zip(points, kinds, strict=True))
        for point, kind in weighed:
            if kind is None:
                self._leave_out(point.spans, "it teaches nothing of practice, by its words")
        self.left_out.sort(key=lambda left: left.lines)
        kept = {point.id for point, kind in weighed if kind is not None}
        return tuple(
            point.model_copy(update={"kind": kind, "under": point.under if point.under in kept else None})
            for point, kind in weighed
            if kind is not None
        )

    def _is_heading(self, block: Block, following: Block | None) -> bool:
        if block.kind == "heading":
            return True
        text = block.text(self.text)
        if self.outline.kind == "question" and text.rstrip().endswith("?"):
            return False
        if block.kind == "paragraph" and following is not None and self._opens_list(text, following):
            return False
        if block.kind == "item":
            followed = following is not None and (following.kind != "item" or following.level == block.level)
            return block.numbered and followed and looks_like_heading(text, may_ask=False)
        return block.kind == "paragraph" and block not in self.listed and could_head(text)

    def _opens_list(self, text: str, following: Block) -> bool:
        """Whether a line is a sentence whose end its list says: "Practitioners did not ask about:"."""
        begins = following.text(self.text)[:1]
        said = following.kind == "item" and text.rstrip().endswith(":") and not text.lstrip().startswith(("**", "__"))
        return said and (
            asks_for_action(text) or (begins.islower() and len(text.split()) >= LEAD_WORDS and section_of(text).subject)
        )

    def _heading_that_says(self, block: Block, following: Block | None) -> None:
        """Keep a heading that is learning itself: it numbers a finding and says it in a sentence, or heads nothing."""
        label = labelled(block.text(self.text))
        if label is None or not label.numbered or label.kind is None:
            if self._says_and_heads_nothing(block, following):
                self._keep(block.spans, self._kind_of(block.text(self.text)))
                self.outline.read_on()
            return
        ends = following is None or (
            self._is_heading(following, None) and not section_of(following.text(self.text)).part
        )
        if label.whole or label.words >= SAYING_WORDS or ends:
            self._keep(block.spans, label.kind)
            self.outline.read_on()

    def _says_and_heads_nothing(self, block: Block, following: Block | None) -> bool:
        """Whether a heading is a sentence and the next thing is a heading no deeper, or the end."""
        text = block.text(self.text)
        if same_words(text, self.title) or not section_of(text).subject or len(text.split()) < SAYING_HEADING:
            return False
        if following is not None and not (
            following.kind == block.kind == "heading" and following.level <= block.level and block.level > 1
        ):
            return False
        bare = _NUMBERED.sub("", reading_text(text))
        says = (_IS_SAID.search(bare) is not None and not _NAMES.search(bare)) or asks_for_action(text)
        return says and boilerplate_reason(text) is None and not is_question(text)

    def _listed(self, block: Block, parents: Mapping[int, _Draft], lead: _Draft | None) -> dict[int, _Draft]:
        """Keep an item under the one it stands in, or the sentence that opens its list; gives those still open."""
        parent = next((parents[depth] for depth in range(block.level - 1, -1, -1) if depth in parents), lead)
        around = {depth: kept for depth, kept in parents.items() if depth < block.level}
        draft = self._item(block, parent)
        return around if draft is None else {**around, block.level: draft}

    def _item(self, block: Block, parent: _Draft | None) -> _Draft | None:
        text = block.text(self.text)
        if not re.search(r"\w", text):
            return None
        reason = boilerplate_reason(text)
        if reason is not None:
            self._leave_out(block.spans, reason)
            return None
        if len(block.spans) == 1 and len(text.split()) > LONGEST_ITEM:
            return self._paragraph(block, opens_list=True)
        parts = [text[start:end] for start, end in sentences(text)]
        asks = all(is_question(part) for part in parts)
        if asks and parent is None and self.outline.in_part:
            parent = self.begun_with
        draft = self._keep(block.spans, "question" if asks else self._kind_in_list(block, parent), under=parent)
        if asks:
            if parent is not None:
                parent.questions.append(text)
        elif len(block.spans) == 1 and draft.kind != "resource":
            begin = block.spans[0][0]
            for start, end in sentences(text):
                if is_question(text[start:end]):
                    draft.questions.append(text[start:end])
                    self._keep(((begin + start, begin + end),), "question", under=draft)
        return draft

    def _paragraph(self, block: Block, *, opens_list: bool) -> _Draft | None:
        text = block.text(self.text)
        if len(block.spans) > 1:
            return self._whole(block, text)
        begin, end = block.spans[0]
        short = len(re.findall(r"[A-Za-z]{2,}", text)) < PARAGRAPH_WORDS
        if short and self.outline.kind not in {"theme", "resource"} and not (opens_list and asks_for_action(text)):
            self._leave_out(block.spans, _TOO_SHORT)
            return None
        if _SIGNPOST.match(text):
            self._signpost(begin, end, text)
            return None
        if _ABOUT_THE_TEXT.match(text):
            self._leave_out(block.spans, "words to find the document by")
            return None
        if self._in_a_row(begin, text):
            return None
        links = self._link_lines(begin, text)
        if links:
            for span in links:
                reason = boilerplate_reason(reading_text(self.text[slice(*span)]))
                if reason is None:
                    self._keep((span,), "resource")
                else:
                    self._leave_out([span], reason)
            return None
        if self.outline.kind == "resource" or (self.outline.kind == "theme" and block.kind == "cell"):
            return self._whole(block, text)
        lead = self._sentences(begin, text)
        return lead if opens_list and text.rstrip().endswith(":") else None

    def _in_a_row(self, begin: int, text: str) -> bool:
        """Keep the parts of a paragraph that names several things to learn one after the other, each by itself."""
        row = _ROW.fullmatch(text.strip())
        kind = section_of(row["label"]).kind if row else None
        if row is None or kind is None:
            return False
        start = begin + text.index(row["said"])
        for part in re.finditer(r"\s*(?:and\s)?\s*(?P<words>[^;]+)", row["said"]):
            words = part["words"].strip().removesuffix(".")
            at = start + part.start("words")
            self._keep(((at, at + len(words)),), kind)
        return True

    def _whole(self, block: Block, text: str) -> _Draft | None:
        """Keep a paragraph uncut, unless it is standing text."""
        reason = boilerplate_reason(text)
        if reason is None:
            return self._keep(block.spans, self.outline.kind)
        self._leave_out(block.spans, reason)
        return None

    def _sentences(self, begin: int, text: str) -> _Draft | None:
        """Keep a paragraph in pieces that each make sense alone; gives the last point that is no question."""
        lead = self.begun_with if self.outline.in_part and self.outline.kind == "question" else None
        left_out, after = len(self.left_out), None
        for group in standing_alone(text):
            spans = [(begin + start, begin + end) for start, end in group]
            alone = (spans[0][0], spans[-1][1]) == (begin, begin + len(text)) and len(spans) == 1
            words = self.text[spans[0][0] : spans[-1][1]].split()
            if len(self.left_out) > left_out and len(words) < PARAGRAPH_WORDS:
                self._leave_out([(spans[0][0], spans[-1][1])], "it belongs to what was left out before it")
            else:
                kept = len(self.drafts)
                lead = self._group(spans, lead, alone=alone, after=after)
                after = self.drafts[-1].kind if len(self.drafts) > kept else after
        return lead

    def _group(self, group: Sequence[Span], before: _Draft | None, *, alone: bool, after: Kind | None) -> _Draft | None:
        """Keep some sentences that make sense together; gives the point that a question after them is about."""
        texts = [self.text[start:end] for start, end in group]
        if not re.search(r"[^\W\d_]", "".join(texts)):
            self._leave_out([(group[0][0], group[-1][1])], "only a number")
            return before
        reasons = [boilerplate_reason(text) for text in texts]
        if reasons[0] is not None:
            self._leave_out([(group[0][0], group[-1][1])], reasons[0])
            return before
        standing = next((at for at, reason in enumerate(reasons) if reason is not None), len(group))
        if standing < len(group):
            self._leave_out([(group[standing][0], group[-1][1])], str(reasons[standing]))
            group, texts = group[:standing], texts[:standing]
        if len(texts) == 1 and (is_question(texts[0]) or self._kind_of(*texts) == "question" != self.outline.kind):
            self._keep(tuple(group), "question", under=before)
            if before is not None:
                before.questions.append(texts[0])
            return before
        return self._keep(((group[0][0], group[-1][1]),), self._kind_of(*texts, alone=alone, after=after))

    def _kind_in_list(self, block: Block, parent: _Draft | None) -> Kind:
        """What an item is: where its list says what is to be done, a part of that."""
        text = block.text(self.text)
        parts = [text[start:end] for start, end in sentences(text)]
        parts = [part for part in parts if _WORD.search(part)] or [text]  # a number typed before it is no part
        kind = self._kind_of(*parts, alone=len(parts) == 1)
        told = kind == "finding" and ((parent is not None and parent.asks) or self._is_told(block))
        return "learning-point" if told else kind

    def _is_told(self, block: Block) -> bool:
        """Whether an item is one of a list that tells its reader what to do, where no heading says what it is."""
        return block in self.told and (self.outline.section.kind is None or self.outline.section.improves)

    def _kind_of(self, *texts: str, alone: bool = False, after: Kind | None = None) -> Kind:
        return kind_of(texts, self.outline, alone=alone, after=after)

    def _signpost(self, begin: int, end: int, text: str) -> None:
        if _LINK_OR_NUMBER.search(text):
            self._keep(((begin, end),), "resource")
        else:
            self._leave_out([(begin, end)], "it only leads to the links after it")

    def _link_lines(self, begin: int, text: str) -> list[Span]:
        """The lines of a paragraph that is nothing but links."""
        spans: list[Span] = []
        at = 0
        for line in text.split("\n"):
            if not _LINK_LINE.match(line):
                return []
            start = begin + at + len(line) - len(line.lstrip())
            spans.append((start, begin + at + len(line.rstrip())))
            at += len(line) + 1
        return spans

    def _keep(self, spans: tuple[Span, ...], kind: Kind, *, under: _Draft | None = None) -> _Draft:
        path = self.outline.path
        slug = slugged(path[-1]) or "text"
        self.ordinals[slug] += 1
        draft = _Draft(spans, kind, under, id=f"{self.review}/{slug}/{self.ordinals[slug]}")
        text = " ".join(self.text[start:end] for start, end in spans)
        column = self.outline.column
        draft.said = labelled(text) is not None or (column is not None and column.kind is not None)
        named = addressed_to(text)
        if named is None and under is not None and not asks_for_action(text, of_somebody=True):
            named = under.audience
        if text.rstrip().endswith(":"):
            draft.asks, draft.audience = asks_for_action(text), named
        self.drafts.append(draft)
        if self.begun_with is None and kind != "question":
            self.begun_with = draft
        self.points.append(
            LearningPoint(
                id=draft.id,
                review=self.review,
                text=text,
                section=path[-1],
                path=path,
                kind=kind,
                audience=named or self.outline.audience,
                spans=spans,
                lines=(self.lines.at(spans[0][0]), self.lines.at(max(spans[-1][1] - 1, 0))),
                under=under.id if under else None,
                resources=resources_named(text),
            )
        )
        return draft

    def _was_left_out(self, block: Block) -> bool:
        """Whether a paragraph that opens a list was left out, down to its colon."""
        last = self.left_out[-1].text if self.left_out else ""
        return last.rstrip().endswith(":") and block.text(self.text).rstrip().endswith(last.rstrip())

    def _leave_out(self, spans: Sequence[Span], reason: str) -> None:
        text = " ".join(self.text[start:end] for start, end in spans)
        self.left_out.append(LeftOut(text, (self.lines.at(spans[0][0]), self.lines.at(spans[-1][1] - 1)), reason))

    def _finished(self) -> tuple[LearningPoint, ...]:
        """The points with the questions that came after them."""
        return tuple(
            point.model_copy(update={"questions": tuple(draft.questions)}) if draft.questions else point
            for point, draft in zip(self.points, self.drafts, strict=True)
        )


def slugged(heading: str) -> str:
    """A heading as part of an identifier."""
    words = re.sub(r"[^a-z0-9]+", "-", re.sub(r"[’'`]", "", heading.lower())).strip("-")
    return words if len(words) <= _SLUG_LENGTH else words[:_SLUG_LENGTH].rsplit("-", 1)[0]
