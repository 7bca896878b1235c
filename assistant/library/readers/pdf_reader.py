"""PDF files.

Owns what a PDF does not say: where a paragraph ends, what is a heading, a bullet or a footnote, and how a word broken
at a line's end is written. A page is closed before the next is opened, so a thousand pages take the memory of their
text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.library.readers.hyphens import BROKEN, HYPHEN_ENDS, hyphens_settled
from assistant.library.readers.pdf_lines import (
    BULLET,
    Line,
    bullets_marked,
    in_reading_order,
    in_rows,
    lines_of,
    without_running_heads,
)
from assistant.library.readers.pdf_page import Box, PageContent, read_page
from assistant.library.readers.pdf_tables import Cell, Grid, grid_by_heads, grids
from assistant.library.readers.pictures import read_picture
from assistant.library.readers.pieces import Aside, Document, Piece, Progress, UnreadableError, cell, markdown, table
from assistant.library.readers.witness import DrawnWitness
from assistant.library.sections import heads_columns

_NOTE = re.compile(r"(?P<number>[\d⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})\s?(?=[A-Z‘“\"'])")
_FROM_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_ENDED = re.compile(r"[.:;?!][\"'”’)]*[⁰¹²³⁴⁵⁶⁷⁸⁹]*\Z")
_QUOTED = re.compile(r"[“‘\"]")
_LABEL = 8
"""Words in the longest cell of a row that heads a table."""
_PULLED = 45
"""Words in the longest quotation that is set in a box beside the text it comes from."""
_TEXTLESS = 0.2
"""Share of a page that a picture covers when its lack of words is worth a word."""
_FEWEST_LETTERS = 20
_HEADS = frozenset({"H", "H1", "H2", "H3", "H4", "H5", "H6"})
_APART = 1.3
"""Times the space between a text's lines, from which a line begins another paragraph."""
_OPEN = 1.7
"""The same between the lines of a heading, which are set wider."""
_SURE_STEPS = 2
"""Steps from a line to the one its sentence goes on in, from which the space between a text's lines is known."""
_PLAIN_LETTERS = 0.8
"""Share of letters and usual signs in text that can be read."""


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
    pages: list[PageContent] = []
    pictured: dict[int, list[Piece]] = {}
    try:
        total = len(file)
        for number in range(total):
            page = file[number]
            pages.append(read_page(page, number))
            if pages[-1].pictures > _TEXTLESS and not _says_anything(pages[-1]):
                pictured[number] = read_picture(page)
            page.close()
            if progress is not None:
                progress(number + 1, total)
        title = (file.get_metadata_dict().get("Title") or "").strip()
    except pypdfium2.PdfiumError as error:
        raise UnreadableError(f"“{name}” is damaged after page {len(pages)}; nothing was kept.") from error
    finally:
        file.close()
    _refuse_unreadable(pages, pictured, name)
    lines = bullets_marked([(page, lines_of(page)) for page in pages])
    bodies, asides = without_running_heads(lines, [page.height for page in pages])
    body_size = _body_size(bodies)
    sizes = _heading_sizes(bodies, body_size)
    pieces: list[Piece] = []
    for page, body in zip(pages, bodies, strict=True):
        layout = _Layout(page, body_size, sizes)
        pieces += _boxes_by_number(layout.pieces([*body, *_fields(page)]))
        pieces += pictured.get(page.number, [])
        asides += layout.asides
    text = hyphens_settled(markdown(_across_pages(pieces)))
    asides += [Aside(words, reason) for page in pages for words, reason in page.hidden_words]
    doubtful = tuple(piece.text for read in pictured.values() for piece in read)
    return Document(
        text,
        title=title or None,
        asides=tuple(asides),
        pages=total,
        notices=tuple(_notices(pages, pictured)),
        doubtful=doubtful,
        holds=DrawnWitness(pages).holds,
    )


def _says_anything(page: PageContent) -> bool:
    return sum(len(segment.text) for segment in page.segments) >= _FEWEST_LETTERS


