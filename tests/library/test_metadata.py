from __future__ import annotations

import pytest

from assistant.library.metadata import UNSTATED, describe

BOARD = "Northshire Safeguarding Children Board"
PARTNERSHIP = "Northshire Safeguarding Children Partnership"


def told(text: str, **more: object) -> dict[str, str | None]:
    return vars(describe(text, named=None, file_stem="a-file", **more))  # type: ignore[arg-type]  # only edges is given


@pytest.mark.parametrize(
    ("text", "publisher"),
    [
        ("The review was published by SSCB on 6 September 2016.", "SSCB"),
        (
            "Published by the Northshire Safeguarding Children Partnership",
            "Northshire Safeguarding Children Partnership",
        ),
        (
            "Published 3 May 2024 by Northshire Safeguarding Children Partnership",
            "Northshire Safeguarding Children Partnership",
        ),
        (
            "# Child V\n\nNorthshire Safeguarding Children Board | 7 minute briefing\n",
            "Northshire Safeguarding Children Board",
        ),
        (
            "Her death led NSCB to act. Northshire Safeguarding Adults Board commissioned it.",
            "Northshire Safeguarding Adults Board",
        ),
        ("Ms A, Chair of Northshire Safeguarding Children Board, wrote to us.", UNSTATED),
        ("See the Northshire Safeguarding Children Board website.", UNSTATED),
        ("Dear Northshire Safeguarding Children Board\n\nWords.", UNSTATED),
        ("# Top tips\n\nNorthshire Children’s Trust, March 2024\n\nWords.", "Northshire Children’s Trust"),
        (
            "# Top tips\n\nNorthshire NHS Foundation Trust, Safeguarding Team, March 2024\n\nWords.",
            "Northshire NHS Foundation Trust",
        ),
        (
            "# An inspection\n\nIt was carried out by Ofsted and HMI Probation.\n\nYours sincerely\n\nA Name",
            "Ofsted, HMI Probation",
        ),
        ("# Top tips\n\nWords.\n\nNorthshire Council | 2024 | www.northshire.example", "Northshire Council"),
        ("# Top tips\n\nNORTHSHIRE CHILDREN’S TRUST\n\nWords.", "NORTHSHIRE CHILDREN’S TRUST"),
        ("# Top tips\n\nRecommendations for Northshire Council\n\nWords.", UNSTATED),
    ],
)
def test_a_publisher_is_only_whom_the_document_says(text: str, publisher: str) -> None:
    assert told(text)["publisher"] == publisher


def test_a_running_head_says_who_published() -> None:
    assert told("Words.", edges=["Northshire SCP", "Northshire Safeguarding Children Partnership, page 1"])[
        "publisher"
    ] == ("Northshire Safeguarding Children Partnership")


def test_a_running_head_that_also_has_the_title_says_who_published() -> None:
    title = "Out of Sight: What Nine Fathers and Eleven Reviews Have to Tell"
    edge = f"Northshire Safeguarding Children Partnership | {title}"
    assert told(f"# {title}\n\nWords.", edges=[edge])["publisher"] == "Northshire Safeguarding Children Partnership"


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("Published 6 September 2016", "2016-09-06"),
        ("Inspection date: 2 June 2014\n\nReport published: 8 August 2014", "2014-08-08"),
        ("Date: March 2023", "2023-03"),
        ("Child V\n\nMarch 2023\n\nWords", "2023-03"),
        ("# Action Plan: Child V\n\nVersion 4, updated November 2022\n\nWords", "2022-11"),
        ("Newsletter, Spring 2019", "2019"),
        ("Northshire Safeguarding Children Board | 2022", "2022"),
        ("In June 2018, Child K was found unresponsive at home.", None),
        ("Checklist June 2014", None),
        ("# Curiosity\n\nJanuary 2024\n\nWords.\n\nNext review date: January 2026", "2024-01"),
        ("# Curiosity\n\nWords.\n\nNext review date: January 2026", None),
        ("Date of publication: 01/12/2023", "2023-12-01"),
        ("Northshire Council © 2020. Sept 2020", "2020-09"),
        ("# Curiosity\n\nWords that say it.\n\nNorthshire Council | April 2022 | www.northshire.example", "2022-04"),
    ],
)
def test_a_date_is_only_one_that_the_document_gives_as_its_own(text: str, published: str | None) -> None:
    assert told(text)["published"] == published


def test_a_line_over_lesser_headings_is_the_title_unless_a_letter_begins_there() -> None:
    text = "Practice review: Sam and the move\n\nDear colleague\n\n## Analysis of practice\n\nWords."
    assert told(text.replace("Dear colleague\n\n", ""))["title"] == "Practice review: Sam and the move"
    assert told(text)["title"] == "Analysis of practice"


def test_the_title_is_the_largest_heading_or_the_line_that_names_the_case() -> None:
    assert told("## Small\n\n# Large\n\nWords.")["title"] == "Large"
    assert told("Briefing Note\n\nSerious Case Review – Child K\n\nWords that follow it here.")["title"] == (
        "Serious Case Review – Child K"
    )
    assert told("# Findings\n\nwords only")["title"] == "a file"
    assert told("# Learning from Baby E\n\nWords.")["subject"] == "Baby E"


def test_a_licence_is_taken_as_printed() -> None:
    assert told("Words. Open Government Licence v3.0.")["licence"] == "Open Government Licence v3.0"
    assert told("© Northshire 2024. Words")["licence"] == "© Northshire 2024"
    assert told("Words.")["licence"] is None
