from __future__ import annotations

import pytest

from assistant.library.points import Kind
from assistant.retrieval.point_quality import is_furniture, polarity, stands_alone_as_learning
from tests.retrieval.made_up import point


@pytest.mark.parametrize(
    "text",
    [
        "Managerial oversight and supervision",
        "In response to this case the protocol on bruising in babies has been updated by the board.",
        "Inspectors met with the chief executive and reviewed the records of twelve children in the area.",
        "This letter summarises the findings of the joint inspection of services for children in the county.",
        "Between 3 May and 9 June 45 of 312 children, 14%, and 78 in 2021.",
        "Drug and Alcohol Team, Public Health, Tel: 01234 567890, for advice to parents",
        "It also meant that they did not hear about the second visit until much later.",
        "Ensure that plans understand what each child needs within the family, in particular:",
    ],
)
def test_headings_furniture_and_fragments_do_not_stand_alone(text: str) -> None:
    assert not stands_alone_as_learning(point("a/1", text))


@pytest.mark.parametrize(
    "text",
    [
        "Referrals seen in isolation from each other",
        "Inspectors found an overreliance on the use of written agreements to manage risks to children.",
        "Non-mobile babies very rarely cause injuries to themselves and must be considered at risk of abuse.",
    ],
)
def test_a_finding_on_practice_stands_alone(text: str) -> None:
    assert stands_alone_as_learning(point("a/1", text))


@pytest.mark.parametrize("kind", ["theme", "resource"])
def test_a_theme_or_a_resource_is_not_learning_by_itself(kind: Kind) -> None:
    text = "Effective partnership working and the management of risk in the county"
    assert not stands_alone_as_learning(point("a/1", text, kind=kind))


def test_a_detail_of_another_family_is_not_learning_but_what_happened_is() -> None:
    assert not stands_alone_as_learning(point("a/1", "The baby had three older brothers and sisters", kind="case-fact"))
    happened = (
        "A child of one year swallowed methadone that had been in a bottle in the mother's handbag, while for a moment "
        "alone in the room."
    )
    assert stands_alone_as_learning(point("a/1", happened, kind="case-fact"))


def test_a_question_about_something_before_it_does_not_stand_alone() -> None:
    assert not stands_alone_as_learning(
        point("a/1", "Are you able to record this information easily?", kind="question")
    )
    asked = "Have all the children in the family been seen individually and their voices heard?"
    assert stands_alone_as_learning(point("a/1", asked, kind="question"))


def test_what_was_missing_is_told_from_what_went_well() -> None:
    assert polarity(point("a/1", "Children wait too long and plans are not reviewed")) == "gap"
    assert polarity(point("a/1", "Social workers build strong relationships and respond promptly")) == "strength"
    assert polarity(point("a/1", "Schools told the police")) is None


def test_what_inspectors_found_is_not_furniture() -> None:
    assert not is_furniture("Inspectors found that too many children wait for help")
