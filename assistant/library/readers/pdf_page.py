"""What one page of a PDF shows: its words in the order the file says them, its rules, its boxes and its pictures.

Owns everything that is asked of PDFium, and which letters a reader of the page cannot see. What makes a line, a column
or a table is for others.
"""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant.library.readers.pdf_tags import CellPlace, tags_of
from assistant.library.readers.pieces import SUPERSCRIPTS

COVERED = "covered on the page"
REDACTED = "█"
"""Stands for letters under a bar, where the rest of their line can be read."""
_SMALLEST = 2.0
"""Points; smaller letters are a line's thickness."""
_THIN = 2.5
"""Points; a shape no thicker is a rule."""
_A_BULLET = (1.2, 10.0)
"""Points; a drawn shape between them may be a bullet."""
_MOST_OF_A_BOX = 120
"""Segments of a box with round corners, drawn as the line round it or as what lies between two such lines."""
_BORDER = 5.0
"""Points; the widest border of a box."""
_SCAN = 0.6
"""Share of a page that a picture covers when the page is a scan."""
_MOST_CLIPS = 8
_LETTERS_ASKED = 60
_MOST_SHAPES = 4_000
_TRANSPARENT = 16
"""Of 255; letters less solid than this are not seen."""
_PALE = 0.12
"""Difference of brightness from what is behind them, by which letters can just be seen."""
_SPLITS = 2.0
"""Times the size of the letters: white within a line from which its two halves may be of two columns."""
_INVISIBLE = 3
_CONTROL = re.compile(r"[\x00\x01\x03-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_CONTROL_BULLET = re.compile(r"\A[\x01-\x1f\x7f-\x9f](?= |\Z)")
_A_PRIVATE_SIGN = "\ue000"
"""Stands for a bullet that its font gives no letter: one that begins a line by itself."""
Box = tuple[float, float, float, float]
"""Left, top, right, bottom, from the top left of the page."""


@dataclass(frozen=True)
class Segment:
    """Words that stand together on one line and follow each other in the file."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    """In points on the page, whatever the font's own size."""
    bold: bool
    start: int
    """Its place in the order of the file."""
    tag: int = 0
    """The tagged element it belongs to; 0 for none."""
    shrunk: bool = False


@dataclass(frozen=True)
class Rule:
    """A straight line: a border of a cell or of a box."""

    upright: bool
    at: float
    begin: float
    end: float


@dataclass
class PageContent:
    """One page, as far as it can be seen."""

    number: int
    width: float
    height: float
    segments: list[Segment] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    bullets: list[Box] = field(default_factory=list)
    """Small drawn shapes."""
    hidden: Counter[str] = field(default_factory=Counter)
    """Letters left out, by the reason."""
    hidden_words: list[tuple[str, str]] = field(default_factory=list)
    pictures: float = 0.0
    """Share of the page that its largest picture covers."""
    is_scan: bool = False
    """A picture of a page with the words laid under it."""
    fields: list[tuple[str, Box]] = field(default_factory=list)
    """What was typed in the form's fields."""
    comments: int = 0
    roles: dict[int, tuple[str, int]] = field(default_factory=dict)
    """Of a tagged element: its role, and how deep its list is."""
    cells: dict[int, CellPlace] = field(default_factory=dict)
    """Of a tagged element in a table: its cell."""


@dataclass(frozen=True)
class _Look:
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


_Letter = tuple[str, Box, _Look, int, str | None]
"""A sign, its box, its look, its place in PDFium's order, and why it is not seen."""


@dataclass(frozen=True)
class _Painted:
    box: Box
    order: int
    color: tuple[int, int, int] | None
    """None for a picture."""


def read_page(page: Any, number: int) -> PageContent:
    """What the page shows."""
    return _Reader(page, number).read()


class _Reader:
    def __init__(self, page: Any, number: int) -> None:
        from pypdfium2 import raw

        self.raw = raw
        self.page = page
        self.text = page.get_textpage()
        self.left, self.bottom, self.right, self.top = page.get_bbox()
        shown = page.get_rotation() // 90
        self.turned = self._turned_as_read(shown)
        self.turned_more = (self.turned - shown) * 90 % 360
        width, height = self.right - self.left, self.top - self.bottom
        if self.turned % 2:
            width, height = height, width
        self.content = PageContent(number, width, height)
        self.orders: dict[int, int] = {}
        self.outermost: set[int] = set()
        """Text objects that stand in no form of their own."""
        self.unseen = 0
        """Text objects that are drawn invisibly."""
        self.painted: list[_Painted] = []
        self.looks: dict[int, _Look] = {}
        self.marks: dict[int, int] = {}
        """The tagged element of each mark."""
        self._pixels: Any = None

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

    def read(self) -> PageContent:
        self._objects()
        self._annotations()
        tags = tags_of(self.raw, self.page)
        self.marks, self.content.roles, self.content.cells = tags.of_mark, tags.roles, tags.cells
        self._words()
        self.text.close()
        return self.content

    def _placed(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A box of the file as one of the page as it is shown."""
        width, height = self.right - self.left, self.top - self.bottom
        x0, x1, y0, y1 = left - self.left, right - self.left, bottom - self.bottom, top - self.bottom
        match self.turned:
            case 1:
                return y0, x0, y1, x1
            case 2:
                return width - x1, y0, width - x0, y1
            case 3:
                return height - y1, width - x1, height - y0, width - x0
            case _:
                return x0, height - y1, x1, height - y0

    # What is painted

    def _objects(self) -> None:
        raw, order = self.raw, 0
        identity = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
        stack: list[tuple[Any, tuple[float, ...], int]] = [
            (raw.FPDFPage_GetObject(self.page, at), identity, 0)
            for at in reversed(range(raw.FPDFPage_CountObjects(self.page)))
        ]
        while stack:
            shape, matrix, depth = stack.pop()
            order += 1
            kind = raw.FPDFPageObj_GetType(shape)
            if kind == raw.FPDF_PAGEOBJ_TEXT:
                self.orders[_address(shape)] = order
                if depth == 0:
                    self.outermost.add(_address(shape))
                self.unseen += raw.FPDFTextObj_GetTextRenderMode(shape) == _INVISIBLE
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < 8:
                own = raw.FS_MATRIX()
                raw.FPDFPageObj_GetMatrix(shape, own)
                inner = _product((own.a, own.b, own.c, own.d, own.e, own.f), matrix)
                stack += [
                    (raw.FPDFFormObj_GetObject(shape, at), inner, depth + 1)
                    for at in reversed(range(raw.FPDFFormObj_CountObjects(shape)))
                ]
            elif kind == raw.FPDF_PAGEOBJ_IMAGE:
                box = self._box_of(shape, matrix)
                if box:
                    share = _area(_shared(box, (0, 0, self.content.width, self.content.height)))
                    share /= self.content.width * self.content.height
                    self.content.pictures = max(self.content.pictures, share)
                    self.painted.append(_Painted(box, order, None))
            elif kind == raw.FPDF_PAGEOBJ_PATH and order < _MOST_SHAPES:
                self._path(shape, matrix, order)

    def _box_of(self, shape: Any, matrix: Sequence[float]) -> Box | None:
        sides = [ctypes.c_float() for _ in range(4)]
        if not self.raw.FPDFPageObj_GetBounds(shape, *sides):
            return None
        left, bottom, right, top = (side.value for side in sides)
        corners = [_moved(matrix, x, y) for x in (left, right) for y in (bottom, top)]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return self._placed(min(xs), min(ys), max(xs), max(ys))

    def _path(self, shape: Any, matrix: Sequence[float], order: int) -> None:
        raw = self.raw
        box = self._box_of(shape, matrix)
        if box is None:
            return
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(shape, fill, stroke)
        color = self._color(raw.FPDFPageObj_GetFillColor, shape) if fill.value else None
        filled = color is not None and color[3] > 200
        segments = raw.FPDFPath_CountSegments(shape)
        width, height = box[2] - box[0], box[3] - box[1]
        if filled and color is not None and min(width, height) > _THIN and (segments <= 6 or max(width, height) > 10):
            self.painted.append(_Painted(box, order, color[:3]) if segments <= 6 else _Painted(box, order, None))
        if _A_BULLET[0] <= min(width, height) and max(width, height) <= _A_BULLET[1] and (fill.value or stroke.value):
            self.content.bullets.append(box)
            return
        if filled and min(width, height) <= _THIN < max(width, height):
            self._rule(box)
        elif min(width, height) > _A_BULLET[1] and (segments <= 6 or self._is_rounded(shape, segments, matrix, box)):
            shown = stroke.value or (filled and color is not None and min(color[:3]) < 250)
            if shown and _area(box) < 0.85 * self.content.width * self.content.height:
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
        whole = _product((own.a, own.b, own.c, own.d, own.e, own.f), matrix)
        last: tuple[float, float] | None = None
        x, y = ctypes.c_float(), ctypes.c_float()
        for at in range(segments):
            segment = raw.FPDFPath_GetPathSegment(shape, at)
            raw.FPDFPathSegment_GetPoint(segment, x, y)
            here = _moved(whole, x.value, y.value)
            if last is not None and raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_LINETO:
                xs, ys = sorted((last[0], here[0])), sorted((last[1], here[1]))
                yield self._placed(xs[0], ys[0], xs[1], ys[1])
            last = here

    def _color(self, ask: Callable[..., Any], thing: Any, *at: int) -> tuple[int, int, int, int]:
        parts = [ctypes.c_uint(255 if part == 3 else 0) for part in range(4)]
        ask(thing, *at, *parts)
        red, green, blue, alpha = (part.value for part in parts)
        return red, green, blue, alpha

    def _annotations(self) -> None:
        """Fields with what was typed in them, comments, and bars drawn over the words."""
        raw = self.raw
        for at in range(raw.FPDFPage_GetAnnotCount(self.page)):
            annotation = raw.FPDFPage_GetAnnot(self.page, at)
            kind = raw.FPDFAnnot_GetSubtype(annotation)
            rect = raw.FS_RECTF()
            raw.FPDFAnnot_GetRect(annotation, rect)
            box = self._placed(rect.left, rect.bottom, rect.right, rect.top)
            if kind == raw.FPDF_ANNOT_WIDGET:
                if words := _string(raw, annotation, b"V"):
                    self.content.fields.append((words, box))
            elif kind in {raw.FPDF_ANNOT_SQUARE, raw.FPDF_ANNOT_REDACT, raw.FPDF_ANNOT_INK, raw.FPDF_ANNOT_STAMP}:
                self.painted.append(_Painted(box, 1 << 30, None))
            elif kind in {raw.FPDF_ANNOT_TEXT, raw.FPDF_ANNOT_FREETEXT} and _string(raw, annotation, b"Contents"):
                self.content.comments += 1
            raw.FPDFPage_CloseAnnot(annotation)

    # Words

    def _words(self) -> None:
        """Every letter in PDFium's order, gathered into segments.

        Four calls for each letter are most of what reading a PDF takes: they are made without what ctypes would wrap
        around them, and not for spaces.
        """
        raw, content = self.raw, self.content
        content.is_scan = content.pictures > _SCAN and 2 * self.unseen > len(self.orders)
        handle = ctypes.cast(self.text.raw, ctypes.c_void_p)
        sign_at = _bare(raw.FPDFText_GetUnicode, ctypes.c_uint, 1)
        shape_at = _bare(raw.FPDFText_GetTextObject, ctypes.c_void_p, 1)
        box_at = _bare(raw.FPDFText_GetCharBox, ctypes.c_int, 5)
        left, right, bottom, top = sides = tuple(ctypes.c_double() for _ in range(4))
        places = [ctypes.addressof(side) for side in sides]
        letters: list[_Letter] = []
        for index in range(self.text.count_chars()):
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
            box = self._placed(left.value, bottom.value, right.value, top.value)
            look = self.looks.get(shape) or self._look(shape, index)
            if sign.isspace():
                letters.append((sign, letters[-1][1] if letters else box, look, index, None))
                continue
            if letters and self._parts(letters, box, look):
                letters = self._line(letters)
            letters.append((sign, box, look, index, self._hidden(box, look)))
        self._line(letters)

    def _parts(self, letters: Sequence[_Letter], box: Box, look: _Look) -> bool:
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
        shown = [letter for letter in letters if letter[4] is None]
        said = [letter for letter in shown if not letter[0].isspace()]
        for reason in {letter[4] for letter in letters if letter[4] is not None and not letter[0].isspace()}:
            words = "".join(letter[0] for letter in letters if letter[4] == reason)
            self.content.hidden[reason] += sum(not sign.isspace() for sign in words)
            if reason != COVERED:  # somebody meant these not to be read
                self.content.hidden_words.append((" ".join(words.split()), reason))
        if not said:
            return []
        size = Counter[float]()
        for _, _, look, _, _ in said:
            size[look.size] += 1
        largest = size.most_common(1)[0][0]
        text: list[str] = []
        for sign, _, look, _, why in letters:
            if why is not None:
                if not text or text[-1] != REDACTED:
                    text.append(REDACTED)
            else:
                text.append(_written(sign, look.size, largest))
        bold = Counter(look.bold for sign, _, look, _, _ in said if sign.isalnum())
        upright = Counter(look.upright for _, _, look, _, _ in said)
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

    def _look(self, address: int, index: int) -> _Look:
        raw = self.raw
        shape = ctypes.cast(address, raw.FPDF_PAGEOBJECT)
        matrix = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(self.text, index, matrix)
        size = float(raw.FPDFText_GetFontSize(self.text, index)) or 1.0
        scale = math.hypot(matrix.c, matrix.d) or 1.0
        angle = (math.degrees(math.atan2(matrix.b, matrix.a)) - 90 * self.turned) % 360
        color = self._color(raw.FPDFText_GetFillColor, self.text, index)
        size, order = round(size * scale, 2), self.orders.get(address, 0)
        invisible = raw.FPDFTextObj_GetTextRenderMode(shape) == _INVISIBLE
        brightness = _brightness(color)
        # Dark letters of a usual size, over which nothing was painted and under which nothing as dark, are seen.
        plain = size >= _SMALLEST and not invisible and color[3] >= _TRANSPARENT and brightness < 1 - _PALE
        plain = plain and not any(
            painted.order > order or painted.color is None or abs(_brightness(painted.color) - brightness) < 2 * _PALE
            for painted in self.painted
        )
        clip = self._clip(shape, address)
        plain = plain and clip is None
        upright = min(angle, 360 - angle) < 20
        mark = raw.FPDFPageObj_GetMarkedContentID(shape)
        look = _Look(size, self._is_bold(index), upright, invisible, color, brightness, plain, clip, order, mark)
        self.looks[address] = look
        return look

    def _clip(self, shape: Any, address: int) -> Box | None:
        """The box that some words are cut to, where it is smaller than they are."""
        raw = self.raw
        path = raw.FPDFPageObj_GetClipPath(shape)
        paths = raw.FPDFClipPath_CountPaths(path) if path and address in self.outermost else 0
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
                clip = _shared(clip, self._placed(min(xs), min(ys), max(xs), max(ys)))
        box = self._box_of(shape, (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)) if paths > 0 else None
        return clip if box is not None and _area(_shared(clip, box)) < 0.9 * _area(box) else None

    def _is_bold(self, index: int) -> bool:
        if self.raw.FPDFText_GetFontWeight(self.text, index) >= 600:
            return True
        name = ctypes.create_string_buffer(128)
        flags = ctypes.c_int()
        self.raw.FPDFText_GetFontInfo(self.text, index, name, 128, ctypes.byref(flags))
        return any(weight in name.value.lower() for weight in (b"bold", b"black", b"heavy"))

    # What can be seen

    def _hidden(self, box: Box, look: _Look) -> str | None:
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
        behind: _Painted | None = None
        for shape in self.painted:
            if shape.box[0] <= x <= shape.box[2] and shape.box[1] <= y <= shape.box[3]:
                if shape.order > look.order:
                    if self._is_blank(box):
                        return COVERED
                elif behind is None or shape.order > behind.order:
                    behind = shape
        ground = behind.color if behind is not None else (255, 255, 255)
        pale = ground is None or abs(_brightness(ground) - look.brightness) < _PALE
        if pale and (ground is not None or look.brightness > 1 - _PALE) and self._is_blank(box):
            return "in the colour of the page"
        return None

    def _hidden_by_itself(self, look: _Look) -> str | None:
        if look.size < _SMALLEST:
            return "too small to be read"
        unseen = not self.content.is_scan and (look.invisible or look.color[3] < _TRANSPARENT)
        return "invisible on the page" if unseen else None

    def _is_blank(self, box: Box) -> bool:
        """Whether the page as it is painted shows one colour where a letter should stand."""
        if self._pixels is None:
            self._pixels = self.page.render(scale=2.0, rotation=self.turned_more, grayscale=True).to_numpy()
        height, width = self._pixels.shape[:2]
        left, top = max(0, int(box[0] * 2)), max(0, int(box[1] * 2))
        area = self._pixels[top : min(height, int(box[3] * 2) + 1), left : min(width, int(box[2] * 2) + 1)]
        return area.size == 0 or int(area.max()) - int(area.min()) < 255 * _PALE


def _written(sign: str, size: float, largest: float) -> str:
    """A digit much smaller than its line is the sign of a footnote."""
    return sign.translate(SUPERSCRIPTS) if sign.isdigit() and size < 0.8 * largest else sign


def _string(raw: Any, annotation: Any, key: bytes) -> str:
    length = raw.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    buffer = (ctypes.c_ushort * max(1, length // 2))()
    raw.FPDFAnnot_GetStringValue(annotation, key, buffer, length)
    return unicodedata.normalize("NFC", bytes(buffer).decode("utf-16-le", "replace").rstrip("\x00")).strip()


def _bare(function: Any, gives: Any, takes: int) -> Callable[..., Any]:
    """A function of PDFium that takes a page's text, a letter's place and addresses, as nothing but numbers."""
    return ctypes.cast(
        function, ctypes.CFUNCTYPE(gives, ctypes.c_void_p, ctypes.c_int, *[ctypes.c_void_p] * (takes - 1))
    )


def _address(shape: Any) -> int:
    return ctypes.cast(shape, ctypes.c_void_p).value or 0


def _product(inner: Sequence[float], outer: Sequence[float]) -> tuple[float, ...]:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _moved(matrix: Sequence[float], x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _shared(one: Box, other: Box) -> Box:
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])


def _area(box: Box) -> float:
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])


def _brightness(color: Sequence[int]) -> float:
    red, green, blue = color[:3]
    return (0.3 * red + 0.59 * green + 0.11 * blue) / 255
