"""The words of one page of a PDF in the order the file says them, gathered into segments.

Owns what parts one segment from the next and what of its signs are words. What is drawn and what can be seen is told
by its neighbours; what makes a line, a column or a table is for others.
"""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from assistant.library.readers.pdf_content import Box, PageContent, Segment
from assistant.library.readers.pdf_painted import Painting
from assistant.library.readers.pdf_seen import COVERED, Look, Sight
from assistant.library.readers.pdf_sheet import Sheet
from assistant.library.readers.pdf_tags import tags_of
from assistant.library.readers.pieces import SUPERSCRIPTS

REDACTED = "█"
"""Stands for letters under a bar, where the rest of their line can be read."""
_SCAN = 0.6
"""Share of a page that a picture covers when the page is a scan."""
_SPLITS = 2.0
"""Times the size of the letters: white within a line from which its two halves may be of two columns."""
_CONTROL = re.compile(r"[\x00\x01\x03-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_CONTROL_BULLET = re.compile(r"\A[\x01-\x1f\x7f-\x9f](?= |\Z)")
_A_PRIVATE_SIGN = "\ue000"
"""Stands for a bullet that its font gives no letter: one that begins a line by itself."""

_Letter = tuple[str, Box, Look, int, str | None]
"""A sign, its box, its look, its place in PDFium's order, and why it is not seen."""


def read_page(page: Any, number: int) -> PageContent:
    """What the page shows."""
    return _Reader(page, number).read()


class _Reader:
    def __init__(self, page: Any, number: int) -> None:
        self.sheet = Sheet(page)
        self.content = PageContent(number, self.sheet.width, self.sheet.height)
        self.painting = Painting(self.sheet, self.content)
        self.sight = Sight(self.sheet, self.painting, self.content)
        self.marks: dict[int, int] = {}
        """The tagged element of each mark."""

    def read(self) -> PageContent:
        tags = tags_of(self.sheet.raw, self.sheet.page)
        self.marks, self.content.roles, self.content.cells = tags.of_mark, tags.roles, tags.cells
        self._words()
        self.sheet.text.close()
        return self.content

    def _words(self) -> None:
        """Every letter in PDFium's order, gathered into segments.

        Four calls for each letter are most of what reading a PDF takes: they are made without what ctypes would wrap
        around them, and not for spaces.
        """
        raw, content, text = self.sheet.raw, self.content, self.sheet.text
        content.is_scan = content.pictures > _SCAN and 2 * self.painting.unseen > len(self.painting.orders)
        handle = ctypes.cast(text.raw, ctypes.c_void_p)
        sign_at = _bare(raw.FPDFText_GetUnicode, ctypes.c_uint, 1)
        shape_at = _bare(raw.FPDFText_GetTextObject, ctypes.c_void_p, 1)
        box_at = _bare(raw.FPDFText_GetCharBox, ctypes.c_int, 5)
        left, right, bottom, top = sides = tuple(ctypes.c_double() for _ in range(4))
        places = [ctypes.addressof(side) for side in sides]
        placed, sight = self.sheet.placed, self.sight
        letters: list[_Letter] = []
        before, look = 0, None  # the words that the last letter stands in
        for index in range(text.count_chars()):
            sign = chr(sign_at(handle, index))
            if sign in "\r\n":
                letters = self._line(letters)
                continue
            shape = None if sign == " " else shape_at(handle, index)
            if not shape:  # a space, or a sign that PDFium put in itself
                if letters:
                    letters.append((sign, *letters[-1][1:]))
                continue
            box_at(handle, index, *places)
            box = placed(left.value, bottom.value, right.value, top.value)
            if look is None or shape != before:
                before, look = shape, sight.looks.get(shape) or sight.look(shape, index)
            if sign.isspace():
                letters.append((sign, letters[-1][1] if letters else box, look, index, None))
                continue
            if letters and not _touches(letters[-1], box, look) and self._parts(letters, box, look):
                letters = self._line(letters)
            letters.append((sign, box, look, index, sight.hidden(box, look)))
        self._line(letters)

    def _parts(self, letters: Sequence[_Letter], box: Box, look: Look) -> bool:
        """Whether a letter begins another segment: it stands far from the one before, or on another line."""
        _, before, last, _, _ = letters[-1]
        gap = box[0] - before[2]
        size = max(look.size, last.size)
        overlap = min(box[3], before[3]) - max(box[1], before[1])
        if gap > _SPLITS * size or gap < -1.5 * size or overlap < -0.9 * size:
            return True
        if gap <= 2:
            return False
        if gap > 0.9 * min(look.size, last.size) and (
            look.order < last.order or all(letter[0].isdigit() or letter[0].isspace() for letter in letters)
        ):
            return True
        return any(
            rule.upright and before[2] - 1 <= rule.at <= box[0] + 1 and rule.begin <= box[3] and rule.end >= box[1]
            for rule in self.content.rules
        )

    def _line(self, letters: Sequence[_Letter]) -> list[_Letter]:
        """A segment of the letters gathered, without those that nobody sees; the letters begin anew."""
        said = [letter for letter in letters if letter[4] is None and not letter[0].isspace()]
        for reason in {letter[4] for letter in letters if letter[4] is not None and not letter[0].isspace()}:
            words = "".join(letter[0] for letter in letters if letter[4] == reason)
            self.content.hidden[reason] += sum(not sign.isspace() for sign in words)
            if reason != COVERED:  # somebody meant these not to be read
                self.content.hidden_words.append((" ".join(words.split()), reason))
        if not said:
            return []
        sizes = Counter([letter[2].size for letter in said])
        largest = sizes.most_common(1)[0][0]
        text = _as_written(letters, largest)
        bold = Counter([letter[2].bold for letter in said if letter[0].isalnum()])
        upright = Counter([letter[2].upright for letter in said])
        if upright[False] > upright[True]:
            self.content.hidden["written sideways"] += len(said)
            self.content.hidden_words.append((" ".join("".join(text).split()), "written sideways"))
            return []
        words = _CONTROL.sub("", _CONTROL_BULLET.sub(_A_PRIVATE_SIGN, " ".join("".join(text).split())))
        if not words:
            return []
        self.content.segments.append(
            Segment(
                words,
                min(letter[1][0] for letter in said),
                max(letter[1][2] for letter in said),
                min(letter[1][1] for letter in said),
                max(letter[1][3] for letter in said),
                largest,
                bold[True] > bold[False],
                said[0][2].order * 100_000 + said[0][3],
                self.marks.get(said[0][2].mark, 0),
            )
        )
        return []


def _touches(last: _Letter, box: Box, look: Look) -> bool:
    """Whether a letter stands right beside the one before it in the same words, as most do."""
    before = last[1]
    return (
        last[2] is look
        and box[1] <= before[3]
        and before[1] <= box[3]
        and -look.size <= box[0] - before[2] <= min(2.0, look.size)
    )


def _as_written(letters: Sequence[_Letter], largest: float) -> list[str]:
    """The signs that are seen, and one for each run of those that are not."""
    text: list[str] = []
    for sign, _, look, _, why in letters:
        if why is None:
            text.append(sign if look.size == largest else _written(sign, look.size, largest))
        elif not text or text[-1] != REDACTED:
            text.append(REDACTED)
    return text


def _written(sign: str, size: float, largest: float) -> str:
    """A digit much smaller than its line is the sign of a footnote."""
    return sign.translate(SUPERSCRIPTS) if sign.isdigit() and size < 0.8 * largest else sign


def _bare(function: Any, gives: Any, takes: int) -> Callable[..., Any]:
    """A function of PDFium that takes a page's text, a letter's place and addresses, as nothing but numbers."""
    return ctypes.cast(
        function, ctypes.CFUNCTYPE(gives, ctypes.c_void_p, ctypes.c_int, *[ctypes.c_void_p] * (takes - 1))
    )
