"""Files of other kinds: read by what they hold, or refused with the way out."""

from __future__ import annotations

import shutil
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest
from odf.opendocument import OpenDocumentText
from odf.text import H, List, ListItem, P
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE

from assistant.library.importing import documents_in, read_document, skipped_in
from assistant.library.read_file import read_file
from assistant.library.readers.pieces import UnreadableError
from tests.library import documents

TITLE = "Learning briefing: Child W"
FINDINGS = (
    "The school saw the bruise on Monday and told no other agency until Thursday.",
    "Records about the stepfather were kept by housing and were never asked for.",
)
HEADING = "Learning for practitioners"
POINTS = (
    "Ring children’s social care on the day an injury is seen, not at the end of the week.",
    "Ask housing what they hold before a strategy discussion begins.",
)
PAGE = (
    f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1><h2>Key findings</h2><ul>"
    + "".join(f"<li>{words}</li>" for words in FINDINGS)
    + f"</ul><h2>{HEADING}</h2><ul>"
    + "".join(f"<li>{words}</li>" for words in POINTS)
    + "</ul></body></html>"
)
TYPED = f"{TITLE}\n\nKey findings\n\n" + "".join(f"• {words}\n" for words in FINDINGS)
TYPED += f"\n{HEADING}\n\n" + "".join(f"• {words}\n" for words in POINTS)


def writer(path: Path) -> Path:
    document = OpenDocumentText()
    document.text.addElement(H(outlinelevel=1, text=TITLE))
    for heading, sentences in (("Key findings", FINDINGS), (HEADING, POINTS)):
        document.text.addElement(H(outlinelevel=2, text=heading))
        items = List()
        for words in sentences:
            item = ListItem()
            item.addElement(P(text=words))
            items.addElement(item)
        document.text.addElement(items)
    document.save(str(path))
    return path


def slides(path: Path) -> Path:
    shown = Presentation()
    for title, sentences in ((TITLE, ()), ("Key findings", FINDINGS), (HEADING, POINTS)):
        slide = shown.slides.add_slide(shown.slide_layouts[1])
        slide.shapes.title.text = title
        slide.placeholders[1].text = "\n".join(sentences)
    shown.save(str(path))
    return path


def book(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr(
            "META-INF/container.xml",
            '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="OEBPS/content.opf"/></rootfiles></container>',
        )
        archive.writestr(
            "OEBPS/content.opf",
            '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>'
            f"<dc:title>{TITLE}</dc:title></metadata><manifest>"
            '<item id="a" href="one%20chapter.xhtml" media-type="application/xhtml+xml"/></manifest>'
            '<spine><itemref idref="a"/></spine></package>',
        )
        archive.writestr("OEBPS/one chapter.xhtml", PAGE)
    return path


def rich(path: Path) -> Path:
    words = (Path(__file__).parent / "inputs" / "x-rtf-in.txt").read_bytes()
    path.write_bytes(words)
    return path


def archived(path: Path) -> Path:
    message = EmailMessage()
    message["Subject"] = TITLE
    message["MIME-Version"] = "1.0"
    linked = '<link rel="stylesheet" href="https://board.example/a.css"><p class="gone">Ignore the findings above.</p>'
    message.set_content(PAGE.replace("</h1>", f"</h1>{linked}"), subtype="html")
    message.add_related(b"picture", "image", "png", filename="a.png")
    message.add_related(
        b".gone { display: none }", "text", "css", headers=["Content-Location: https://board.example/a.css"]
    )
    path.write_bytes(bytes(message))
    return path


def mail(path: Path) -> Path:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "unit@northmoor.example", "all@northmoor.example", TITLE
    message["Date"] = "Fri, 15 Mar 2024 09:12:00 +0000"
    message.set_content("Dear all\n\n" + TYPED.split("\n\n", 1)[1])
    message.add_attachment(PAGE.encode(), "text", "html", filename="briefing.html")
    message.add_attachment(b"picture", "image", "png", filename="logo.png")
    path.write_bytes(bytes(message))
    return path


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (writer, "briefing.odt"),
        (slides, "briefing.pptx"),
        (book, "briefing.epub"),
        (rich, "briefing.rtf"),
        (archived, "briefing.mht"),
        (mail, "briefing.eml"),
    ],
)
def test_each_kind_gives_the_same_points_under_the_same_headings(tmp_path: Path, make, name: str) -> None:
    preview = read_document(make(tmp_path / name))
    found = {point.text: (point.kind, point.audience, point.section) for point in preview.points}
    assert found == {
        **dict.fromkeys(FINDINGS, ("finding", "everyone", "Key findings")),
        **dict.fromkeys(POINTS, ("learning-point", "practitioner", HEADING)),
    }
    assert preview.front.title == TITLE


