"""What comes after the worker puts the program right, asks it something, or is called away."""

from __future__ import annotations

import pytest

from assistant.conversation import events as e
from assistant.noticing.observations import Danger, Noticing
from assistant.noticing.reading import Mention, Reading, Stand


def asked(sitting) -> list[e.Asked]:
    return [event for event in sitting.kept if isinstance(event, e.Asked)]


def standing(words: str, stance, kind: str = "", shown: str = "", **more) -> Reading:
    at = words.find(shown)
    return Reading(stands=(Stand(stance=stance, kind=kind, span=(at, at + len(shown or words))),), **more)


def named(words: str, **children: str) -> tuple[Mention, ...]:
    """Children of the account, and where they are named in these words."""
    return tuple(
        Mention(person=person, role="child", span=(words.find(name), words.find(name) + 1), by="name", called=name)
        for person, name in children.items()
        if name in words
    )


def until(sitting, keeps: str) -> e.Asked:
    while sitting.session.state.current.asked.keeps != keeps:
        sitting.session.answer("words")
    asked_now: e.Asked = sitting.session.state.current.asked
    return asked_now


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("not-said", "You're right, you hadn't said that."),
        ("misread", "Sorry, I took that the wrong way. I'll leave it."),
        ("wrong-fact", "Sorry, I had that wrong. I'll go by what you've just said."),
        ("wrong-person", "Sorry, I had the wrong person."),
        ("", "Sorry, I misread that. I'll go by what you've just said."),
    ],
)
def test_what_was_wrong_is_owned_as_what_it_was(sit, kind, said):
    sitting = sit(read=lambda words, _: standing(words, "corrects-us", kind) if "no" in words else Reading())
    sitting.session.answer("the family")
    sitting.session.answer("no, never")
    assert asked(sitting)[-1].said_first[0] == said


def of_tilda_and_rowan(words, _):
    people = named(words, **{"child-1": "Tilda", "child-2": "Rowan"})
    if words.startswith("Rowan?"):
        return standing(words, "corrects-us", "wrong-person", "Rowan? I asked about Tilda.", people=people[:1])
    return Reading(people=people)


def test_the_same_is_asked_about_the_right_person_and_we_say_who_it_is(sit):
    sitting = sit(read=of_tilda_and_rowan)
    sitting.session.answer("Rowan is eleven. Rowan made the tea.")
    before = next(event for event in iter_questions(sitting) if "Rowan" in event.text)
    sitting.session.answer("Rowan? I asked about Tilda.")
    again = asked(sitting)[-1]
    assert again.question == f"again/{before.question}"
    assert again.text == before.text.replace("Rowan", "Tilda")
    assert again.said_first[0] == "Sorry: Tilda, not Rowan."


def iter_questions(sitting):
    """Each question on the table, answered until it is looked at."""
    for _ in range(20):
        yield sitting.session.state.current.asked
        sitting.session.answer("Rowan, mostly")


def test_whoever_answers_beside_the_correction_is_not_asked_the_same_again(sit):
    sitting = sit(read=of_tilda_and_rowan)
    sitting.session.answer("Rowan is eleven. Rowan made the tea.")
    next(event for event in iter_questions(sitting) if "Rowan" in event.text)
    sitting.session.answer("Rowan? I asked about Tilda. She goes to her Nan on Fridays and she likes it there.")
    assert not asked(sitting)[-1].question.startswith("again/")


def test_what_was_left_out_is_taken_up_in_the_workers_words(sit):
    words = "It's fair as far as it goes. You've left out the dog."
    sitting = sit(
        read=lambda said, _: (
            standing(said, "corrects-us", "left-out", "You've left out the dog.") if "dog" in said else Reading()
        )
    )
    sitting.session.answer("the family")
    sitting.session.answer(words)
    coming = asked(sitting)[-1]
    assert coming.text.startswith("“You've left out the dog”")
    assert coming.said_first == ("You're right, that was missing.",)


def test_where_a_decision_came_too_soon_the_themes_come_first_and_then_it_is_asked_again(sit):
    sitting = sit(
        read=lambda said, _: standing(said, "corrects-us", "too-soon") if "Already" in said else Reading(),
        minutes=60,
    )
    decision = until(sitting, "decision").question
    sitting.session.answer("Decided? Already? We've only just begun.")
    coming = asked(sitting)[-1]
    assert coming.said_first[0] == "Fair enough, that was too soon."
    assert coming.keeps is None
    while asked(sitting)[-1].keeps != "decision":
        assert asked(sitting)[-1].probes == decision
        sitting.session.answer("words")
    assert asked(sitting)[-1].question == f"once-more/{decision}"


def test_whoever_is_called_away_is_asked_the_same_when_ready(sit):
    sitting = sit(read=lambda said, _: standing(said, "beside-the-point") if "door" in said else Reading())
    sitting.session.answer("the family")
    before = asked(sitting)[-1]
    sitting.session.answer("hang on, somebody at the door")
    assert asked(sitting)[-1].text == before.text
    assert asked(sitting)[-1].said_first == ("Whenever you're ready.",)


