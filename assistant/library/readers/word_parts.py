"""What a Word file keeps where mammoth does not look.

Owns the parts beside a document's own text, and the ways of writing text that mammoth passes over: pieces of HTML and
of other documents, the words of diagrams, of WordArt and of drawn boxes, fields, signs of symbol fonts, drop caps. They
are put where they stand, as plain paragraphs, before mammoth reads the file. Nothing of what the words say.
"""

from __future__ import annotations

import copy
import io
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from typing import Any

from assistant.library.readers.xml_parts import parsed, written

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_V = "{urn:schemas-microsoft-com:vml}"
_RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
MAIN = "word/document.xml"
_BULLET = "•"


def main_part(archive: zipfile.ZipFile) -> str | None:
    """Where the document's own text is: other programs than Word give it other names."""
    held = set(archive.namelist())
    if MAIN in held:
        return MAIN
    if "_rels/.rels" not in held:
        return None
    for link in parsed(archive.read("_rels/.rels")).iter(f"{_RELS}Relationship"):
        if link.get("Type", "").endswith("/officeDocument"):
            target = str(link.get("Target", "")).lstrip("/")
            return target if target in held and target.startswith("word/") else None
    return None


def margins(archive: zipfile.ZipFile) -> Iterator[str]:
    """What stands at the head and the foot of the pages, each paragraph once: a letterhead, an imprint."""
    seen: set[str] = set()
    for name in sorted(archive.namelist()):
        if re.match(r"word/(?:header|footer)\d*\.xml\Z", name):
            for paragraph in parsed(archive.read(name)).iter(f"{_W}p"):
                words = " ".join("".join(text.text or "" for text in paragraph.iter(f"{_W}t")).split())
                if re.search(r"[A-Za-z]{2}", words) and words not in seen:
                    seen.add(words)
                    yield words


def made_plain(content: bytes) -> tuple[bytes, list[str]]:
    """A .docx file with all its words in its main part, and a sentence about each kind of thing not read.

    Raises whatever lxml and zipfile make of a damaged file.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        main = main_part(archive)
        if main is None:
            return content, []
        root = parsed(archive.read(main))
        targets = _targets(archive, main)
        lost: Counter[str] = Counter()
        lost.update(_inserted(archive, root, targets))
        _fields_opened(root)
        _choices_made(root)
        _word_art(root)
        _symbols(root)
        _drop_caps(root)
        lost.update(_not_read(archive))
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as whole:
            for entry in archive.infolist():
                data = archive.read(entry)
                name = entry.filename
                if name == main:
                    data, name = written(root), MAIN
                elif name == _rels_of(main):
                    name = _rels_of(MAIN)
                elif main != MAIN and name in {"_rels/.rels", "[Content_Types].xml"}:
                    data = data.replace(main.encode(), MAIN.encode())
                whole.writestr(name, data)
    return out.getvalue(), [_said(what, count) for what, count in lost.items() if count]


def _said(what: str, count: int) -> str:
    one, several = _NAMES[what]
    return f"{count} {one if count == 1 else several} not read."


_NAMES = {
    "part": ("part of another document was", "parts of other documents were"),
    "picture": ("picture was", "pictures were"),
    "comment": ("comment was", "comments were"),
    "chart": ("chart was", "charts were"),
    "embedded": ("file inside the document was", "files inside the document were"),
}


def _not_read(archive: zipfile.ZipFile) -> Iterator[str]:
    for entry in archive.infolist():
        if entry.filename.startswith("word/media/") and entry.file_size > _A_LOGO:
            yield "picture"
        elif re.match(r"word/charts/chart\d*\.xml\Z", entry.filename):
            yield "chart"
        elif re.match(r"word/embeddings/.+", entry.filename):
            yield "embedded"
        elif entry.filename == "word/comments.xml":
            yield from ("comment" for _ in parsed(archive.read(entry)).iter(f"{_W}comment"))


_A_LOGO = 20_000
"""Bytes; a smaller picture is a sign or a logo."""


def _targets(archive: zipfile.ZipFile, part: str) -> dict[str, str]:
    """The parts that a part names, by the names it gives them."""
    name = _rels_of(part)
    if name not in archive.namelist():
        return {}
    folder = posixpath.dirname(part)
    found = {}
    for link in parsed(archive.read(name)).iter(f"{_RELS}Relationship"):
        target = str(link.get("Target", ""))
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        if path in archive.namelist():
            found[str(link.get("Id"))] = path
    return found


def _rels_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return f"{folder}/_rels/{name}.rels"


def _inserted(archive: zipfile.ZipFile, root: Any, targets: dict[str, str]) -> Iterator[str]:
    """Parts put in as files and diagrams become paragraphs where they stand; gives the kinds that cannot."""
    for chunk in list(root.iter(f"{_W}altChunk")):
        paragraphs = _chunk(archive, targets.get(chunk.get(f"{_R}id") or ""))
        if paragraphs is None:
            yield "part"
            continue
        for paragraph in paragraphs:
            chunk.addprevious(paragraph)
        chunk.getparent().remove(chunk)
    for diagram in list(root.iter(f"{_DGM}relIds")):
        data = targets.get(diagram.get(f"{_R}dm") or "")
        holder = next((above for above in diagram.iterancestors(f"{_W}p")), None)
        if data is None or holder is None:
            continue
        for words in reversed(list(_diagram_words(parsed(archive.read(data))))):
            holder.addnext(_paragraph(words))


def _diagram_words(root: Any) -> Iterator[str]:
    """The words of each shape of a diagram."""
    for point in root.iter(f"{_DGM}pt"):
        for paragraph in point.iter(f"{_A}p"):
            words = "".join(text.text or "" for text in paragraph.iter(f"{_A}t")).strip()
            if words:
                yield words


def _chunk(archive: zipfile.ZipFile, part: str | None) -> list[Any] | None:
    if part is None:
        return None
    content = archive.read(part)
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as inner:
            main = main_part(inner)
            body = parsed(inner.read(main)).find(f"{_W}body") if main else None
            return None if body is None else [copy.deepcopy(each) for each in body if each.tag != f"{_W}sectPr"]
    if not re.search(rb"<(?:html|body|p|div|h\d|ul|table)\b", content[:4096], re.IGNORECASE):
        return None
    return [_paragraph(words, style) for words, style in _html_words(content)]


def _html_words(content: bytes) -> Iterator[tuple[str, str]]:
    from assistant.library.readers.text_reader import decoded
    from assistant.library.readers.web_reader import page_pieces

    for piece in page_pieces(decoded(content, "part of a Word file")):
        style = {"heading": f"Heading{min(piece.level, 6)}", "item": "ListBullet"}.get(piece.kind, "")
        if piece.kind == "table":
            yield from ((words.strip(), "") for words in re.split(r"\||\n", piece.text) if words.strip(" -"))
        else:
            yield piece.text.replace("**", ""), style


def _paragraph(words: str, style: str = "") -> Any:
    from lxml import etree

    paragraph = etree.Element(f"{_W}p")
    if style == "ListBullet":
        words = f"{_BULLET} {words}"
    elif style:
        properties = etree.SubElement(paragraph, f"{_W}pPr")
        etree.SubElement(properties, f"{_W}pStyle").set(f"{_W}val", style)
    run = etree.SubElement(paragraph, f"{_W}r")
    text = etree.SubElement(run, f"{_W}t")
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    text.text = words
    return paragraph


def _fields_opened(root: Any) -> None:
    """What a field shows, as words like any other."""
    for field in list(root.iter(f"{_W}fldSimple")):
        for child in list(field):
            field.addprevious(child)
        field.getparent().remove(field)


def _choices_made(root: Any) -> None:
    """Of a drawing for newer and older programs, the one that has words; the box's paragraphs follow their own."""
    for choice in list(root.iter(f"{_MC}AlternateContent")):
        newer, older = choice.find(f"{_MC}Choice"), choice.find(f"{_MC}Fallback")
        if newer is None or _has_words(older) or not _has_words(newer):
            continue
        holder = next((above for above in choice.iterancestors(f"{_W}p")), None)
        if holder is None:
            continue
        for box in reversed(list(newer.iter(f"{_W}txbxContent"))):
            for paragraph in reversed(list(box)):
                holder.addnext(paragraph)
        choice.getparent().remove(choice)


