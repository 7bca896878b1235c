from __future__ import annotations

import socket
import zipfile
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from assistant.library.read_file import read_file
from assistant.library.readers import word_reader
from assistant.library.readers.pieces import Document, Piece, UnreadableError, markdown
from assistant.library.readers.web_reader import fragment_pieces
from tests.library import documents
from tests.library.documents import FINDINGS, POINTS, QUESTION, TITLE

SAMPLE_WORDS = "Practitioners spoke with the family about the child and the agencies met."


def read(path: Path, content: str | bytes | None = None) -> Document:
    if content is not None:
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_file(path)


def test_a_word_file_reads_with_its_tracked_changes_accepted(tmp_path: Path) -> None:
    document = read(documents.word_file(tmp_path / "review.docx"))
    assert f"- {POINTS[2]}\n" in document.text
    assert "at the end of the meeting" not in document.text


def test_a_word_file_keeps_nested_lists_tables_text_boxes_and_headings(tmp_path: Path) -> None:
    text = read(documents.word_file(tmp_path / "review.docx")).text
    assert f"- {POINTS[0]}\n  - including those who do not speak yet\n- {POINTS[1]}\n" in text
    assert "| No. | Recommendation | Lead agency |\n| -- | -- | -- |\n| 1 | The partnership should agree" in text
    assert QUESTION in text
    assert "# Unheard children\n" in text
    assert "page footer" not in text


def test_hidden_text_of_a_word_file_is_left_aside_and_said_to_be(tmp_path: Path) -> None:
    document = read(documents.hiding_word_file(tmp_path / "hidden.docx"))
    assert "Shown to everyone. And this." in document.text
    assert "secret" not in document.text.lower()
    assert [(aside.text, aside.reason) for aside in document.asides] == [
        ("First secret, in two runs.", "hidden in the Word file"),
        ("Secret by its style.", "hidden in the Word file"),
    ]


def test_two_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    text = read(documents.two_column_pdf(tmp_path / "columns.pdf")).text
    places = [
        text.index(words) for words in ("What went well", "same day", FINDINGS[0], POINTS[1], POINTS[2], FINDINGS[1])
    ]
    assert places == sorted(places)
    assert f"- {POINTS[2]}\n\n{FINDINGS[1]}" in text


def test_running_heads_and_page_numbers_are_left_aside_and_said_to_be(tmp_path: Path) -> None:
    document = read(documents.plain_pdf(tmp_path / "report.pdf", pages=5))
    assert document.pages == 5
    assert "Official" not in document.text
    assert "Page 1 of" not in document.text
    assert {aside.text for aside in document.asides} == {
        "Northshire Safeguarding Children Partnership",
        "Official – learning briefing",
        "Page 1 of 5",
    }


def test_a_word_hyphenated_at_a_lines_end_is_whole_again(tmp_path: Path) -> None:
    text = read(documents.plain_pdf(tmp_path / "report.pdf")).text
    assert "The review found that reflective supervision had lapsed for eleven months." in text


def test_a_sentence_that_a_page_breaks_off_before_a_name_is_whole_again(tmp_path: Path) -> None:
    begun = "The statement should be written by the partnership, the police, the schools and the hospital,"
    canvas = Canvas(str(tmp_path / "broken.pdf"))
    for words in (begun, "Northshire Trust and every nursery in the area."):
        documents.Page(canvas).say(words)
        canvas.showPage()
    canvas.save()
    assert f"{begun} Northshire Trust and every nursery" in read(tmp_path / "broken.pdf").text


def test_headings_and_bullets_of_a_pdf_are_found_by_their_looks(tmp_path: Path) -> None:
    text = read(documents.plain_pdf(tmp_path / "report.pdf", pages=2)).text
    assert text.startswith(f"# {TITLE}\n")
    assert "\n## Unheard children\n" in text
    assert f"- {POINTS[0]}\n  - including those who do not speak yet\n- {POINTS[1]}\n" in text


