from __future__ import annotations

import pytest

from assistant.retrieval.of_the_case import is_of_the_work, was_spoken_of


@pytest.mark.parametrize(
    "text",
    [
        "Children’s voices do not yet come through consistently in planning and records.",
        "Males not considered or assessed, and this means that risk was not understood.",
        "Do professionals have the confidence to challenge each other?",
    ],
)
def test_what_goes_wrong_with_families_is_of_the_work(text: str) -> None:
    assert is_of_the_work(text)


@pytest.mark.parametrize(
    "text",
    [
        "Leaders do not have the data to know how long children wait.",
        "In these cases, social workers failed to have children medically examined.",
        "insufficient consideration of the voice of the child;",
        "Representation of the child’s voice and their wishes and feelings.",
        "The timeliness of strategy meetings outside of working hours has to improve.",
        " ".join(["Children are not always seen alone, and"] + ["so on"] * 40) + ".",
    ],
)
def test_how_a_service_is_run_and_what_leans_on_the_sentence_before_is_not(text: str) -> None:
    assert not is_of_the_work(text)


@pytest.mark.parametrize(
    ("told", "spoken"),
    [("The police rang me about him on Friday.", True), ("His nan rang me about him on Friday.", False)],
)
def test_a_point_on_an_agency_is_for_who_spoke_of_that_agency(told: str, spoken: bool) -> None:
    assert was_spoken_of("The police do not always record what children say.", told) is spoken


def test_a_point_on_work_with_any_family_needs_nothing_to_be_named() -> None:
    assert was_spoken_of("What a child says is not always written down.", "She never said.")
