from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from assistant.library.library import Library, open_library
from assistant.library.review_file import read_review_file
from assistant.resources import shipped

SEEDS = {
    "baby-e": "8a83d80db1a344c376f78906be5c9d4530f69c9aea3e85bc1e1ddcb0ca3b0020",
    "child-h": "d0eaddd1955c694b26ef0310bb0585ee758e5ae8c6e3fe21c1f73615b2e4d77a",
    "child-k": "41d955486af1577df1d866e1bae58148297ffb6a2403bcba261afb14aed6664e",
    "child-n": "7e3e6e2954770f7e8ead71909f32a6521cb1bb1b20140e804debe25209102559",
    "child-r": "b3dae1e47b294be2007159375299fdcd09636c394212dfcdc867456a9ae1e7ec",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return open_library(tmp_path_factory.mktemp("home"))


def test_the_five_bulletins_are_there_in_order(library: Library) -> None:
    assert list(library.reviews) == sorted(SEEDS)


@pytest.mark.parametrize("review", sorted(SEEDS))
def test_below_its_front_matter_a_bulletin_is_what_was_published_byte_for_byte(review: str) -> None:
    path = shipped("corpus") / "reviews" / f"{review}.md"
    body = path.read_bytes()[len(read_review_file(path).text[: read_review_file(path).body].encode()) :]
    assert hashlib.sha256(body).hexdigest() == SEEDS[review]


def test_every_point_is_exactly_its_spans_of_the_source(library: Library) -> None:
    assert len(library) > 150
    for point in library:
        source = library.reviews[point.review].text
        assert point.text == " ".join(source[start:end] for start, end in point.spans)
        assert all(0 < start < end <= len(source) for start, end in point.spans)
        first, last = point.lines
        assert first == source.count("\n", 0, point.spans[0][0]) + 1
        assert last == source.count("\n", 0, point.spans[-1][1] - 1) + 1


def test_a_point_is_found_by_its_position_and_by_its_name(library: Library) -> None:
    points = list(library)
    assert [library.point(position) for position in range(len(library))] == points
    assert all(library.by_id(point.id) == point for point in points)
    assert len({point.id for point in points}) == len(points)


@pytest.mark.parametrize("position", [-1, 10_000_000])
def test_no_point_stands_outside_the_library(library: Library, position: int) -> None:
    with pytest.raises(IndexError):
        library.point(position)


def test_an_unknown_name_is_a_key_error(library: Library) -> None:
    for name in ("child-k/invisible-fathers/999", "child-z/x/1", ""):
        with pytest.raises(KeyError):
            library.by_id(name)


def test_a_question_belongs_to_the_point_it_stands_under(library: Library) -> None:
    for point in library:
        for question in point.questions:
            asked = [other for other in library if other.text == question and other.under == point.id]
            assert [other.kind for other in asked] == ["question"], (point.id, question)


def test_the_checksum_is_the_same_for_the_same_library(library: Library, tmp_path: Path) -> None:
    assert library.checksum == open_library(tmp_path).checksum
