from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.conversation import events as e
from assistant.conversation.case_sketch import CaseSketch, known_before, sketch_of
from assistant.conversation.state import State, apply, replay
from assistant.noticing.observations import Noticing
from assistant.noticing.reading import Known, Reading
from tests.shipped import reader

READER = reader()
AT = datetime(2026, 3, 12, 10, 0, tzinfo=UTC)
THURSDAY = Known(today=AT.date())


def read(words: str, known: Known = THURSDAY) -> Reading:
    return READER.read(words, known)


def talk(*answers: str) -> State:
    """A session in which these answers are given, each read against those before it."""
    state = replay([e.Started(at=AT, session="s", journey="supervision", case="A", minutes=30)])
    for number, answer in enumerate(answers):
        name = f"question/{number}"
        state = apply(state, e.Asked(at=AT, question=name, theme="t", stage="experience", text="?", because="asked"))
        state = apply(state, e.Answered(at=AT, question=name, text=answer))
        assert state.current is not None
        reading = read(answer, known_before(state, state.current, AT.date()))
        state = apply(state, e.Noticed(at=AT, question=name, noticing=Noticing(), reading=reading))
        state = apply(state, e.Offered(at=AT, question=name, hits=(), because="none", looked=False))
    return state


def sketch(*answers: str) -> CaseSketch:
    return sketch_of(talk(*answers))


def who(words: str) -> list[tuple[str, str]]:
    return [(words[slice(*mention.span)], mention.person) for mention in read(words).people]


# Who is spoken of


@pytest.mark.parametrize(
    ("words", "children"),
    [
        ("Two boys, six and four. Mum is lovely.", [("the six year old", "six"), ("the four year old", "four")]),
        ("Ruby, she's 8, year 4. Mum, we'll call her Dee.", [("Ruby", "8")]),
        ("Baby is fourteen weeks.", [("the baby", "fourteen weeks")]),
        ("A boy who's eight and a girl who's three", [("the boy", "eight"), ("the girl", "three")]),
        ("Mum's on a script and he's just started walking.", [("the child", "")]),
        ("My eldest is playing up.", [("the eldest", "")]),
        ("The little one, Alfie we'll call him, was on the sofa.", [("Alfie", "")]),
        ("Her unborn baby is due in May.", [("the unborn baby", "")]),
        ("The kids are fine.", [("the kids", "")]),
        ("Nan's son is about 24.", []),
        ("He's a lovely dad.", []),
        ("Children's services and child protection conference.", []),
        ("My own son is at uni.", []),
        ("The health visitor and the midwife came.", []),
        ("Mum's brother stays over.", []),
    ],
)
def test_children_are_found_by_name_role_age_or_pronoun_and_nobody_else_is_one(words, children):
    found = sketch(words).children
    assert [(child.called, child.age) for child in found] == children


def test_one_child_keeps_one_place_however_they_are_named():
    state = talk(
        "Two boys, six and four.",
        "The little one, Alfie we'll call him, was in. The older one was at school I think.",
        "Filled in: that Jayden was at school. I've not seen him since April.",
    )
    older, younger = sketch_of(state).children
    assert (older.called, older.age, younger.called, younger.age) == ("Jayden", "six", "Alfie", "four")
    assert older.says("seen") == "not since April"


def test_a_pronoun_is_whoever_was_spoken_of_last_of_that_sex():
    assert who("Dad lives round the corner. I've not met him. Mum says she has.") == [
        ("Dad", "father-1"),
        ("him", "father-1"),
        ("Mum", "mother-1"),
        ("she", "mother-1"),
    ]


def test_a_man_of_an_answer_gone_by_gives_way_to_the_baby():
    drawn = sketch("A baby of ten weeks, mum and her partner.", "He had a small bruise, mum said. She was lovely.")
    assert [(child.called, child.says("sex")) for child in drawn.children] == [("the baby", "male")]


