"""What is drawn on a page of a PDF besides its words: shapes, rules, boxes, bullets, pictures, fields and comments.

Owns what makes a shape a rule, a box or a bullet, and the order in which everything was painted. Which letters that
hides is for `pdf_seen`.
"""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.library.readers.pdf_content import Box, PageContent, Rule
from assistant.library.readers.pdf_sheet import IDENTITY, Sheet, address, area, moved, product, shared

INVISIBLE = 3
"""How PDFium calls letters that are drawn and not painted."""
_THIN = 2.5
"""Points; a shape no thicker is a rule."""
_A_BULLET = (1.2, 10.0)
"""Points; a drawn shape between them may be a bullet."""
_MOST_OF_A_BOX = 120
"""Segments of a box with round corners, drawn as the line round it or as what lies between two such lines."""
_BORDER = 5.0
"""Points; the widest border of a box."""
_MOST_SHAPES = 4_000


@dataclass(frozen=True)
class Painted:
    box: Box
    order: int
    color: tuple[int, int, int] | None
    """None for a picture."""


class Painting:
    """Everything drawn on a page, written into its content."""

    def __init__(self, sheet: Sheet, content: PageContent) -> None:
        self.sheet = sheet
        self.raw = sheet.raw
        self.content = content
        self.orders: dict[int, int] = {}
        """When each text object was painted."""
        self.outermost: set[int] = set()
        """Text objects that stand in no form of their own."""
        self.unseen = 0
        """Text objects that are drawn invisibly."""
        self.painted: list[Painted] = []
        self._objects()
        self._annotations()

    def _objects(self) -> None:
        raw, order = self.raw, 0
        stack: list[tuple[Any, tuple[float, ...], int]] = [
            (raw.FPDFPage_GetObject(self.sheet.page, at), IDENTITY, 0)
            for at in reversed(range(raw.FPDFPage_CountObjects(self.sheet.page)))
        ]
        while stack:
            shape, matrix, depth = stack.pop()
            order += 1
            kind = raw.FPDFPageObj_GetType(shape)
            if kind == raw.FPDF_PAGEOBJ_TEXT:
                self.orders[address(shape)] = order
                if depth == 0:
                    self.outermost.add(address(shape))
                self.unseen += raw.FPDFTextObj_GetTextRenderMode(shape) == INVISIBLE
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < 8:
                own = raw.FS_MATRIX()
                raw.FPDFPageObj_GetMatrix(shape, own)
                inner = product((own.a, own.b, own.c, own.d, own.e, own.f), matrix)
                stack += [
                    (raw.FPDFFormObj_GetObject(shape, at), inner, depth + 1)
                    for at in reversed(range(raw.FPDFFormObj_CountObjects(shape)))
                ]
            elif kind == raw.FPDF_PAGEOBJ_IMAGE:
                box = self.sheet.box_of(shape, matrix)
                if box:
                    share = area(shared(box, (0, 0, self.content.width, self.content.height)))
                    share /= self.content.width * self.content.height
                    self.content.pictures = max(self.content.pictures, share)
                    self.painted.append(Painted(box, order, None))
            elif kind == raw.FPDF_PAGEOBJ_PATH and order < _MOST_SHAPES:
                self._path(shape, matrix, order)

    def _path(self, shape: Any, matrix: Sequence[float], order: int) -> None:
        raw = self.raw
        box = self.sheet.box_of(shape, matrix)
        if box is None:
            return
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(shape, fill, stroke)
        color = self.sheet.color(raw.FPDFPageObj_GetFillColor, shape) if fill.value else None
        filled = color is not None and color[3] > 200
        segments = raw.FPDFPath_CountSegments(shape)
        width, height = box[2] - box[0], box[3] - box[1]
        if filled and color is not None and min(width, height) > _THIN and (segments <= 6 or max(width, height) > 10):
            self.painted.append(Painted(box, order, color[:3]) if segments <= 6 else Painted(box, order, None))
        if _A_BULLET[0] <= min(width, height) and max(width, height) <= _A_BULLET[1] and (fill.value or stroke.value):
            self.content.bullets.append(box)
            return
        if filled and min(width, height) <= _THIN < max(width, height):
            self._rule(box)
        elif min(width, height) > _A_BULLET[1] and (segments <= 6 or self._is_rounded(shape, segments, matrix, box)):
            shown = stroke.value or (filled and color is not None and min(color[:3]) < 250)
            if shown and area(box) < 0.85 * self.content.width * self.content.height:
                self.content.boxes.append(box)
        elif stroke.value and segments <= 400:
            for edge in self._edges(shape, segments, matrix):
                self._rule(edge)

    def _is_rounded(self, shape: Any, segments: int, matrix: Sequence[float], box: Box) -> bool:
        """Whether a shape is a box with round corners: its straight edges run along the four sides, and not across."""
        if segments > _MOST_OF_A_BOX:
            return False
        along = [False] * 4
        for edge in self._edges(shape, segments, matrix):
            near = [
                max(abs(edge[side] - box[side]), abs(edge[(side + 2) % 4] - box[side])) < _BORDER for side in range(4)
            ]
            if max(edge[2] - edge[0], edge[3] - edge[1]) > _BORDER and not any(near):
                return False
            along = [one or other for one, other in zip(along, near, strict=True)]
        return all(along)

    def _rule(self, box: Box) -> None:
        width, height = box[2] - box[0], box[3] - box[1]
        if max(width, height) < 8:
            return
        if width <= _THIN:
            self.content.rules.append(Rule(True, (box[0] + box[2]) / 2, box[1], box[3]))
        elif height <= _THIN:
            self.content.rules.append(Rule(False, (box[1] + box[3]) / 2, box[0], box[2]))

    def _edges(self, shape: Any, segments: int, matrix: Sequence[float]) -> Iterator[Box]:
        raw = self.raw
        own = raw.FS_MATRIX()
        raw.FPDFPageObj_GetMatrix(shape, own)
        whole = product((own.a, own.b, own.c, own.d, own.e, own.f), matrix)
        last: tuple[float, float] | None = None
        x, y = ctypes.c_float(), ctypes.c_float()
        for at in range(segments):
            segment = raw.FPDFPath_GetPathSegment(shape, at)
            raw.FPDFPathSegment_GetPoint(segment, x, y)
            here = moved(whole, x.value, y.value)
            if last is not None and raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_LINETO:
                xs, ys = sorted((last[0], here[0])), sorted((last[1], here[1]))
                yield self.sheet.placed(xs[0], ys[0], xs[1], ys[1])
            last = here

    def _annotations(self) -> None:
        """Fields with what was typed in them, comments, and bars drawn over the words."""
        raw = self.raw
        for at in range(raw.FPDFPage_GetAnnotCount(self.sheet.page)):
            annotation = raw.FPDFPage_GetAnnot(self.sheet.page, at)
            kind = raw.FPDFAnnot_GetSubtype(annotation)
            rect = raw.FS_RECTF()
            raw.FPDFAnnot_GetRect(annotation, rect)
            box = self.sheet.placed(rect.left, rect.bottom, rect.right, rect.top)
            if kind == raw.FPDF_ANNOT_WIDGET:
                if words := _string(raw, annotation, b"V"):
                    self.content.fields.append((words, box))
            elif kind in {raw.FPDF_ANNOT_SQUARE, raw.FPDF_ANNOT_REDACT, raw.FPDF_ANNOT_INK, raw.FPDF_ANNOT_STAMP}:
                self.painted.append(Painted(box, 1 << 30, None))
            elif kind in {raw.FPDF_ANNOT_TEXT, raw.FPDF_ANNOT_FREETEXT} and _string(raw, annotation, b"Contents"):
                self.content.comments += 1
            raw.FPDFPage_CloseAnnot(annotation)


def _string(raw: Any, annotation: Any, key: bytes) -> str:
    length = raw.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    buffer = (ctypes.c_ushort * max(1, length // 2))()
    raw.FPDFAnnot_GetStringValue(annotation, key, buffer, length)
    return unicodedata.normalize("NFC", bytes(buffer).decode("utf-16-le", "replace").rstrip("\x00")).strip()
