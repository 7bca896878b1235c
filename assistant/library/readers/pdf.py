"""PDF files.

Owns what a PDF does not say: where a paragraph ends, what is a heading, a bullet or a footnote, and how a word broken
at a line's end is written. A page is closed before the next is opened, so a thousand pages take the memory of their
text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.library.readers.pdf_lines import BULLET, Line, in_reading_order, lines_of, without_running_heads
from assistant.library.readers.pieces import Document, Piece, Progress, UnreadableError, markdown

_NOTE = re.compile(r"(?P<number>[\d⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})\s?(?=[A-Z‘“\"'])")
_FROM_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_BROKEN = "\u00ad"
"""Stands where a line ended in a hyphen, until the whole text has told whether the word is written with one."""
_ENDED = re.compile(r"[.:;?!][\"'”’)]*[⁰¹²³⁴⁵⁶⁷⁸⁹]*\Z")
_HYPHEN_ENDS = re.compile(r"(?:[-\u00ad\u2010\ufffe\u0002])\Z")
_COMPOUND = re.compile(
    r"(?:multi|inter|intra|non|self|co|re|pre|post|anti|ante|well|high|low|long|short|decision|evidence|child|parent|risk"
    r"|cross|front|follow|so|step|trauma|single|out|in|on|face|year|part|full|built|whole|solution|strength|hard|drop|check|time)\Z",
    re.IGNORECASE,
)


def read_pdf(content: bytes, name: str, progress: Progress | None = None) -> Document:
    """The text of a PDF in reading order."""
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
    try:
        pages: list[list[Line]] = []
        heights: list[float] = []
        total = len(file)
        for number in range(total):
            page = file[number]
            heights.append(page.get_height())
            pages.append(lines_of(page, number))
            page.close()
            if progress is not None:
                progress(number + 1, total)
        title = (file.get_metadata_dict().get("Title") or "").strip()
    except pypdfium2.PdfiumError as error:
        raise UnreadableError(f"“{name}” is damaged after page {len(pages)}; nothing was kept.") from error
    finally:
        file.close()
    if sum(len(line.text) for lines in pages for line in lines) < 20:
        raise UnreadableError(
            f"“{name}” is a scan, pictures without any text; run it through text recognition (OCR) and add it again."
        )
    bodies, asides = without_running_heads(pages, heights)
    body_size = _body_size(bodies)
    sizes = _heading_sizes(bodies, body_size)
    pieces = [piece for lines in bodies for piece in _boxes_by_number(list(_pieces(lines, body_size, sizes)))]
    text = _hyphens_settled(markdown(_across_pages(pieces)))
    return Document(text, title=title or None, asides=tuple(asides), pages=total)


def _body_size(pages: Sequence[Sequence[Line]]) -> float:
    sizes: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 11.0


def _heading_sizes(pages: Sequence[Sequence[Line]], body: float) -> list[float]:
    """The sizes larger than the text's, largest first."""
    return sorted({round(line.size, 1) for lines in pages for line in lines if line.size > body * 1.08}, reverse=True)


def _pieces(lines: Sequence[Line], body: float, sizes: Sequence[float]) -> Iterator[Piece]:
    ordered = in_reading_order(lines)
    if not ordered:
        return
    leading = _leading(ordered)
    margin = min(line.left for line in ordered)
    indents: list[float] = []
    gathered: list[Line] = []
    for line in ordered:
        if gathered and _begins_anew(gathered, line, leading, body):
            yield _piece(gathered, body, sizes, indents, margin)
            gathered = []
        gathered.append(line)
    yield _piece(gathered, body, sizes, indents, margin)


def _boxes_by_number(pieces: Sequence[Piece]) -> list[Piece]:
    """A page of numbered boxes in the order of their numbers, however the boxes are arranged."""
    boxes: list[list[Piece]] = [[]]
    numbers: list[int] = []
    for piece in pieces:
        number = re.match(r"(\d{1,2})[.):]?\s", piece.text) if piece.kind == "heading" else None
        if number:
            numbers.append(int(number[1]))
            boxes.append([])
        boxes[-1].append(piece)
    if len(numbers) < 3 or sorted(numbers) != list(range(min(numbers), min(numbers) + len(numbers))):
        return list(pieces)
    _, *numbered = boxes
    in_order = [box for _, box in sorted(zip(numbers, numbered, strict=True), key=lambda pair: pair[0])]
    return [piece for box in [boxes[0], *in_order] for piece in box]