def test_a_grown_ups_brother_is_a_man_and_a_childs_brother_a_child():
    assert [man.called for man in sketch("Mum was in. Her brother sleeps there.").men] == ["Mum's brother"]
    assert [child.called for child in sketch("Ruby, she's 8. There's a toddler brother.").children] == [
        "Ruby",
        "the toddler brother",
    ]


def test_a_name_that_may_be_a_grown_ups_is_nobodys():
    assert [child.called for child in sketch("Ruby, she's 8.", "It was about Kev's friends.").children] == ["Ruby"]


def test_nobody_is_counted_in_a_groups_scenario_as_a_case_of_its_own():
    reading = read("He's eight and I've never been in the home.", Known(today=AT.date(), training=True))
    assert (reading.facts, reading.left_open, reading.stands) == ((), (), ())


# What holds


@pytest.mark.parametrize(
    ("words", "job", "visited"),
    [
        ("I've never been in the home. I'm school.", "school", False),
        ("I've had it in my head since Friday, my head's gone with it.", "", None),
        ("My head says we ring MASH.", "school", None),
        ("It's just me here - I'm the pastoral lead and deputy DSL", "designated safeguarding lead", None),
        ("I am the DSL.", "designated safeguarding lead", None),
        ("I'm a school nurse.", "school nurse", None),
        ("We're foster carers.", "foster carer", None),
        ("I am his social worker.", "social worker", None),
        ("I'm the team manager.", "manager", None),
        ("I rang the allocated social worker and his foster carer.", "", None),
        ("They were foster carers, I'm meeting the manager.", "", None),
        ("I'm the social worker, I go every fortnight.", "social worker", True),
        ("It's my case. I've been in the living room and the kitchen.", "", True),
        ("The social worker has never been in the flat.", "", False),
        ("If I visited I'd know.", "", None),
        ("I asked the health visitor.", "", None),
    ],
)
def test_who_is_telling_it_and_whether_they_have_been_in_the_home(words, job, visited):
    told = sketch(words)
    assert (told.job, told.home_visited) == (job, visited)


@pytest.mark.parametrize(
    ("words", "met"),
    [
        ("Dad lives round the corner, I've not met him.", False),
        ("I've met Dad once.", True),
        ("The uncle. I've never seen him.", False),
        ("I'd like to have met Dad.", None),
        ("Dad works nights.", None),
    ],
)
def test_whether_a_man_has_been_met(words, met):
    (man,) = sketch(words).men
    assert man.met is met


@pytest.mark.parametrize(
    ("words", "alone"),
    [
        ("I saw Ruby on her own at school. Ruby, she's 8.", True),
        ("I've never seen the boy on his own.", False),
        ("I'd want to see the boy on his own.", None),
        ("The boy plays alone.", None),
    ],
)
def test_whether_a_child_has_been_seen_alone(words, alone):
    assert sketch(words).children[0].seen_alone is alone


def test_the_plan_its_stage_and_since_when_are_kept_until_something_else_is_said():
    first = "We've had this case since October. They're on a child protection plan and we're stepping down next month."
    told = sketch(first)
    assert (told.plan, told.stage, told.since) == ("child protection plan", "stepping down", "October")
    assert sketch(first, "Not to step down next month.").stage == ""


# How they come by it, and what is left open


