from __future__ import annotations

from assistant.library.parsing import Parsed, parse
from assistant.library.points import LearningPoint


def read(text: str) -> Parsed:
    return parse(text, review="r", title="Review")


def found(text: str) -> list[tuple[str, str, str, str]]:
    return [(point.section, point.kind, point.audience, point.text) for point in read(text).points]


def one(points: tuple[LearningPoint, ...], words: str) -> LearningPoint:
    (point,) = [point for point in points if point.text.startswith(words)]
    return point


def test_a_seven_minute_briefing_in_numbered_boxes() -> None:
    text = """
1. Background

Family W were known to four agencies.

2. Safeguarding concerns

Home conditions were recorded as poor on nine visits.

3. What happened

In January 2023 one twin was scalded.

4. What went well

- The nursery wrote down the child's own words

5. Findings

- Nobody read the chronology before the meeting

6. Learning for managers

- Read the chronology aloud at each core group

7. Questions for your team

- Would your records tell a stranger what this child's day is like?
"""
    assert found(text) == [
        ("Background", "case-fact", "everyone", "Family W were known to four agencies."),
        ("Safeguarding concerns", "finding", "everyone", "Home conditions were recorded as poor on nine visits."),
        ("What happened", "case-fact", "everyone", "In January 2023 one twin was scalded."),
        ("What went well", "strength", "everyone", "The nursery wrote down the child's own words"),
        ("Findings", "finding", "everyone", "Nobody read the chronology before the meeting"),
        ("Learning for managers", "learning-point", "manager", "Read the chronology aloud at each core group"),
        (
            "Questions for your team",
            "question",
            "everyone",
            "Would your records tell a stranger what this child's day is like?",
        ),
    ]


def test_numbered_findings_with_questions_for_the_board() -> None:
    parsed = read(
        """
Finding 1: Professionals relied on what the parents said

No agency checked the account with another source.

Questions for the Board

- How will the partnership know that accounts are checked?

Finding 2: The child was not heard

The child was seen on eleven occasions and never alone.
"""
    )
    finding = one(parsed.points, "No agency checked")
    question = one(parsed.points, "How will the partnership")
    assert finding.questions == (question.text,)
    assert (question.under, question.audience, question.kind) == (finding.id, "system", "question")
    assert question.section == "Finding 1: Professionals relied on what the parents said"
    assert one(parsed.points, "The child was seen").section == "Finding 2: The child was not heard"


def test_practice_themes_with_what_went_well_and_what_could_be_better() -> None:
    text = """
Practice theme 1: Working with fathers

What went well

The health visitor recorded the father's name.

What could be better

Nobody asked the father about his own childhood.

Recommendations

The partnership should audit how often fathers are met.
"""
    assert [(section, kind) for section, kind, _, _ in found(text)] == [
        ("Practice theme 1: Working with fathers", "strength"),
        ("Practice theme 1: Working with fathers", "finding"),
        ("Recommendations", "learning-point"),
    ]


def test_a_table_of_recommendations_gives_the_recommendations_and_leaves_the_rest_out() -> None:
    parsed = read(
        """
## Recommendations

| No. | Recommendation | Lead | By when |
| -- | -- | -- | -- |
| 1 | The partnership should agree one escalation route for every agency | Partnership | June 2024 |
| 2 | Schools should record each contact with a father | Education | May 2024 |

The partnership will come back to both in a year.
"""
    )
    assert [(point.section, point.kind, point.text[:11]) for point in parsed.points] == [
        ("Recommendations", "learning-point", "The partner"),
        ("Recommendations", "learning-point", "Schools sho"),
        ("Recommendations", "learning-point", "The partner"),
    ]
    assert {left.reason for left in parsed.left_out} == {
        "who and when, under “No.”",
        "who and when, under “Lead”",
        "who and when, under “By when”",
    }


def test_headings_that_only_bold_or_their_shortness_marks() -> None:
    text = """
**Invisible men**

The father was never named.

Unheard children

Nobody asked the brother.
"""
    assert [(section, words) for section, _, _, words in found(text)] == [
        ("Invisible men", "The father was never named."),
        ("Unheard children", "Nobody asked the brother."),
    ]


def test_a_very_long_bullet_is_cut_where_its_sentences_stand_alone() -> None:
    sentences = [
        f"Agency number {number} recorded the visits of that month without the child's own words in it."
        for number in range(12)
    ]
    assert [words for _, _, _, words in found("- " + " ".join(sentences))] == sentences


def test_a_table_of_contents_is_left_out_and_what_follows_it_is_not() -> None:
    parsed = read(
        """
# Contents

Introduction and summary of the report 3

## Unheard children

Nobody asked the brother what he saw.
"""
    )
    assert [point.text for point in parsed.points] == ["Nobody asked the brother what he saw."]


