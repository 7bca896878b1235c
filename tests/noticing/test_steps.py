from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.noticing.closing_reader import ClosingReader
from assistant.noticing.reading import ON_THE_PAGE, Known
from tests.shipped import NOWHERE, reader


class _Nothing(ClosingReader):
    """Where nothing is learnt, steps are told by their words."""

    def read(self, *_: object) -> None:
        return None


READER = replace(reader(), closing=_Nothing(NOWHERE))
THURSDAY = date(2026, 3, 12)
ASKED_FOR = Known(today=THURSDAY, keeps="action")


def steps(words: str, known: Known = ASKED_FOR) -> list[tuple[str, int | None, str]]:
    """Who, the day of the month, and the text of each step."""
    return [(step.who, step.by.day if step.by else None, step.text) for step in READER.read(words, known).steps]


def test_a_paragraph_of_steps_is_split_and_each_has_its_person_and_day():
    assert steps(
        "I'll go to Nan's with a family support worker Thursday teatime. I'll do the genogram with Mum by the 20th. "
        "Police check on the uncle, manager to sign it off tomorrow. School to ask the boy about home."
    ) == [
        ("I", 19, "I'll go to Nan's with a family support worker Thursday teatime"),
        ("I", 20, "I'll do the genogram with Mum by the 20th"),
        ("Police", None, "Police check on the uncle"),
        ("manager", 13, "manager to sign it off tomorrow"),
        ("School", None, "School to ask the boy about home"),
    ]


@pytest.mark.parametrize(
    "words",
    [
        "1 HV to weigh her Thursday 2 me see Jayden at school Friday 3 manager to ring police Wednesday",
        "1. HV to weigh her Thursday\n2. me see Jayden at school Friday\n3. manager to ring police Wednesday",
        "1) HV to weigh her Thursday. 2) me see Jayden at school Friday. 3) manager to ring police Wednesday.",
        "- HV to weigh her Thursday\n- me see Jayden at school Friday\n- manager to ring police Wednesday",
        "HV to weigh her Thursday; me see Jayden at school Friday; manager to ring police Wednesday",
    ],
)
def test_a_list_is_split_however_it_is_marked(words):
    assert steps(words) == [
        ("HV", 19, "HV to weigh her Thursday"),
        ("me", 13, "me see Jayden at school Friday"),
        ("manager", 18, "manager to ring police Wednesday"),
    ]


@pytest.mark.parametrize("mark", ["{}. ", "{}) ", "{}: ", "- ", "{} "])
def test_a_list_with_a_line_for_each_keeps_no_number_of_the_next_line(mark):
    lines = ("I'll ask Ruby about nights", "Health visitor to see Jay", "Police check on Craig")
    typed = "\n".join(mark.format(number) + line for number, line in enumerate(lines, start=1))
    assert [text for _, _, text in steps(typed)] == list(lines)


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("I'll ring school", "I"),
        ("I need to ask mum by Friday", "I"),
        ("Me: ring school", "Me"),
        ("By Friday: family support ring mum, not me", "family support"),
        ("Viability on grandad by the 11th, me", "me"),
        ("Legal planning meeting a week on Friday, my manager", "my manager"),
        ("Me and the health visitor visit today", "Me and the health visitor"),
        ("Mrs P to sit with her", "Mrs P"),
        ("Tariq will see them both", "Tariq"),
        ("Ring alcohol service for results", ""),
        ("Ask the school to see him", ""),
        ("Nursery place, nobody", ""),
        ("Monday: ring the nursery", ""),
    ],
)
def test_who_does_it_is_who_is_named_to_do_it(words, who):
    assert [step[0] for step in steps(words)] == [who]


@pytest.mark.parametrize(
    ("words", "vague"),
    [
        ("School to monitor over the holidays", "monitor"),
        ("Keep an eye on Ruby every day", "Keep an eye on"),
        ("SW to liaise with school", "liaise"),
        ("We'll engage with the family", "engage with"),
        ("Family support worker to see both boys on Friday", ""),
        ("I'll ring the GP", ""),
    ],
)
def test_a_word_that_says_little_is_named_unless_it_is_somebodys_title(words, vague):
    assert [step.vague for step in READER.read(words, ASKED_FOR).steps] == [vague]


def test_the_day_is_the_one_it_is_due_and_not_the_one_something_happened():
    words = "I'll write up what I saw on Monday with a body map by tomorrow"
    assert [(step.by, step.by_words) for step in READER.read(words, ASKED_FOR).steps] == [
        (date(2026, 3, 13), "tomorrow")
    ]


def test_a_day_or_a_manner_alone_belongs_to_the_step_before():
    assert steps("Me, see Jayden at school. On his own. By Friday.") == [
        ("Me", 13, "Me, see Jayden at school. On his own. By Friday")
    ]