@pytest.mark.parametrize(
    ("words", "sources"),
    [
        ("Mum says he sleeps through.", [("told", "Mum")]),
        ("School said she was fine.", [("told", "School")]),
        ("Apparently he has them at weekends.", [("told", "")]),
        ("I saw him flinch.", [("seen", "")]),
        ("I've not seen a lock.", []),
        ("He must have been at work.", [("assumed", "")]),
        ("I felt sick.", [("felt", "")]),
        ("I'll ring her tomorrow.", [("planned", "")]),
        ("I said no.", []),
    ],
)
def test_how_the_worker_comes_by_it(words, sources):
    assert [(one.source, one.teller) for one in read(words).statements] == sources


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("The boy's eight. I've not seen him since April.", ["child-unseen"]),
        ("The uncle's there, I've never met him.", ["unmet"]),
        ("The boy said they sleep on the settee because of the lock.", ["child-words"]),
        ("I didn't ask her why.", ["admitted"]),
        ("I don't know what's in her bag.", ["unknown"]),
        ("Term finishes Wednesday week.", ["date"]),
        ("I cried in the car.", ["feeling"]),
        ("If I didn't ask her I'd be a fool.", []),
        ("Mum's nice and the flat's clean.", []),
        ("The boy said nothing.", []),
    ],
)
def test_what_waits_to_be_asked_about(words, kinds):
    assert [thread.kind for thread in read(words).left_open] == kinds


def test_what_is_supposed_when_asked_to_suppose_leaves_nothing_open():
    asked = THURSDAY.model_copy(update={"question": "What quite different account would also fit?"})
    assert read("That I don't know who's in the house.", asked).left_open == ()


# Any answer


TALK = st.lists(
    st.sampled_from(
        "he she Mum the boy 8 I've not seen him Ruby, said she's. Two boys, six and four? dad's I'll ring “no”".split()
    ),
    max_size=40,
).map(" ".join)


@given(st.one_of(TALK, st.text(max_size=150)))
def test_every_part_of_a_reading_shows_the_words_it_came_from(words):
    reading = read(words)
    parts = (*reading.people, *reading.facts, *reading.statements, *reading.left_open, *reading.steps)
    spans = [part.span for part in parts]
    assert all(0 <= start < end <= len(words) for start, end in spans)
    assert reading == read(words)
    assert Reading.model_validate(json.loads(reading.model_dump_json())) == reading


@given(st.lists(TALK.filter(str.strip), min_size=1, max_size=4))
def test_a_sketch_names_each_person_once_and_only_people_it_knows(answers):
    drawn = sketch(*answers)
    ids = [person.id for person in drawn.people]
    assert len(ids) == len(set(ids))
    assert all(entry.id.startswith(f"{person.id}/") for person in drawn.people for entry in person.entries)


# Whose a name is


@pytest.mark.parametrize(
    "words",
    [
        "Paula, my manager, wants it closed.",
        "My manager Paula wants it closed. She's not met them.",
        "Steph at the front door said it doesn't meet threshold.",
        "I asked Steph and she said no.",
        "Mrs Khan teaches in the next room. She thinks it's nothing.",
        "My colleague Jan went last week, and she thought so too.",
        "Dan from youth justice rang me.",
        "My manager says close it. He's not met them.",
    ],
)
def test_a_name_is_no_childs_unless_the_words_make_it_one(words):
    assert "child" not in {mention.role for mention in read(words, Known(today=AT.date(), keeps="focus")).people}


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("Keira is 15 and keeps going.", ["Keira"]),
        ("Maisie's teacher rang me.", ["Maisie"]),
        ("Tyler in year 5 comes in hungry.", ["Tyler"]),
        ("Two boys, Ethan and Callum.", ["the two boys", "Ethan", "Callum"]),
        ("I'm worried about Tyler. He's hungry.", ["Tyler"]),
        ("It's Lola and her brother Max.", ["Lola", "the brother", "Max"]),
    ],
)
def test_a_name_is_a_childs_where_the_words_make_it_one(words, names):
    people = read(words, Known(today=AT.date(), keeps="focus")).people
    assert [mention.called for mention in people if mention.role == "child" and mention.called] == names


