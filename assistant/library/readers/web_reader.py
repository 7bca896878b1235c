"""Web pages, and the HTML that other readers make.

Owns what of a page is the document: scripts, navigation, banners and footers are left aside and said to be, by how much
of them is links more than by their names. Nothing is ever fetched. Tables that only arrange a page are read cell by
cell; tables of data stay tables, and a table inside one follows the row it stands in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from assistant.library.bullets import BULLETS
from assistant.library.furniture import names_the_maker
from assistant.library.readers.page_styles import Sheets, hidden_by_styles, hides, sheets_elsewhere
from assistant.library.readers.pieces import (
    SUPERSCRIPTS,
    Aside,
    Document,
    Piece,
    UnreadableError,
    cell,
    markdown,
    table,
    with_typed_bullets,
)
from assistant.library.readers.web_tables import (
    is_headed,
    only_arranges,
    placed_in_columns,
    spans_all,
    taken_out,
    words_outside_links,
)
from assistant.library.sections import section_of

_NEVER = frozenset("script style noscript template iframe object embed canvas select input textarea".split())
_AROUND = frozenset("nav footer".split())
_AROUND_ROLES = frozenset("navigation banner contentinfo search".split())
_SET_ASIDE = frozenset("aside form".split())
"""Elements that hold learning or not: their words tell."""
_AROUND_NAMES = re.compile(
    r"(?:^|[\s_-])(?:menu|navbar|nav|sidebar|share|social|pagination|site-header|footer|related|promo|toc)(?:$"
    r"|[\s_-])",
    re.IGNORECASE,
)
_BANNERS = re.compile(
    r"(?:^|[\s_-])(?:cookies?|ccc?|cmp|consent|onetrust|gdpr|breadcrumbs?|skip-?link|skip-?to|emergency|alert-banner"
    r"|announcement|site-alert|feedback-form)(?:$|[\s_-])",
    re.IGNORECASE,
)
"""Names of what no document is, whatever it says."""
_FEW_WORDS = 40
"""Words outside links, from which a part of a page named like a menu is text all the same."""
_MOSTLY = 0.6
"""Share of a page's words outside links that no page hides for good."""
_LITTLE = 0.2
"""Share of a page's words outside links, below which what is marked as its main part is not."""
_BLOCKS = frozenset(
    "p div section article main header figure figcaption blockquote pre address dl dt dd details summary body html"
    " center fieldset table thead tbody tfoot tr td th ul ol li h1 h2 h3 h4 h5 h6 hr".split()
)
_BOLD = frozenset("b strong".split())
_LEVELS = frozenset("123456")
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BULLET = re.compile(rf"\s*[{BULLETS}]\s*")
_SIGN = re.compile(r"\[?(\d{1,3})\]?")
_FOOTNOTE = re.compile(r"(?:footnote-|_?fn[:-]?|_?ftn|_edn|note-)(\d+)")
_BACK = re.compile(r"\s*[↑↩⏎]\ufe0e?\s*\Z")
_OPENED = re.compile(
    r"(?:^|[\s_-])(?:accordion|tab|tabs|tabpanel|panel|collapse|collapsible|expander|toggle)", re.IGNORECASE
)
_ALL_BOLD = re.compile(r"\*\*[^*]+\*\*")
_BREAK = "\x0b"
_IN_A_TARGET = str.maketrans({" ": "%20", "\n": "", "(": "%28", ")": "%29"})
"""What would end a link's target before its time."""
_NAME = 16
"""Words in the longest name of a part that opens and closes."""
_LABEL = 8
"""Words in the longest cell of a row that heads a table."""


