from __future__ import annotations

from pathlib import Path

import pytest

from assistant.library.library import open_library
from assistant.library.points import LearningPoint
from assistant.library.similar_points import MOST_LINKS, links, recurring

POINTS = list(open_library(Path("no such home")))


def holding(review: str, words: str) -> set[str]:
    return {point.id for point in POINTS if point.review == review and words in point.text}


@pytest.mark.parametrize(
    ("review", "words", "other_review", "other_words"),
    [
        ("child-h", "information as fact", "child-n", "information as fact"),
        ("child-h", "No Names Consultation", "child-n", "No Names Consultation"),
        ("child-h", "**Support the parent/s**", "child-n", "**Support** the parent/s"),
        ("child-k", "genogram", "child-r", "genogram"),
        ("child-h", "if risks are not reducing", "child-r", "when risks are not reducing"),
        ("baby-e", "Males not considered", "child-k", "Father was an inconsistent figure"),
        ("baby-e", "presence and role of males", "child-k", "little attention was paid to Father"),
        ("baby-e", "'child's voice'", "child-r", "their voices heard"),
        ("child-h", "**Language:**", "child-r", "common language"),
        ("baby-e", "reflective supervision", "child-h", "**Supervision:**"),
        ("baby-e", "failure to assertively escalate", "child-h", "**Escalate:**"),
    ],
)
def test_the_same_learning_in_two_reviews_is_linked_both_ways(
    review: str, words: str, other_review: str, other_words: str
) -> None:
    ours, theirs = holding(review, words), holding(other_review, other_words)
    assert ours and theirs
    assert any(theirs & set(point.also_in) for point in POINTS if point.id in ours)
    assert any(ours & set(point.also_in) for point in POINTS if point.id in theirs)


@pytest.mark.parametrize(
    ("words", "other_words"),
    [
        ("Challenges of working with children", "No challenge of poor practice"),
        ("Effective partnership working and risk", "Multi-agency partnerships and collaborative"),
        ("waking night cover", "flexible working practices"),
        ("debrief difficult events", "Leaflet for parents"),
        ("Males not considered", "relationship between Mother and Father"),
        ("**Supervision:**", "human factors that may prevent"),
        ("Lack of clarity across agencies about thresholds", "updated Threshold of Needs document"),
    ],
)
def test_words_used_by_the_way_or_by_every_bulletin_link_nothing(words: str, other_words: str) -> None:
    ours = [point for point in POINTS if words in point.text]
    theirs = {point.id for point in POINTS if other_words in point.text}
    assert ours and theirs
    assert not any(theirs & set(point.also_in) for point in ours)


def test_links_lead_to_other_reviews_only_and_never_to_case_facts() -> None:
    by_id = {point.id: point for point in POINTS}
    for point in POINTS:
        assert len(point.also_in) <= MOST_LINKS
        for other in point.also_in:
            assert by_id[other].review != point.review
            assert by_id[other].kind not in {"case-fact", "resource", "question"}


def test_the_order_of_the_reviews_changes_no_link() -> None:
    assert links(reversed(POINTS)) == links(POINTS)


def test_what_comes_back_in_most_reviews_is_told_first_and_nothing_twice() -> None:
    groups = recurring(POINTS)
    assert [len(group.points) for group in groups] == sorted((len(group.points) for group in groups), reverse=True)
    assert {"baby-e", "child-h", "child-r"} == set(groups[0].reviews)
    pairs = [
        (one.id, other.review) for group in groups for one in group.points for other in group.points if one != other
    ]
    assert len(pairs) == len(set(pairs))


def test_a_library_of_nothing_recurs_nowhere() -> None:
    nothing: list[LearningPoint] = []
    assert links(nothing) == {}
    assert recurring(nothing) == []
