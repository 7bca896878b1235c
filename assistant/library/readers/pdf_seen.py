"""Which letters of a page of a PDF nobody sees who looks at it, and why.

Owns the look of letters and everything that may hide them: their size and colour, what lies over them, what cuts them
off. What is drawn is told by `pdf_painted`.
"""

from __future__ import annotations

import ctypes
import math
from dataclasses import dataclass
from typing import Any

from assistant.library.readers.pdf_content import Box, PageContent
from assistant.library.readers.pdf_painted import INVISIBLE, Painted, Painting
from assistant.library.readers.pdf_sheet import IDENTITY, Sheet, area, brightness, shared

COVERED = "covered on the page"
_SMALLEST = 2.0
"""Points; smaller letters are a line's thickness."""
_MOST_CLIPS = 8
_TRANSPARENT = 16
"""Of 255; letters less solid than this are not seen."""
_PALE = 0.12
"""Difference of brightness from what is behind them, by which letters can just be seen."""


@dataclass(frozen=True)
class Look:
    """What all letters of one text object share."""

    size: float
    bold: bool
    upright: bool
    invisible: bool
    color: tuple[int, int, int, int]
    brightness: float
    plain: bool
    """Nothing of the look and nothing on the page can hide it."""
    clip: Box | None
    """Outside it nothing of the letters is painted, where that leaves any of them out."""
    order: int
    mark: int


class Sight:
    """What can be seen of the letters on one page."""

    def __init__(self, sheet: Sheet, painting: Painting, content: PageContent) -> None:
        self.sheet = sheet
        self.raw = sheet.raw
        self.painting = painting
        self.content = content
        self.looks: dict[int, Look] = {}
        """What is known of each text object."""
        self._pixels: Any = None

    def look(self, address: int, index: int) -> Look:
        raw = self.raw
        shape = ctypes.cast(address, raw.FPDF_PAGEOBJECT)
        matrix = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(self.sheet.text, index, matrix)
        size = float(raw.FPDFText_GetFontSize(self.sheet.text, index)) or 1.0
        scale = math.hypot(matrix.c, matrix.d) or 1.0
        angle = (math.degrees(math.atan2(matrix.b, matrix.a)) - 90 * self.sheet.turned) % 360
        color = self.sheet.color(raw.FPDFText_GetFillColor, self.sheet.text, index)
        size, order = round(size * scale, 2), self.painting.orders.get(address, 0)
        invisible = raw.FPDFTextObj_GetTextRenderMode(shape) == INVISIBLE
        own = brightness(color)
        # Dark letters of a usual size, over which nothing was painted and under which nothing as dark, are seen.
        plain = size >= _SMALLEST and not invisible and color[3] >= _TRANSPARENT and own < 1 - _PALE
        plain = plain and not any(
            painted.order > order or painted.color is None or abs(brightness(painted.color) - own) < 2 * _PALE
            for painted in self.painting.painted
        )
        clip = self._clip(shape, address)
        plain = plain and clip is None
        upright = min(angle, 360 - angle) < 20
        mark = raw.FPDFPageObj_GetMarkedContentID(shape)
        look = Look(size, self._is_bold(index), upright, invisible, color, own, plain, clip, order, mark)
        self.looks[address] = look
        return look

    def _clip(self, shape: Any, address: int) -> Box | None:
        """The box that some words are cut to, where it is smaller than they are."""
        raw = self.raw
        path = raw.FPDFPageObj_GetClipPath(shape)
        paths = raw.FPDFClipPath_CountPaths(path) if path and address in self.painting.outermost else 0
        clip: Box = (0.0, 0.0, self.content.width, self.content.height)
        x, y = ctypes.c_float(), ctypes.c_float()
        for at in range(max(0, min(paths, _MOST_CLIPS))):
            corners = []
            for corner in range(max(0, raw.FPDFClipPath_CountPathSegments(path, at))):
                segment = raw.FPDFClipPath_GetPathSegment(path, at, corner)
                raw.FPDFPathSegment_GetPoint(segment, x, y)
                corners.append((x.value, y.value))
            if corners:
                xs, ys = [x for x, _ in corners], [y for _, y in corners]
                clip = shared(clip, self.sheet.placed(min(xs), min(ys), max(xs), max(ys)))
        box = self.sheet.box_of(shape, IDENTITY) if paths > 0 else None
        return clip if box is not None and area(shared(clip, box)) < 0.9 * area(box) else None

    def _is_bold(self, index: int) -> bool:
        if self.raw.FPDFText_GetFontWeight(self.sheet.text, index) >= 600:
            return True
        name = ctypes.create_string_buffer(128)
        flags = ctypes.c_int()
        self.raw.FPDFText_GetFontInfo(self.sheet.text, index, name, 128, ctypes.byref(flags))
        return any(weight in name.value.lower() for weight in (b"bold", b"black", b"heavy"))

    def hidden(self, box: Box, look: Look) -> str | None:
        """Why nobody who looks at the page sees a letter; None when it is seen."""
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        if not (0 <= x <= self.content.width and 0 <= y <= self.content.height):
            return "off the page"
        if look.plain:
            return None
        if look.clip is not None and not (look.clip[0] <= x <= look.clip[2] and look.clip[1] <= y <= look.clip[3]):
            return "cut off on the page"
        reason = self._hidden_by_itself(look)
        if reason is not None or self.content.is_scan:
            return reason
        behind: Painted | None = None
        for shape in self.painting.painted:
            if shape.box[0] <= x <= shape.box[2] and shape.box[1] <= y <= shape.box[3]:
                if shape.order > look.order:
                    if self._is_blank(box):
                        return COVERED
                elif behind is None or shape.order > behind.order:
                    behind = shape
        ground = behind.color if behind is not None else (255, 255, 255)
        pale = ground is None or abs(brightness(ground) - look.brightness) < _PALE
        if pale and (ground is not None or look.brightness > 1 - _PALE) and self._is_blank(box):
            return "in the colour of the page"
        return None

    def _hidden_by_itself(self, look: Look) -> str | None:
        if look.size < _SMALLEST:
            return "too small to be read"
        unseen = not self.content.is_scan and (look.invisible or look.color[3] < _TRANSPARENT)
        return "invisible on the page" if unseen else None

    def _is_blank(self, box: Box) -> bool:
        """Whether the page as it is painted shows one colour where a letter should stand."""
        if self._pixels is None:
            self._pixels = self.sheet.page.render(scale=2.0, rotation=self.sheet.turned_more, grayscale=True).to_numpy()
        height, width = self._pixels.shape[:2]
        left, top = max(0, int(box[0] * 2)), max(0, int(box[1] * 2))
        area = self._pixels[top : min(height, int(box[3] * 2) + 1), left : min(width, int(box[2] * 2) + 1)]
        return area.size == 0 or int(area.max()) - int(area.min()) < 255 * _PALE
