"""A document as DOCX: Word's own headings, lists and quotations, so that its outline and a screen reader find them."""

from __future__ import annotations

import io
import unicodedata
from datetime import datetime
from typing import TYPE_CHECKING, Any

from assistant.records.blocks import Block, Bullets, Heading, Paragraph, Quote, Words, plain

if TYPE_CHECKING:
    from docx.document import Document

NOTICE = "Contains information about a child"


def docx(content: list[Block], made: datetime) -> bytes:
    """The file."""
    from docx import Document  # 0.1 s, and only when a DOCX is written
    from docx.shared import Cm, Pt

    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, Cm(2.2))
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(11)
    normal.paragraph_format.space_after = Pt(6)
    _look(document)
    _in_british_english(document)
    title = next((plain(block.words) for block in content if isinstance(block, Heading)), "")
    properties = document.core_properties
    properties.title, properties.author, properties.language = title, "Reflect", "en-GB"
    properties.comments, properties.created, properties.modified = NOTICE, made, made
    section.header.paragraphs[0].text = NOTICE
    _page_number(section.footer.paragraphs[0])
    for block in content:
        _add(document, block)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _look(document: Document) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt, RGBColor

    for name, size in (("Title", 22), ("Heading 1", 16), ("Heading 2", 13), ("Heading 3", 11.5)):
        style: Any = document.styles[name]
        style.font.name, style.font.size, style.font.bold = "Arial", Pt(size), True
        style.font.color.rgb = RGBColor(0x1F, 0x2A, 0x37)
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            style.element.rPr.rFonts.attrib.pop(qn(theme), None)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(12), Pt(4)
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