def read_page(text: str, name: str, sheets: Sheets | None = None) -> Document:
    """A saved web page; `sheets` gives the style sheets that were saved with it."""
    # lxml takes 30 ms to import, and only reading an added document needs it.
    import lxml.etree
    import lxml.html

    try:
        root = lxml.html.document_fromstring(text.encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError(f"“{name}” holds no page to read; nothing was kept.") from error
    titles = root.xpath("//h1//text()") or root.xpath("//head/title//text()")
    mains = root.xpath("//main | //*[@role='main']") or root.xpath("//article[count(//article)=1]")
    for heading in root.xpath("//*[@role='heading'][not(self::h1 or self::h2 or self::h3 or self::h4)]"):
        level = heading.get("aria-level")
        heading.tag = f"h{level if level in _LEVELS else 2}"
    _hide(root, sheets)
    mains = [main for main in mains if words_outside_links(main) >= _LITTLE * words_outside_links(root)]
    walk = _Walk(_opened_by_buttons(root))
    if mains:
        for outside in _outside(mains[0]):
            walk.leave_aside(outside, "outside the main part of the page")
    walk.children(mains[0] if mains else root, 0)
    return Document(
        markdown(with_typed_bullets(walk.finished())),
        title=" ".join(" ".join(titles).split()) or None,
        asides=walk.asides_found(),
        notices=(*_pictures(mains[0] if mains else root), *_unknown_styles(root, sheets)),
    )


def _hide(root: Any, sheets: Sheets | None) -> None:
    """Mark what style sheets hide. A sheet that hides most of a page hides it until a program shows it: it is seen."""
    hidden = list(hidden_by_styles(root, sheets))
    held = set(hidden)
    outermost = [element for element in hidden if not any(above in held for above in element.iterancestors())]
    if sum(map(words_outside_links, outermost)) < _MOSTLY * words_outside_links(root):
        for element in hidden:
            element.set("hidden", "")


def _unknown_styles(root: Any, sheets: Sheets | None) -> Iterator[str]:
    if count := sheets_elsewhere(root, sheets):
        what = "1 style sheet was" if count == 1 else f"{count} style sheets were"
        yield f"{what} not saved with the page: what a browser hides by it may be read."


def fragment_pieces(html: str) -> list[Piece]:
    """The pieces of HTML that another reader made."""
    import lxml.html

    walk = _Walk()
    for element in lxml.html.fragments_fromstring(f"<div>{html}</div>"):
        walk.children(element, 0)
    return with_typed_bullets(walk.finished())


def page_pieces(html: str) -> list[Piece]:
    """The pieces of a whole page that another file holds."""
    import lxml.html

    walk = _Walk()
    walk.children(lxml.html.document_fromstring(html.encode(), parser=lxml.html.HTMLParser(encoding="utf-8")), 0)
    return with_typed_bullets(walk.finished())


def _opened_by_buttons(root: Any) -> frozenset[str]:
    """The ids of the panels that a button of the page opens: closed, they are still for its readers."""
    return frozenset(name for names in root.xpath("//@aria-controls") for name in names.split())


def _pictures(root: Any) -> Iterator[str]:
    """A sentence on the pictures that may hold words, which are not read."""
    large = [picture for picture in root.xpath(".//img") if len((picture.get("alt") or "").split()) > _LABEL]
    if large:
        yield f"{len(large)} {'picture' if len(large) == 1 else 'pictures'} with a long description not read."
    frames = root.xpath(".//iframe[@src] | .//object[@data] | .//embed[@src]")
    if frames:
        yield f"{len(frames)} {'part' if len(frames) == 1 else 'parts'} of the page in other files not read."


def _outside(main: Any) -> Iterator[Any]:
    """The outermost elements that neither hold the main part nor stand in it."""
    holders = {main, *main.iterancestors()}
    for holder in list(main.iterancestors()):
        yield from (
            child for child in holder if child not in holders and isinstance(child.tag, str) and child.tag != "head"
        )


class _Walk:
    def __init__(self, opened: frozenset[str] = frozenset()) -> None:
        self._opened = opened
        self.pieces: list[Piece] = []
        self.asides: list[Aside] = []
        self._words: list[str] = []
        self._heading = 0
        self._level = 1
        """Of the last heading that the page marks as one."""
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
        opens = _opens(element)
        if tag == "button" and not (self._heading or opens):
            return
        if tag == "text" or (tag == "tspan" and element.get("x") is not None):
            self._end()
            self.children(element, depth)
            self._end()
        elif _is_hidden(element) and not self._is_opened(element):
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
        elif opens and not self._heading and self._depth is None and _is_short(element):
            self._end()
            self._heading = min(self._level + 1, 6)
            self.children(element, depth)
            self._end()
            self._heading = 0
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
            self._heading = self._level = _HEADINGS[element.tag]
        elif element.tag == "li":
            self._depth = max(depth - 1, 0)
            note = _FOOTNOTE.fullmatch(element.get("id") or "")
            self._note = int(note[1]) if note else 0
        self.children(element, depth)
        self._end()
        self._heading, self._depth, self._note = kept

    def _is_opened(self, element: Any) -> bool:
        """Whether a hidden part is a closed accordion's or another tab's: a reader of the page can open it."""
        return (
            element.get("id") in self._opened
            or element.get("role") == "tabpanel"
            or _OPENED.search(f"{element.get('class', '')} {element.get('id', '')}") is not None
            or any(holder.tag == "details" for holder in element.iterancestors())
        )

    def _is_around(self, element: Any) -> bool:
        tag = element.tag
        if tag in _AROUND or element.get("role") in _AROUND_ROLES:
            return not _holds_learning(element)
        if tag in _SET_ASIDE or element.get("role") == "complementary":
            return not _holds_learning(element) and words_outside_links(element) < _FEW_WORDS
        if tag in {"ul", "ol"} and _leads_within(element):
            return True
        # A page that says of itself "has-sidebar" or "with-footer" is not a sidebar.
        if tag not in {"div", "ul", "section", "header"} or element.xpath(".//h1"):
            return False
        named = f"{element.get('class', '')} {element.get('id', '')}"
        if _BANNERS.search(named):
            return True
        return (
            _AROUND_NAMES.search(named) is not None
            and not _holds_learning(element)
            and words_outside_links(element) < _FEW_WORDS
        )

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
        rows = [[held for held in row if held.tag in {"td", "th"}] for row in table.xpath("./tr | ./*/tr")]
        rows = [row for row in rows if row]
        if not rows or only_arranges(table, rows):
            for row in rows:
                for held in row:
                    if len(held.xpath(".//a[@href]")) > 1 and not words_outside_links(held):
                        self.leave_aside(held, "navigation, banner or footer of the page")
                        continue
                    self.children(held, depth)
                    self._end()
            return
        while len(rows) > 2 and spans_all(rows[0], rows):
            self.children(rows.pop(0)[0], depth)  # what the whole table is called
            self._end()
        placed = placed_in_columns(rows)
        heads = is_headed(rows)
        width = max(map(len, placed))
        header = [self._cell(cell) for cell in placed[0]] if heads else [""] * width
        lines: list[list[str]] = []
        for at, row in enumerate(placed[1:] if heads else placed, int(heads)):
            if heads and spans_all(rows[at], rows):
                self._rows(header, lines)
                lines = []
                self.children(rows[at][0], depth)  # what the rows after it are about
                self._end()
                continue
            inner = taken_out([held for held in row if held is not None])
            lines.append([self._cell(held) for held in row])
            if inner:
                self._rows(header, lines)
                lines = []
                for held in inner:
                    self._table(held, depth)
        self._rows(header, lines)

    def _rows(self, header: list[str], lines: list[list[str]]) -> None:
        if lines or any(header):
            self.pieces.append(table(header, lines))

    def _cell(self, element: Any | None) -> str:
        """A cell as one line: its words, or HTML where it holds several paragraphs or a list."""
        if element is None:
            return ""
        walk = _Walk(self._opened)
        walk.children(element, 0)
        pieces = with_typed_bullets(walk.finished())
        self.asides += walk.asides
        return cell(pieces)

    def _say(self, text: str | None) -> None:
        if text:
            self._words.append(text)

    def _end(self) -> None:
        words, self._words = "".join(self._words), []
        for at, line in enumerate(_lines(words) if self._depth is None else _bullets(words)):
            bullet = _BULLET.match(line)
            text = re.sub(r"\*\*\s*\*\*", " ", " ".join(line.split())).strip()
            if not text.strip("* "):
                continue
            if self._note:
                self.pieces.append(Piece("note", _BACK.sub("", text), self._note))
            elif self._heading:
                self.pieces.append(Piece("heading", text.replace("**", ""), self._heading))
            elif bullet:
                self.pieces.append(Piece("item", text[len(bullet[0].strip()) :].strip(), self._depth or 0))
            elif self._depth is not None and (at == 0 or not _ALL_BOLD.fullmatch(text)):
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
        ends = ends or bool(_ALL_BOLD.fullmatch(before)) or names_the_maker(line) or names_the_maker(before)
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
        if _BULLET.match(line) or _ALL_BOLD.fullmatch(line.strip()):
            parts.append(line)
        else:
            parts[-1] += " " + line
    return parts


def _opens(element: Any) -> bool:
    """Whether an element opens and closes a part of the page."""
    return element.tag == "summary" or element.get("aria-expanded") is not None


def _is_hidden(element: Any) -> bool:
    return hides(element.get("style", "")) or element.get("hidden") is not None


def _is_short(element: Any) -> bool:
    """Whether what opens a part of the page names it and does not hold it."""
    return 0 < len(element.text_content().split()) <= _NAME and not element.xpath(".//p | .//div | .//ul")


def _leads_within(items: Any) -> bool:
    """Whether a list is nothing but links to places on its own page or site: a table of contents, a menu."""
    links = [link for link in items.xpath(".//a[@href]") if link.text_content().strip()]
    own = [link for link in links if not link.get("href").startswith(("http://", "https://", "mailto:", "tel:"))]
    if len(own) < 2 or len(own) < len(links):
        return False
    return len(" ".join(items.text_content().split())) - sum(
        len(" ".join(link.text_content().split())) for link in links
    ) <= 3 * len(links)


def _holds_learning(element: Any) -> bool:
    """Whether a heading in a part of a page says that what learning there is stands under it."""
    headings = element.xpath(".//h1 | .//h2 | .//h3 | .//h4 | .//h5 | .//h6")
    kinds = {section_of(" ".join(heading.text_content().split())).kind for heading in headings}
    return bool(kinds - {None, "resource"})