def test_an_empty_document_has_no_points() -> None:
    assert read("").points == ()
    assert read("\n\n---\n\n").points == ()


def test_bullets_that_end_in_and_stay_two() -> None:
    text = "- ensure the child is seen alone, and\n- write down what the child says\n"
    assert [words for _, _, _, words in found(text)] == [
        "ensure the child is seen alone, and",
        "write down what the child says",
    ]


def test_a_list_that_lost_its_bullets_is_not_taken_for_headings() -> None:
    text = """
Unheard children

Nobody asked the brother.

Learning points for managers

See each child alone

Name every adult man

Share the chronology early

Resources

The neglect toolkit
"""
    assert [(section, kind, words) for section, kind, _, words in found(text)] == [
        ("Unheard children", "finding", "Nobody asked the brother."),
        ("Learning points for managers", "learning-point", "See each child alone"),
        ("Learning points for managers", "learning-point", "Name every adult man"),
        ("Learning points for managers", "learning-point", "Share the chronology early"),
        ("Resources", "resource", "The neglect toolkit"),
    ]


def test_two_headings_in_a_row_stay_headings() -> None:
    text = (
        "Words that begin the document, said at length.\n\nWorking together\n\nUnheard children\n\nNobody asked him.\n"
    )
    assert found(text)[-1] == ("Unheard children", "finding", "everyone", "Nobody asked him.")
    assert read(text).points[-1].path == ("Working together", "Unheard children")


def test_numbered_sections_and_paragraphs() -> None:
    text = """
1.0 Introduction

1.1 This briefing summarises the learning from a review.

2.0 Key learning

2.1 Agencies should agree a single safety plan.

3.0 Next steps for managers

3.1 Managers should audit safety plans.
"""
    assert found(text) == [
        ("2.0 Key learning", "learning-point", "inter-agency", "2.1 Agencies should agree a single safety plan."),
        ("3.0 Next steps for managers", "learning-point", "manager", "3.1 Managers should audit safety plans."),
    ]


def test_a_web_briefing_with_themes_their_actions_and_questions_at_the_end() -> None:
    text = """
# Review

**Published:** 12 May 2019

## Key themes

### Theme 1 – Fathers and partners

There was no record of his date of birth.

**What should you do?**

* Record the name and role of every adult

## Reflective questions

1. When did you last use the escalation policy?
2. What would stop you?
"""
    assert [(section, kind) for section, kind, _, _ in found(text)] == [
        ("Theme 1 – Fathers and partners", "finding"),
        ("Theme 1 – Fathers and partners", "learning-point"),
        ("Reflective questions", "question"),
        ("Reflective questions", "question"),
    ]


def test_a_letter_in_the_case_is_not_taken_for_the_bulletin_itself() -> None:
    text = "Findings\n\nThis letter was never answered by the school.\n\nThis briefing summarises what was learned.\n"
    assert [words for _, _, _, words in found(text)] == ["This letter was never answered by the school."]


LETTER = """
3 March 2024

Ms A, Director of Children's Services, Northshire County Council

Mr B, Chief Executive Officer, Northshire Health

Dear local partnership

# Joint review of Northshire

Nobody asked the brother what he saw.

Next steps

The partnership should agree one escalation route for every agency.

Yours sincerely

# Review body

Ms C

Deputy Chief Inspector Regional Director

¹ The law of 2004.
"""


def test_a_letters_addressees_and_signatures_are_no_learning() -> None:
    parsed = read(LETTER)
    assert [(point.section, point.text) for point in parsed.points] == [
        ("Joint review of Northshire", "Nobody asked the brother what he saw."),
        ("Next steps", "The partnership should agree one escalation route for every agency."),
    ]
    reasons = [left.reason for left in parsed.left_out]
    assert (reasons.count("to whom the letter goes"), reasons.count("who signed the letter")) == (4, 4)
    assert parsed.sections == ("Joint review of Northshire", "Next steps")


def test_what_stands_before_a_greeting_or_after_a_goodbye_in_sentences_is_kept() -> None:
    text = """
Learning points

- Ask each child alone

Dear colleagues

Fathers should be seen as well.

Kind regards

The Chair

Invisible fathers

Nobody asked the brother what he saw.

Appendix 1

Agencies met nine times without any plan.
"""
    assert [(section, kind, words) for section, kind, _, words in found(text)] == [
        ("Learning points", "learning-point", "Ask each child alone"),
        ("Learning points", "learning-point", "Fathers should be seen as well."),
        ("Invisible fathers", "finding", "Nobody asked the brother what he saw."),
        ("Appendix 1", "finding", "Agencies met nine times without any plan."),
    ]


