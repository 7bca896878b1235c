"""A document as blocks: what Markdown says, without Markdown. The writers of DOCX and PDF know only these."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest

from markdown_it import MarkdownIt
from markdown_it.token import Token


@dataclass(frozen=True)
class Run:
    """Words of one look; `line` is a line end inside a paragraph."""

    text: str
    bold: bool = False
    italic: bool = False
    line: bool = False


Words = tuple[Run, ...]


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is the title."""

    level: int
    words: Words


@dataclass(frozen=True)
class Paragraph:
    """A paragraph."""

    words: Words


@dataclass(frozen=True)
class Quote:
    """Somebody's own words: of the people in the session, or of a review."""

    paragraphs: tuple[Words, ...]


@dataclass(frozen=True)
class Bullets:
    """A list; what an item holds beside its words is run on."""

    items: tuple[Words, ...]


@dataclass(frozen=True)
class Table:
    """Rows under one row of headings."""

    headings: tuple[Words, ...]
    rows: tuple[tuple[Words, ...], ...]


@dataclass(frozen=True)
class Picture:
    """A drawing, and the same in words for whoever cannot see it."""

    svg: str
    width: float
    """In points."""
    in_words: str


Block = Heading | Paragraph | Quote | Bullets | Table | Picture


def blocks(markdown: str) -> list[Block]:
    """The blocks of a document."""
    return list(_blocks(iter(reader().parse(markdown))))


def with_what_follows(content: Iterable[Block]) -> Iterator[tuple[Block, bool]]:
    """Each block, and whether it stands on the page of the next: a question on that of its answer."""
    held = list(content)
    for block, after in zip_longest(held, held[1:]):
        yield block, isinstance(block, Paragraph) and isinstance(after, Quote)


def reader() -> MarkdownIt:
    """The Markdown of a document: CommonMark with tables, and no HTML."""
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def plain(words: Words) -> str:
    """The words without their look."""
    return "".join("\n" if run.line else run.text for run in words)


def _blocks(tokens: Iterator[Token]) -> Iterator[Block]:
    for token in tokens:
        match token.type:
            case "heading_open":
                yield Heading(int(token.tag[1:]), _words(next(tokens)))
            case "paragraph_open":
                yield Paragraph(_words(next(tokens)))
            case "blockquote_open":
                yield Quote(tuple(_paragraphs(_until("blockquote_close", tokens))))
            case "bullet_list_open" | "ordered_list_open":
                yield Bullets(tuple(_items(_until(token.type.replace("open", "close"), tokens, of=token.type))))
            case "table_open":
                headings, *rows = _rows(_until("table_close", tokens, of="table_open"))
                yield Table(headings, tuple(rows))
            case "fence" | "code_block":
                yield Paragraph(tuple(_lines(token.content.rstrip("\n"))))
            case _:
                pass


def _until(close: str, tokens: Iterator[Token], *, of: str = "blockquote_open") -> list[Token]:
    inside, depth = list[Token](), 0
    for token in tokens:
        if token.type == close:
            if not depth:
                break
            depth -= 1
        elif token.type == of:
            depth += 1
        inside.append(token)
    return inside


def _paragraphs(tokens: Iterable[Token]) -> Iterator[Words]:
    for token in tokens:
        if token.type == "inline":
            yield _words(token)
        elif token.type in {"fence", "code_block"}:
            yield tuple(_lines(token.content.rstrip("\n")))


def _items(tokens: Iterable[Token]) -> Iterator[Words]:
    item: Words = ()
    for token in tokens:
        if token.type == "list_item_open" and item:
            yield item
            item = ()
        elif token.type == "inline":
            item = (*item, Run("", line=True), *_words(token)) if item else _words(token)
    if item:
        yield item


def _rows(tokens: Iterable[Token]) -> Iterator[tuple[Words, ...]]:
    row: list[Words] = []
    for token in tokens:
        if token.type == "inline":
            row.append(_words(token))
        elif token.type == "tr_close":
            yield tuple(row)
            row = []


def _words(inline: Token) -> Words:
    runs, bold, italic = list[Run](), 0, 0
    for token in inline.children or ():
        match token.type:
            case "strong_open" | "strong_close":
                bold += token.nesting
            case "em_open" | "em_close":
                italic += token.nesting
            case "hardbreak":
                runs.append(Run("", line=True))
            case "softbreak":
                runs.append(Run(" ", bold=bool(bold), italic=bool(italic)))
            case _:
                if token.content:
                    runs.append(Run(token.content, bold=bool(bold), italic=bool(italic)))
    return tuple(runs)


def _lines(text: str) -> Iterator[Run]:
    for number, line in enumerate(text.split("\n")):
        if number:
            yield Run("", line=True)
        yield Run(line)