@pytest.mark.parametrize(
    ("kind", "words", "holds"),
    [
        ("should-i", "Can I speak to his school without Mum knowing?", "ask the parent first"),
        ("should-i", "can I put in writing to housing that it's harming them", "in writing"),
        ("should-i", "Is it me that says it to her dad?", "agree who does it"),
        ("who-reads-this", "wheres this going, like who has it after", "stays on this computer"),
        ("what-next", "how many more of these", "minutes are left"),
        ("who-decides", "which of them has the say", "escalation procedure"),
        ("how-have-i-done", "tell me that was all right", "I wasn't there"),
        ("leading", "or is that putting ideas in her head", "ask openly"),
        ("what-is-missing", "what am I not seeing", "I only know what you've told me"),
        ("other", "what even is lupus", "I won't guess"),
        ("how-have-i-done", "Is that over the top?", "isn't too much"),
        ("how-have-i-done", "is that bad?", "to your manager today"),
        ("should-i", "Should I tell her tonight or wait?", "don't wait"),
        ("should-i", "Is it 101 I ring or 999?", "999"),
        ("should-i", "What do I do?", "manager or the duty team"),
        ("should-i", "What do I say to him?", "let them answer"),
        ("should-i", "Is it too late to ring?", "No. Ring now"),
        ("should-i", "Do I tell mum?", "Usually yes"),
        ("should-i", "Do I need to be letting my manager know?", "Tell them today"),
        ("how-have-i-done", "Should I have rung sooner?", "can still be acted on"),
        ("other", "Is she a young carer?", "whoever assesses it"),
        ("other", "are you a person or a program?", "I'm a program"),
        ("other", "Is that enough?", "by when"),
        ("other", "What would you do in my shoes?", "help you think"),
    ],
)
def test_what_is_asked_of_us_gets_an_answer_that_fits(sit, kinds, kind, words, holds):
    sitting = sit(
        read=lambda said, _: standing(said, "asks-us", kind) if said == words else Reading(), open_kinds=lambda: kinds
    )
    sitting.session.answer("the family")
    sitting.session.answer(words)
    assert holds in " ".join(asked(sitting)[-1].said_first)


def test_no_question_is_handed_back_twice_in_a_session(sit):
    sitting = sit(read=lambda said, _: standing(said, "asks-us", "other") if "what is" in said else Reading())
    sitting.session.answer("the family")
    for _ in range(4):
        sitting.session.answer("what is lupus")
    texts = [event.text for event in asked(sitting)]
    assert len(set(texts)) == len(texts)


def test_an_echo_with_an_answer_behind_it_is_not_asked_again(sit, kinds):
    words = "Like what? It was five months, and the man was thirty four."
    sitting = sit(
        read=lambda said, _: (
            standing(said, "asks-us", "what-do-you-mean", "Like what?") if said == words else Reading()
        ),
        open_kinds=lambda: kinds,
    )
    sitting.session.answer("the family")
    sitting.session.answer(words)
    assert not asked(sitting)[-1].question.startswith("again/")


# ---- what is said to a card


def mark(words: str, _) -> Noticing:
    at = words.find("mark")
    danger = Danger(kind="injury-non-mobile-baby", level="doubtful", spans=((at, at + 4),))
    return Noticing(act_now=(danger,) if at >= 0 else ())


def doubted(sit, words: str):
    sitting = sit(notice=mark)
    sitting.session.answer("There's a mark on him.")
    sitting.session.say_to_card(words)
    return sitting


def test_a_no_with_more_words_is_met_in_one_line_and_the_words_are_read_as_any_answer(sit, prompts):
    lines = prompts.listening.said_first
    sitting = doubted(sit, "No, no, that's his football sock. He was out till all hours on Sunday, his mum said.")
    assert asked(sitting)[-1].said_first[0] == lines.not_that
    assert not asked(sitting)[-1].question.startswith("act-now/")
    answer = sitting.session.state.turns[0].answer
    assert answer.endswith("\nThat's his football sock. He was out till all hours on Sunday, his mum said.")
    assert sitting.session.state.turns[0].noticing is not None


def test_a_bare_no_adds_nothing_and_one_that_says_we_misread_gets_a_sorry(sit, prompts):
    lines = prompts.listening.said_first
    bare = doubted(sit, "no")
    assert not {lines.not_that, lines.card_misread} & set(asked(bare)[-1].said_first)
    assert bare.session.state.turns[0].answer == "There's a mark on him."
    misread = doubted(sit, "No. I didn't say that. You've got that wrong.")
    assert asked(misread)[-1].said_first[0] == lines.card_misread
    assert misread.session.state.turns[0].answer == "There's a mark on him."


def test_a_no_that_bears_it_out_is_not_waved_off(sit, prompts):
    lines = prompts.listening.said_first
    sitting = doubted(sit, "No, not really, I mean school sent another of their body maps")
    assert not {lines.not_that, lines.card_misread} & set(asked(sitting)[-1].said_first)
    assert sitting.session.state.turns[0].answer.endswith("another of their body maps")


def test_whoever_is_ringing_now_is_not_shown_the_same_card_again(sit):
    def missing(words, _):
        danger = Danger(kind="child-missing-or-unseen", level="sure", spans=((0, 4),))
        return Noticing(act_now=(danger,) if "missing" in words else ())

    sitting = sit(notice=missing)
    sitting.session.answer("He's missing.")
    sitting.session.say_to_card("ok")
    while "ringing" not in sitting.session.state.current.asked.question:
        sitting.session.answer("Sunday night")
    sitting.session.answer("101. A missing boy of fifteen. ok. ringing now")
    assert sum(isinstance(event, e.CardShown) for event in sitting.kept) == 1


@pytest.mark.parametrize(
    "said",
    [
        "I've no decided anything, I've only just got to three.",
        "Is that us at the steps already? I've hardly told you about Denise.",
        "I haven't decided, nobody's mentioned the middle one yet",
    ],
)
def test_whoever_has_more_to_tell_is_not_held_to_a_decision(sit, said):
    sitting = sit(read=lambda *_: Reading(), minutes=60)
    while sitting.session.state.current.asked.keeps != "decision":
        sitting.session.answer("words about it")
    sitting.session.answer(said)
    asked = sitting.session.state.current.asked
    assert asked.keeps is None
    assert asked.probes == "decision/decision"