def _refuse_unreadable(pages: Sequence[PageContent], pictured: dict[int, list[Piece]], name: str) -> None:
    text = " ".join(segment.text for page in pages for segment in page.segments)
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


@dataclass(frozen=True)
class _Region:
    """A part of a page that is read for itself."""

    left: float
    top: float
    right: float
    bottom: float
    grid: Grid | None = None

    @property
    def area(self) -> float:
        return (self.right - self.left) * (self.bottom - self.top)

    def holds(self, thing: Line | _Region) -> bool:
        x, y = (thing.left + thing.right) / 2, (thing.top + thing.bottom) / 2
        return self.left <= x <= self.right and self.top <= y <= self.bottom


class _Layout:
    """One page's pieces, its boxes and tables each read for itself."""

    def __init__(self, page: PageContent, body: float, sizes: Sequence[float]) -> None:
        self.asides: list[Aside] = []
        self._body = body
        self._sizes = sizes
        whole = page.width * page.height
        regions = [_Region(*grid.box, grid) for grid in grids(page)]
        regions += [_Region(*box) for box in dict.fromkeys(page.boxes)]
        self._regions = [region for region in regions if region.area < 0.9 * whole or region.grid]

    def pieces(self, lines: Sequence[Line]) -> list[Piece]:
        return self._area(list(lines), self._regions)

    def _area(self, lines: list[Line], regions: Sequence[_Region]) -> list[Piece]:
        """The pieces of some lines: those in boxes together, the others around them. One round all is only a frame."""
        outer = sorted(
            (region for region in regions if region.grid is not None or not all(map(region.holds, lines))),
            key=lambda region: (-region.area, region.grid is None),
        )
        inside: dict[_Region, list[Line]] = {}
        for line in lines:
            home = next((region for region in outer if region.holds(line)), None)
            if home is not None:
                inside.setdefault(home, []).append(line)
        boxes = {region: held for region, held in inside.items() if len(held) > 1}
        boxed = {id(line) for held in boxes.values() for line in held}
        loose = [line for line in lines if id(line) not in boxed]
        inner = {
            region: [each for each in regions if each is not region and each.area < region.area] for region in boxes
        }
        if not boxes and (table_of := grid_by_heads(in_rows(loose))) is not None:
            region = _Region(*table_of.box, table_of)
            boxes, inner = {region: [line for line in loose if region.holds(line)]}, {region: []}
            loose = [line for line in loose if not region.holds(line)]
        things: list[Line | _Region] = [*loose, *boxes]
        found: list[Piece] = []
        run: list[Line] = []
        for thing in in_reading_order(things):
            if isinstance(thing, Line):
                run.append(thing)
                continue
            found += _pieces(run, self._body, self._sizes)
            run = []
            found += self._boxed(thing, boxes[thing], inner[thing], loose)
        return [*found, *_pieces(run, self._body, self._sizes)]

    def _boxed(
        self, region: _Region, held: list[Line], inner: Sequence[_Region], around: Sequence[Line]
    ) -> list[Piece]:
        if region.grid is not None:
            return self._cells(region.grid, held, inner)
        pieces = self._area(held, inner)
        words = " ".join(piece.text for piece in pieces)
        beside = any(line.top < region.bottom and line.bottom > region.top for line in around)
        if _QUOTED.match(words) and len(words.split()) <= _PULLED and beside and len(pieces) < 3:
            self.asides.append(Aside(words, "a quotation set in a box beside the text"))
            return []
        return pieces

    def _cells(self, grid: Grid, held: list[Line], inner: Sequence[_Region]) -> list[Piece]:
        within: dict[Cell, list[Line]] = {}
        for line in held:
            x, y = (line.left + line.right) / 2, (line.top + line.bottom) / 2
            home = next((each for each in grid.cells if _in(each.box, x, y)), None)
            if home is not None:
                within.setdefault(home, []).append(line)
        said = {each: self._area(lines, inner) for each, lines in within.items()}
        placed = {id(line) for lines in within.values() for line in lines}
        left = _pieces([line for line in held if id(line) not in placed], self._body, self._sizes)
        whole = _as_table(said)
        if whole is not None:
            return [whole, *left]
        return [piece for each in grid.cells if each in said for piece in said[each]] + left


