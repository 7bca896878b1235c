"""A session as a file in somebody's folder: whole or not at all, theirs alone, and never over another by surprise."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from assistant.records.blocks import blocks
from assistant.records.documents import filled
from assistant.records.errors import FileThereError, StoreError
from assistant.records.handover import DocumentKind, Format, Handover
from assistant.records.vault import write_privately

_LONGEST_NAME = 60
_LONGEST_IN_BYTES = 180
"""Systems take 255 for a whole file name, and one emoji is four."""
_NOT_IN_A_NAME = re.compile(r'[<>:"/\\|?*\x00-\x1f\u200e\u200f\u202a-\u202e\u2066-\u2069]+')
_WINDOWS_DEVICES = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)


def file_name(of: Handover, form: Format) -> str:
    """The made-up name of the case and the day, and nothing else, as every system takes it."""
    name = " ".join(_NOT_IN_A_NAME.sub("-", of.case).split()).strip(" .-")[:_LONGEST_NAME]
    name = name.encode()[:_LONGEST_IN_BYTES].decode(errors="ignore").strip(" .-\u200d")
    if not name or _WINDOWS_DEVICES.match(name):
        name = f"case {name}".strip()
    return f"{name} {of.held:%Y-%m-%d}.{form}"


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
        path = target / file_name(of, form) if target.is_dir() else target
        there = path.exists()
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
    return f"Saved in {path.absolute()}. It contains information about a child and is not encrypted."


def _not_written(path: Path, error: OSError) -> StoreError:
    return StoreError(
        f"The file could not be written to {path} ({error.strerror}); choose another place, the record is safe."
    )


def _markdown(of: Handover, kind: DocumentKind, home: Path, _: datetime) -> bytes:
    return filled(kind, of, home).encode()


def _html(of: Handover, kind: DocumentKind, home: Path, _: datetime) -> bytes:
    from assistant.records.as_html import html

    return html(filled(kind, of, home)).encode()


def _docx(of: Handover, kind: DocumentKind, home: Path, made: datetime) -> bytes:
    from assistant.records.as_docx import docx

    return docx(blocks(filled(kind, of, home)), made)


def _pdf(of: Handover, kind: DocumentKind, home: Path, made: datetime) -> bytes:
    from assistant.records.as_pdf import pdf

    return pdf(blocks(filled(kind, of, home)), made)


def _calendar(of: Handover, _: DocumentKind, __: Path, made: datetime) -> bytes:
    from assistant.records.as_calendar import calendar

    return calendar((*of.followed_up, *of.actions), made)


def _json(of: Handover, _: DocumentKind, __: Path, ___: datetime) -> bytes:
    fields = {name: value for name, value in vars(of).items() if not name.startswith("_")}
    said = {"notice": "Contains information about a child", **fields}
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
}
