"""What auditors found in records and mustn't find again: gaps that are none, people twice, words to the program."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from assistant.conversation import events as e
from assistant.conversation.case_sketch import known_before
from assistant.conversation.prompts import Prompts, load_prompts
from assistant.conversation.state import State, replay
from assistant.export.family import Family, OtherLine
from assistant.export.gathering import handover
from assistant.export.one_person import each_one_person
from assistant.export.templates import filled
from assistant.export.who_they_are import Told
from assistant.followup.actions import agreed_in
from assistant.followup.personal import parted
from assistant.noticing.observations import Noticing
from assistant.resources import PACKAGE
from tests.export.test_handing_over import card_shown
from tests.shipped import reader
from tests.stores import START, answered, asked, started

NOWHERE = PACKAGE / "no-such-home"
READER = reader()
OPENING = {"theme": "opening"}
MAKES = {"theme": "domestic-abuse", "text": "What do you make of that?"}
DECIDED = {"keeps": "decision", "theme": "decision", "text": "What have you decided?"}
STEPS = {"keeps": "action", "theme": "actions", "text": "What are the steps?"}


@pytest.fixture(scope="module")
def prompts() -> Prompts:
    return load_prompts(NOWHERE)


Asked = tuple[Mapping[str, str], str]


def talked(*said: str | Asked, themes: tuple[str, ...] = (), to_us: str = "") -> State:
    """A session of answers, or of questions and answers, each read as it is when somebody types it."""
    events: list[e.Event] = [started()]
    for number, one in enumerate(said):
        question, words = (OPENING, one) if isinstance(one, str) else one
        name = question.get("question", f"{question.get('theme', 'x')}/{number}")
        events += [
            asked(name, **{key: value for key, value in question.items() if key != "question"}),
            answered(words, name),
        ]
        state = replay(events)
        reading = READER.read(words, known_before(state, state.turns[-1], START.date()))
        if to_us and to_us in words:
            at = words.index(to_us)
            reading = reading.model_copy(update={"to_us": ((at, at + len(to_us)),)})
        events.append(e.Noticed(at=START, question=name, noticing=Noticing(themes=themes), reading=reading))
    return replay(events)


def record(state: State, prompts: Prompts, kind: str = "record") -> str:
    return filled(kind, handover(state, prompts, actions=agreed_in(state)), NOWHERE)  # type: ignore[arg-type]


def part(text: str, heading: str) -> str:
    return text.partition(f"## {heading}")[2].partition("\n## ")[0]


def line(text: str, begins: str) -> str:
    return next((one for one in text.splitlines() if one.startswith(f"- **{begins}")), "")


@pytest.mark.parametrize(
    ("said", "seen", "alone"),
    [
        ("It's Kofi, he's 13. I weighed Kofi and he'd lost a lot.", "seen; the day isn't noted", "*not noted*"),
        ("It's Kofi, he's 13. I went Thursday and Kofi opened the door.", "26 February 2026", "*not noted*"),
        (
            "It's Kofi, he's 13. Kofi hid. I've not seen him alone since may.",
            "*not noted*",
            "not since May",
        ),
        (
            "I work nights in a home. It's Kofi, 13. He is sleeping now.",
            "2 March 2026, during this session",
            "*not noted*",
        ),
        ("It's Kofi, he's 13. I've not seen Kofi at all.", "*not noted*", "*not noted*"),
        ("It's Kofi, he's 13. He is sleeping now, at his nan's.", "*not noted*", "*not noted*"),
    ],
)
def test_a_child_who_was_seen_is_no_gap_and_one_who_wasn_t_is(prompts: Prompts, said: str, seen: str, alone: str):
    assert f"Last seen: {seen}. Seen alone: {alone}" in line(record(talked(said), prompts), "Kofi")


def test_of_two_children_only_who_is_named_was_seen(prompts: Prompts):
    text = record(
        talked("It's Gethin, he's two, and Mali, she's one. I weighed Gethin. Mali's always asleep."), prompts
    )
    assert "Last seen: seen" in line(text, "Gethin") and "Last seen: *not noted*" in line(text, "Mali")


@pytest.mark.parametrize(
    ("said", "stands", "not_so"),
    [
        ("It's Kezia, she's 11. Mum's Donna. Lee's the ex. I was kind to an 11 yr old.", "Lee (the ex)", "11 yr old"),
        ("It's Mia, she's 2. Mum's sister moved in. Donna I'll call her. Donna's boyfriend is there too.",
         "Donna's boyfriend", "the boyfriend"),
        ("It's Otis, he's 1. Mum's lovely. I hadn't mentioned a man.", "Otis", "the man"),
        ("It's Poppy, she's 8. Mum's quiet. There's a baby brother, Alfie, ten months.", "**Alfie** (ten months)",
         "Alfie (brother)"),
    ],
)  # fmt: skip
def test_one_person_stands_there_once_and_whoever_isn_t_there_not_at_all(
    prompts: Prompts, said: str, stands: str, not_so: str
):
    head = part(record(talked(said), prompts), "The child and the family")
    assert stands in head and not_so not in head


def test_a_grandmother_with_a_name_is_mum_s_mum():
    found = Family((), (), (OtherLine("Carys (Mum)"), OtherLine("Carys's mum"), OtherLine("Nan")))
    who = {"Bronwen": Told("the grandmother", frozenset({"grandmother"})), "Jo": Told("my gran", frozenset({"gran"}))}
    of, rest = each_one_person(found, who, [])
    assert [one.called for one in of.others] == ["Carys (Mum)", "Bronwen (Carys's mum)", "Nan"]
    assert set(rest) == {"Jo"}


def test_whom_a_child_calls_auntie_is_the_worker_and_what_they_do_is_said(prompts: Prompts):
    said = "I work the night in residential home. It is Kofi, 15. He calls me auntie when he is good."
    text = record(talked(said), prompts)
    assert "aunt" not in part(text, "The child and the family")
    assert "**Worker (role):** works the night in residential home" in text
    assert "**Worker (role):** foster carer" in record(talked("I foster, we've a lad with us, Alfie."), prompts)


def test_what_is_put_in_the_place_of_what_a_child_hears_stands_there_alone(prompts: Prompts):
    hears = {"keeps": "child-told", "text": "What will Kofi hear?"}
    page = {"keeps": "next-date", "theme": "ending", "text": "What's wrong or missing there?"}
    wrong = '"To be told" is wrong, it is: I was worried and I rang Denise. I look again tomorrow.'
    told = (hears, "From me, at breakfast, that somebody is coming.")
    state = talked("It is Kofi, 15.", told, (page | {"question": "ending/page-and-date"}, wrong))
    text = record(state, prompts)
    assert "> I was worried and I rang Denise." in part(text, "What the child and the family will be told")
    assert "somebody is coming" not in text


def test_another_family_s_father_isn_t_this_child_s(prompts: Prompts):
    other = "Last year I referred a family and dad stood in reception shouting."
    assert "Dad" not in part(record(talked("It's Poppy, she's 8.", other), prompts), "The child and the family")
    assert "Dad" in part(record(talked("It's Poppy, she's 8.", "Dad shouts."), prompts), "The child and the family")


def test_who_stays_where_is_said_only_of_whom_the_sentence_names(prompts: Prompts):
    said = "It's Poppy, she's 8. I rang mum. Keeps her safe: she stays with Mrs Doyle."
    assert "Mum, stays" not in record(talked(said), prompts)


@pytest.mark.parametrize(
    ("said", "plan"),
    [
        ("It's Kofi, he's 13. He is on a care order.", "care order"),
        ("It's Kezia, she's 11. Neglect plan, ten months in.", "neglect plan"),
        ("It's Otis. The plan before the court is that he goes home to Carys.",
         "plan before the court is that he goes home to Carys"),
        ("It's Poppy, she's 8. I know what a strategy discussion is, love.", "*not noted*"),
    ],
)  # fmt: skip
def test_how_the_law_stands_is_what_was_said_of_it(prompts: Prompts, said: str, plan: str):
    assert line(record(talked(said), prompts), "Plan or legal status") == f"- **Plan or legal status:** {plan}"


@pytest.mark.parametrize("said", ["I can't get hold of her if I try.", "If Jo's not in I go home."])
def test_what_comes_after_a_no_is_found_wherever_it_s_said_and_nothing_else_is(prompts: Prompts, said: str):
    steps = (STEPS, "I ring Jo today")
    slips = "**If a step slips, or nothing changes:**"
    first, second = "I'll ring Jo, and if I can't get her I ring the duty team.", "If Jo's not in I'm ringing duty."
    assert f"{slips} {first} {second}" in record(talked((MAKES, first), (MAKES, second), steps), prompts)
    assert f"{slips} *not noted*" in record(talked((MAKES, said), steps), prompts)


@pytest.mark.parametrize(
    ("said", "shown", "way"),
    [
        ("The worry is he takes it out on her.", "The worry is he takes it out on her.", True),
        ("You know what the worry is. Sexual abuse.", "You know what the worry is. Sexual abuse.", True),
        ("She came down to the second by sixteen weeks.", "She came down to the second by sixteen weeks.", False),
        ("I think somebody is using him.", "I think somebody is using him.", True),
        ("The worry is she'll ask why I said nothing.", "", True),
        ('Mali\'s always "just gone down" when I come.', "", True),
    ],
)
def test_risk_that_was_told_elsewhere_is_shown_and_its_direction_is_a_gap_only_where_it_is(
    prompts: Prompts, said: str, shown: str, *, way: bool
):
    risk = part(record(talked((MAKES, said)), prompts), "Risk, and which way it is going")
    assert re.findall(r"^> (.*)$", risk, re.MULTILINE) == ([shown] if shown else [])
    assert ("**Which way it is going:** *not noted*" in risk) is way


def test_what_else_it_could_be_is_what_was_said_of_it_or_a_gap(prompts: Prompts):
    heading = "Explanations, and what would change our minds"
    told = part(
        record(talked((MAKES, "He brings sweets. Could be a nice man. I could be there at three.")), prompts), heading
    )
    assert "> Could be a nice man." in told and "I could be there" not in told
    assert "**What else it could be:** *not noted*" in part(record(talked((MAKES, "He hid.")), prompts), heading)


def test_why_something_was_decided_stands_beside_it_wherever_it_was_said(prompts: Prompts):
    why = "That's the main thing, the weight, she's lost so much."
    both = part(
        record(talked((DECIDED, why), (DECIDED, "I've decided I'm ringing them.")), prompts), "Decision and why"
    )
    assert "I've decided I'm ringing them." in both and why in both and "**Why:**" not in both
    assert "**Why:** *not noted*" in record(talked((DECIDED, "I've decided I'm ringing them.")), prompts)


def test_a_decision_doesn_t_begin_with_what_goes_on_with_the_worker_s_own_matter(prompts: Prompts):
    said = "My brother I won't speak of. It is not the important thing. I have decided: I ring 101 because of the coat."
    decided = part(record(talked((DECIDED, said)), prompts), "Decision and why")
    assert "I have decided" in decided and "not the important thing" not in decided


@pytest.mark.parametrize(
    "said",
    [
        "3 must be first.",
        "Number 2 is me.",
        "But show me the list again.",
        "Should I ring tonight?",
        "Please just say.",
        "Can we get what I'm doing written down?",
    ],
)
def test_what_only_says_something_in_the_session_is_in_no_record(prompts: Prompts, said: str):
    text = record(talked((MAKES, f"He hides at home time. {said} He's 3 and he's stopped talking.")), prompts)
    assert said not in text and "He hides at home time. He's 3 and he's stopped talking." in text


@pytest.mark.parametrize(
    "said", ["I said what game sweetie and he went quiet.", "I said of course.", "I said only good night."]
)
def test_what_the_worker_said_to_somebody_is_never_taken_for_said_to_the_program(prompts: Prompts, said: str):
    assert f"> He hides at home time. {said}" in record(talked((MAKES, f"He hides at home time. {said}")), prompts)


def test_what_was_read_as_said_to_the_program_is_in_no_part_of_the_record(prompts: Prompts):
    said = talked((MAKES, "I told you that already. He hides at home time."), to_us="I told you that already.")
    assert "told you" not in record(said, prompts) + record(said, prompts, "personal")


def test_a_question_thrown_back_goes_and_the_answer_stays(prompts: Prompts):
    text = record(talked((MAKES, "Make of what? He hides at home time.")), prompts)
    assert "Make of what" not in text and "> He hides at home time." in text


def test_what_a_later_question_quotes_is_kept_and_the_question_gives_its_beginning(prompts: Prompts):
    told = "Her mother said something at the last contact which I haven't quite put anywhere."
    padding = " ".join(f"On day {day} we saw {day} things at the shop called number{day}x." for day in range(60))
    later = {"theme": "opening", "text": f"“{told[:-1]}” What do you make of that?"}
    text = record(talked(f"{padding} {told} {padding}", (later, "She meant the weekends.")), prompts)
    assert told in text
    assert "*“Her mother said something at the last …” What do you make of that?*" in text


def test_a_question_doesn_t_quote_what_stands_nowhere(prompts: Prompts):
    later = {"theme": "opening", "text": "“Hold the line please” What do you make of that?"}
    assert "*What do you make of that?*" in record(talked("He hid.", (later, "She meant the weekends.")), prompts)


def test_an_answer_about_something_else_is_under_no_heading_of_its_question(prompts: Prompts):
    said = talked("It's Kofi.", (MAKES, "He is in the next corridor."), themes=("voice-of-the-child",))
    assert "Abuse between adults" not in record(said, prompts)
    assert "### Abuse between adults" in record(talked("It's Kofi.", (MAKES, "He hit her.")), prompts)


def test_whoever_names_the_child_as_they_begin_isn_t_talking_to_the_program(prompts: Prompts):
    words = "There's three but it's Kezia I keep coming back to, she's 11."
    focus = {"keeps": "focus", "theme": "opening", "text": "Who is it?"}
    assert words in record(talked((focus, f"{words} I went on Thursday."), to_us=words), prompts)


def test_a_parent_who_is_told_something_in_a_step_is_no_gap(prompts: Prompts):
    told = (
        {"keeps": "child-told", "text": "What will Poppy hear?"},
        "I'll tell Poppy on Thursday she's not in trouble.",
    )
    steps = (STEPS, "I'll tell Dean on Friday")
    text = record(talked("It's Poppy, she's 9. Mum's partner is Dean.", steps, told), prompts)
    assert "**What a parent will be told:** step 1" in text


def test_telling_a_manager_about_a_parent_tells_the_parent_nothing(prompts: Prompts):
    told = (
        {"keeps": "child-told", "text": "What will Poppy hear?"},
        "I'll tell Poppy on Thursday she's not in trouble.",
    )
    steps = (STEPS, "I'll tell Pat about Dean on Friday")
    text = record(talked("It's Poppy, she's 9. Mum's partner is Dean.", steps, told), prompts)
    assert "**What a parent will be told:** *not noted*" in text


def test_a_time_of_day_that_was_said_is_no_gap():
    said = "I ring duty at one\nI write it up by quarter to one\nI tell the head straight after\nI see Bel at home"
    assert [action.by_said for action in agreed_in(talked((STEPS, said)))] == [
        "at one", "by quarter to one", "straight after", "",
    ]  # fmt: skip


def test_me_is_nobody_in_a_record_that_others_read():
    (action,) = agreed_in(talked((STEPS, "Cancel the overnight, me and Philippa, by Tuesday 10 March")))
    assert action.person == "the worker and Philippa"


def test_replies_to_a_card_stand_under_what_was_asked(prompts: Prompts):
    met = e.CardAnswered(
        at=START, danger="life-in-danger", answer="carry-on", words="He goes out of the window each night"
    )
    events: list[e.Event] = [started(), asked(), answered("he is not breathing"), card_shown(doubtful=False), met]
    text = record(replay(events), prompts)
    assert "*Said when this was asked about: A life may be in danger.*" in text


@pytest.mark.parametrize(
    ("answer", "case", "own"),
    [
        ("He hid. I'm tired if I'm honest.", "He hid.", "I'm tired if I'm honest."),
        ("He hid. I've got 24 kids on my list.", "He hid.", "I've got 24 kids on my list."),
        ("I'm tired of nobody adding it up.", "I'm tired of nobody adding it up.", ""),
        ("He hid. I need to not be the only one holding it.", "He hid.", "I need to not be the only one holding it."),
    ],
)
def test_what_is_the_worker_s_own_is_parted_from_what_is_the_child_s(answer: str, case: str, own: str):
    (turn,) = talked((MAKES, answer)).turns
    assert (parted(turn).case, parted(turn).personal) == (case, own)


def test_the_child_s_weight_stays_in_the_child_s_file_whatever_is_wanted_for_oneself():
    wanted = {"theme": "support-after-hard-visits", "stage": "reflection", "text": "What would you like from me?"}
    said = (
        "i'd like somebody to tell me if its enough, because thing is its maisies weight, she was on the 25th at seven "
        "months and shes under the 9th now and her brother's held his, same house same milk, and mum said oh shes fussy"
    )
    (turn,) = talked((wanted, said)).turns
    assert "under the 9th" in parted(turn).case and "somebody to tell me" in parted(turn).personal
