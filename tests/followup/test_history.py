from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import date
from typing import Any

import pytest

from assistant.conversation import events as e
from assistant.conversation.state import State, replay
from assistant.export.genogram_drawing import svg, text_tree
from assistant.followup.chronology import Entry, entries_of, rows
from assistant.followup.genogram import Member, member_id, members_of
from assistant.noticing.observations import Noticing
from assistant.noticing.reading import Fact, Mention, Reading, Role
from tests.stores import START, answered, asked, started


def told(words: str, session: str = "s1", reading: Reading | None = None, **more: Any) -> State:
    noticed = e.Noticed(at=START, question="x/1", noticing=Noticing(), reading=reading)
    return replay([started(session), asked("x/1", **more), answered(words, "x/1"), noticed])


@pytest.mark.parametrize(
    ("words", "day", "whole_month"),
    [
        ("I saw her on Tuesday with Mum there.", date(2026, 2, 24), False),
        ("We referred in November.", date(2025, 11, 1), True),
        ("She was born on 3 January 2024.", date(2024, 1, 3), False),
        ("He moved in two weeks ago.", date(2026, 2, 16), False),
        ("School rang yesterday.", date(2026, 3, 1), False),
        ("She stopped talking since half term.", None, False),
        ("It's Monday and he was sore again today.", date(2026, 3, 2), False),
        ("She was sore on Monday.", date(2026, 2, 23), False),
        ("He rang me eleven times in one day in March.", None, True),
        ("she cried on tuesday. she was fine before.", date(2026, 2, 24), False),
    ],
)
def test_what_happened_has_its_day_where_the_words_give_one(words: str, day: date | None, whole_month: bool):
    (entry,) = entries_of([told(words)])
    assert (entry.day, entry.whole_month) == (day, whole_month)
    assert words.startswith(entry.event) and entry.event.endswith(".")
    assert entry.significance == "", "what it means for the child is for somebody to say"


@pytest.mark.parametrize(
    ("words", "more"),
    [
        ("I'll see her on Tuesday.", {}),
        ("The conference is next March.", {}),
        ("Ring school on Tuesday, I asked them to.", {"keeps": "action"}),
        ("I was worn out on Monday.", {"keeps": "wellbeing"}),
        ("May was there too.", {}),
        ("We did the training in September.", {}),
        ("It was busy on Tuesday, we were short staffed.", {}),
        ("He told me that yesterday.", {}),
        ("I'd say he was last seen on Saturday.", {}),
        ("I cried in the car on Tuesday.", {}),
        ("I just came out on Tuesday feeling a bit funny.", {}),
        ("Well I just told you about Tuesday.", {}),
        ("That was last Thursday.", {}),
        ("Was it on Tuesday that she came?", {}),
        ("There's a baby sister, she starts with us in January.", {}),
    ],
)
def test_plans_names_and_the_worker_s_own_state_are_no_history(words: str, more: dict[str, Any]):
    assert entries_of([told(words, **more)]) == []


def test_sessions_merge_by_date_and_a_long_time_without_any_entry_is_marked():
    first, second = told("We referred in November.", "s1"), told("I saw her on Tuesday.", "s2")
    listed = rows(entries_of([second, first, first]))
    assert [(row.entry.event, row.weeks_without) for row in listed] == [
        ("We referred in November.", 0),
        ("I saw her on Tuesday.", 16),
    ]


def test_what_was_put_right_or_taken_out_by_hand_counts():
    state = told("We referred in November. I saw her on Tuesday.")
    referred, saw = entries_of([state])
    meant = referred.model_copy(update={"significance": "She waited all winter"})
    added = Entry(id="x/when", case="Child A", day=date(2025, 12, 1), said="1 December", event="Closed")
    kept = entries_of([state], [meant, saw.model_copy(update={"struck": True}), added])
    assert [(one.event, one.significance) for one in kept] == [
        ("We referred in November.", "She waited all winter"),
        ("Closed", ""),
    ]


def family(*people: tuple[str, Role, str], lives: str = "", unmet: str = "") -> Reading:
    mentions = [Mention(person=who, role=role, span=(0, 1), by="noun", called=name) for who, role, name in people]
    facts = [Fact(of="child-1", subject="lives", value=lives, span=(0, 1))] if lives else []
    facts += [Fact(of=unmet, subject="met", value="no", span=(0, 1))] if unmet else []
    return Reading(people=tuple(mentions), facts=tuple(facts))


FAMILY = family(
    ("child-1", "child", "Ruby"),
    ("mother-1", "mother", "Mum"),
    ("man-1", "man", "the uncle"),
    ("wider-family-1", "wider-family", "Nan"),
    ("professional-1", "professional", "the HV"),
    lives="at home",
    unmet="man-1",
)


def test_a_family_is_three_generations_with_whoever_is_not_known_shown_as_that():
    members = {one.called: one for one in members_of([told("words", reading=FAMILY)])}
    assert set(members) == {"Ruby", "Mum", "the uncle", "Nan"}
    assert [members[name].generation for name in ("Nan", "Mum", "Ruby")] == ["grandparents", "parents", "children"]
    assert (members["Mum"].symbol, members["the uncle"].symbol, members["Ruby"].symbol) == (
        "circle",
        "square",
        "diamond",
    )
    assert not members["the uncle"].known
    assert members["Ruby"].in_the_home is True and members["Mum"].in_the_home is None, "only what was said"


