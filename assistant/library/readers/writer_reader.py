"""OpenDocument texts.

Owns the way from what odfpy gives to HTML, which is then read as that of any other reader: lists, cells over several
rows, words in frames. Nothing of what the words say.
"""

from __future__ import annotations

import html
import io
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from assistant.library.readers.kinds import missing
from assistant.library.readers.pieces import Aside, Document, UnreadableError, markdown
from assistant.library.readers.web_reader import page_pieces

_PASSED_OVER = frozenset("annotation-end tracked-changes covered-table-cell table-column sequence-decls forms".split())
_TAGS = {"p": "p", "list": "ul", "list-item": "li", "list-header": "li", "table": "table", "table-row": "tr"}
_SPACES = {"s": " ", "tab": " ", "line-break": "<br>"}
_NOT_READ = {
    "annotation": ("comment was", "comments were"),
    "image": ("picture was", "pictures were"),
    "object": ("drawing or chart was", "drawings or charts were"),
}
_TITLES = {"Title": "h1", "Subtitle": "h2"}


def read_writer(content: bytes, name: str) -> Document:
    """A .odt file."""
    try:
        from odf.opendocument import load
    except ImportError as error:
        raise missing(name, "an OpenDocument text") from error
    try:
        document = load(io.BytesIO(content))
        body = next(_every(document.body, "text"))  # `document.text` is white space where some is written before it
        walk = _Writer(document)
        page = walk.html(body)
        edges = list(_edges(document))
        title = next((_words(each) for each in document.meta.childNodes if _name(each) == "title"), "")
        changed = [_words(each) for each in _every(body, "tracked-changes")]
    except Exception as error:  # whatever a damaged file makes of it, the user can only save it again
        raise UnreadableError(f"“{name}” is damaged; open it, save it as .docx and add that.") from error
    asides = [Aside(words, "taken out by a tracked change") for words in changed if words]
    asides += [Aside(words, "repeated at the edge of the pages") for words in edges if words]
    asides += [Aside(words, "hidden in the document") for words in walk.hidden]
    return Document(
        markdown(page_pieces(f"<body>{page}{walk.notes}</body>")),
        title=title or None,
        asides=tuple(asides),
        notices=tuple(walk.not_read()),
    )


class _Writer:
    """A walk over the elements of an OpenDocument text."""

    def __init__(self, document: Any) -> None:
        self.notes = ""
        self.hidden: list[str] = []
        self._passed: Counter[str] = Counter()
        self._ways: dict[str, Callable[[Any], str]] = {
            "p": self._paragraph,
            "h": self._paragraph,
            "span": self._span,
            "note": self._note,
            "table-cell": self._cell,
        }
        self._styles = {
            each.getAttribute("name"): each
            for holder in (document.styles, document.automaticstyles)
            for each in holder.childNodes
            if _name(each) == "style"
        }

    def html(self, element: Any) -> str:
        """What an element holds, as HTML."""
        return "".join(self._of(child) for child in element.childNodes)

    def not_read(self) -> Iterator[str]:
        """A sentence on each kind of thing that holds words or may, and was not read."""
        for name, (one, several) in _NOT_READ.items():
            if count := self._passed[name]:
                yield f"{count} {one if count == 1 else several} not read."

    def _of(self, node: Any) -> str:
        if node.nodeType in {node.TEXT_NODE, node.CDATA_SECTION_NODE}:
            return html.escape(str(node.data))
        name = _name(node)
        if name in _PASSED_OVER:
            return ""
        if name in {"p", "h", "span"} and self._says(node, "display", "none"):
            self.hidden.append(_words(node))
            return ""
        if name in _SPACES:
            return _SPACES[name]
        if name in _NOT_READ:
            self._passed[name] += 1
            return ""
        if name in self._ways:
            return self._ways[name](node)
        tag = _TAGS.get(name)
        return f"<{tag}>{self.html(node)}</{tag}>" if tag else self.html(node)

    def _span(self, node: Any) -> str:
        inner = self.html(node)
        return f"<b>{inner}</b>" if self._says(node, "fontweight", "bold") else inner

    def _paragraph(self, node: Any) -> str:
        inner = self.html(node)
        tag = _TITLES.get(self._ancestry(node)[-1], "p")
        if _name(node) == "h":
            tag = f"h{min(int(node.getAttribute('outlinelevel') or 1), 6)}"
        elif tag == "p" and self._says(node, "fontweight", "bold"):
            inner = f"<b>{inner}</b>"
        return f"<{tag}>{inner}</{tag}>"

    def _cell(self, node: Any) -> str:
        rows, columns = (node.getAttribute(f"number{kind}spanned") or 1 for kind in ("rows", "columns"))
        return f'<td rowspan="{rows}" colspan="{columns}">{self.html(node)}</td>'

    def _note(self, node: Any) -> str:
        sign, body = (next(_every(node, part), None) for part in ("note-citation", "note-body"))
        number = _words(sign) if sign is not None else ""
        if body is None or not number.isdigit():
            return ""
        self.notes += f'<ol><li id="fn{number}">{html.escape(_words(body))}</li></ol>'
        return f"<sup>{number}</sup>"

    def _says(self, node: Any, attribute: str, value: str) -> bool:
        """Whether an element's style says something of its letters, or one that it goes back to."""
        for name in self._ancestry(node):
            style = self._styles.get(name)
            for properties in _every(style, "text-properties") if style is not None else ():
                if (said := properties.getAttribute(attribute)) is not None:
                    return bool(said == value)
        return False

    def _ancestry(self, node: Any) -> list[str]:
        names = [str(node.getAttribute("stylename") or "")]
        while (style := self._styles.get(names[-1])) is not None and len(names) < 10:
            above = style.getAttribute("parentstylename")
            if not above or above == "Standard":
                break
            names.append(str(above))
        return names


def _edges(document: Any) -> Iterator[str]:
    """The words in the heads and feet of the pages."""
    for name in ("header", "footer"):
        for edge in _every(document.masterstyles, name):
            yield from (_words(child) for child in edge.childNodes if child.nodeType == child.ELEMENT_NODE)


def _every(element: Any, name: str) -> Iterator[Any]:
    for child in element.childNodes:
        if child.nodeType != child.ELEMENT_NODE:
            continue
        if _name(child) == name:
            yield child
        else:
            yield from _every(child, name)


def _name(node: Any) -> str:
    return str(node.qname[1]) if node.nodeType == node.ELEMENT_NODE else ""


def _words(element: Any) -> str:
    parts: list[str] = []

    def gather(node: Any) -> None:
        for child in node.childNodes:
            if child.nodeType in {child.TEXT_NODE, child.CDATA_SECTION_NODE}:
                parts.append(str(child.data))
            elif _name(child) in _SPACES:
                parts.append(" ")
            elif _name(child) not in {"note", "annotation"}:
                gather(child)
                parts.append(" " if _name(child) in {"p", "h"} else "")

    gather(element)
    return " ".join("".join(parts).split())
