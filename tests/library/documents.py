"""Documents as boards make them, written afresh for each test: the words are invented, the layouts are not."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from pathlib import Path

import PIL.Image
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TITLE = "Learning from the review of Child V"
FINDINGS = (
    "Nobody asked the older brother what his weekends were like, although three services had met him at home.",
    "The health visitor and the school each held half of the story and neither knew that the other half existed.",
    "Records described the flat and the mother at length and said almost nothing about the child.",
)
POINTS = (
    "See each child on their own and write down their words",
    "Name every adult man in the household in the record",
    "Share the chronology before the meeting, not at it",
)
QUESTION = "How do you know what a day is like for this child?"


def word_file(path: Path) -> Path:
    """Headings, nested lists, a table, a text box, a footer, and tracked changes."""
    document = Document()
    document.core_properties.title = TITLE
    document.sections[0].footer.paragraphs[0].text = "Northshire Safeguarding Children Partnership, page footer"
    document.add_heading(TITLE, 0)
    document.add_paragraph("Published by Northshire Safeguarding Children Partnership in March 2024")
    document.add_heading("Case summary", 1)
    document.add_paragraph(
        "Child V was two years old and lived with his mother. He was found alone at home in May 2022."
    )
    document.add_heading("Unheard children", 1)
    for finding in FINDINGS:
        document.add_paragraph(finding)
    document.add_heading("Learning points for practitioners", 1)
    document.add_paragraph(POINTS[0], style="List Bullet")
    document.add_paragraph("including those who do not speak yet", style="List Bullet 2")
    document.add_paragraph(POINTS[1], style="List Bullet")
    tracked = document.add_paragraph(style="List Bullet")
    tracked._p.append(parse_xml(f'<w:r xmlns:w="{W}"><w:t xml:space="preserve">Share the chronology </w:t></w:r>'))
    tracked._p.append(
        parse_xml(
            f'<w:del xmlns:w="{W}" w:id="1" w:author="a"><w:r>'
            "<w:delText>at the end of the meeting</w:delText></w:r></w:del>"
        )
    )
    tracked._p.append(
        parse_xml(
            f'<w:ins xmlns:w="{W}" w:id="2" w:author="a"><w:r><w:t>before the meeting, not at it</w:t></w:r></w:ins>'
        )
    )
    document.add_heading("Recommendations", 1)
    table = document.add_table(rows=1, cols=3)
    for cell, words in zip(table.rows[0].cells, ("No.", "Recommendation", "Lead agency"), strict=True):
        cell.text = words
    for row in (
        ("1", "The partnership should agree one escalation route for every agency and publish it", "Partnership"),
        ("2", "Schools should record each contact with a father or other male carer", "Education"),
    ):
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    box = document.add_paragraph()
    box._p.append(
        parse_xml(
            f'<w:r xmlns:w="{W}" xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape><v:textbox><w:txbxContent>'
            f"<w:p><w:r><w:t>{QUESTION}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
        )
    )
    document.save(str(path))
    return path


def hiding_word_file(path: Path) -> Path:
    """Words hidden by themselves and by their style, and words that only their paragraph's end is hidden of."""
    document = Document()
    document.add_heading(TITLE, 0)
    paragraph = document.add_paragraph("Shown to everyone.")
    for words in (" First secret,", " in two runs."):
        paragraph.add_run(words).font.hidden = True
    paragraph.add_run(" And this.").font.hidden = False
    hidden = document.styles.add_style("Note to self", WD_STYLE_TYPE.PARAGRAPH)
    hidden.font.hidden = True
    derived = document.styles.add_style("Longer note to self", WD_STYLE_TYPE.PARAGRAPH)
    derived.base_style = hidden
    document.add_paragraph("Secret by its style.", style=derived)
    document.add_paragraph(FINDINGS[0])._p.get_or_add_pPr().append(
        parse_xml(f'<w:rPr xmlns:w="{W}"><w:vanish/></w:rPr>')
    )
    document.save(str(path))
    return path


class Page:
    """Lines on a page, from the top."""

    def __init__(self, canvas: Canvas, left: float = 60, width: int = 88, top: float = 770) -> None:
        self.canvas, self.left, self.width, self.y = canvas, left, width, top

    def say(self, text: str, size: float = 11, font: str = "Helvetica", indent: float = 0, gap: float = 6) -> None:
        self.canvas.setFont(font, size)
        for line in textwrap.wrap(text, self.width):
            self.canvas.drawString(self.left + indent, self.y, line)
            self.y -= size * 1.25
        self.y -= gap

    def lines(self, lines: list[str], size: float = 11, gap: float = 6) -> None:
        self.canvas.setFont("Helvetica", size)
        for line in lines:
            self.canvas.drawString(self.left, self.y, line)
            self.y -= size * 1.25
        self.y -= gap

    def heading(self, text: str, size: float = 14) -> None:
        self.y -= 8
        self.say(text, size=size, font="Helvetica-Bold", gap=4)

    def bullet(self, text: str, indent: float = 0) -> None:
        self.canvas.setFont("Helvetica", 11)
        self.canvas.drawString(self.left + indent, self.y, "•")
        self.say(text, indent=indent + 18, gap=2)


