from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.library.parsing import Parsed, parse
from assistant.library.review_file import read_review_file
from assistant.resources import shipped
from tests.library.golden import listing

GOLDEN = Path(__file__).parent / "golden_listings"
NEITHER_KEPT_NOR_LEFT_OUT = {  # headings of standing text, titles, and headings that only tell the kind
    "baby-e": "Serious Case Review Learning Bulletin Serious Case Review (SCR) Learning Bulletin Date Published",
    "child-h": "How was learning achieved? The purpose of a serious case review is to:",
    "child-k": "Learning Lessons Practice Briefing Note What is a Serious Case Review?" + " Learning points:" * 4,
    "child-n": "How was learning achieved? The purpose of a serious case review is to:",
    "child-r": "",
}
REVIEWS = sorted(path.stem for path in GOLDEN.glob("*.txt"))


def parsed(review: str) -> Parsed:
    file = read_review_file(shipped("corpus") / "reviews" / f"{review}.md")
    return parse(file.text, review=review, title=file.front.title, begin=file.body)


def texts(review: str, **wanted: object) -> list[str]:
    points = parsed(review).points
    return [point.text for point in points if all(getattr(point, name) == value for name, value in wanted.items())]


@pytest.mark.parametrize("review", REVIEWS)
def test_every_point_is_as_it_was_read_in_the_document(review: str) -> None:
    assert listing(parsed(review)) == (GOLDEN / f"{review}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("review", REVIEWS)
def test_nothing_of_the_document_is_lost(review: str) -> None:
    file = read_review_file(shipped("corpus") / "reviews" / f"{review}.md")
    found = parsed(review)
    rest = list(file.text)
    for point in found.points:
        for start, end in point.spans:
            rest[start:end] = " " * (end - start)
    remaining = " ".join("".join(rest[file.body :]).split())
    for left in sorted(found.left_out, key=lambda left: -len(left.text)):
        remaining = remaining.replace(" ".join(left.text.split()), " ")
    for heading in (*(path for point in found.points for path in point.path), file.front.title):
        remaining = remaining.replace(heading, " ")
    words = re.findall(r"[\w'?:()-]*[A-Za-z][\w'?:()-]*", re.sub(r"<[^>]*>", " ", remaining))
    assert " ".join(words) == NEITHER_KEPT_NOR_LEFT_OUT[review]


def test_a_bullet_broken_by_a_table_end_and_a_footnote_comes_back_as_one_point() -> None:
    broken = [point for point in parsed("baby-e").points if "which left these and" in point.text]
    assert [point.text for point in broken] == [
        "Absence of any robust recording systems in school, which left these and possibly other children vulnerable"
    ]
    assert len(broken[0].spans) == 2


def test_a_sub_bullet_knows_its_bullet() -> None:
    points = {point.id: point for point in parsed("baby-e").points}
    males = next(point for point in points.values() if point.text.startswith("Males not considered"))
    assert males.under is not None
    assert points[males.under].text.startswith("Understanding the presence and role of males")


def test_what_a_board_says_about_reviews_in_general_is_never_learning() -> None:
    for review in REVIEWS:
        for point in parsed(review).points:
            for standing in (
                "purpose of a serious case review",
                "Establish what lessons",
                "traditional SCR model",
                "terms of reference.",
                "independent oversight",
                "attribution of culpability",
                "full report and learning can be found",
                "This summary",
            ):
                assert standing not in point.text


def test_the_questions_a_bulletin_asks_are_linked_to_what_they_are_about() -> None:
    points = parsed("child-r").points
    lead = next(point for point in points if point.text.startswith("Ensure that assessments and plans are holistic"))
    assert len(lead.questions) == 5
    assert [point.text for point in points if point.under == lead.id] == list(lead.questions)
    protocol = next(point for point in parsed("child-k").points if "'Responding to bruising" in point.text)
    assert protocol.questions == ("Are you aware of this protocol and supported to follow it?",)


def test_a_case_is_told_in_its_own_order() -> None:
    facts = texts("child-k", kind="case-fact")
    assert facts[0].startswith("Child K lived with his mother")
    assert facts[-1] == "The cause of Child K's death was inconclusive."
    assert texts("child-h", kind="case-fact")[0].startswith("This case concerned a one year old")


@pytest.mark.parametrize(
    ("review", "words", "audience"),
    [
        ("child-h", "debrief difficult events", "manager"),
        ("child-h", "No Names Consultation", "practitioner"),
        ("child-n", "No Names Consultation", "inter-agency"),
        ("child-r", "waking night cover", "system"),
        ("child-r", "national picture", "system"),
        ("child-k", "human factors that may prevent", "everyone"),
    ],
)
def test_the_heading_says_to_whom_a_point_is_addressed(review: str, words: str, audience: str) -> None:
    assert {point.audience for point in parsed(review).points if words in point.text} == {audience}


def test_a_point_carries_the_tools_and_numbers_it_names() -> None:
    named = {name for review in REVIEWS for point in parsed(review).points for name in point.resources}
    assert {
        "MASH (0300 456 0108)",
        "No Names Consultation",
        "legal panel",
        "complex case panel",
        "Complex Child Panel",
        "01865 328607",
        "Threshold of Needs Matrix",
        "genogram",
        "Drug and Alcohol Screening Tools",
        "Leaflet for parents",
    } <= named