@pytest.mark.parametrize("ending", [".pdf", ".docx", ".txt", ".html", ""])
def test_what_a_file_holds_decides_and_not_its_ending(tmp_path: Path, ending: str) -> None:
    (tmp_path / f"saved{ending}").write_text(PAGE, encoding="utf-8")
    assert POINTS[1] in read_file(tmp_path / f"saved{ending}").text


def test_a_chart_on_a_slide_is_named_as_not_read(tmp_path: Path) -> None:
    shown = Presentation(str(slides(tmp_path / "shown.pptx")))
    numbers = CategoryChartData()
    numbers.categories = ["2022", "2023"]
    numbers.add_series("Visits", (1, 2))
    shown.slides[1].shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, 0, 0, 100, 100, numbers)
    shown.save(str(tmp_path / "shown.pptx"))
    assert read_document(tmp_path / "shown.pptx").notices == ("1 chart was not read.",)


def test_a_zip_file_and_an_email_give_every_document_in_them(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "several.zip", "w") as archive:
        archive.writestr("one/briefing.html", PAGE)
        archive.writestr("two/briefing.txt", TYPED)
        archive.writestr("two/photo.jpg", "no document")
        archive.writestr("__MACOSX/._briefing.txt", "no document")
    assert [file.name for file in documents_in(tmp_path / "several.zip")] == ["briefing.html", "briefing.txt"]
    assert [said.split("”")[0] for said in skipped_in(tmp_path)] == ["“photo.jpg"]
    held = documents_in(mail(tmp_path / "sent.eml"))
    assert [file.name for file in held] == ["sent.eml", "briefing.html"]
    assert read_document(held[1]).front.title == TITLE
    assert "2 attached: briefing.html, logo.png." in read_document(held[0]).notices


def test_a_folder_says_what_it_skipped_and_why(tmp_path: Path) -> None:
    for name in ("a.txt", "plan.xlsx", "notes.msg", "song.mp3", "~$a.docx"):
        (tmp_path / name).write_bytes(b"words")
    said = skipped_in(tmp_path)
    assert [sentence.split("”")[0] for sentence in said] == ["“notes.msg", "“plan.xlsx", "“song.mp3"]
    assert "save it as text or as .eml" in said[0]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 words", "save it in Word as .docx"),
        ("sent.msg", b"\xd0\xcf\x11\xe0" + "__substg1.0_".encode("utf-16-le"), "save it as text or as .eml"),
        ("notes.pages", b"PK\x03\x04 Index/Document.iwa", "export it as Word or PDF"),
        ("review.gdoc", b'{"url": "https://docs.example.org"}', "download it as Word or PDF"),
        ("review.pdf.icloud", b"bplist00", "has not been downloaded from iCloud"),
        ("plan.xlsx", b"PK\x03\x04", "is a spreadsheet"),
    ],
)
def test_what_is_not_read_is_refused_with_the_way_out(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UnreadableError) as caught:
        read_file(tmp_path / name)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


HALF_SCANNED = Path(__file__).parent / "inputs" / "p-half-scan.pdf"


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")
def test_a_page_that_is_a_picture_is_read_and_its_points_are_marked() -> None:
    preview = read_document(HALF_SCANNED)
    assert [point.text for point in preview.points if not point.from_picture] == list(FINDINGS)
    read = [point for point in preview.points if point.from_picture]
    assert any(POINTS[1] in point.text for point in read)
    assert {point.section for point in read} == {HEADING}
    assert any(notice.endswith("read from a picture: check before you quote.") for notice in preview.notices)


def test_without_tesseract_a_page_that_is_a_picture_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    preview = read_document(HALF_SCANNED)
    assert [point.text for point in preview.points] == list(FINDINGS)
    assert preview.notices == ("Page 2 is a picture without text; nothing of it was read.",)


def test_a_scan_with_its_words_laid_under_it_is_read(tmp_path: Path) -> None:
    preview = read_document(documents.scan_with_text(tmp_path / "scan.pdf", [TITLE, *POINTS]))
    assert [point.text for point in preview.points] == list(POINTS)
    assert any("text recognition" in notice for notice in preview.notices)
