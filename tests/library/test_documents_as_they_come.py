"""Documents as boards, browsers and word processors make them, one small file for each way of going wrong.

`inputs/right.tsv` says what is right of each: the points with kind, audience and section, what must not be there, or
why the file is refused. The words are invented, the faults are not.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from assistant.errors import ReflectError
from assistant.library.importing import Preview, read_document
from assistant.library.points import reading_text

INPUTS = Path(__file__).parent / "inputs"
_POINT = re.compile(r"\[(?P<kind>[\w-]+); (?P<audience>[\w-]+); under “(?P<section>.*?)”\] (?P<text>.*)")


def _rows() -> list[tuple[str, str, str]]:
    with (INPUTS / "right.tsv").open(encoding="utf-8") as lines:
        rows = [tuple(row) for row in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)]
    return [(name, fault, right) for name, fault, right in rows[1:]]


@pytest.mark.parametrize(("name", "right"), [pytest.param(name, right, id=name) for name, _, right in _rows()])
def test_a_document_is_read_as_a_reader_sees_it(name: str, right: str) -> None:
    parts = right.split(" | ")
    if parts[0].startswith("refuse: "):
        with pytest.raises(ReflectError, match=re.escape(parts[0].removeprefix("refuse: "))):
            read_document(INPUTS / name)
        return
    preview = read_document(INPUTS / name)
    found = {_plain(point.text): point for point in preview.points}
    wanted = [match for match in map(_POINT.fullmatch, parts) if match]
    assert [_plain(match["text"]) for match in wanted if _plain(match["text"]) not in found] == []
    read = {text for text, point in found.items() if not point.from_picture}
    assert not wanted or read <= {_plain(match["text"]) for match in wanted}, "learning that is none"
    for match in wanted:
        point = found[_plain(match["text"])]
        assert (point.kind, point.audience, _heading(point.section)) == (
            match["kind"],
            match["audience"],
            _heading(match["section"]),
        ), match["text"]
    for part in parts:
        _other(part, preview)


def _other(part: str, preview: Preview) -> None:
    """What is said of a document besides its points."""
    if part.startswith("ABSENT: "):
        everything = " ".join(point.text for point in preview.points).lower()
        assert [words for words in part.removeprefix("ABSENT: ").split(", ") if words.lower() in everything] == []
    elif part.startswith("date "):
        assert preview.front.published == part.removeprefix("date ")
    elif part.startswith("publisher "):
        assert preview.front.publisher == part.removeprefix("publisher ")
    elif part.startswith("title "):
        assert preview.front.title == part.removeprefix("title ")
    elif part.startswith("notice "):
        assert any(notice.startswith(part.removeprefix("notice ")) for notice in preview.notices)


def test_every_input_is_judged() -> None:
    assert {file.name for file in INPUTS.iterdir()} - {"right.tsv"} == {name for name, _, _ in _rows()}


def _plain(text: str) -> str:
    return " ".join(reading_text(text).replace("’", "'").split())


def _heading(text: str) -> str:
    return _plain(text).rstrip(":").lower()
