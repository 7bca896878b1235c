"""What a record says of danger and of what was decided is what was said, and nothing more."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.conversation import events as e
from assistant.conversation.prompts import Prompts, load_prompts
from assistant.conversation.state import State, replay
from assistant.export.gathering import handover
from assistant.export.handover import KINDS, DocumentKind
from assistant.export.templates import filled
from assistant.followup.actions import agreed_in
from assistant.resources import PACKAGE
from tests.export.test_handing_over import card_shown
from tests.stores import START, answered, asked, started

NOWHERE = PACKAGE / "no-such-home"


@pytest.fixture(scope="module")
def prompts() -> Prompts:
    return load_prompts(NOWHERE)


def with_card(*met: e.Event, doubtful: bool = False) -> State:
    return replay([started(), asked(), answered("he is not breathing"), card_shown(doubtful=doubtful), *met])


@pytest.mark.parametrize("kind", ["record", "to-supervision"])
@pytest.mark.parametrize(
    ("answer", "words", "says"),
    [
        ("done", "rang at 10", "**Acted on**"),
        ("carry-on", "it was Monday and it will have gone", "What was said: “it was Monday and it will have gone”"),
        ("carry-on", "", "Nothing more was said about it."),
    ],
)
def test_danger_that_was_real_is_one_line_in_what_was_said_of_it(
    prompts: Prompts, kind: DocumentKind, answer: e.CardAnswer, words: str, says: str
):
    state = with_card(e.CardAnswered(at=START, danger="life-in-danger", answer=answer, words=words))
    text = filled(kind, handover(state, prompts), NOWHERE).partition("## Immediate danger\n")[2]
    (line,) = [line for line in text.partition("\n## ")[0].splitlines() if line.startswith("- ")]
    assert "he is not breathing" in line and says in line
    assert "without acting" not in line


def to_the_card(prompts: Prompts, *said: str, raised: str = "", account: str = "he is not breathing") -> str:
    """The record after this was typed to a card, first one and then the other."""
    shown = card_shown(doubtful=False)
    shown = shown.model_copy(update={"words": raised or shown.words})
    met = [e.CardAnswered(at=START, danger="life-in-danger", answer="carry-on", words=words) for words in said]
    events = [started(), asked(), answered(account), *(one for card in met for one in (shown, card))]
    state = replay(events)
    return filled("record", handover(state, prompts, actions=agreed_in(state)), NOWHERE)


def danger_in(record: str) -> list[str]:
    section = record.partition("## Immediate danger\n")[2].partition("\n## ")[0]
    return [line for line in section.splitlines() if line.strip()]


def test_a_colleague_s_matter_and_self_blame_are_no_part_of_the_danger_and_of_the_account_only_the_first(
    prompts: Prompts,
):
    record = to_the_card(
        prompts,
        "Aye, recently, I'd say so. Is that number for Scotland?",
        "You've just shown me the same card again. Shona was told to leave it. "
        "And I knew and I said nothing. That's on me.",
    )
    (line,) = danger_in(record)
    assert line.endswith("What was said: “Aye, recently, I'd say so.”")
    account = record.partition("## What we talked about\n")[2].partition("\n## ")[0]
    assert "> Shona was told to leave it." in account
    for words in ("Scotland", "same card", "said nothing", "on me"):
        assert words not in record


def test_a_gap_between_two_sentences_said_to_a_card_is_marked(prompts: Prompts):
    (line,) = danger_in(
        to_the_card(prompts, "He's in bed, I'm with him. You didn't ask me that. I'll ring duty at nine.")
    )
    assert "He's in bed, I'm with him. \\[…\\] I'll ring duty at nine." in line


def test_what_raised_a_danger_is_given_from_where_its_sentence_begins(prompts: Prompts):
    account = "It was Monday. With the dog, he held her mouth shut and said shush. She yelped."
    (line,) = danger_in(
        to_the_card(prompts, "Yes.", raised="… her mouth shut and said shush. She yelped.", account=account)
    )
    assert "“With the dog, he held her mouth shut and said shush. She yelped.”" in line


def test_what_sets_a_card_aside_is_nowhere_and_what_else_was_said_to_it_stays(prompts: Prompts):
    wrong, so = "Your wrong there, nobodys talking about ending their life??", "Hes said theres a secret game."
    card = card_shown(doubtful=False)
    met = e.CardAnswered(
        at=START, danger="life-in-danger", answer="not-what-i-meant", words=f"no no {wrong.lower()} {so}"
    )
    state = replay([started(), asked(), answered(f"He went quiet.\n{wrong} {so}"), card, met])
    record = filled("record", handover(state, prompts), NOWHERE)
    assert so in record and "ending their life" not in record


def test_whoever_means_to_ring_has_a_step_and_nothing_done(prompts: Prompts):
    record = to_the_card(prompts, "ok so thats a yes then, ill ring the out of hours when we've done this.")
    steps = record.partition("## Actions\n")[2].partition("\n## ")[0]
    assert (
        "| 1 | Ok so thats a yes then, ill ring the out of hours when we've done this | the worker | 2 March 2026 |"
        in steps
    )
    assert "| Done |" not in record and "Acted on" not in record


def asked_about_ringing(prompts: Prompts, words: str) -> str:
    shown = e.CardShown(
        at=START, question="opening/1", title="You asked about ringing somebody.", first="999 if a child is in danger.",
        words="He ducked. Should I be ringing somebody?", text="You asked about ringing somebody.\nRing.", danger=None,
    )  # fmt: skip
    met = e.CardAnswered(at=START, danger=None, answer="carry-on", words=words)
    return filled(
        "record", handover(replay([started(), asked(), answered("He ducked."), shown, met]), prompts), NOWHERE
    )


def test_whoever_means_to_ring_has_it_in_the_record_and_nothing_that_was_said_to_the_program(prompts: Prompts):
    record = asked_about_ringing(
        prompts, "I'll ring the lead now. Nobody's with him tomorrow. I feel sick. Can we carry on?"
    )
    assert "whether somebody should be rung. “Should I be ringing somebody?”" in record
    assert "What was said: “I'll ring the lead now. Nobody's with him tomorrow.”" in record


def test_whoever_only_asked_about_ringing_has_no_danger_in_the_record(prompts: Prompts):
    assert "Immediate danger" not in asked_about_ringing(prompts, "Ok, thanks. He's at school.")


def test_a_decision_put_right_on_the_page_keeps_what_it_rests_on(prompts: Prompts):
    put = "Decided should be: see him at school."
    events: list[e.Event] = [
        started(),
        asked("decision/d", keeps="decision", theme="decision", text="What was decided?"),
        answered("We'll see him soon. What tips it is nobody has heard him anywhere else.", "decision/d"),
        asked("ending/page", keeps="next-date", theme="ending", text="What's wrong or missing there?"),
        answered(put, "ending/page"),
    ]
    decided = filled("record", handover(replay(events), prompts), NOWHERE).partition("## Decision and why\n")[2]
    decided = decided.partition("\n## ")[0]
    assert "see him at school" in decided and "soon" not in decided
    assert "What tips it is nobody has heard him anywhere else." in decided


def test_whom_the_steps_tell_is_never_said_to_be_the_child(prompts: Prompts):
    asks = "What will Kerry be told about all this, and by whom?"
    events: list[e.Event] = [
        started(),
        asked("end/told", keeps="child-told", text=asks),
        answered("I'll tell her myself.", "end/told"),
    ]
    told = filled("record", handover(replay(events), prompts), NOWHERE).partition("and the family will be told\n")[2]
    assert told.strip().startswith(f"*{asks}*")


def test_a_card_that_nobody_answered_says_so(prompts: Prompts):
    assert "Not answered yet." in filled("record", handover(with_card(), prompts), NOWHERE)


@pytest.mark.parametrize(
    "state",
    [
        with_card(e.CardConfirmed(at=START, danger="life-in-danger", happening=False), doubtful=True),
        with_card(e.CardAnswered(at=START, danger="life-in-danger", answer="not-what-i-meant")),
        with_card(
            e.CardAnswered(
                at=START, danger="life-in-danger", answer="carry-on", words="It was crisps! Not what I meant."
            )
        ),
        with_card(doubtful=True),
    ],
)
def test_a_sign_that_was_not_so_or_only_asked_about_is_nowhere(prompts: Prompts, state: State):
    of = replace(handover(state, prompts), appendix=True)
    for kind in KINDS:
        if kind not in {"plan", "escalation"}:
            assert "danger" not in filled(kind, of, NOWHERE) and "Ring 999" not in filled(kind, of, NOWHERE)


def test_who_else_will_be_told_stands_with_who_is_and_what_is_said_to_the_program_does_not(prompts: Prompts):
    asks = "What will the parent be told about all this?"
    said = (
        "I'll tell Jo by phone. And Maisie ought to be told too, nobody tells her anything. Did you get my list right?"
    )
    events: list[e.Event] = [started(), asked("end/told", keeps="child-told", text=asks), answered(said, "end/told")]
    told = filled("record", handover(replay(events), prompts), NOWHERE).partition("and the family will be told\n")[2]
    told = told.partition("\n## ")[0]
    assert "And Maisie ought to be told too, nobody tells her anything." in told and "list" not in told


def test_what_is_said_of_a_line_by_its_number_is_not_in_the_record(prompts: Prompts):
    said = (
        '"He told nothing" is not done already, take it off. 8 is still there, take it off. '
        "Put that back, me, today. Nan is coming to the meeting too."
    )
    events: list[e.Event] = [started(), asked("ending/page", theme="ending"), answered(said, "ending/page")]
    assert [one.answer for one in handover(replay(events), prompts).put_right] == ["Nan is coming to the meeting too."]


def test_the_day_to_look_again_is_the_review_of_the_plan(prompts: Prompts):
    events: list[e.Event] = [
        started(),
        asked("actions/s", keeps="action", theme="actions"),
        answered("I'll ring the school by Friday.", "actions/s"),
        asked("ending/when", keeps="next-date", text="What day will you look at it again?"),
        answered("Wednesday", "ending/when"),
    ]
    state = replay(events)
    record = filled("record", handover(state, prompts, actions=agreed_in(state)), NOWHERE)
    assert "**Review:** Wednesday (4 March 2026)" in record


def test_what_is_feared_stands_under_risk_where_its_direction_was_not_asked(prompts: Prompts):
    said = "He's three. The worry is he takes it out on her. I'm worried about that, aren't you?"
    risk = filled("record", handover(replay([started(), asked(), answered(said)]), prompts), NOWHERE)
    risk = risk.partition("which way it is going\n")[2].partition("\n## ")[0]
    assert [one for one in risk.splitlines() if one[:1] == ">"] == ["> The worry is he takes it out on her."]
    events: list[e.Event] = [started(), asked("risk/which", keeps="risk", theme="risk"), answered(said, "risk/which")]
    assert "What was said of it" not in filled("record", handover(replay(events), prompts), NOWHERE)