def test_the_second_line_of_a_drawn_bullet_is_its_own_whatever_it_begins_with(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "drawn.pdf"), pageCompression=0)
    lines = [
        "The plan was written by",
        "Children’s Services alone.",
        "Nobody asked the midwife of",
        "Ann for her view.",
    ]
    for at, line in enumerate(lines):
        canvas.drawString(70, 700 - 14 * at, line)
        if at % 2 == 0:
            canvas.circle(64, 704 - 14 * at, 1.5, fill=1)
    canvas.save()
    text = read(tmp_path / "drawn.pdf").text
    assert (
        "- The plan was written by Children’s Services alone.\n- Nobody asked the midwife of Ann for her view.\n"
        in text
    )


def test_a_word_broken_at_its_own_hyphen_keeps_it_before_a_capital(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "hyphen.pdf"), pageCompression=0)
    for at, line in enumerate(["The review was about Non-", "Accidental Injury and up-to-", "date records were rare."]):
        canvas.drawString(70, 700 - 14 * at, line)
    canvas.save()
    assert "about Non-Accidental Injury and up-to-date records" in read(tmp_path / "hyphen.pdf").text


@pytest.mark.parametrize("columns", [2, 3])
def test_seven_numbered_boxes_are_read_box_by_box_in_the_order_of_their_numbers(tmp_path: Path, columns: int) -> None:
    text = read(documents.boxed_pdf(tmp_path / "boxes.pdf", columns)).text
    _, *boxes = text.split("\n## ")
    assert [box.split("\n")[0] for box in boxes] == [f"{at}. {name}" for at, name in enumerate(documents.BOXES, 1)]
    for number, box in enumerate(boxes[:-1], 1):
        assert box.count("\n- ") == 2
        assert box.count(f"box {number}") == 2
    assert boxes[-1].endswith(f"\n{QUESTION}\n")


