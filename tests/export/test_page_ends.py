"""Where a page ends: never between a question and its answer."""

from __future__ import annotations

import io

import docx
import pypdfium2
import pytest

from assistant.export.document_blocks import Block, blocks
from assistant.export.docx_writer import docx as as_docx
from assistant.export.pdf_writer import pdf
from tests.stores import START

ANSWER = "She hid under the table and didn't come out until half past three, and nobody asked her why she had."


def with_lines_before(lines: int) -> list[Block]:
    before = "\n\n".join(f"Line {number}" for number in range(lines))
    return blocks(f"# A record\n\n{before}\n\n*What did she do?*\n\n> {ANSWER}\n")


@pytest.mark.parametrize("lines", range(43, 47))
def test_a_pdf_s_page_never_ends_between_a_question_and_its_answer(lines: int):
    document = pypdfium2.PdfDocument(pdf(with_lines_before(lines), START))
    try:
        pages = [str(page.get_textpage().get_text_bounded()) for page in document]
    finally:
        document.close()
    assert [("What did she do?" in page, "She hid" in page) for page in pages if "She" in page or "she" in page] == [
        (True, True)
    ]


def test_word_keeps_a_question_with_its_answer_and_nothing_else():
    document = docx.Document(io.BytesIO(as_docx(with_lines_before(2), START)))
    kept = [one.text for one in document.paragraphs if one.paragraph_format.keep_with_next]
    assert kept == ["What did she do?"]