@pytest.mark.parametrize(
    "words",
    ["She's not a child, she's my manager.", "Paula isn't a child", "That's not a child, that's my manager.",
     "Paula's my manager, I meant Keira."],
)  # fmt: skip
def test_whoever_was_taken_for_a_child_and_is_none_is_none_for_good(words):
    state = talk("Paula is 12 and Keira is 15.")
    question = e.Asked(at=AT, question="q", theme="t", stage="experience", text="Who saw Paula?", because="asked")
    state = apply(apply(state, question), e.Answered(at=AT, question="q", text=words))
    assert state.current is not None
    reading = read(words, known_before(state, state.current, AT.date()))
    assert reading.stance == "corrects-us"
    state = apply(state, e.Noticed(at=AT, question="q", noticing=Noticing(), reading=reading))
    assert [child.called for child in sketch_of(state).children] == ["Keira"]


# Whom the worker has told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("I've told nobody.", "nobody"),
        ("I haven't told anyone yet.", "nobody"),
        ("Nobody knows, I've kept it to myself.", "nobody"),
        ("I've told nobody yet apart from his teacher.", "nobody but somebody at work"),
        ("I've told my manager.", "manager"),
        ("I rang the health visitor on Friday.", "the health visitor"),
        ("I'd tell my manager if it got worse.", ""),
        ("Mum told nobody about it.", ""),
    ],
)
def test_whom_the_worker_has_told_is_read(words, told):
    assert sketch(words).told == told


def test_nobody_is_an_answer_to_who_knows():
    known = Known(today=AT.date(), question="Who have you told, and what did they say they'd do?")
    assert [fact.value for fact in read("Nobody.", known).facts] == ["nobody"]


@pytest.mark.parametrize(
    "words",
    [
        "Leave it out.",
        "Let's drop that.",
        "Not that one please.",
        "I'd rather leave that",
        "can we not go there",
        "drop it",
    ],
)
def test_a_subject_that_is_turned_away_is_told_from_a_question_that_is(words):
    stand = read(words).stand("refuses")
    assert stand is not None
    assert stand.drops


@pytest.mark.parametrize("words", ["skip", "pass", "next question"])
def test_a_question_passed_over_drops_no_subject(words):
    stand = read(words).stand("refuses")
    assert stand is None or not stand.drops


@pytest.mark.parametrize(
    ("words", "stance"),
    [
        ("That's dad, not the baby.", "corrects-us"),
        ("It's Tilda this is about, not Rowan.", "corrects-us"),
        ("No, it's the older one I mean.", "corrects-us"),
        ("That isn't quite right about him.", "corrects-us"),
        ("I've just given you them in a row.", "already-answered"),
        ("He was at school, I did say.", "already-answered"),
        ("I don't follow that.", "asks-us"),
        ("You didn't answer me.", "asks-us"),
        ("Like what?", "asks-us"),
        ("Does anything I type here go to court?", "asks-us"),
    ],
)
def test_people_who_put_us_right_or_ask_us_are_heard(words, stance):
    assert read(words).stance == stance


@pytest.mark.parametrize("words", ["I'm frightened he is going to hurt her.", "I was terrified she was dead."])
def test_a_fear_for_somebody_is_the_workers_own(words):
    assert read(words).stand("feeling") is not None


# Households


@pytest.mark.parametrize(
    ("words", "parents", "children"),
    [
        ("its seven lol. shelley and craig and their seven, three bed council house", ["shelley", "craig"], True),
        ("I want to talk about Mo and Samira and their boys.", ["Mo", "Samira"], True),
        ("Wayne and Tasha's kids. The neighbours rang.", ["Wayne", "Tasha"], True),
        ("michelle and her four, all under six", ["michelle"], True),
        ("so Bex, she's got five and no cooker", ["Bex"], True),
        ("ok so Bex, she's the mum, and her kids are fine", ["Bex"], True),
        ("mum Farida, dad Yusuf and seven kids", ["Farida", "Yusuf"], True),
        ("Asa and Noor and their brother, all in one bed.", [], False),
    ],
)
def test_whoever_has_children_is_a_parent_and_the_children_are_theirs(words, parents, children):
    reading = read(words, Known(today=AT.date(), keeps="focus"))
    grown = {m.called for m in reading.people if m.role in {"family", "mother", "father"} and m.by == "name"}
    assert (sorted(grown), any(m.several and m.role == "child" for m in reading.people)) == (sorted(parents), children)