def test_a_table_of_contents_ends_where_its_first_entry_stands_again() -> None:
    text = """
# Contents

#### 1. Unheard children ....... 3

Information for every reader of this report Judgements about the work of agencies

#### 32 Section 2: the board

## Unheard children

Nobody asked the brother what he saw.
"""
    assert [words for _, _, _, words in found(text)] == ["Nobody asked the brother what he saw."]
    assert read(text).sections == ("Unheard children",)


def test_what_an_inspection_says_of_itself_is_standing_text() -> None:
    text = """
## Information about this inspection

Five inspectors looked at the experiences of children.

## The local authority has the following strengths:

1. Social workers know their children well and record what they say.

## What does the local authority need to improve?

1. Managers should challenge the delay in every plan for a child.

## What the inspection judgements mean

A good authority leads effective services for children.
"""
    assert [(kind, words[:15]) for _, kind, _, words in found(text)] == [
        ("strength", "Social workers "),
        ("learning-point", "Managers should"),
    ]


def test_an_imprint_is_no_learning_wherever_its_sign_stands() -> None:
    text = """
Fathers were not seen by anybody in the family.

The Office produces this report under its power to combine reports.

Park Street, Northtown T: 0161 496 0000 © Crown copyright 2014
"""
    assert [words for _, _, _, words in found(text)] == ["Fathers were not seen by anybody in the family."]


def test_a_heading_over_bullets_that_begin_with_capitals_heads_them() -> None:
    text = """
The mother was seen often.

Working with men

- Read one file a month against these points
- Ask in supervision who the men are
"""
    assert [(section, words[:8]) for section, _, _, words in found(text)] == [
        ("Review", "The moth"),
        ("Working with men", "Read one"),
        ("Working with men", "Ask in s"),
    ]


def test_what_a_heading_asks_of_managers_or_practitioners_is_not_a_question_to_the_reader() -> None:
    text = "WHAT SHOULD MANAGERS DO?\n\n- Read one file a month\n"
    assert found(text) == [("WHAT SHOULD MANAGERS DO?", "learning-point", "manager", "Read one file a month")]


def test_a_finding_that_is_only_numbered_holds_its_questions_and_a_named_theme_its_parts() -> None:
    text = """
Finding 1

The child was not heard by those who visited the home.

Questions for the Board:

- Does the Board know how often children are seen alone?

Theme: Fathers and male carers

What went well

The midwife asked about the father at booking.
"""
    assert [(section, kind) for section, kind, _, _ in found(text)] == [
        ("Finding 1", "finding"),
        ("Finding 1", "question"),
        ("Theme: Fathers and male carers", "strength"),
    ]
    assert one(read(text).points, "The child").questions == ("Does the Board know how often children are seen alone?",)


def test_a_table_of_two_columns_headed_by_what_went_well_is_read_by_its_columns() -> None:
    text = """
## Practice theme 1: Hearing the child

| What went well | What could be better |
| -- | -- |
| The school recorded the child's own words. | Nobody saw the child alone at home. |
"""
    assert [(section, kind, words[:10]) for section, kind, _, words in found(text)] == [
        ("Practice theme 1: Hearing the child", "strength", "The school"),
        ("Practice theme 1: Hearing the child", "finding", "Nobody saw"),
    ]


def test_who_does_a_recommendation_and_when_is_left_out_however_long() -> None:
    text = """
## Recommendations

| Ref | Recommendation | Lead | By when |
| -- | -- | -- | -- |
| R1 | All agencies should record the names of fathers | Head of Quality and Assurance | End of the year 2024 |
"""
    assert [words for _, _, _, words in found(text)] == ["All agencies should record the names of fathers"]


def test_short_lines_in_a_box_of_a_table_are_kept() -> None:
    text = """
| What happened | Police were called. |
| -- | -- |
| 6. Learning for practitioners | <p>See the child alone and write it down</p><p>Ask who else lives in the home</p> |
| 7. Questions | Who is the father? |
"""
    assert [words for _, kind, _, words in found(text) if kind == "learning-point"] == [
        "See the child alone and write it down",
        "Ask who else lives in the home",
    ]


def test_a_line_that_says_what_it_is_and_then_says_it_is_a_point_of_that_kind() -> None:
    text = """
Theme One - Seeing the child

The child was seen by 14 professionals; none recorded his words.[^1]

**Learning point:** Always record the child's own words.

**Question for practitioners:** When did you last see the child alone?

**Recommendation 1:** The Partnership should launch its strategy again.

**Recommendation 2:** Schools should record each contact with a father

Next review

Nobody had asked whether he was safe.

[^1]: Interviews with practitioners.
"""
    assert [(kind, words[:24]) for _, kind, _, words in found(text)] == [
        ("finding", "The child was seen by 14"),
        ("learning-point", "**Learning point:** Alwa"),
        ("question", "**Question for practitio"),
        ("learning-point", "**Recommendation 1:** Th"),
        ("learning-point", "**Recommendation 2:** Sc"),
        ("finding", "Nobody had asked whether"),
    ]


