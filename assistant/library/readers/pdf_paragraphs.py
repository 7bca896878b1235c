"""Lines of a PDF as headings, paragraphs, items and footnotes.

Owns where one of them ends and the next begins, on a page and from page to page. Which lines belong together is for
`pdf_layout`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.library.readers.hyphens import BROKEN, HYPHEN_ENDS
from assistant.library.readers.pdf_columns import BULLET, Line
from assistant.library.readers.pieces import Piece

_NOTE = re.compile(r"(?P<number>[\d⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})\s?(?=[A-Z‘“\"'])")
_FROM_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_ENDED = re.compile(r"[.:;?!][\"'”’)]*[⁰¹²³⁴⁵⁶⁷⁸⁹]*\Z")
_HEADS = frozenset({"H", "H1", "H2", "H3", "H4", "H5", "H6"})
_APART = 1.3
"""Times the space between a text's lines, from which a line begins another paragraph."""
_OPEN = 1.7
"""The same between the lines of a heading, which are set wider."""
_SURE_STEPS = 2
"""Steps from a line to the one its sentence goes on in, from which the space between a text's lines is known."""


def body_size(pages: Sequence[Sequence[Line]]) -> float:
    sizes: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 11.0


def heading_sizes(pages: Sequence[Sequence[Line]], body: float) -> list[float]:
    """The sizes larger than the text's, largest first."""
    return sorted({round(line.size, 1) for lines in pages for line in lines if line.size > body * 1.08}, reverse=True)


def pieces_of(ordered: Sequence[Line], body: float, sizes: Sequence[float]) -> list[Piece]:
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


def across_pages(pieces: Sequence[Piece]) -> Iterator[Piece]:
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