def test_a_parent_of_two_is_mother_or_father_once_it_is_said():
    drawn = sketch("shelley and craig and their seven", "shelley said she's done. craig's the partner.")
    assert [(one.called, one.role) for one in drawn.people if not one.several] == [
        ("shelley", "mother"),
        ("craig", "man"),
    ]


def test_whoever_is_of_age_with_children_was_no_child_and_nothing_of_a_child_stays():
    drawn = sketch("Shelley's teacher rang. Ruby, she's 8.", "Shelley's overwhelmed, she's 34 with seven.")
    assert [child.called for child in drawn.children] == ["Ruby"]
    shelley = next(one for one in drawn.people if one.called == "Shelley")
    assert (shelley.id, shelley.role, shelley.age) == ("child-1", "mother", "")


@pytest.mark.parametrize(
    "words",
    [
        "its not a child yet as such shes pregnant. Tamsin, 19, first baby, 31 weeks",
        "The baby isn't born yet.",
        "Priya is 28 weeks, it's her first pregnancy.",
        "Zara had the scan on Friday, twenty weeks.",
        "she's not had it yet",
        "Zara had the scan Friday, twenty weeks. It's her first.",
    ],
)
def test_a_baby_not_yet_born_is_unborn_at_once(words):
    assert sketch(words).all_unborn


@pytest.mark.parametrize(
    "words",
    [
        "Mum was pregnant when he left. Ruby is eight.",
        "The baby was born on Friday.",
        "Ruby is eight and Mum is pregnant again.",
        "I'm pregnant myself so it gets to me. Ruby is eight.",
    ],
)
def test_a_child_that_is_here_is_not_unborn(words):
    assert not any(child.unborn for child in sketch(words).children)


def test_a_baby_that_was_awaited_may_come():
    assert not sketch("Tamsin is 31 weeks, it's her first baby.", "The baby was born on Friday.").all_unborn
    assert sketch("Tamsin is 31 weeks, it's her first baby.", "I'll see her when the baby is born.").all_unborn


def test_the_mother_and_the_grandmother_of_an_unborn_baby_are_two():
    drawn = sketch("Tamsin, 19, first baby, 31 weeks. Her partner Jez comes.", "Jez says his mum will help.")
    assert [one.called for one in drawn.people if one.role == "mother"] == ["Tamsin"]


@pytest.mark.parametrize(
    "words",
    [
        "I did home schooling with my grandson in lockdown. He's sixteen, he eats.",
        "My sister's lad is five and he can dress himself.",
        "I've two at home myself.",
        "We had seven in ours growing up.",
        "My mum and dad left me with my aunt for two years.",
        "The grandson's mine, he's nothing to do with it.",
        "I've a niece there and my cousins.",
    ],
)
def test_the_workers_own_family_is_nobody_of_the_case(words):
    drawn = sketch("Ruby, she's 8.", words)
    assert [(one.called, one.age) for one in drawn.people] == [("Ruby", "8")]
    assert read(words).left_open == ()


def test_she_is_the_child_that_the_sentence_begins_with():
    drawn = sketch("shelley and craig and their seven. shelley says she's fine.", "Bryony's 11 and she is brilliant.")
    assert [(one.called, one.says("sex")) for one in drawn.children if not one.several] == [("Bryony", "female")]


def test_somebody_else_s_grown_son_is_not_the_child():
    drawn = sketch("It's Luca, he's 10, living with a friend.", "Bel's son comes and goes.")
    assert [child.names for child in drawn.children] == [("Luca",)]


@pytest.mark.parametrize(
    "words", ["I don't really see Ruby on her own.", "Mum was there when I saw Ruby so no, not alone."]
)
def test_that_nobody_saw_the_child_alone_is_kept(words):
    assert sketch("Ruby, she's 8.", words).children[0].seen_alone is False