def test_a_long_pdf_says_how_far_it_is(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    read_file(documents.plain_pdf(tmp_path / "report.pdf", pages=3), lambda done, total: seen.append((done, total)))
    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_of_a_web_page_only_the_document_is_read(tmp_path: Path) -> None:
    document = read(tmp_path / "page.html", documents.WEB_PAGE)
    assert document.title == TITLE
    for around in ("fetch(", "News and events", "cookies", "newsletter", "webmaster", "pixel.png", "color: red"):
        assert around not in document.text
    assert f"- {POINTS[0]}\n  - including those who do not speak yet\n" in document.text
    assert "See the [neglect toolkit](https://example.org/toolkit) café." in document.text
    assert any("newsletter" in aside.text for aside in document.asides)


def test_nothing_is_ever_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise AssertionError("a reader opened a connection")

    monkeypatch.setattr(socket.socket, "connect", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    assert read(tmp_path / "page.html", documents.WEB_PAGE).text
    assert read(documents.word_file(tmp_path / "review.docx")).text
    assert read(documents.plain_pdf(tmp_path / "review.pdf")).text


def test_a_page_that_is_laid_out_with_a_table_is_read_cell_by_cell(tmp_path: Path) -> None:
    left = f"<td><h2>Findings</h2><p>{FINDINGS[0]}</p></td>"
    right = f"<td><h2>Learning</h2><ul><li>{POINTS[0]}</li></ul></td>"
    page = f"<html><body><table><tr>{left}{right}</tr></table></body></html>"
    text = read(tmp_path / "page.html", page).text
    assert text == f"## Findings\n\n{FINDINGS[0]}\n\n## Learning\n\n- {POINTS[0]}\n"


def test_windows_1252_is_read_rightly(tmp_path: Path) -> None:
    words = "The child’s voice – “unheard” – cost £40"
    assert words in read(tmp_path / "old.txt", words.encode("cp1252")).text
    assert words in read(tmp_path / "old.html", f"<html><p>{words}</p></html>".encode("cp1252")).text
    assert words in read(tmp_path / "new.txt", words.encode("utf-16")).text
    assert words in read(tmp_path / "marked.txt", words.encode("utf-8-sig")).text


@pytest.mark.parametrize(
    ("said", "charset", "words"),
    [
        ('<meta charset="iso-8859-2">', "iso-8859-2", "Každé dítě bylo samo"),
        ("<meta http-equiv='Content-Type' content='text/html; charset=windows-1251'>", "cp1251", "Ребёнок был один"),
        ('<?xml version="1.0" encoding="ISO-8859-15"?>', "iso-8859-15", "It cost €40"),
        ('<meta charset="x-mac-roman">', "mac-roman", "The child’s voice – “unheard”"),
        ('<meta charset="iso-8859-1">', "cp1252", "The child’s voice – “unheard”"),
        ('<meta charset="utf-8">', "cp1252", "The child’s voice – “unheard”"),
        ('<meta charset="iso-8859-1">', "utf-8", "The child’s voice – “unheard”"),
        ("<meta charset=utf-16>", "utf-8", "The child’s voice – “unheard”"),
    ],
)
def test_a_page_is_read_in_the_charset_it_names(tmp_path: Path, said: str, charset: str, words: str) -> None:
    page = said.encode() + f"<html><body><p>{words}</p></body></html>".encode(charset)
    assert read(tmp_path / "page.html", page).text == f"{words}\n"


@pytest.mark.parametrize("charset", ["x-nobody", "zip", "shift_jis"])
def test_a_page_in_no_charset_that_fits_is_refused_and_not_misread(tmp_path: Path, charset: str) -> None:
    with pytest.raises(UnreadableError, match="save it as UTF-8"):
        read(tmp_path / "page.html", f"<html><meta charset={charset}><p>".encode() + b"caf\xe9 \x81\xff</p></html>")


def test_bullets_and_headings_typed_in_a_text_file_are_found(tmp_path: Path) -> None:
    typed = f"Learning points\r\n{FINDINGS[0]}\r\n\r\n• {POINTS[0]}\r\n• {POINTS[1]}\r\n"
    assert read(tmp_path / "typed.txt", typed).text == (
        f"Learning points\n\n{FINDINGS[0]}\n\n- {POINTS[0]}\n- {POINTS[1]}\n"
    )


def test_what_could_move_a_cursor_is_taken_out_and_ligatures_are_letters(tmp_path: Path) -> None:
    text = read(tmp_path / "odd.txt", "con\ufb02ict\x1b[2J and \u202eorder\u202c of bene\ufb01ts").text
    assert text == "conflict[2J and order of benefits"


def test_a_footnote_of_a_word_file_keeps_its_sign(tmp_path: Path) -> None:
    html = (
        '<p>The framework<sup><a href="#footnote-1">[1]</a></sup> was not used.</p>'
        '<ol><li id="footnote-1"><p>The Common Assessment Framework (CAF) <a href="#footnote-ref-1">↑</a></p></li></ol>'
    )
    assert markdown(fragment_pieces(html)) == (
        "The framework¹ was not used.\n\n¹ The Common Assessment Framework (CAF)\n"
    )


def test_a_page_without_proper_lists_still_shows_its_bullets_and_bold_headings(tmp_path: Path) -> None:
    page = (
        "<html><body><div><p><strong>Invisible men</strong></p>"
        f"<div>{FINDINGS[0]}<br><br>{FINDINGS[1]}</div><p>• {POINTS[0]}<br>• {POINTS[1]}</p></div></body></html>"
    )
    assert read(tmp_path / "page.html", page).text == (
        f"**Invisible men**\n\n{FINDINGS[0]}\n\n{FINDINGS[1]}\n\n- {POINTS[0]}\n- {POINTS[1]}\n"
    )


def test_words_that_look_like_markdown_stay_words() -> None:
    text = markdown([Piece("paragraph", "# of visits: nine"), Piece("paragraph", "> half were missed")])
    assert text == "\\# of visits: nine\n\n\\> half were missed\n"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("gone.txt", None, "There is no file"),
        ("empty.txt", b"", "is empty"),
        ("blank.md", b" \n\n", "is empty"),
        ("noise.txt", bytes(range(256)) * 20, "is not a text document"),
        ("song.mp3", b"ID3", "is not a kind of document that can be read"),
        ("broken.pdf", b"%PDF-1.4 and nothing else", "is damaged or not a PDF"),
        ("broken.docx", b"PK\x03\x04 and nothing else", "is damaged or not a Word document"),
        ("words.pdf", SAMPLE_WORDS.encode(), "is damaged or not a PDF"),
        ("report.txt", b"%PDF-1.4 words", "is damaged or not a PDF"),
        ("old.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 words", "old or password-protected Word document"),
        ("undefined.txt", b"words \x81\x8d\x8f words", "holds bytes that are no text"),
        ("nothing.html", b"<html><body><script>1</script></body></html>", "holds no text"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_sentence(
    tmp_path: Path, name: str, content: bytes | None, said: str
) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(tmp_path / name, content)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_scan_a_locked_pdf_and_a_zip_that_is_no_word_file_each_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=r"is a scan.*\(OCR\)"):
        read(documents.scanned_pdf(tmp_path / "scan.pdf"))
    with pytest.raises(UnreadableError, match="protected with a password"):
        read(documents.locked_pdf(tmp_path / "locked.pdf"))
    with zipfile.ZipFile(tmp_path / "photos.docx", "w") as archive:
        archive.writestr("photo.jpg", "not a document")
    with pytest.raises(UnreadableError, match="is not a Word document"):
        read(tmp_path / "photos.docx")


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_reader, "MOST_UNPACKED", 100_000)
    with pytest.raises(UnreadableError, match="would unpack to more than"):
        read(documents.word_file(tmp_path / "bomb.docx"))
    assert documents.word_file(tmp_path / "bomb.docx").stat().st_size < 100_000


def test_a_word_file_that_unpacks_to_more_words_than_any_report_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(word_reader, "MOST_MARKED_UP", 10_000)
    with pytest.raises(UnreadableError, match="holds more text than any report"):
        read(documents.word_file(tmp_path / "bomb.docx"))


def test_headings_typed_without_blank_lines_are_found_by_what_they_say(tmp_path: Path) -> None:
    path = tmp_path / "typed.txt"
    path.write_text(
        "Theme: Fathers\nWhat went well\nThe midwife asked about the father.\n"
        "What could be better\nNobody else asked.\n\nFURTHER INFORMATION\nNeglect toolkit: www.example.org\n",
        encoding="utf-8",
    )
    assert read_file(path).text.split("\n\n") == [
        "Theme: Fathers",
        "What went well",
        "The midwife asked about the father.",
        "What could be better",
        "Nobody else asked.",
        "FURTHER INFORMATION",
        "Neglect toolkit: www.example.org\n",
    ]


def test_a_lettered_list_in_a_text_file_stands_inside_its_number(tmp_path: Path) -> None:
    path = tmp_path / "typed.txt"
    path.write_text("1. See the child.\n   a) Babies too.\n   (b) Siblings too.\n2. Ask.\n", encoding="utf-8")
    assert read_file(path).text == "1. See the child.\n   - Babies too.\n   - Siblings too.\n2. Ask.\n"


def page(tmp_path: Path, body: str) -> Document:
    path = tmp_path / "page.html"
    path.write_text(f"<html><body>{body}</body></html>", encoding="utf-8")
    return read_file(path)


HEADS = "<tr><td>No.</td><td>Recommendation</td><td>Lead</td></tr>"


def test_a_table_that_holds_another_keeps_its_columns_and_the_inner_one_follows_its_row(tmp_path: Path) -> None:
    inner = "<table><tr><td>Action</td><td>By when</td></tr><tr><td>Agree one route</td><td>May</td></tr></table>"
    rows = f"<tr><td>1</td><td><p>Share the chronology.</p>{inner}</td><td>Police</td></tr>"
    read = page(tmp_path, f"<table>{HEADS}{rows}<tr><td>2</td><td>See each child.</td><td>All</td></tr></table>")
    assert read.text.split("\n\n") == [
        "| No. | Recommendation | Lead |\n| -- | -- | -- |\n| 1 | Share the chronology. | Police |",
        "| Action | By when |\n| -- | -- |\n| Agree one route | May |",
        "| No. | Recommendation | Lead |\n| -- | -- | -- |\n| 2 | See each child. | All |\n",
    ]


def test_a_list_in_a_column_stays_under_the_columns_heading(tmp_path: Path) -> None:
    heads = "<tr><td>What went well</td><td>What could be better</td></tr>"
    well, better = ("<td><ul><li>{} asked.</li><li>{} wrote.</li></ul></td>".format(*who) for who in ("AB", "CD"))
    assert page(tmp_path, f"<table>{heads}<tr>{well}{better}</tr></table>").text == (
        "| What went well | What could be better |\n| -- | -- |\n"
        "| <ul><li>A asked.</li></ul><ul><li>B wrote.</li></ul> "
        "| <ul><li>C asked.</li></ul><ul><li>D wrote.</li></ul> |\n"
    )


def test_what_a_page_hides_is_left_aside_and_said_to_be(tmp_path: Path) -> None:
    read = page(tmp_path, '<p>Shown</p><p style="display: none">Secret</p><div hidden>Too</div>')
    assert read.text == "Shown\n"
    assert [(aside.text, aside.reason) for aside in read.asides] == [
        ("Secret", "hidden on the page"),
        ("Too", "hidden on the page"),
    ]


def test_a_page_that_says_it_has_a_sidebar_is_not_one(tmp_path: Path) -> None:
    read = page(
        tmp_path, '<div class="has-sidebar"><h1>Child V</h1><p>Words</p></div><div class="footer-links">x</div>'
    )
    assert read.text == "# Child V\n\nWords\n"
    assert [aside.text for aside in read.asides] == ["x"]


def test_a_bold_line_over_others_is_a_paragraph_and_a_break_in_a_bullet_is_not_another(tmp_path: Path) -> None:
    read = page(tmp_path, "<p><b>What can you do?</b><br>Ask.<br>Read.</p><ul><li>See him.<br>Babies too.</li></ul>")
    assert read.text == "**What can you do?**\n\nAsk.\n\nRead.\n\n- See him. Babies too.\n"


def test_a_table_inside_a_table_is_read_once(tmp_path: Path) -> None:
    inner = "<table><tr><td>Inner words</td><td>More words</td></tr></table>"
    read = page(tmp_path, f"<table><tr><td>Outer words</td><td>{inner}</td></tr></table>")
    assert read.text.count("Inner words") == 1


def test_a_cell_over_all_columns_parts_a_table_that_nothing_heads(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "rows.pdf"))
    rows = (("Visits", "Nobody saw the child."), ("All of them agreed on this.",), ("Plans", "Nobody read the plan."))
    for at, row in enumerate(rows):
        top = 700 - 40 * at
        canvas.rect(60, top - 30, 400, 40)
        if len(row) > 1:
            canvas.line(160, top - 30, 160, top + 10)
        for left, words in zip((70, 170), row, strict=False):
            canvas.drawString(left, top - 12, words)
    canvas.save()
    read = read_file(tmp_path / "rows.pdf").text
    said = [words for row in rows for words in row]
    assert [words for words in said if words not in read] == []
    assert sorted(said, key=read.index) == said