def test_one_person_of_several_sessions_is_one_and_what_is_put_right_counts():
    earlier, later = told("x", "s1", FAMILY), told("x", "s2", family(("mother-3", "mother", "mum")))
    assert len(members_of([earlier, later])) == 4
    gone = Member(id=member_id("Child A", "Nan"), case="Child A", called="Nan", struck=True)
    assert "Nan" not in {one.called for one in members_of([earlier], [gone])}


def test_that_a_step_was_done_is_no_event_of_the_child_s_unless_it_says_what_happened():
    done = told("Done, on 23 February.", keeps="last-action")
    seen = told("Done, I saw her on 23 February and she told me about the nights.", "s2", keeps="last-action")
    assert [entry.event for entry in entries_of([done, seen])] == [
        "Done, I saw her on 23 February and she told me about the nights."
    ]


def test_whoever_has_died_is_crossed_out_and_mum_s_mum_is_a_grandmother():
    people = family(("wider-family-1", "wider-family", "Mum's mum"), ("child-1", "child", "Ruby"), lives="died")
    members = members_of([told("words", reading=people)])
    assert [(one.called, one.generation) for one in members] == [("Mum's mum", "grandparents"), ("Ruby", "children")]
    assert (members[1].died, members[1].note) == (True, "has died")
    alive = [one.model_copy(update={"died": False}) for one in members]
    assert svg(members, "x")[0].count("<path") == svg(alive, "x")[0].count("<path") + 1


def test_a_man_of_an_earlier_session_is_no_child_in_a_later_one_and_stays_unknown_until_somebody_meets_him():
    earlier = told("x", "s1", family(("man-1", "man", "Craig"), ("child-1", "child", "Ruby"), unmet="man-1"))
    later = told("x", "s2", family(("child-2", "child", "Craig"), ("child-3", "child", "the brother")))
    craig, ruby = members_of([earlier, later])
    assert (craig.called, craig.generation, craig.symbol, craig.known) == ("Craig", "parents", "square", False)
    assert ruby.called == "Ruby", "the brother is nobody new"


def test_a_sex_is_drawn_only_where_hardly_anything_speaks_against_it():
    def said(*sexes: str) -> Reading:
        facts = tuple(Fact(of="child-1", subject="sex", value=sex, span=(0, 1)) for sex in sexes)
        return family(("child-1", "child", "Ruby")).model_copy(update={"facts": facts})

    def symbol(*sexes: str) -> str:
        return members_of([told("words", reading=said(*sexes))])[0].symbol

    assert (symbol("female", "female"), symbol("male"), symbol("male", "female")) == ("circle", "square", "diamond")


@pytest.mark.parametrize(
    ("words", "symbol"),
    [
        ("Kezia had him on her hip", "diamond"),
        ("Kezia, he is big", "square"),
        ("my son and her, that's Kezia", "square"),
    ],
)
def test_a_pronoun_beside_another_says_nobody_s_sex(words: str, symbol: str):
    shown = next(word for word in ("him", "he", "son") if f" {word} " in words)
    at = words.index(f" {shown} ") + 1
    sex = Fact(of="child-1", subject="sex", value="male", span=(at, at + len(shown)))
    reading = family(("child-1", "child", "Kezia")).model_copy(update={"facts": (sex,)})
    assert members_of([told(words, reading=reading)])[0].symbol == symbol


def test_the_picture_shows_what_the_words_say():
    members = members_of([told("words", reading=FAMILY)])
    tree = text_tree(members)
    assert "the uncle, nobody has met him" in tree
    assert "Said to live in the home: Ruby" in tree
    drawn = ET.fromstring(svg(members, "Genogram: Child A")[0])
    ns = "{http://www.w3.org/2000/svg}"
    texts = [text.text for text in drawn.iter(f"{ns}text")]
    assert "?" in texts and {"Ruby", "Mum", "the uncle", "Nan"} <= set(texts)
    assert len(list(drawn.iter(f"{ns}circle"))) == 2
    assert (drawn.findtext(f"{ns}desc") or "") == tree


def test_grandparents_are_joined_to_the_parent_they_are_of_and_an_age_fits_its_symbol():
    people = [
        ("mother-1", "mother", "Kerry"),
        ("wider-family-1", "wider-family", "Kerry's stepdad"),
        ("child-1", "child", "Alfie"),
    ]
    read = family(*people)  # type: ignore[arg-type]
    age = "22 months old"
    read = read.model_copy(update={"facts": (Fact(of="child-1", subject="age", value=age, span=(0, 1)),)})
    members = members_of([told("words", reading=read)])
    assert next((one.called, one.generation, one.parent_of) for one in members) == (
        "Kerry's stepdad",
        "grandparents",
        "Kerry",
    )
    assert "Kerry's parent" in text_tree(members)
    drawn = svg(members, "Genogram")[0]
    unjoined = svg([one.model_copy(update={"parent_of": ""}) for one in members], "Genogram")[0]
    assert drawn.count("<path") == unjoined.count("<path") + 1
    assert ">22 mths<" in drawn


def test_those_in_the_home_stand_side_by_side():
    def one(called: str, **more: Any) -> Member:
        return Member(id=called, case="A", called=called, **more)

    row = [one("Mum", parent=True, in_the_home=True), one("Dad", parent=True), one("Kev", in_the_home=True)]
    assert svg(row, "Genogram")[0].count('stroke-dasharray="7 5"') == 1, "one ring round both"
