"""Every point stands in the file it came from, and can be proven again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from assistant.library.importing import check, keep, read_document
from assistant.library.library import open_library
from assistant.library.read_file import read_file
from assistant.library.readers.pdf_page import read_page
from assistant.library.readers.pieces import Document
from assistant.library.readers.witness import DrawnWitness, witness_of
from assistant.library.storage import library_folder, stored_reviews
from tests.library import documents
from tests.library.documents import FINDINGS, POINTS


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


def drawn(path: Path) -> DrawnWitness:
    file = pypdfium2.PdfDocument(path)
    return DrawnWitness([read_page(page, number) for number, page in enumerate(file)])


def test_a_sentence_of_two_columns_is_in_neither(tmp_path: Path) -> None:
    witness = drawn(documents.two_column_pdf(tmp_path / "columns.pdf"))
    assert witness.holds(FINDINGS[0])
    assert witness.holds(POINTS[1])
    assert not witness.holds("Nobody asked the older brother what his Name every adult man in the household")
    assert not witness.holds("The nursery noticed at once and wrote it Name every adult man in the household in")


def test_a_sentence_goes_on_from_one_page_to_the_next_whatever_stands_between(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "pages.pdf"), pagesize=A4)
    canvas.drawString(60, 80, "The visits were recorded by the health visitor and")
    canvas.drawString(60, 30, "Page 1 of 2")
    canvas.showPage()
    canvas.drawString(60, 800, "Northshire, official")
    canvas.drawString(60, 760, "read by nobody else.")
    canvas.save()
    witness = drawn(tmp_path / "pages.pdf")
    assert witness.holds("The visits were recorded by the health visitor and read by nobody else.")
    assert not witness.holds("The visits were read by nobody else.")


def test_what_does_not_stand_in_the_file_is_no_point_and_is_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = read_file

    def shuffled(path: Path, progress: object = None) -> Document:
        document = read(path)
        return replace(document, text=document.text.replace("three services had met", "three halves had met"))

    monkeypatch.setattr("assistant.library.importing.read_file", shuffled)
    preview = read_document(documents.plain_pdf(tmp_path / "plain.pdf", pages=2))
    assert not any("three halves" in point.text for point in preview.points)
    assert [left.reason for left in preview.left_out if "three halves" in left.text] == [
        "its words do not stand together so in the document"
    ]
    assert any(notice.startswith("1 point left out") for notice in preview.notices)


@pytest.mark.parametrize("make", [documents.word_file, documents.plain_pdf, documents.boxed_pdf])
def test_the_file_itself_is_kept_and_every_point_proven_by_it(tmp_path: Path, home: Path, make) -> None:
    file = make(tmp_path / f"review{'.docx' if make is documents.word_file else '.pdf'}")
    name = keep(read_document(file), home)
    assert stored_reviews(home)[0][0].original == file.read_bytes()
    assert check(home) == []
    witness = witness_of(file.read_bytes(), file.name)
    assert witness is not None
    assert all(witness.holds(point.text) for point in open_library(home).points_of(name))


def test_a_point_that_the_original_does_not_hold_is_found(tmp_path: Path, home: Path) -> None:
    preview = read_document(documents.plain_pdf(tmp_path / "plain.pdf", pages=2))
    other = documents.two_column_pdf(tmp_path / "other.pdf").read_bytes()
    name = keep(replace(preview, original=other), home)
    faults = check(home)
    assert any(fault.startswith(f"{name}: {name}/") and "does not stand so in “plain.pdf”" in fault for fault in faults)


def test_an_original_that_was_changed_is_found(tmp_path: Path, home: Path) -> None:
    name = keep(read_document(documents.plain_pdf(tmp_path / "plain.pdf", pages=2)), home)
    original = library_folder(home) / name / "original"
    original.write_bytes(original.read_bytes() + b" ")
    assert check(home) == [f"{name}: the file it was read from is missing or has been changed"]


def test_what_is_blacked_out_is_shown_nowhere() -> None:
    preview = read_document(Path(__file__).parent / "inputs" / "p-blacked-out.pdf")
    shown = [preview.text, *(aside.text for aside in preview.asides), *preview.notices]
    assert not any("Jane" in text for text in shown)
    assert any("covered on the page" in notice for notice in preview.notices)
    assert any(left.reason == "words of it are blacked out" for left in preview.left_out)
