"""Text that a Word file holds and does not show.

Owns where Word says that words are hidden: on the words themselves, in the style of the words or of their paragraph, or
on a row of a table.
mammoth, which reads the file after this, knows none of them. Nothing of what the words say.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from assistant.library.readers.pieces import Aside
from assistant.library.readers.xml_parts import parsed, written

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WORDS_IN = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
_STYLES_IN = "word/styles.xml"
_OFF = frozenset({"0", "false", "off"})
_FIELD = frozenset({f"{_W}rPr", f"{_W}fldChar", f"{_W}instrText"})
"""What a run keeps: a field that is begun in one run is ended in another."""


def without_hidden(content: bytes) -> tuple[bytes, list[Aside]]:
    """A .docx file without its hidden words, and those words, those of one paragraph together.

    Raises whatever lxml and zipfile make of a damaged file.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        held = set(archive.namelist())
        texts = {name: archive.read(name) for name in (*_WORDS_IN, _STYLES_IN) if name in held}
        if not any(sign in text for text in texts.values() for sign in (b"vanish", b"hidden")):
            return content, []
        hiding = _hiding_styles(parsed(texts.pop(_STYLES_IN))) if _STYLES_IN in texts else frozenset()
        asides: list[Aside] = []
        for name, text in texts.items():
            root = parsed(text)
            taken = (*_rows_taken_out(root), *_taken_out(root, hiding))
            asides += (Aside(words, "hidden in the Word file") for words in taken)
            texts[name] = written(root)
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as shown:
            for entry in archive.infolist():
                shown.writestr(entry, texts.get(entry.filename) or archive.read(entry))
    return out.getvalue(), asides


def _taken_out(root: Any, hiding: frozenset[str]) -> Iterator[str]:
    """The hidden words of each paragraph, which are no longer in it then."""
    for paragraph in root.iter(f"{_W}p"):
        hides = _style(paragraph, "pPr", "pStyle") in hiding
        runs = [run for run in paragraph.iter(f"{_W}r") if _is_hidden(run, hiding, hides)]
        words = " ".join("".join(text for run in runs for text in _texts(run)).split())
        for run in runs:
            for child in run:
                if child.tag not in _FIELD:
                    run.remove(child)
        if words:
            yield words


def _rows_taken_out(root: Any) -> Iterator[str]:
    """The words of each row that Word hides whole, which its table holds no longer then."""
    for row in list(root.iter(f"{_W}tr")):
        properties = row.find(f"{_W}trPr")
        if _is_on(properties, "hidden") or _is_on(properties, "vanish"):
            words = " ".join(" ".join("".join(_texts(paragraph)) for paragraph in row.iter(f"{_W}p")).split())
            row.getparent().remove(row)
            if words:
                yield words


def _texts(element: Any) -> Iterator[str]:
    return (text.text or "" for text in element.iter(f"{_W}t"))


def _is_hidden(run: Any, hiding: frozenset[str], paragraph_hides: bool) -> bool:
    said = _vanishes(run.find(f"{_W}rPr"))
    return said if said is not None else paragraph_hides or _style(run, "rPr", "rStyle") in hiding


def _hiding_styles(styles: Any) -> frozenset[str]:
    """The ids of the styles that hide words, by themselves or because the one they are based on does."""
    known = {style.get(f"{_W}styleId"): style for style in styles.iter(f"{_W}style")}

    def hides(name: str | None, seen: frozenset[str | None] = frozenset()) -> bool:
        if name not in known or name in seen:
            return False
        said = _vanishes(known[name].find(f"{_W}rPr"))
        based = known[name].find(f"{_W}basedOn")
        if said is not None or based is None:
            return bool(said)
        return hides(based.get(f"{_W}val"), seen | {name})

    return frozenset(name for name in known if hides(name))


def _vanishes(properties: Any) -> bool | None:
    """What the properties of words say of hiding, if they say anything."""
    return _is_on(properties, "vanish")


def _is_on(properties: Any, name: str) -> bool | None:
    sign = properties.find(f"{_W}{name}") if properties is not None else None
    return None if sign is None else sign.get(f"{_W}val", "1").lower() not in _OFF


def _style(element: Any, properties: str, style: str) -> str | None:
    found = element.find(f"{_W}{properties}/{_W}{style}")
    return found.get(f"{_W}val") if found is not None else None
