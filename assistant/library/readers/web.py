"""Web pages, and the HTML that other readers make.

Owns what of a page is the document: scripts, navigation, banners and footers are left aside and said to be. Nothing
is ever fetched. Tables that only arrange a page are read cell by cell; tables of data stay tables, and a table inside
one follows the row it stands in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from assistant.library.bullets import BULLETS
from assistant.library.readers.pieces import SUPERSCRIPTS, Aside, Document, Piece, UnreadableError, markdown
from assistant.library.sections import column_of, heads_columns

_NEVER = frozenset("script style noscript template svg iframe object embed canvas button select input textarea".split())
_AROUND = frozenset("nav aside footer form".split())
_AROUND_ROLES = frozenset("navigation banner contentinfo search complementary".split())
_AROUND_NAMES = re.compile(
    r"(?:^|[\s_-])(?:cookies?|breadcrumbs?|menu|navbar|nav|sidebar|skip-?link|share|social|pagination"
    r"|site-header|footer)(?:$|[\s_-])",
    re.IGNORECASE,
)
_BLOCKS = frozenset(
    "p div section article main header figure figcaption blockquote pre address dl dt dd details summary body html"
    " center fieldset table thead tbody tfoot tr td th ul ol li h1 h2 h3 h4 h5 h6 hr".split()
)
_BOLD = frozenset("b strong".split())
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BULLET = re.compile(rf"\s*[{BULLETS}]\s*")
_SIGN = re.compile(r"\[?(\d{1,3})\]?")
_FOOTNOTE = re.compile(r"footnote-(\d+)")
_ALL_BOLD = re.compile(r"\*\*[^*]+\*\*")
_BREAK = "\x0b"
_IN_A_TARGET = str.maketrans({" ": "%20", "\n": "", "(": "%28", ")": "%29"})
"""What would end a link's target before its time."""
_LABEL = 8
"""Words in the longest cell of a row that heads a table."""