def _leading(lines: Sequence[Line]) -> float:
    steps = [after.top - line.top for line, after in pairwise(lines) if 0 < after.top - line.top < 40]
    return sorted(steps)[len(steps) // 4] if steps else 14.0  # the tighter steps are within paragraphs


def _begins_anew(gathered: Sequence[Line], line: Line, leading: float, body: float) -> bool:
    """Whether a line begins another paragraph than the lines before it."""
    last, first = gathered[-1], gathered[0]
    if BULLET.match(line.text) and not BULLET.fullmatch(first.text):
        return True
    if _ends_list(gathered, line):
        return True
    if abs(line.size - last.size) > 0.08 * body or _is_heading(line, body) != _is_heading(last, body):
        return not (line.bold != last.bold and _continues(last, line) and abs(line.size - last.size) < 0.5)
    if line.top < last.top or line.left > last.right:  # the next column
        return not (_continues(last, line) or _is_full(gathered, line))
    if line.top - last.top > 1.3 * max(leading, 1.1 * line.size):
        return True
    return bool(re.match(r"\(?\d{1,3}(?:\.\d{1,2}){0,2}[.)]\s", line.text)) and not _continues(last, line)


def _ends_list(gathered: Sequence[Line], line: Line) -> bool:
    """Whether a line under a bullet stands at the bullet's own edge and begins a sentence: it is no longer its text."""
    first = gathered[0]
    if not BULLET.match(first.text) or line.left > first.left + 3 or not line.text[:1].isupper():
        return False
    return len(gathered) == 1 or gathered[1].left > first.left + 3


def _continues(last: Line, line: Line) -> bool:
    """Whether a sentence runs on from one line to the next."""
    ended = _ENDED.search(last.text)
    return not ended and (line.text[:1].islower() or bool(_HYPHEN_ENDS.search(last.text)))


def _is_full(gathered: Sequence[Line], line: Line) -> bool:
    """Whether a paragraph breaks off at its column's foot only because its next word had no room there."""
    last = gathered[-1]
    if len(gathered) < 2 or _ENDED.search(last.text) or BULLET.match(line.text):
        return False
    letter = (last.right - last.left) / len(last.text)
    return last.right + letter * (1 + len(line.text.split()[0])) > max(each.right for each in gathered)


def _is_heading(line: Line, body: float) -> bool:
    return not BULLET.match(line.text) and (
        line.size > body * 1.08 or (line.bold and len(line.text.split()) <= 14 and line.size >= body * 0.95)
    )


def _piece(lines: Sequence[Line], body: float, sizes: Sequence[float], indents: list[float], margin: float) -> Piece:
    words = _joined([line.text for line in lines])
    first = lines[0]
    bullet = BULLET.match(words)
    if bullet and words[bullet.end() :].strip():
        while indents and indents[-1] > first.left - 3:
            indents.pop()
        depth = len(indents)
        indents.append(first.left)
        return Piece("item", words[bullet.end() :], depth)
    if first.left <= margin + 3:
        indents.clear()
    note = _NOTE.match(words) if first.size < body * 0.92 else None
    if note:
        return Piece("note", words[note.end() :], int(note["number"].translate(_FROM_SUPERSCRIPTS)))
    if all(_is_heading(line, body) for line in lines) and _reads_as_heading(words):
        larger = [size for size in sizes if size >= round(first.size, 1)]
        indents.clear()
        level = len(larger) if first.size > body * 1.08 else len(sizes) + 1
        return Piece("heading", words, max(1, min(level, 6)))
    return Piece("paragraph", words)


def _reads_as_heading(words: str) -> bool:
    return len(words.split()) <= 30 and not words.endswith(".") and re.search(r"[A-Za-z]{3}", words) is not None


def _joined(texts: Sequence[str]) -> str:
    """Lines as one text; a hyphen at a line's end is kept as a sign to settle later."""
    whole = texts[0]
    for text in texts[1:]:
        if _HYPHEN_ENDS.search(whole) and text[:1].islower() and whole[-2:-1].isalpha():
            whole = whole[:-1] + _BROKEN + text
        else:
            whole += " " + text
    return re.sub(r"[\ufffe\u0002]", _BROKEN, whole)


_BREAKS_OFF = re.compile(r"(?:,|\b(?:and|or|of|the|to|in|for|with|by|from))\Z")
_SURE_TO_GO_ON = 10
"""Words from which a line that breaks off goes on whatever comes next; a shorter one may be of an address."""


def _across_pages(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Paragraphs that a page's end cut in two are one again; footnotes go after what they interrupt."""
    waiting: list[Piece] = []
    held: Piece | None = None
    for piece in pieces:
        if piece.kind == "note":
            waiting.append(piece)
            continue
        if held is not None and held.kind in {"paragraph", "item"} and piece.kind == "paragraph":
            ended = _ENDED.search(held.text)
            breaks_off = len(held.text.split()) >= _SURE_TO_GO_ON and _BREAKS_OFF.search(held.text)
            if not ended and (piece.text[:1].islower() or breaks_off):
                held = replace(held, text=_joined([held.text, piece.text]))
                continue
        if held is not None:
            yield held
        yield from waiting
        waiting = []
        held = piece
    if held is not None:
        yield held
    yield from waiting


def _hyphens_settled(text: str) -> str:
    """Each word broken at a line's end as the rest of the document writes it."""
    words = Counter(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text.lower()))

    def settled(match: re.Match[str]) -> str:
        before, after = match["before"], match["after"]
        whole, parted = f"{before}{after}".lower(), f"{before}-{after}".lower()
        doubtful = words[whole] == words[parted]
        keep = _COMPOUND.match(before) is not None if doubtful else words[parted] > words[whole]
        return f"{before}-{after}" if keep else before + after

    text = re.sub(rf"(?P<before>[^\W\d_]+){_BROKEN}(?P<after>[^\W\d_]+)", settled, text)
    return text.replace(_BROKEN, "-")