def plain_pdf(path: Path, pages: int = 1) -> Path:
    """One column, a running head and a footer on each page, a hyphenated line end, bullets in two depths."""
    canvas = Canvas(str(path), pagesize=A4)
    for number in range(1, pages + 1):
        canvas.setFont("Helvetica", 9)
        canvas.drawString(60, 810, "Northshire Safeguarding Children Partnership")
        canvas.drawString(60, 30, "Official – learning briefing")
        canvas.drawString(500, 30, f"Page {number} of {pages}")
        page = Page(canvas)
        if number == 1:
            page.heading(TITLE, size=20)
            page.heading("Unheard children")
            page.say(FINDINGS[0])
            page.lines(["The review found that reflective super-", "vision had lapsed for eleven months."])
            page.heading("Learning points for practitioners")
            page.bullet(POINTS[0])
            page.bullet("including those who do not speak yet", indent=24)
            page.bullet(POINTS[1])
        else:
            page.heading(f"Practice theme {number}: what was seen in month {number}")
            page.say(f"In month {number} the visits were recorded without any words of the child. {FINDINGS[2]}")
            page.say(f"Agencies met {number} times and no plan was written down after any of the meetings.")
        canvas.showPage()
    canvas.save()
    return path


def two_column_pdf(path: Path) -> Path:
    """A title across, then two columns that must be read one after the other."""
    canvas = Canvas(str(path), pagesize=A4)
    page = Page(canvas)
    page.heading(TITLE, size=20)
    top = page.y
    left = Page(canvas, left=60, width=40, top=top)
    left.heading("What went well")
    left.bullet("The nursery noticed at once and wrote it down the same day for the social worker")
    left.heading("Findings")
    left.say(FINDINGS[0])
    right = Page(canvas, left=320, width=40, top=top)
    right.heading("Learning points")
    right.bullet(POINTS[1])
    right.bullet(POINTS[2])
    right.say(FINDINGS[1])
    canvas.showPage()
    canvas.save()
    return path


BOXES = ("Background", "Concerns", "The incident", "What went well", "Findings", "Learning for managers", "Questions")


def boxed_pdf(path: Path, columns: int = 3) -> Path:
    """A 7-minute briefing: seven numbered boxes in rows of two or three."""
    canvas = Canvas(str(path), pagesize=landscape(A4))
    page = Page(canvas, top=550)
    page.heading(TITLE, size=20)
    top, width = page.y, 760 / columns
    for number, name in enumerate(BOXES):
        left, y = 40 + number % columns * width, top - number // columns * 130
        canvas.rect(left, y - 125, width - 10, 120)
        box = Page(canvas, left=left + 8, width=int((width - 30) / 5.6), top=y - 14)
        box.heading(f"{number + 1}. {name}", size=12)
        if name == "Questions":
            box.say(QUESTION)
        else:
            box.bullet(f"{POINTS[number % 3]}, box {number + 1}")
            box.bullet(f"{POINTS[(number + 1) % 3]}, again box {number + 1}")
    canvas.showPage()
    canvas.save()
    return path


def scanned_pdf(path: Path) -> Path:
    """A page that is only a picture."""
    canvas = Canvas(str(path), pagesize=A4)
    canvas.rect(60, 60, 400, 600, fill=1)
    canvas.showPage()
    canvas.save()
    return path


def scan_with_text(path: Path, lines: Sequence[str]) -> Path:
    """A picture of a page under which text recognition laid the words, unseen."""
    canvas = Canvas(str(path), pagesize=A4)
    picture = PIL.Image.new("L", (60, 80), 240)
    canvas.drawImage(ImageReader(picture), 0, 0, width=A4[0], height=A4[1])
    for at, line in enumerate(lines):
        text = canvas.beginText(60, 760 - 40 * at)
        text.setFont("Helvetica", 11 if at else 20)
        text.setTextRenderMode(3)
        text.textLine(line)
        canvas.drawText(text)
    canvas.showPage()
    canvas.save()
    return path


def locked_pdf(path: Path) -> Path:
    """A page that needs a password."""
    canvas = Canvas(str(path), pagesize=A4, encrypt=StandardEncryption("secret", canPrint=0))
    Page(canvas).say(FINDINGS[0])
    canvas.showPage()
    canvas.save()
    return path


WEB_PAGE = f"""<!doctype html>
<html><head><title>{TITLE} | Northshire</title>
<script>fetch("https://example.org/track")</script><style>p {{ color: red }}</style></head>
<body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/news">News and events</a></li></ul></nav>
<div class="cookie-banner"><p>We use cookies to make this site better for you.</p></div>
<main>
<h1>{TITLE}</h1>
<img src="https://example.org/pixel.png" alt="">
<h2>Unheard children</h2>
<p>{FINDINGS[0]}<p>{FINDINGS[1]}
<h3>Learning points</h3>
<ul><li>{POINTS[0]}<ul><li>including those who do not speak yet</li></ul></li>
<li>{POINTS[1]}. <b>{QUESTION}</b></li></ul>
<h2>Recommendations</h2>
<table><tr><th>No.</th><th>Recommendation</th><th>Lead</th></tr>
<tr><td>1</td><td>The partnership should agree one escalation route for every agency and publish it</td>
<td>All</td></tr></table>
<p>See the <a href="https://example.org/toolkit">neglect toolkit</a> caf&eacute;.</p>
</main>
<aside><p>You may also like our newsletter about other things.</p></aside>
<footer><p>© Northshire 2024. Contact the webmaster for help with this page.</p></footer>
</body></html>
"""
