"""PDF files.

Owns the way from pages to text, which files cannot be read, and what is said of what was not. A page is closed before
the next is opened, so a thousand pages take the memory of their text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from assistant.library.readers.hyphens import hyphens_settled
from assistant.library.readers.pdf_columns import Line, bullets_marked, lines_of, without_running_heads
from assistant.library.readers.pdf_content import PageContent
from assistant.library.readers.pdf_layout import Layout, boxes_by_number
from assistant.library.readers.pdf_page import read_page
from assistant.library.readers.pdf_paragraphs import across_pages, body_size, heading_sizes, pieces_of
from assistant.library.readers.pictures import read_picture
from assistant.library.readers.pieces import Aside, Document, Piece, Progress, UnreadableError, markdown
from assistant.library.readers.witness import DrawnWitness

_TEXTLESS = 0.2
"""Share of a page that a picture covers when its lack of words is worth a word."""
_FEWEST_LETTERS = 20
_PLAIN_LETTERS = 0.8
"""Share of letters and usual signs in text that can be read."""


class _Read(NamedTuple):
    """What stands on a file's pages, before any of it is put together."""

    pages: list[PageContent]
    pictured: dict[int, list[Piece]]
    """What was read from the picture of a page that has no words, by the page's number."""
    title: str


def read_pdf(content: bytes, name: str, progress: Progress | None = None) -> Document:
    """The text of a PDF in reading order."""
    pages, pictured, title = _pages_of(content, name, progress)
    _refuse_unreadable(pages, pictured, name)
    lines = bullets_marked([(page, lines_of(page)) for page in pages])
    bodies, asides = without_running_heads(lines, [page.height for page in pages])
    text_size = body_size(bodies)
    sizes = heading_sizes(bodies, text_size)
    pieces: list[Piece] = []
    for page, body in zip(pages, bodies, strict=True):
        layout = Layout(page, text_size, sizes)
        pieces += boxes_by_number(layout.pieces([*body, *_fields(page)]))
        pieces += pictured.get(page.number, [])
        asides += layout.asides
    text = hyphens_settled(markdown(across_pages(pieces)))
    asides += [Aside(words, reason) for page in pages for words, reason in page.hidden_words]
    doubtful = tuple(piece.text for read in pictured.values() for piece in read)
    return Document(
        text,
        title=title or None,
        asides=tuple(asides),
        pages=len(pages),
        notices=tuple(_notices(pages, pictured)),
        doubtful=doubtful,
        holds=DrawnWitness(pages).holds,
    )


def _pages_of(content: bytes, name: str, progress: Progress | None) -> _Read:
    # pypdfium2 takes 60 ms to import, and only adding a PDF needs it.
    import pypdfium2

    try:
        file = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableError(
                f"“{name}” is protected with a password; save a copy without one and add that."
            ) from error
        raise UnreadableError(f"“{name}” is damaged or not a PDF; nothing was kept.") from error
    read = _Read([], {}, "")
    try:
        total = len(file)
        for number in range(total):
            page = file[number]
            shown = read_page(page, number)
            read.pages.append(shown)
            if shown.is_scan and not _is_language(_words_of(shown)):
                shown.segments.clear()  # text recognition failed once: it is read anew
            if shown.pictures > _TEXTLESS and not _says_anything(shown):
                read.pictured[number] = _picture_pieces(read_picture(page, number))
            page.close()
            if progress is not None:
                progress(number + 1, total)
        return read._replace(title=(file.get_metadata_dict().get("Title") or "").strip())
    except pypdfium2.PdfiumError as error:
        raise UnreadableError(f"“{name}” is damaged after page {len(read.pages)}; nothing was kept.") from error
    finally:
        file.close()


def _picture_pieces(lines: Sequence[Line]) -> list[Piece]:
    """What was read from a picture, larger letters as headings."""
    if not lines:
        return []
    body = body_size([lines])
    return pieces_of(lines, body, heading_sizes([lines], body))


def _words_of(page: PageContent) -> str:
    return " ".join(segment.text for segment in page.segments)


def _says_anything(page: PageContent) -> bool:
    return sum(len(segment.text) for segment in page.segments) >= _FEWEST_LETTERS


def _refuse_unreadable(pages: Sequence[PageContent], pictured: dict[int, list[Piece]], name: str) -> None:
    text = " ".join(map(_words_of, pages))
    if len(text) < _FEWEST_LETTERS and any(page.hidden.total() >= _FEWEST_LETTERS for page in pages):
        raise UnreadableError(f"“{name}” holds no words that can be seen on its pages; nothing was kept.")
    if len(text) < _FEWEST_LETTERS and not any(pictured.values()):
        raise UnreadableError(
            f"“{name}” is a scan, pictures without any text; run it through text recognition (OCR) and add it again."
        )
    if len(text) >= _FEWEST_LETTERS and not _is_language(text):
        raise UnreadableError(
            f"The letters of this PDF cannot be read as text (“{name}”); make it again or use text recognition (OCR)."
        )


def _is_language(text: str) -> bool:
    """Whether letters are words, and not the numbers of a font's own signs."""
    signs = [sign for sign in text if not sign.isspace()]
    if not signs:
        return False
    plain = sum(sign.isascii() or sign.isalpha() or sign in "‘’“”–—•…£€©" for sign in signs) / len(signs)
    words = re.findall(r"[a-zA-Z]{2,}", text)
    vowels = sum(len(re.findall(r"[aeiouyAEIOUY]", word)) for word in words)
    letters = sum(map(len, words))
    small = sum(sign.islower() for word in words for sign in word[1:])
    return (
        plain >= _PLAIN_LETTERS
        and letters >= 0.4 * len(signs)
        and 0.22 <= vowels / max(letters, 1) <= 0.6
        and (small >= 0.4 * letters or text.isupper() or vowels / max(letters, 1) > 0.3)
    )


def _notices(pages: Sequence[PageContent], pictured: dict[int, list[Piece]]) -> Iterator[str]:
    """What was not read, or not as it stands, with numbers."""
    for number, read in pictured.items():
        if read:
            yield f"Page {number + 1} is a picture without text; its words were read from the picture: check them."
        else:
            yield f"Page {number + 1} is a picture without text; nothing of it was read."
    for page in pages:
        if page.is_scan and page.number not in pictured:
            yield f"Page {page.number + 1} is a scan; its words are those that text recognition laid under it."
    fields = sum(len(page.fields) for page in pages)
    if fields:
        yield f"{fields} {'field of a form was' if fields == 1 else 'fields of a form were'} read as text."
    comments = sum(page.comments for page in pages)
    if comments:
        yield f"{comments} {'comment was' if comments == 1 else 'comments were'} not read."
    hidden: Counter[str] = Counter()
    for page in pages:
        hidden.update(page.hidden)
    for reason, letters in hidden.most_common():
        yield f"{letters} {'letter' if letters == 1 else 'letters'} left out: {reason}."


def _fields(page: PageContent) -> list[Line]:
    """What was typed in a form's fields, where the fields stand."""
    height = 11.0
    return [
        Line(
            words.strip(), box[0], box[2], box[1] + at * height, box[1] + (at + 1) * height, height, False, page.number
        )
        for text, box in page.fields
        for at, words in enumerate(text.splitlines())
        if words.strip()
    ]