@pytest.mark.parametrize("words", ["Nothing yet.", "That's it really.", "I don't know who does it.", "It's in hand."])
def test_a_remark_is_no_step(words):
    assert steps(words) == []


def test_where_no_plan_was_asked_for_only_what_the_worker_says_they_will_do_is_a_step():
    known = Known(today=THURSDAY)
    words = "School say he's fine. If he isn't I'd ring. But I'll see him this week, at school. Mum to sort the bins."
    assert [text for _, _, text in steps(words, known)] == ["I'll see him this week, at school"]


def test_a_group_with_a_scenario_makes_no_plan_for_a_case():
    assert steps("We'll ring the GP tomorrow", Known(today=THURSDAY, keeps="action", training=True)) == []


WORDS = st.lists(
    st.sampled_from(
        "I'll ring HV to visit Friday . , ; and 1 2. 3) - me manager will by the 20th \n tomorrow Mum: don't if".split(
            " "
        )
    ),
    max_size=30,
).map(" ".join)


@given(st.one_of(WORDS, st.text(max_size=120)), st.booleans())
def test_steps_stand_in_order_in_the_answer_and_are_its_own_words(words, asked_for):
    found = READER.read(words, ASKED_FOR if asked_for else Known(today=THURSDAY)).steps
    assert all(words[slice(*step.span)] == step.text and step.text.strip() == step.text != "" for step in found)
    assert all(step.by_words in step.text and step.vague in step.text for step in found)
    assert all(before.span[1] <= after.span[0] for before, after in pairwise(found))


@pytest.mark.parametrize(
    "words",
    [
        "There'll be a trial.",
        "Ongoing.",
        "Me.",
        "Tariq, head of year.",
        "What have I missed?",
        "Can I even talk to her about him?",
        "you didn't answer me can I write to housing or not",
    ],
)
def test_what_nobody_would_be_doing_is_no_step(words):
    assert steps(words) == []


@pytest.mark.parametrize(
    ("words", "who", "day"),
    [
        ("Ring school. Tariq, head of year. By Friday.", "Tariq, head of year", 13),
        ("Joint visit with the health visitor. Me, Tuesday.", "Me", 17),
        ("Chase housing by Friday. My manager.", "My manager", 13),
    ],
)
def test_somebody_named_alone_does_the_step_before(words, who, day):
    assert [step[:2] for step in steps(words)] == [(who, day)]


def test_names_alone_answer_who_will_do_it():
    words = "Me. Tariq, head of year. Ongoing. Can I even talk to her about him? There'll be a trial."
    asked_who = Known(today=THURSDAY, keeps="step-gap")
    assert steps(words, asked_who) == [("Me and Tariq, head of year", None, "Me. Tariq, head of year")]


def test_what_each_person_does_in_one_sentence_is_a_step_of_its_own():
    assert steps("Petra reports anything, Petra keeps seeing the adviser.") == [
        ("Petra", None, "Petra reports anything"),
        ("Petra", None, "Petra keeps seeing the adviser"),
    ]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (
            "All of that. I'd die isn't a decision, she was embarrassed. I asked. There isn't a Mr There. Step: I see "
            "Wren Thursday and say sorry. Ring the police officer tomorrow. Look again Friday.",
            [("I", 19, "I see Wren Thursday and say sorry"), ("", 13, "Ring the police officer tomorrow")],
        ),
        (
            "Steps are missing, you asked me for them. Me and Sim from probation will see him at the office Tuesday, "
            "I'll get his report by Friday. Look at it again the day before the review.",
            [
                ("Me and Sim from probation", 17, "Me and Sim from probation will see him at the office Tuesday"),
                ("I", 13, "I'll get his report by Friday"),
            ],
        ),
        ("Nothing. We meet on the 20th.", []),
        ("The health visitor's name is missing. Friday.", []),
    ],
)
def test_where_the_last_page_is_put_right_only_what_will_be_done_is_a_step(words, found):
    assert steps(words, Known(today=THURSDAY, keeps=ON_THE_PAGE)) == found


def test_whoever_begins_with_me_goes_on_with_what_is_theirs():
    assert steps(
        "me, dawn tomorrow about threshold. read the two closed plans side by side before i see her. see ronan at "
        "school by weds. ring the dentist myself, they've lived there years so i dont know what address that is"
    ) == [
        ("me", 13, "me, dawn tomorrow about threshold"),
        ("me", None, "read the two closed plans side by side before i see her"),
        ("me", 18, "see ronan at school by weds"),
        ("myself", None, "ring the dentist myself"),
    ]


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("me, dawn tomorrow. someone should ring mum", ["me", ""]),
        ("me, dawn tomorrow. School to weigh her. Ring the GP.", ["me", "School", ""]),
        ("1. me see Jayden Friday\n2. Ring the GP", ["me", ""]),
        ("Ring the GP. Ask the school to see him.", ["", ""]),
        ("Ring the dentist myself. Ask the school to see him.", ["myself", ""]),
    ],
)
def test_what_has_another_owner_or_a_line_of_its_own_is_not_theirs(words, who):
    assert [step[0] for step in steps(words)] == who


