"""A session as a file in somebody's folder: whole or not at all, theirs alone, and never over another by surprise."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from assistant.errors import ReflectError
from assistant.export.document_blocks import Block, Picture, Table, blocks
from assistant.export.docx_writer import NOTICE
from assistant.export.genogram_drawing import svg, text_tree
from assistant.export.handover import DocumentKind, Format, Handover
from assistant.export.templates import filled
from assistant.language.dates import format_date
from assistant.store.encrypted_file import write_privately
from assistant.store.store_errors import FileThereError, StoreError

_LONGEST_NAME = 60
_LONGEST_IN_BYTES = 180
"""Systems take 255 for a whole file name, and one emoji is four."""
_NOT_IN_A_NAME = re.compile(r'[<>:"/\\|?*\x00-\x1f\u200e\u200f\u202a-\u202e\u2066-\u2069]+')
_WINDOWS_DEVICES = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)


NOTICES: Mapping[DocumentKind, str] = {"personal": "Personal: for the supervision file, not for a child's record"}
"""What stands at the head of each page, where it is not that it contains information about a child."""


def file_name(of: Handover, kind: DocumentKind, form: Format) -> str:
    """What the file of a session is called."""
    return name_of(of.case, of.held, kind, form)


def name_of(case: str, held: datetime, kind: DocumentKind, form: Format) -> str:
    """The made-up name of the case and the day, as every system takes it; of a personal part only the day."""
    if kind == "personal":
        return f"Supervision, personal part {held:%Y-%m-%d}.{form}"
    name = " ".join(_NOT_IN_A_NAME.sub("-", case).split()).strip(" .-")[:_LONGEST_NAME]
    name = name.encode()[:_LONGEST_IN_BYTES].decode(errors="ignore").strip(" .-\u200d")
    if not name or _WINDOWS_DEVICES.match(name):
        name = f"case {name}".strip()
    return f"{name} {held:%Y-%m-%d}.{form}"


def export(
    of: Handover,
    kind: DocumentKind,
    form: Format,
    target: Path,
    *,
    home: Path,
    made: datetime,
    overwrite: bool = False,
    before_writing: Callable[[], None] | None = None,
) -> str:
    """Write one file and give the sentence that tells of it. `target` may be a folder.

    Raises FileThereError when something is there already, DataFileError when a template is broken, StoreError when it
    cannot be written; in each case what was there before is there still.
    """
    try:
        path = target / file_name(of, kind, form) if target.is_dir() else target
        there = path.exists()
        if not there and not path.suffix and not target.is_dir():
            raise StoreError(f"There's no folder {target}. Make it first, or name a file that ends in .{form}.")
    except OSError as error:
        raise _not_written(target, error) from error
    if there and not overwrite:
        raise FileThereError(f"There is already a file {path}; choose another name, or say that it may be replaced.")
    content = _MADE[form](of, kind, home, made)
    if before_writing is not None:
        before_writing()
    try:
        write_privately(path, content)
    except OSError as error:
        raise _not_written(path, error) from error
    holds = "is about a worker" if kind == "personal" else "contains information about a child"
    return f"Saved in {path.absolute()}. It {holds} and is not encrypted."


def _not_written(path: Path, error: OSError) -> StoreError:
    return StoreError(
        f"The file could not be written to {path} ({error.strerror}); choose another place, the record is safe."
    )


def _markdown(of: Handover, kind: DocumentKind, home: Path, _: datetime) -> bytes:
    text = filled(kind, of, home)
    picture = _picture(of, kind)
    return (f"{text}\n{picture.in_words}\n" if picture else text).encode()


def _svg(of: Handover, kind: DocumentKind, _: Path, __: datetime) -> bytes:
    picture = _picture(of, kind, by_itself=True)
    if picture is None:
        raise ReflectError("Only a genogram is a picture; name it with --as genogram.")
    return picture.svg.encode()


def _picture(of: Handover, kind: DocumentKind, *, by_itself: bool = False) -> Picture | None:
    if kind != "genogram":
        return None
    drawn, width = svg(of.family_tree, f"Genogram: {of.case}, {format_date(of.held)}", by_itself=by_itself)
    return Picture(drawn, width, text_tree(of.family_tree))


def _content(of: Handover, kind: DocumentKind, home: Path) -> list[Block]:
    picture = _picture(of, kind)
    content = blocks(filled(kind, of, home))
    if picture is None:
        return content
    before = next((place for place, block in enumerate(content) if isinstance(block, Table)), len(content))
    return [*content[:before], picture, *content[before:]]


def _html(of: Handover, kind: DocumentKind, home: Path, _: datetime) -> bytes:
    from assistant.export.html_writer import html

    return html(filled(kind, of, home), NOTICES.get(kind, NOTICE), _picture(of, kind)).encode()


def _docx(of: Handover, kind: DocumentKind, home: Path, made: datetime) -> bytes:
    from assistant.export.docx_writer import docx

    return docx(_content(of, kind, home), made, NOTICES.get(kind, NOTICE))


def _pdf(of: Handover, kind: DocumentKind, home: Path, made: datetime) -> bytes:
    from assistant.export.pdf_writer import pdf

    return pdf(_content(of, kind, home), made, NOTICES.get(kind, NOTICE))


def _calendar(of: Handover, _: DocumentKind, __: Path, made: datetime) -> bytes:
    from assistant.export.ics_writer import calendar

    return calendar((*of.followed_up, *of.actions), made)


def _json(of: Handover, kind: DocumentKind, __: Path, ___: datetime) -> bytes:
    if kind == "personal":
        fields: dict[str, Any] = {"held": of.held, "personal": of.personal}
    else:
        fields = {name: value for name, value in vars(of).items() if not name.startswith("_") and name != "personal"}
    said = {"notice": NOTICES.get(kind, NOTICE), **fields}
    return (json.dumps(said, ensure_ascii=False, indent=2, default=_plain) + "\n").encode()


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if isinstance(value, date):
        return value.isoformat()
    return dataclasses.asdict(value)


_MADE: dict[Format, Callable[[Handover, DocumentKind, Path, datetime], bytes]] = {
    "docx": _docx,
    "pdf": _pdf,
    "html": _html,
    "md": _markdown,
    "json": _json,
    "ics": _calendar,
    "svg": _svg,
}
