"""A document as DOCX: Word's own headings, lists and quotations, so that its outline and a screen reader find them."""

from __future__ import annotations

import io
import unicodedata
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from assistant.export.document_blocks import (
    Block,
    Bullets,
    Heading,
    Paragraph,
    Picture,
    Quote,
    Run,
    Table,
    Words,
    plain,
    with_what_follows,
)

if TYPE_CHECKING:
    from docx.document import Document

_ACROSS = 17.0
"""Centimetres between the margins."""
NOTICE = "Contains information about a child"


def docx(content: list[Block], made: datetime, notice: str = NOTICE) -> bytes:
    """The file."""
    from docx import Document  # 0.1 s, and only when a DOCX is written
    from docx.shared import Cm, Pt

    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, Cm(2))
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(10)
    normal.paragraph_format.space_after = Pt(4)
    _look(document)
    _in_british_english(document)
    title = next((plain(block.words) for block in content if isinstance(block, Heading)), "")
    properties = document.core_properties
    properties.title, properties.author, properties.language = title, "Reflect", "en-GB"
    properties.comments, properties.created, properties.modified = notice, made, made
    section.header.paragraphs[0].text = notice
    _page_number(section.footer.paragraphs[0])
    for block, stays in with_what_follows(content):
        _add(document, block)
        if stays:
            document.paragraphs[-1].paragraph_format.keep_with_next = True
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _look(document: Document) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt, RGBColor

    for name, size in (("Title", 18), ("Heading 1", 13), ("Heading 2", 11), ("Heading 3", 10)):
        style: Any = document.styles[name]
        style.font.name, style.font.size, style.font.bold = "Arial", Pt(size), True
        style.font.color.rgb = RGBColor(0x1F, 0x2A, 0x37)
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            style.element.rPr.rFonts.attrib.pop(qn(theme), None)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(9), Pt(3)
        style.paragraph_format.keep_with_next = True
    quote: Any = document.styles["Quote"]
    quote.font.italic, quote.font.color.rgb = False, RGBColor(0x1F, 0x2A, 0x37)
    quote.paragraph_format.left_indent = Cm(0.8)
    quote.font.cs_italic = False
    edge = OxmlElement("w:left")
    for name, value in (("val", "single"), ("sz", "12"), ("space", "8"), ("color", "969696")):
        edge.set(qn(f"w:{name}"), value)
    edges = OxmlElement("w:pBdr")
    edges.append(edge)
    quote.element.get_or_add_pPr().insert_element_before(edges, "w:shd", "w:spacing", "w:ind", "w:jc")


def _in_british_english(document: Document) -> None:
    from docx.oxml.ns import qn

    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")  # the spelling that Word checks and the voice that reads it out


def _add(document: Document, block: Block) -> None:
    match block:
        case Heading(level=level, words=words):
            _put(_paragraph(document, "Title" if level == 1 else f"Heading {min(level - 1, 3)}"), words)
        case Paragraph(words=words):
            _put(_paragraph(document, "Normal"), words)
        case Quote(paragraphs=paragraphs):
            for words in paragraphs:
                _put(_paragraph(document, "Quote"), words)
        case Bullets(items=items):
            for words in items:
                _put(_paragraph(document, "List Bullet"), words)
        case Table(headings=headings, rows=rows):
            _table(document, headings, rows)
        case Picture():
            _picture(document, block)


def _picture(document: Document, picture: Picture) -> None:
    """Word shows no SVG without a bitmap beside it; the words stand in either case."""
    from docx.shared import Cm, Pt

    from assistant.export.pdf_writer import png

    if drawn := png(picture.svg):
        shown: Any = document.add_picture(io.BytesIO(drawn), width=min(Pt(picture.width), Cm(_ACROSS)))
        shown._inline.docPr.set("descr", picture.in_words)
    for line in picture.in_words.splitlines():
        _put(_paragraph(document, "Normal"), (Run(line),))


def _table(document: Document, headings: tuple[Words, ...], rows: tuple[tuple[Words, ...], ...]) -> None:
    from docx.shared import Cm, Pt

    table = document.add_table(rows=0, cols=len(headings), style="Table Grid")
    widths = [Cm(_ACROSS * share) for share in shares(headings, rows)]
    for number, row in enumerate((headings, *rows)):
        cells: Any = table.add_row()
        for cell, words, width in zip(cells.cells, row, widths, strict=True):
            cell.width = width
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(1)
            bold = tuple(replace(run, bold=True) for run in words) if number == 0 else words
            _put(paragraph, bold)
        properties = cells._tr.get_or_add_trPr()
        properties.append(_flag("w:cantSplit"))
        if number == 0:
            properties.append(_flag("w:tblHeader"))  # read out with each cell, and repeated on the next page
    _paragraph(document, "Normal").paragraph_format.space_after = Pt(2)


_SHORT_CELL = 20
_EDGES = 2.5
"""Room to the left and right of the words, counted in letters."""


def shares(headings: tuple[Words, ...], rows: tuple[tuple[Words, ...], ...]) -> list[float]:
    """How much of the width each column gets: by its longest words, and by how much there is to read in it."""
    needs = []
    for column in zip(headings, *rows, strict=True):
        texts = [plain(words) for words in column]
        longest = max((len(word) for text in texts for word in text.split()), default=1)
        most = max(map(len, texts[1:]), default=0)
        unbroken = most * 1.25 if most <= _SHORT_CELL else 0.0  # a day or a name stands on one line
        needs.append(_EDGES + max(longest * 1.25, unbroken, min(max(map(len, texts)), 120) ** 0.75 * 1.5))
    return [need / sum(needs) for need in needs]


def _paragraph(document: Document, style: str) -> Any:
    """A paragraph at the end. The library's own way looks through all there are: ten thousand answers took a minute."""
    from docx.oxml import OxmlElement
    from docx.text.paragraph import Paragraph as Written

    element: Any = OxmlElement("w:p")
    document.element.body[-1].addprevious(element)  # the last is the section's own settings
    if style != "Normal":
        element.style = style.replace(" ", "")
    return Written(element, document._body)


def _put(paragraph: Any, words: Words) -> None:
    backwards = right_to_left(plain(words))
    if backwards:
        paragraph.paragraph_format.element.get_or_add_pPr().append(_flag("w:bidi"))
    for run in words:
        if run.line:
            paragraph.add_run().add_break()
            continue
        added = paragraph.add_run(writable(run.text))
        added.bold, added.italic = run.bold or None, run.italic or None
        if backwards:
            added._r.get_or_add_rPr().append(_flag("w:rtl"))


def _flag(name: str) -> Any:
    from docx.oxml import OxmlElement

    return OxmlElement(name)


def _page_number(paragraph: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph.add_run("Page ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)


def right_to_left(text: str) -> bool:
    """Whether the first letter with a direction runs from right to left."""
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in {"L", "R", "AL"}:
            return direction != "L"
    return False


def writable(text: str) -> str:
    """Without the few control characters that no XML may hold."""
    return "".join(character for character in text if character >= " " or character in "\t\n")