def _has_words(element: Any) -> bool:
    return element is not None and any((text.text or "").strip() for text in element.iter(f"{_W}t"))


def _word_art(root: Any) -> None:
    """Words drawn as a picture are a heading: nobody draws a sentence of the text."""
    for path in list(root.iter(f"{_V}textpath")):
        holder = next((above for above in path.iterancestors(f"{_W}p")), None)
        words = " ".join((path.get("string") or "").split())
        if holder is not None and words:
            holder.addprevious(_paragraph(words, "Heading1"))


def _symbols(root: Any) -> None:
    """A sign of a symbol font that begins a paragraph is its bullet, any other the sign itself."""
    from lxml import etree

    for symbol in list(root.iter(f"{_W}sym")):
        paragraph = next((above for above in symbol.iterancestors(f"{_W}p")), None)
        first = paragraph is not None and next(
            (each for each in paragraph.iter(f"{_W}sym", f"{_W}t") if each is symbol or (each.text or "").strip()), None
        )
        text = etree.Element(f"{_W}t")
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        text.text = f"{_BULLET} " if first is symbol else " "
        symbol.getparent().replace(symbol, text)


def _drop_caps(root: Any) -> None:
    """A first letter in a frame of its own goes back to its word."""
    for frame in list(root.iter(f"{_W}framePr")):
        holder = next((above for above in frame.iterancestors(f"{_W}p")), None)
        after = holder.getnext() if holder is not None else None
        lettered = frame.get(f"{_W}dropCap") not in {None, "none"}
        if not lettered or holder is None or after is None or after.tag != f"{_W}p":
            continue
        runs = list(holder.iter(f"{_W}r"))
        first = after.find(f"{_W}pPr")
        for run in reversed(runs):
            if first is not None:
                first.addnext(run)
            else:
                after.insert(0, run)
        holder.getparent().remove(holder)
