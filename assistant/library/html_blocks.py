"""HTML as a run of blocks, each with its place in the source.

Owns the reading of HTML with the standard library's parser, which reports where every piece stands and never fetches
anything. It serves the HTML inside a Markdown document, where the spans matter.
Unclosed and misplaced tags are the rule in what people paste, so a block ends wherever the next one begins.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Literal

from assistant.library.bullets import BULLETS
from assistant.library.points import Span

_BLOCK = frozenset(
    "p div section article main header footer aside nav form blockquote figure figcaption pre address dl dt dd table tr"
    " td th h1 h2 h3 h4 h5 h6 ul ol li br hr details summary body".split()
)
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_BULLET = re.compile(rf"(?:^|(?<=\s))[{BULLETS}][ \t]+")


_DEEPEST = 8
"""Lists inside lists that anybody means; more of them are tags that nobody closed."""


@dataclass
class HtmlBlock:
    """One piece of an HTML document."""

    kind: Literal["heading", "paragraph", "item"]
    level: int
    spans: list[Span] = field(default_factory=list)
    words: str = ""
    """What a reader of the page sees: character references resolved, white space folded."""


def html_blocks(source: str) -> list[HtmlBlock]:
    """The blocks of an HTML fragment, in order."""
    parser = _Parser(source)
    parser.feed(source)
    parser.close()
    parser.end_block()
    return parser.found


class _Parser(HTMLParser):
    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=False)
        self.source = source
        self.line_starts = [0] + [match.end() for match in re.finditer(r"\n", source)]
        self.found: list[HtmlBlock] = []
        self._lists = 0
        self._item = False
        self._heading = 0
        self._pieces: list[Span] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag not in _BLOCK:
            return
        self.end_block()
        if tag in {"ul", "ol"}:
            self._lists += 1
        elif tag == "li":
            self._item = True
        elif tag in _HEADINGS:
            self._heading = int(tag[1])
        elif tag == "p" and not self._item:
            self._lists = 0  # a paragraph outside any item ends a list that nobody closed

    def handle_endtag(self, tag: str) -> None:
        if tag not in _BLOCK:
            return
        self.end_block()
        if tag in {"ul", "ol"}:
            self._lists = max(0, self._lists - 1)
        elif tag == "li":
            self._item = False
        elif tag in _HEADINGS:
            self._heading = 0

    def handle_data(self, data: str) -> None:
        start = self._offset()
        bullets = list(_BULLET.finditer(data))
        at = 0
        for bullet in bullets:
            self._add(start + at, start + bullet.start())
            self.end_block()
            at = bullet.end()
        self._add(start + at, start + len(data))

    def handle_entityref(self, name: str) -> None:
        start = self._offset()
        self._add(start, start + len(name) + 1 + (self.source[start + len(name) + 1 : start + len(name) + 2] == ";"))

    def handle_charref(self, name: str) -> None:
        start = self._offset()
        self._add(start, start + len(name) + 2 + (self.source[start + len(name) + 2 : start + len(name) + 3] == ";"))

    def end_block(self) -> None:
        """Whatever was being gathered is a block of its own."""
        pieces, self._pieces = self._pieces, []
        raw = "".join(self.source[start:end] for start, end in pieces)
        words = " ".join(html.unescape(raw).split())
        if not words:
            return
        spans: list[Span] = []
        for start, end in pieces:
            if spans and spans[-1][1] == start:
                spans[-1] = (spans[-1][0], end)
            else:
                spans.append((start, end))
        trimmed = [_trim(self.source, *span) for span in spans]
        kept = [(start, end) for start, end in trimmed if end > start]
        if self._heading:
            self.found.append(HtmlBlock("heading", self._heading, kept, words))
        elif self._lists:
            self.found.append(HtmlBlock("item", min(self._lists - 1, _DEEPEST), kept, words))
        else:
            self.found.append(HtmlBlock("paragraph", 0, kept, words))

    def _add(self, start: int, end: int) -> None:
        if end > start:
            self._pieces.append((start, end))

    def _offset(self) -> int:
        line, column = self.getpos()
        return self.line_starts[line - 1] + column


def _trim(source: str, start: int, end: int) -> Span:
    text = source[start:end]
    return start + len(text) - len(text.lstrip()), end - (len(text) - len(text.rstrip()))