def test_a_finding_whose_heading_is_a_sentence_is_a_point_that_the_boards_questions_are_about() -> None:
    text = """
Finding 1: Assessments did not include fathers.

Social workers rarely met the men in the household.

Questions for the Board

- How will the Board know that fathers are included?
"""
    points = read(text).points
    assert [point.kind for point in points] == ["finding", "finding", "question"]
    assert points[0].questions == ("How will the Board know that fathers are included?",)


def test_a_quotation_is_kept_without_the_sign_that_marks_it() -> None:
    text = "Findings\n\n> I told them three times and nothing happened.\n"
    assert [words for _, _, _, words in found(text)] == ["I told them three times and nothing happened."]


def test_a_table_of_grades_on_a_cover_teaches_nothing() -> None:
    text = (
        "# Review of Northshire\n\n#### Requires\n\n#### 1. Children in need improvement"
        "\n\n#### Requires\n\n2.1 Adoption performance improvement\n\n2.2 Progress of care leavers Good\n\n"
        "| Judgement | Grade |\n|--|--|\n| Leadership | Requires improvement to be good |\n"
        "| Published | Monday 2 June 2014 |\n\n"
        "Visits were good and written down.\n"
    )
    parsed = parse(text, review="r", title="Review of Northshire")
    assert [point.text for point in parsed.points] == ["Visits were good and written down."]
    assert "Requires" not in parsed.sections


def test_what_a_table_grades_beside_it_teaches_nothing() -> None:
    row = "| 1. Children who need help and protection | Requires improvement |"
    text = f"|  |  |\n| -- | -- |\n{row}\n\nWords that say it all."
    assert [point.text for point in parse(text, review="r", title="T").points] == ["Words that say it all."]


def test_lists_in_the_columns_of_a_table_are_of_the_columns_kind() -> None:
    text = (
        "# Child V\n\n| What went well | What could be better | Lead |\n|--|--|--|\n"
        "| <ul><li>Asked.</li></ul> | <p>Nobody wrote it down.</p><p>Nobody told the school.</p> "
        "| <p>Head of Service</p><p>May 2024</p> |\n\nRecords said little about the child.\n"
    )
    parsed = parse(text, review="r", title="Child V")
    assert [(point.kind, point.text) for point in parsed.points] == [
        ("strength", "Asked."),
        ("finding", "Nobody wrote it down."),
        ("finding", "Nobody told the school."),
        ("finding", "Records said little about the child."),
    ]
    assert parsed.sections == ()


def test_a_heading_that_often_divides_a_subject_is_in_the_path_of_the_subjects_under_it() -> None:
    text = "# Child V\n\n# Areas for improvement\n\n## Leadership\n\nNobody read the chronology before the meeting.\n"
    (point,) = parse(text, review="r", title="Child V").points
    assert point.path == ("Areas for improvement", "Leadership")


def test_how_an_inspection_was_made_is_no_learning_and_a_study_of_effective_practice_is_a_strength() -> None:
    text = (
        "# Child V\n\nThis inspection took place from 9 to 13 December 2024.\n\n"
        "This letter, to all the service leaders in the area, outlines our findings about the work.\n\n"
        "Between 7 March 2016 and 12 March 2016, two inspectorates undertook a joint inspection of the area.\n\n"
        "## Practice study: areas of highly effective practice\n\nThe midwife asked the father how he was.\n"
    )
    (point,) = parse(text, review="r", title="Child V").points
    assert (point.kind, point.text) == ("strength", "The midwife asked the father how he was.")


def test_a_list_goes_with_the_sentence_that_opens_it_when_that_is_left_out() -> None:
    text = """
## Main findings

Inspectors looked at the local authority’s arrangements for care leavers with a focus on:

- the quality of planning for care leavers
- the offer that is made to them

Plans are written with young people and say what they want.

- They are read again after three months.
"""
    assert [words for *_, words in found(text)] == [
        "Plans are written with young people and say what they want.",
        "They are read again after three months.",
    ]


def test_a_number_that_stands_by_itself_is_no_learning() -> None:
    assert [
        words for *_, words in found("## Findings\n\n73. The number of repeat plans was high in that year.\n\n74\n")
    ] == ["The number of repeat plans was high in that year."]
