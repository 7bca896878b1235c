"""One page as PDFium holds it, and which way up its reader holds it.

Owns the way from the file's own measures to those of the page as it is shown. What is drawn on it is for others.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from assistant.library.readers.pdf_content import Box

_LETTERS_ASKED = 60
IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Sheet:
    """A page open in PDFium, measured from the top left as it is read."""

    def __init__(self, page: Any) -> None:
        from pypdfium2 import raw

        self.raw = raw
        self.page = page
        self.text = page.get_textpage()
        self.left, self.bottom, self.right, self.top = page.get_bbox()
        shown = page.get_rotation() // 90
        self.turned = self._turned_as_read(shown)
        self.turned_more = (self.turned - shown) * 90 % 360
        self.width, self.height = self.right - self.left, self.top - self.bottom
        if self.turned % 2:
            self.width, self.height = self.height, self.width

    def _turned_as_read(self, shown: int) -> int:
        """By how many quarters the page stands upright for its reader: as most of its letters do."""
        raw, total = self.raw, self.text.count_chars()
        quarters: Counter[int] = Counter()
        matrix = raw.FS_MATRIX()
        for index in range(0, total, max(1, total // _LETTERS_ASKED)):
            if not chr(raw.FPDFText_GetUnicode(self.text, index)).isspace():
                raw.FPDFText_GetMatrix(self.text, index, matrix)
                quarters[round(math.degrees(math.atan2(matrix.b, matrix.a)) / 90) % 4] += 1
        return quarters.most_common(1)[0][0] if quarters else shown

    def placed(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A box of the file as one of the page as it is shown."""
        width, height = self.right - self.left, self.top - self.bottom
        x0, x1, y0, y1 = left - self.left, right - self.left, bottom - self.bottom, top - self.bottom
        if self.turned == 0:
            return x0, height - y1, x1, height - y0
        match self.turned:
            case 1:
                return y0, x0, y1, x1
            case 2:
                return width - x1, y0, width - x0, y1
            case 3:
                return height - y1, width - x1, height - y0, width - x0
            case _:
                return x0, height - y1, x1, height - y0

    def box_of(self, shape: Any, matrix: Sequence[float]) -> Box | None:
        sides = [ctypes.c_float() for _ in range(4)]
        if not self.raw.FPDFPageObj_GetBounds(shape, *sides):
            return None
        left, bottom, right, top = (side.value for side in sides)
        corners = [moved(matrix, x, y) for x in (left, right) for y in (bottom, top)]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return self.placed(min(xs), min(ys), max(xs), max(ys))

    def color(self, ask: Callable[..., Any], thing: Any, *at: int) -> tuple[int, int, int, int]:
        parts = [ctypes.c_uint(255 if part == 3 else 0) for part in range(4)]
        ask(thing, *at, *parts)
        red, green, blue, alpha = (part.value for part in parts)
        return red, green, blue, alpha


def address(shape: Any) -> int:
    return ctypes.cast(shape, ctypes.c_void_p).value or 0


def product(inner: Sequence[float], outer: Sequence[float]) -> tuple[float, ...]:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def moved(matrix: Sequence[float], x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def shared(one: Box, other: Box) -> Box:
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])


def area(box: Box) -> float:
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])


def brightness(color: Sequence[int]) -> float:
    red, green, blue = color[:3]
    return (0.3 * red + 0.59 * green + 0.11 * blue) / 255