def test_what_each_thing_waits_for_is_told_apart():
    asked_who = Known(today=THURSDAY, keeps="step-gap")
    assert steps("me the plans tonight, me the dentist tomorrow", asked_who) == [
        ("me", 12, "me the plans tonight"),
        ("me", 13, "me the dentist tomorrow"),
    ]


@pytest.mark.parametrize("keeps", ["action", ON_THE_PAGE, None])
@pytest.mark.parametrize("words", ["I will when we finish.", "I'm going to stop now and ring.", "I'll do it later."])
def test_that_somebody_will_is_no_step_where_it_is_not_said_what(words, keeps):
    assert steps(words, Known(today=THURSDAY, keeps=keeps)) == []


def test_what_is_said_of_the_page_before_a_step_is_no_part_of_it():
    page = Known(today=THURSDAY, keeps=ON_THE_PAGE)
    assert [
        text for _, _, text in steps("no. put Juniper at the top, not seen, and ring the office on Friday", page)
    ] == ["ring the office on Friday"]
    assert [text for _, _, text in steps("It should say I ring the midwife today about the red dot", page)] == [
        "I ring the midwife today about the red dot"
    ]


@pytest.mark.parametrize(
    "words",
    ["Today I ring Gillian, before lunch", "By Friday I ring the chair", "I've got to put the record right by Monday"],
)
def test_whoever_types_is_named_wherever_the_day_stands(words):
    (step,) = READER.read(words, Known(today=date(2026, 11, 27), keeps="action")).steps
    assert step.who == "I"


def test_four_steps_in_one_breath_are_four():
    assert steps(
        "visit him after school Tuesday, and ask Roy about nights, and somebody should ring the nurse, ask who Craig is"
    ) == [
        ("", 17, "visit him after school Tuesday"),
        ("", None, "ask Roy about nights"),
        ("", None, "somebody should ring the nurse"),
        ("", None, "ask who Craig is"),
    ]


def test_who_goes_on_with_a_list_in_one_breath_does_all_of_it():
    found = steps(
        "I'll see the boys on Tuesday, ask Mum about the car, ring the GP tomorrow, and tell my manager tonight"
    )
    assert [(who, day) for who, day, _ in found] == [("I", 17), ("I", None), ("I", 13), ("I", 12)]


def test_two_things_joined_once_stay_one_step():
    assert len(steps("Ring Gran on Friday, and ask about the bruise.")) == 1


def test_me_and_others_in_small_letters_each_have_their_own_step():
    assert steps("me ring mash now, me go back this afternoon with Jo, gp to see carys tomorrow, dale to be told") == [
        ("me", 12, "me ring mash now"),
        ("me", 12, "me go back this afternoon with Jo"),
        ("gp", 13, "gp to see carys tomorrow"),
        ("", None, "dale to be told"),
    ]


@pytest.mark.parametrize("words", ["tell my manager about the fridge, me, today", "see her in class by me, today"])
def test_somebody_named_after_the_step_and_before_its_day_does_it(words):
    ((who, day, _),) = steps(words)
    assert (who, day) == ("me", 12)


def test_a_day_alone_before_any_step_is_none_and_the_day_it_is_not_to_be_is_not_its_day():
    assert [text for *_, text in steps("ME. Today. I look at her arm with the nurse.")] == [
        "I look at her arm with the nurse"
    ]
    assert steps("Ring the manager now, not Tuesday") == [("", 12, "Ring the manager now, not Tuesday")]


def test_with_a_decision_what_is_done_by_a_day_is_a_step():
    known = Known(today=THURSDAY, keeps="decision")
    assert steps("I ring the midwife tonight and I see her alone Tuesday", known) == [
        ("I", 12, "I ring the midwife tonight"),
        ("I", 17, "I see her alone Tuesday"),
    ]
    assert steps("I think it's neglect and we keep going. He was seen on Tuesday.", known) == []


def test_a_day_that_somebody_else_will_do_it_by_fills_the_gap():
    known = Known(today=THURSDAY, keeps="step-gap")
    assert steps("she'd do it by Sunday", known) == [("", 15, "she'd do it by Sunday")]


def test_a_day_by_itself_at_the_end_is_the_day_of_the_step():
    ((_, day, _),) = steps("me ring her GP to ask if she's been seen alone, Monday")
    assert day == 16