def _in(box: Box, x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _as_table(said: dict[Cell, list[Piece]]) -> Piece | None:
    """The cells as a table of data, unless they only put boxes side by side."""
    rows = sorted({each.row for each in said})
    columns = sorted({each.column for each in said})
    if len(rows) < 2 or len(columns) < 2 or any(piece.kind == "table" for held in said.values() for piece in held):
        return None
    by_place: dict[tuple[int, int], str] = {}
    for each, pieces in said.items():
        for row in range(each.row, each.row + each.rows):
            if row == each.row or each.column == columns[0]:
                by_place[row, each.column] = cell(pieces)
    lines = [[by_place.get((row, column), "") for column in columns] for row in rows]
    first = [re.sub(r"<[^>]+>", " ", text).strip() for text in lines[0]]
    short = all(text and len(text.split()) <= _LABEL for text in first)
    if short and (len(columns) > 2 or heads_columns(first)):
        return table([" ".join(text.split()) for text in first], lines[1:])
    heads = [piece for held in said.values() for piece in held if piece.kind == "heading"]
    long = [row for row in lines if len(row[0].split()) > _LABEL and any(row[1:])]
    if long or len(heads) > len(rows) or any(len(held) > 1 and held[0].kind == "heading" for held in said.values()):
        return None
    return table([""] * len(columns), lines)


def _body_size(pages: Sequence[Sequence[Line]]) -> float:
    sizes: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 11.0


def _heading_sizes(pages: Sequence[Sequence[Line]], body: float) -> list[float]:
    """The sizes larger than the text's, largest first."""
    return sorted({round(line.size, 1) for lines in pages for line in lines if line.size > body * 1.08}, reverse=True)


def _pieces(ordered: Sequence[Line], body: float, sizes: Sequence[float]) -> list[Piece]:
    if not ordered:
        return []
    leading = _leading(ordered)
    margin = min(line.left for line in ordered)
    indents: list[float] = []
    gathered: list[Line] = []
    found: list[Piece] = []
    for line in ordered:
        if gathered and _begins_anew(gathered, line, leading, body, _column_edge(line, ordered)):
            found.append(_piece(gathered, body, sizes, indents, margin))
            gathered = []
        gathered.append(line)
    return [*found, _piece(gathered, body, sizes, indents, margin)]


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
    """From line to line within a paragraph: where a sentence goes on, or else the tighter of all steps."""
    steps = [(after.top - line.top, _continues(line, after)) for line, after in pairwise(lines)]
    every = sorted(step for step, _ in steps if 0 < step < 40)
    sure = sorted(step for step, goes_on in steps if goes_on and 0 < step < 40)
    if len(sure) >= _SURE_STEPS:
        return sure[len(sure) // 2]
    return every[len(every) // 4] if every else 14.0


def _column_edge(line: Line, lines: Sequence[Line]) -> float:
    """How far to the right the lines reach that begin where a line does."""
    return max(each.right for each in lines if abs(each.left - line.left) <= line.size)


def _begins_anew(gathered: Sequence[Line], line: Line, leading: float, body: float, edge: float) -> bool:
    """Whether a line begins another paragraph than the lines before it."""
    last, first = gathered[-1], gathered[0]
    if BULLET.match(line.text) and not BULLET.fullmatch(first.text):
        return True
    if _ends_list(gathered, line) or _tagged_apart(last, line, edge):
        return True
    if abs(line.size - last.size) > 0.08 * body or _is_heading(line, body) != _is_heading(last, body):
        return not (line.bold != last.bold and _continues(last, line) and abs(line.size - last.size) < 0.5)
    if line.top < last.top or line.left > last.right:  # the next column
        return not (_continues(last, line) or _is_full(gathered, line))
    if _had_room(gathered, line) and not BULLET.match(first.text):
        return True
    step = (line.top - last.top) / max(leading, 1.1 * line.size)
    apart = _OPEN if _is_heading(line, body) and _continues(last, line) else _APART
    if step > apart or (step > 1.15 and _ends_short(gathered, line)):
        return True
    return bool(re.match(r"\(?\d{1,3}(?:\.\d{1,2}){0,2}[.)]\s", line.text)) and not _continues(last, line)


def _ends_short(gathered: Sequence[Line], line: Line) -> bool:
    """Whether a sentence ends well before its column does, and another begins."""
    last = gathered[-1]
    room = max(each.right for each in [*gathered, line]) - last.right
    return bool(_ENDED.search(last.text)) and line.text[:1].isupper() and room > 4 * last.size


def _had_room(gathered: Sequence[Line], line: Line) -> bool:
    """Whether the next line's first word had room on the last line, so that somebody ended it there."""
    return line.text[:1].isupper() and _fits(line, gathered[-1], max(each.right for each in [*gathered, line]))


def _fits(line: Line, last: Line, edge: float) -> bool:
    """Whether a line's first word would have had room at the end of the one before."""
    letter = (last.right - last.left) / len(last.text)
    return last.right + letter * (len(line.text.split()[0]) + 3) < edge


def _tagged_apart(last: Line, line: Line, edge: float) -> bool:
    """Whether the file itself says that two lines are of two paragraphs, and the words do not run on."""
    if not last.tag or not line.tag or last.tag == line.tag or _continues(last, line):
        return False
    if line.role == last.role == "P" and line.top > last.top:
        return _ENDED.search(last.text) is not None or _fits(line, last, edge)
    return line.role in {"LI", *_HEADS} or last.role in _HEADS


def _ends_list(gathered: Sequence[Line], line: Line) -> bool:
    """Whether a line under a bullet stands at the bullet's own edge and begins a sentence: it is no longer its text."""
    first = gathered[0]
    if not BULLET.match(first.text) or line.left > first.left + 3 or not line.text[:1].isupper():
        return False
    return len(gathered) == 1 or gathered[1].left > first.left + 3


def _continues(last: Line, line: Line) -> bool:
    """Whether a sentence runs on from one line to the next."""
    ended = _ENDED.search(last.text)
    return not ended and (line.text[:1].islower() or bool(HYPHEN_ENDS.search(last.text)))


def _is_full(gathered: Sequence[Line], line: Line) -> bool:
    """Whether a paragraph breaks off at its column's foot only because its next word had no room there."""
    last = gathered[-1]
    if len(gathered) < 2 or _ENDED.search(last.text) or BULLET.match(line.text):
        return False
    letter = (last.right - last.left) / len(last.text)
    return last.right + letter * (1 + len(line.text.split()[0])) > max(each.right for each in gathered)


def _is_heading(line: Line, body: float) -> bool:
    return not BULLET.match(line.text) and (
        line.size > body * 1.08
        or (line.bold and len(line.text.split()) <= 14 and line.size >= body * 0.95)
        or line.role in _HEADS
    )


def _piece(lines: Sequence[Line], body: float, sizes: Sequence[float], indents: list[float], margin: float) -> Piece:
    words = _joined([line.text for line in lines])
    first = lines[0]
    bullet = BULLET.match(words)
    if (bullet and words[bullet.end() :].strip()) or (first.role == "LI" and not words[:1].islower()):
        while indents and indents[-1] > first.left - 3:
            indents.pop()
        depth = len(indents)
        indents.append(first.left)
        return Piece("item", words[bullet.end() :] if bullet else words, depth)
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
        if HYPHEN_ENDS.search(whole) and text[:1].isalpha() and whole[-2:-1].isalpha():
            whole = whole[:-1] + (BROKEN if text[0].islower() else "-") + text  # "Non-" and "Accidental"
        else:
            whole += " " + text
    return re.sub(r"[\ufffe\u0002]", BROKEN, whole)


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
