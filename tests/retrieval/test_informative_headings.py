from __future__ import annotations

import pytest

from assistant.retrieval.informative_headings import informative_headings_of


@pytest.mark.parametrize(
    "heading",
    [
        "Invisible fathers",
        "Bruising and injuries in under 1s",
        "Patterns in Multi-Agency work",
        "Recognising vulnerability",
        "Placement insufficiency",
    ],
)
def test_a_heading_with_a_subject_tells(heading: str) -> None:
    assert informative_headings_of([heading]) == heading


@pytest.mark.parametrize(
    "heading",
    [
        "Learning points:",
        "Key learning points for practitioners:",
        "Key messages for inter-agency learning",
        "Themes in common with other Oxfordshire case reviews:",
        "Strengths in practice with Child R:",
        "What is a Serious Case Review?",
        "Baby E",
        "",
    ],
)
def test_a_heading_that_is_only_furniture_does_not(heading: str) -> None:
    assert informative_headings_of([heading]) == ""


def test_telling_headings_are_kept_in_order() -> None:
    assert (
        informative_headings_of(["Serious Case Review", "Invisible fathers", "Learning points"]) == "Invisible fathers"
    )