def read_page(text: str, name: str) -> Document:
    """A saved web page."""
    # lxml takes 30 ms to import, and only reading an added document needs it.
    import lxml.etree
    import lxml.html

    try:
        root = lxml.html.document_fromstring(text.encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError(f"“{name}” holds no page to read; nothing was kept.") from error
    titles = root.xpath("//h1//text()") or root.xpath("//head/title//text()")
    mains = root.xpath("//main | //*[@role='main']") or root.xpath("//article[count(//article)=1]")
    walk = _Walk()
    if mains:
        for outside in _outside(mains[0]):
            walk.leave_aside(outside, "outside the main part of the page")
    walk.children(mains[0] if mains else root, 0)
    return Document(
        markdown(walk.finished()), title=" ".join(" ".join(titles).split()) or None, asides=walk.asides_found()
    )


def fragment_pieces(html: str) -> list[Piece]:
    """The pieces of HTML that another reader made."""
    import lxml.html

    walk = _Walk()
    for element in lxml.html.fragments_fromstring(f"<div>{html}</div>"):
        walk.children(element, 0)
    return walk.finished()


def _outside(main: Any) -> Iterator[Any]:
    """The outermost elements that neither hold the main part nor stand in it."""
    holders = {main, *main.iterancestors()}
    for holder in list(main.iterancestors()):
        yield from (
            child for child in holder if child not in holders and isinstance(child.tag, str) and child.tag != "head"
        )


class _Walk:
    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.asides: list[Aside] = []
        self._words: list[str] = []
        self._heading = 0
        self._depth: int | None = None
        self._note = 0

    def finished(self) -> list[Piece]:
        self._end()
        return self.pieces

    def asides_found(self) -> tuple[Aside, ...]:
        return tuple(self.asides)

    def leave_aside(self, element: Any, reason: str) -> None:
        if element.tag not in _NEVER:
            words = " ".join(" ".join(element.itertext()).split())
            if words:
                self.asides.append(Aside(words, reason))

    def children(self, element: Any, depth: int) -> None:
        self._say(element.text)
        for child in element:
            if isinstance(child.tag, str):
                self._element(child, depth)
            self._say(child.tail)

    def _element(self, element: Any, depth: int) -> None:
        tag = element.tag
        if tag in _NEVER or tag in {"head", "title"}:
            return
        if _is_hidden(element):
            self.leave_aside(element, "hidden on the page")
        elif self._is_around(element):
            self.leave_aside(element, "navigation, banner or footer of the page")
        elif tag == "table":
            self._end()
            self._table(element, depth)
        elif tag in {"ul", "ol"}:
            self._end()
            kept, self._depth = self._depth, None
            self.children(element, depth + 1)
            self._end()
            self._depth = kept
        elif tag in _BLOCKS:
            self._block(element, depth)
        elif tag == "sup" and (sign := _SIGN.fullmatch("".join(element.itertext()).strip())):
            self._words.append(sign[1].translate(SUPERSCRIPTS))
        elif tag == "br":
            self._words.append(_BREAK)
        elif tag == "a":
            self._link(element, depth)
        elif tag in _BOLD and (element.text_content() or "").strip():
            self._words.append("**")
            self.children(element, depth)
            self._words.append("**")
        else:
            self.children(element, depth)

    def _block(self, element: Any, depth: int) -> None:
        self._end()
        kept = self._heading, self._depth, self._note
        if element.tag in _HEADINGS:
            self._heading = _HEADINGS[element.tag]
        elif element.tag == "li":
            self._depth = max(depth - 1, 0)
            note = _FOOTNOTE.fullmatch(element.get("id") or "")
            self._note = int(note[1]) if note else 0
        self.children(element, depth)
        self._end()
        self._heading, self._depth, self._note = kept

    def _is_around(self, element: Any) -> bool:
        if element.tag in _AROUND or element.get("role") in _AROUND_ROLES:
            return True
        named = _AROUND_NAMES.search(f"{element.get('class', '')} {element.get('id', '')}")
        # A page that says of itself "has-sidebar" or "with-footer" is not a sidebar.
        return element.tag in {"div", "ul", "section", "header"} and named is not None and not element.xpath(".//h1")

    def _link(self, element: Any, depth: int) -> None:
        target = element.get("href") or ""
        if (
            target.startswith(("http://", "https://"))
            and element.text_content().strip()
            and not element.xpath(".//p|.//div")
        ):
            label = " ".join(element.text_content().split())
            self._words.append(f"[{label}]({target.translate(_IN_A_TARGET)})")
        else:
            self.children(element, depth)

    def _table(self, table: Any, depth: int) -> None:
        rows = [[cell for cell in row if cell.tag in {"td", "th"}] for row in table.xpath("./tr | ./*/tr")]
        rows = [row for row in rows if row]
        if not rows or _only_arranges(table, rows):
            for row in rows:
                for cell in row:
                    self.children(cell, depth)
                    self._end()
            return
        width = max(map(len, rows))
        heads = _is_headed(rows)
        header = [self._cell(cell) for cell in rows[0]] if heads else [""] * width
        lines: list[str] = []
        for row in rows[1:] if heads else rows:
            inner = _taken_out(row)
            lines.append(_row([self._cell(cell) for cell in row], width))
            if inner:
                self._rows(header, lines, width)
                lines = []
                for held in inner:
                    self._table(held, depth)
        self._rows(header, lines, width)

    def _rows(self, header: list[str], lines: list[str], width: int) -> None:
        if lines or any(header):
            self.pieces.append(Piece("table", "\n".join([_row(header, width), _row(["--"] * width, width), *lines])))

    def _cell(self, cell: Any) -> str:
        """A cell as one line: its words, or HTML where it holds several paragraphs or a list."""
        walk = _Walk()
        walk.children(cell, 0)
        pieces = walk.finished()
        self.asides += walk.asides
        texts = [piece.text.replace("**", "").replace("|", "\\|") for piece in pieces]
        if len(pieces) == 1 and pieces[0].kind != "item":
            return texts[0]
        return "".join(
            f"{'<ul>' * (piece.level + 1)}<li>{text}</li>{'</ul>' * (piece.level + 1)}"
            if piece.kind == "item"
            else f"<p>{text}</p>"
            for piece, text in zip(pieces, texts, strict=True)
        )

    def _say(self, text: str | None) -> None:
        if text:
            self._words.append(text)

    def _end(self) -> None:
        words, self._words = "".join(self._words), []
        for line in _lines(words) if self._depth is None else _bullets(words):
            bullet = _BULLET.match(line)
            text = re.sub(r"\*\*\s*\*\*", " ", " ".join(line.split())).strip()
            if not text.strip("* "):
                continue
            if self._note:
                self.pieces.append(Piece("note", text.removesuffix("↑").strip(), self._note))
            elif self._heading:
                self.pieces.append(Piece("heading", text.replace("**", ""), self._heading))
            elif bullet:
                self.pieces.append(Piece("item", text[len(bullet[0].strip()) :].strip(), self._depth or 0))
            elif self._depth is not None:
                self.pieces.append(Piece("item", text, self._depth))
            else:
                self.pieces.append(Piece("paragraph", text))


def _lines(words: str) -> list[str]:
    """Text between blocks, parted at line breaks where they part sentences or bullets, not where they only wrap."""
    lines = words.split(_BREAK)
    parts = [lines[0]]
    for line in lines[1:]:
        before = parts[-1].strip()
        ends = before.rstrip("* ").endswith((".", "?", "!", ":", ";")) or not before or not line.strip()
        ends = ends or bool(_ALL_BOLD.fullmatch(before))
        if ends or _BULLET.match(line):
            parts.append(line)
        else:
            parts[-1] += " " + line
    return parts


def _bullets(words: str) -> list[str]:
    """The text of a list's item, parted only where it has bullets of its own."""
    lines = words.split(_BREAK)
    parts = [lines[0]]
    for line in lines[1:]:
        if _BULLET.match(line):
            parts.append(line)
        else:
            parts[-1] += " " + line
    return parts


def _is_hidden(element: Any) -> bool:
    style = element.get("style", "").replace(" ", "").lower()
    return "display:none" in style or "visibility:hidden" in style or element.get("hidden") is not None


def _only_arranges(table: Any, rows: Sequence[Sequence[Any]]) -> bool:
    """Whether a table is no table of data: it puts boxes with headings, lists or tables of their own side by side."""
    if table.get("role") == "presentation" or max(map(len, rows)) < 2 or table.xpath(".//h1|.//h2|.//h3|.//h4"):
        return True
    if not table.xpath(".//table|.//ul|.//ol"):
        return False
    labels = _labels(rows[0])
    return not _is_headed(rows) or not all(labels) or all(column_of(label).subject for label in labels)


def _is_headed(rows: Sequence[Sequence[Any]]) -> bool:
    """Whether the first row says what stands in the columns."""
    if all(cell.tag == "th" for cell in rows[0]):
        return True
    labels = _labels(rows[0])
    short = len(rows) > 1 and all(len(label.split()) <= _LABEL for label in labels)
    return short and (max(map(len, rows)) > 2 or heads_columns(labels))


def _labels(row: Sequence[Any]) -> list[str]:
    return [" ".join(cell.text_content().split()) for cell in row]


def _taken_out(row: Sequence[Any]) -> list[Any]:
    """The tables that stand inside a row's cells, which hold them no longer then."""
    found: list[Any] = []
    for cell in row:
        while (inner := cell.find(".//table")) is not None:
            inner.drop_tree()
            found.append(inner)
    return found


def _row(cells: Sequence[str], width: int) -> str:
    return "| " + " | ".join([*cells, *[""] * (width - len(cells))]) + " |"
