from __future__ import annotations

import gc
import string
import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.library.contacts import resources_named
from assistant.library.fingerprint import same_text, sketch
from assistant.library.glossary import explanations, glossary
from assistant.library.metadata import describe
from assistant.library.parsing import parse
from assistant.library.points import reading_text
from assistant.library.readers.pieces import Piece, markdown
from assistant.library.readers.text_reader import read_markdown, read_text
from assistant.library.readers.web_reader import read_page
from assistant.library.review_file import FrontMatter, join_review, split_review
from assistant.resources import PACKAGE

LINES = st.sampled_from(
    [
        "",
        "# Findings",
        "Learning points:",
        "Invisible fathers",
        "1. What went well",
        "- See each child alone",
        "  - and write it down. Do you?",
        " - A slip of one space",
        "* * *",
        "| a | b |",
        "|--|--|",
        "| Theme | <p>Heading</p> <ul> • one • two <ul> • three, which left and |",
        "> quoted words",
        "    indented words",
        "```",
        "¹ A footnote (CAF) is a note.",
        "[^1]: Another footnote",
        "The father was not seen. He was at work. However, nobody asked.",
        "possibly others",
        "<div>",
        "<p>Words &amp; words</p>",
        "[Link](#)",
        "Are you able to record this?",
        "The purpose of a serious case review is to:",
        "=====",
        "\u2028 \u00a0 \t",
    ]
)
DOCUMENTS = st.lists(LINES, max_size=25).map("\n".join) | st.text(max_size=200).map(lambda text: text.replace("\r", ""))


@settings(max_examples=300, deadline=None)
@given(DOCUMENTS)
def test_whatever_is_read_every_point_is_exactly_its_spans(text: str) -> None:
    parsed = parse(text, review="r", title="Title")
    assert len({point.id for point in parsed.points}) == len(parsed.points)
    for point in parsed.points:
        assert point.text == " ".join(text[start:end] for start, end in point.spans)
        assert point.text.strip() == point.text != ""
        assert list(point.spans) == sorted(point.spans)
        assert point.path[-1] == point.section
        assert point.lines[0] == text.count("\n", 0, point.spans[0][0]) + 1
    known = {point.id for point in parsed.points}
    assert all(point.under in known for point in parsed.points if point.under is not None)


@settings(max_examples=100, deadline=None)
@given(DOCUMENTS)
def test_parsing_is_the_same_below_any_front_matter(text: str) -> None:
    front = FrontMatter(id="r", title="Title", subject="x", publisher='"quoted": yes', source="x.txt")
    whole = join_review(front, text)
    file = split_review(whole, PACKAGE)
    assert (file.front, whole[file.body :]) == (front, text)
    above = parse(text, review="r", title="Title")
    below = parse(whole, review="r", title="Title", begin=file.body)
    assert [(point.id, point.text, point.kind) for point in above.points] == [
        (point.id, point.text, point.kind) for point in below.points
    ]


@settings(max_examples=100, deadline=None)
@given(DOCUMENTS)
def test_what_is_explained_is_in_the_documents_own_words(text: str) -> None:
    known = glossary(text)
    assert all(explanation.words in text for explanation in known)
    assert set(explanations(text, known)) <= set(known)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_any_html_is_read_without_a_fault(text: str) -> None:
    read_page(f"<html><body><p>begin</p>{text}</body></html>", "page.html")


@given(st.lists(st.builds(Piece, st.sampled_from(["paragraph", "item", "heading"]), st.text(), st.integers(1, 3))))
def test_pieces_become_lines_that_are_never_two_blocks(pieces: list[Piece]) -> None:
    text = markdown(pieces)
    assert text.endswith("\n")
    for piece in pieces:
        for word in piece.text.split():
            assert word in text


@given(st.text(alphabet="abc \n*-", max_size=300))
def test_bullets_and_line_ends_do_not_change_a_sketch(text: str) -> None:
    flat = " ".join(text.replace("*", " ").replace("-", " ").split())
    assert sketch(flat) == sketch(text.replace("*", " "))
    assert same_text(sketch(text), sketch(text)) == bool(sketch(text))


SIGNS = [*string.punctuation, "“", "•", "…", "–", " ", "\t", "\n", "1", "¹"]
STARTS = [
    "a ",
    "A ",
    "A. ",
    "Aa ",
    "Aa: ",
    "A, ",
    "1.",
    "1. ",
    "(A",
    "[a](",
    "[a]",
    "http://",
    "<p>",
    "<a ",
    "&a",
    "**a",
]
LINE_STARTS = ["a\n", "A b\n", "A b.\n", "- a\n", "1. a\n", "# a\n", "| a |\n"]


def _seconds(read: Callable[[str], object], text: str) -> float:
    gc.disable()  # what is collected was left by another test
    try:
        begun = time.thread_time()
        read(text)
        return time.thread_time() - begun
    finally:
        gc.enable()


@pytest.mark.parametrize(
    "read",
    [
        lambda text: parse(text, review="r", title="T"),
        lambda text: explanations(text, glossary(text)),
        lambda text: describe(text, named=None, file_stem="x", edges=[text]),
        lambda text: read_text(text.encode(), "x"),
        lambda text: read_markdown(text.encode(), "x"),
        lambda text: read_page(f"<html><body>{text}", "x"),
        reading_text,
        resources_named,
        sketch,
    ],
    ids=["parse", "explain", "describe", "text", "markdown", "page", "show", "name", "sketch"],
)
def test_four_times_as_much_of_any_sign_takes_nothing_like_sixteen_times_as_long(read: Callable[[str], object]) -> None:
    for sign in [*SIGNS, *STARTS, *LINE_STARTS]:
        text, quarter = (f"See it. {sign * (length // len(sign))}" for length in (20_000, 5_000))
        long = _seconds(read, text)
        # What takes less is quick enough whatever its growth, and its ratio would be chance.
        if long > 0.1:
            assert min(long, _seconds(read, text)) < 10 * _seconds(read, quarter), sign
