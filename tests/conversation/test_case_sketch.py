from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from assistant.conversation import events as e
from assistant.conversation.case_sketch import CaseSketch, known_before, sketch_of
from assistant.conversation.state import State, replay
from assistant.noticing.observations import Noticing
from assistant.noticing.reading import Fact, Mention, Reading

AT = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
ANSWER = "Ruby is eight. I've never been in the home, I'm school. Her brother is a toddler."
RUBY = Mention(person="child-1", role="child", span=(0, 4), by="name", called="Ruby")
BROTHER = Mention(person="child-2", role="child", span=(56, 67), by="noun", called="the brother")
SAID = Reading(
    people=(RUBY, BROTHER, Mention(person="child", role="child", span=(56, 59), by="pronoun")),
    facts=(
        Fact(of="child-1", subject="age", value="eight", span=(8, 13)),
        Fact(of="child-1", subject="sex", value="female", span=(0, 4)),
        Fact(of="worker", subject="home-visited", value="no", span=(15, 42)),
        Fact(of="worker", subject="job", value="school", span=(44, 54)),
        Fact(of="case", subject="agency", value="school", span=(48, 54)),
    ),
)


def after(*readings: Reading, then: tuple[e.Event, ...] = ()) -> State:
    events: list[e.Event] = [e.Started(at=AT, session="s1", journey="supervision", case="A", minutes=30)]
    for number, reading in enumerate(readings):
        name = f"opening/{number}"
        text = "You wrote “her brother”. Who is he?"
        events += [
            e.Asked(at=AT, question=name, theme="opening", stage="opening", text=text, because="it is the first"),
            e.Answered(at=AT, question=name, text=ANSWER),
            e.Noticed(at=AT, question=name, noticing=Noticing(), reading=reading),
        ]
    return replay((*events, *then))


def corrected(entry: str, text: str | None) -> CaseSketch:
    return sketch_of(after(SAID, then=(e.SketchCorrected(at=AT, entry=entry, text=text),)))


def test_the_sketch_holds_what_the_answers_said_with_the_words_it_came_from():
    sketch = sketch_of(after(SAID))
    ruby, brother = sketch.children
    assert (ruby.called, ruby.age, brother.called, brother.age) == ("Ruby", "eight", "the brother", "")
    assert (sketch.job, sketch.home_visited, sketch.agencies) == ("school", False, ("school",))
    assert [(entry.words, entry.question) for entry in ruby.entries] == [("eight", "opening/0"), ("Ruby", "opening/0")]


def test_what_was_said_last_holds():
    later = Reading(facts=(Fact(of="worker", subject="home-visited", value="yes", span=(0, 4)),))
    assert sketch_of(after(SAID, later)).home_visited is True
    assert sketch_of(after(later, SAID)).home_visited is False


def test_what_the_user_puts_right_holds_over_what_was_read():
    assert corrected("child-1/age", "9").children[0].age == "9"
    assert corrected("child-1/age", None).children[0].age == ""
    assert corrected("child-2", "Tom").children[1].called == "Tom"
    assert [child.called for child in corrected("child-2", None).children] == ["Ruby"]
    assert [child.called for child in corrected("child", "the baby").children] == ["Ruby", "the brother", "the baby"]
    assert corrected("worker/home-visited", "yes").home_visited is True


def test_an_answer_is_read_against_everything_but_itself():
    state = after(SAID, Reading())
    known = known_before(state, state.turns[1], AT.date())
    assert [person.names for person in known.people] == [("Ruby",), ("the brother",)]
    assert (known.last_spoken_of, known.quoted) == (("child", "child-2", "child-1"), "her brother")
    assert known_before(state, state.turns[0], AT.date()).people == ()


def test_he_is_whom_the_question_names_and_not_who_was_spoken_of_since():
    state = after(SAID, SAID)
    turn = state.turns[1]
    assert known_before(state, turn, AT.date()).last_spoken_of[0] != "child-1", "only what it quotes names anybody"
    asked = turn.asked.model_copy(update={"text": "You wrote “her brother”. Where does that leave Ruby?"})
    now = replace(turn, asked=asked)
    assert known_before(replace(state, turns=(state.turns[0], now)), now, AT.date()).last_spoken_of[0] == "child-1"


def test_a_session_begun_before_answers_were_read_still_opens():
    old = '{"kind":"noticed","at":"2026-03-02T10:00:00Z","question":"opening/0","noticing":{}}'
    event = e.EVENT.validate_json(old)
    assert isinstance(event, e.Noticed)
    assert event.reading is None
