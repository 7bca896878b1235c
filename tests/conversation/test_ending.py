"""What of an answer is kept as the decision and the rest, what is asked once more, and the last page put right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from assistant.conversation.filing import filed, left_over
from assistant.conversation.put_right import look_again
from assistant.conversation.said_to_us import of_their_own, to_the_program
from assistant.conversation.session import Session
from assistant.conversation.state import Turn
from assistant.noticing.observations import Noticing
from assistant.noticing.reading import Known, Stand
from tests.conversation.conftest import GoingOn, Sitting, answered
from tests.shipped import reader

READER = reader()


@pytest.mark.parametrize(
    "words",
    [
        "I havent decided anything! I remembered theres a poster in the ladies, so I think she was asking me.",
        "bel was there when i saw him so no, not alone. i havent decided anything, are we finishing already?",
        "Nothing's decided yet. He has been asleep each time because I go at two.",
        "We've not really made a decision, not until the paediatrician is back.",
    ],
)
def test_whoever_says_that_nothing_is_decided_has_decided_nothing_and_is_not_asked_again(words, come_to):
    assert filed(answered("decision", words)) == ""
    session = come_to("decision/decision", minutes=15)
    session.answer(words)
    assert table(session).question != "once-more/decision/decision"


def test_what_is_decided_after_all_stands_though_something_else_is_not():
    words = "I haven't decided about the visits. We'll go to conference because nobody has seen her."
    assert filed(answered("decision", words)) == "We'll go to conference because nobody has seen her."


@pytest.mark.parametrize(
    ("keeps", "words", "kept"),
    [
        ("outcome", "you didnt answer about ricky. um. that he knows when hes going home? his teacher said he keeps "
         "his passport in a bread bag, she thought it was funny.", "that he knows when hes going home?"),
        ("outcome", "He'd sleep through. I havent even seen where the cot would go.", "He'd sleep through."),
        ("outcome", "i get to sleep and im in school on a monday. someone else does the bottles.",
         "i get to sleep and im in school on a monday. someone else does the bottles."),
        ("child-told", "It wont, its a bump. I think you've got the wrong sort of case. Tamsin did once ask me \"does "
         "it say on there who's looked at it\", and I thought it was just nosiness.", ""),
        ("child-told", "me i suppose, when i see him. my mum and dad left me with my aunt for two years and i was fine",
         "me i suppose, when i see him."),
        ("child-told", "It won't be me, her nan will tell her on Friday.",
         "It won't be me, her nan will tell her on Friday."),
        ("child-told", "She was told on Friday, by her nan.", "She was told on Friday, by her nan."),
        ("child-told", "i just said, ronan. I'll see him at school.", "I'll see him at school."),
    ],
)  # fmt: skip
def test_only_what_changes_and_what_somebody_is_told_is_kept_as_that(keeps, words, kept):
    assert filed(answered(keeps, words)) == kept


def test_a_day_said_to_be_better_than_the_first_is_the_day_to_look_again(reading):
    turn = answered(
        "next-date", "who's us two? supervision's a fortnight friday but id want to do it sooner, next friday"
    )
    assert look_again(turn) == "id want to do it sooner, next friday"


@pytest.mark.parametrize(
    "words",
    [
        "i just said, ronan. hes on the plan and ive met him once.",
        "sorry i think i said, nobody has met the dad.",
        "what do you mean, nobody has met the dad",
        "I've not seen my sister since the referral, she never spoke to me.",
    ],
)
def test_what_was_said_to_the_program_or_of_the_workers_own_people_is_not_given_back(reading, words):
    session = reading(minutes=60).session
    session.answer("Two boys, Ronan and Ellis.")
    session.answer(words)
    while not table(session).question.startswith("ending/"):
        session.answer("Hm.")
    lines = [line for turn in session.state.turns for line in turn.asked.said_first]
    assert not any(words.split(".")[0] in line for line in lines)


@pytest.mark.parametrize(
    ("words", "ours", "their_own"),
    [
        ("You've got the wrong end of the stick", True, False),
        ("oh sorry, i did ask you about Thursday", True, False),
        ("I said no to the offer of a placement", False, False),
        ("I said to Mum that he must not be there", False, False),
        ('she said "my sister has him"', False, False),
        ("my nan used to do that", False, True),
        ("where you cant park", False, False),
        ("Did I say that, I dont think I said that.", True, False),
        ("That's a funny bit to pick out, I just meant the log", True, False),
        ("Did I say it to her? No.", False, False),
    ],
)
def test_what_is_said_to_us_is_told_from_what_is_said_of_the_case(words, ours, their_own):
    assert (to_the_program(words), of_their_own(words)) == (ours, their_own)


def test_our_own_question_thrown_back_is_no_answer():
    turn = answered(
        "child-told", "How will the baby hear? I'd want Ruta told.", "How will the baby hear about all this?"
    )
    assert filed(turn) == "I'd want Ruta told."


def test_what_is_not_kept_in_its_place_is_not_lost():
    words = 'Wrong. She told me, "I\'d die if anyone found out". What have I missed?'
    assert left_over(answered("decision", words)) == 'Wrong. She told me, "I\'d die if anyone found out".'


def at(sitting, question: str):
    """Goes on until this question is on the table."""
    while sitting.session.state.current.asked.question != question:
        sitting.session.answer("words")
    return sitting.session


def table(session):
    return session.state.current.asked


@pytest.fixture(scope="module")
def reading(sit, kinds):
    def begin(**more):
        return sit(read=READER.read, open_kinds=lambda: kinds, **more)

    return begin


@pytest.fixture(scope="module")
def come_to(reading: Callable[..., Sitting], going_on: GoingOn) -> Callable[..., Session]:
    """A session with this question on the table."""

    def come(question: str, *, minutes: int) -> Session:
        def play() -> Sitting:
            sitting = reading(minutes=minutes)
            at(sitting, question)
            return sitting

        return going_on((question, minutes), play).session

    return come


def test_a_decision_that_was_a_correction_is_owned_and_asked_for_once_more_in_other_words(come_to, prompts):
    session = come_to("decision/decision", minutes=15)
    session.answer('Wrong. She told me, "I\'d die if anyone found out". About the assembly.')
    again = table(session)
    assert (again.question, again.keeps) == ("once-more/decision/decision", "decision")
    assert again.text == prompts.listening.once_more.questions["decision"].text
    assert again.said_first == (prompts.listening.corrected["any"],)
    session.answer("No, that's wrong.")
    assert table(session).question == "actions/steps"


def test_a_feeling_is_met_first_and_then_the_decision_is_asked_for_once_more(come_to):
    session = come_to("decision/decision", minutes=15)
    session.answer("I feel sick about it.")
    assert table(session).question == "shaken/1"
    session.answer("That I let her down.")
    assert table(session).question == "once-more/decision/decision"


@pytest.mark.parametrize("words", ["I don't know", "We'll keep it open."])
def test_whoever_answers_or_does_not_know_is_not_asked_twice(come_to, words):
    session = come_to("decision/decision", minutes=15)
    session.answer(words)
    assert table(session).question == "actions/steps"


PUT_RIGHT = (
    "All of that. I'd die isn't a decision, she was embarrassed. I've decided we stay with her. Step: I see Wren "
    "Thursday and say sorry. Ring the police officer tomorrow. Look again Friday."
)


def test_the_page_is_replaced_by_what_was_said_of_it_and_shown_once_more(come_to):
    session = come_to("decision/decision", minutes=15)
    session.answer("We'll leave it there.")
    session.answer("I'll do the chronology.")
    page = at_page(session)
    assert "Decided: “We'll leave it there.”" in page.said_first
    session.answer(PUT_RIGHT)
    again = table(session)
    assert again.question == "ending/page-again"
    assert again.said_first[:3] == (
        "Decided: “we stay with her”",
        "1. I see Wren Thursday and say sorry (Me, 5 March 2026)",
        "2. Ring the police officer tomorrow (3 March 2026)",
    )
    assert again.said_first[-1] == "You'll look at this again: “Friday”"
    session.answer("Yes")
    assert session.state.finished is not None


def test_a_decision_that_is_taken_back_leaves_a_gap_and_one_step_can_be_struck(come_to):
    session = come_to("decision/decision", minutes=15)
    session.answer("We'll leave it there.")
    session.answer("I'll do the chronology.\nI'll ring her aunt.")
    at_page(session)
    session.answer("That isn't my decision. Take off 1. I'll see Wren Thursday.")
    assert table(session).said_first[:3] == (
        "Decided: nothing yet",
        "1. I'll ring her aunt (Me, no day yet)",
        "2. I'll see Wren Thursday (Me, 5 March 2026)",
    )


def test_a_question_on_the_last_page_is_answered_before_the_session_closes(come_to):
    session = come_to("decision/decision", minutes=15)
    session.answer("We'll leave it there.")
    session.answer("I'll do the chronology by Friday.")
    at_page(session)
    session.answer("What have I missed?")
    assert table(session).said_first[0] == "I only know what you've told me."


def test_what_a_child_would_say_is_no_correction(come_to):
    session = come_to("actions/outcome", minutes=30)
    wording = session.state.current.asked.model_copy(
        update={"text": "What would Ffion say is better a month from now?"}
    )
    said = "I'm four, this is my bed. That."
    read = READER.read(said, Known(today=date(2026, 3, 2), keeps="outcome"))
    corrects = read.model_copy(update={"stands": (Stand(stance="corrects-us", span=(0, 26)),)})
    assert filed(Turn(asked=wording, answer=said, reading=corrects)) == "I'm four, this is my bed."


def test_steps_that_came_with_the_decision_are_read_out_and_asked_about_no_second_time(come_to):
    session = come_to("decision/decision", minutes=30)
    session.answer("I ring the named midwife tonight and I see her alone Thursday.")
    coming = table(session)
    assert coming.keeps == "action"
    assert coming.said_first[:2] == (
        "1. I ring the named midwife tonight (Me, 2 March 2026)",
        "2. I see her alone Thursday (Me, 5 March 2026)",
    )
    assert "What else" in coming.text
    session.answer("I've just given you them.")
    assert table(session).question == "actions/outcome"


def test_whoever_has_said_that_the_child_will_be_told_is_asked_only_in_what_words(come_to):
    session = come_to("actions/steps", minutes=15)
    session.answer("I'll ring school on Friday and I'll tell him at the gate on Thursday.")
    while table(session).keeps != "child-told":
        session.answer("He'd sleep at night.")
    assert table(session).text.endswith("What words would you use?")


@pytest.mark.parametrize(
    ("words", "begins"),
    [
        ("I think somebody needs to be in that house today. Is that over the top?", "If it worries you enough"),
        ("I'll ring in the morning. Should I ring tonight or wait till then?", ""),
        ("I'd see her Friday. Is that enough?", "Only somebody who knows the case"),
    ],
)
def test_a_question_beside_a_decision_is_answered_and_the_session_goes_on(come_to, words, begins):
    session = come_to("decision/decision", minutes=15)
    session.answer(words)
    if session.state.card is not None:  # whether to ring has a card of its own
        assert session.state.card.shown.asked
        return
    assert table(session).said_first[0].startswith(begins)


def test_whoever_decides_though_they_do_not_know_is_not_met_as_one_who_refuses(sit):
    refuses = lambda words, _: Noticing(manner="refusal" if "dunno" in words else None)  # noqa: E731
    session = at(sit(minutes=15, read=READER.read, notice=refuses), "decision/decision")
    session.answer("dunno. We keep going as we are.")
    assert table(session).question == "actions/steps"
    assert not any("skip" in line for line in table(session).said_first)


def test_a_page_that_is_right_is_not_shown_again(come_to):
    session = come_to("decision/decision", minutes=15)
    session.answer("We'll leave it there.")
    session.answer("I'll do the chronology by Friday.")
    at_page(session)
    session.answer("Nothing wrong. Friday week.")
    assert session.state.finished is not None


def test_agreeing_to_a_summary_is_no_decision(come_to):
    session = come_to("decision/decision", minutes=15)
    session.answer("thats right. He has to be seen by a doctor today because he's off his feeds.")
    session.answer("I'll ring the ward by Friday.")
    at_page(session)
    decided = next(line for line in table(session).said_first if line.startswith("Decided"))
    assert decided == "Decided: “He has to be seen by a doctor today because he's off his feeds.”"


def test_a_decision_that_begins_with_the_word_says_it_once(come_to):
    session = come_to("decision/decision", minutes=15)
    session.answer("Decided: we'll go back to her and ask about the neck.")
    session.answer("I'll do the chronology by Friday.")
    assert "Decided: “we'll go back to her and ask about the neck.”" in at_page(session).said_first


def at_page(session):
    while not table(session).question.startswith("ending/page"):
        session.answer("Fewer nights out, by May.")
    return table(session)


def test_what_have_i_missed_is_answered_by_what_has_not_been_talked_about(reading, prompts):
    session = at(reading(minutes=15, journey="self-review"), "opening/focus")
    session.answer("Wren, 12. I've not seen her alone since April.")
    session.answer("What have I missed?")
    before = table(session).said_first
    assert before[0] == "I only know what you've told me."
    assert "anything Wren has said" in before[1]
    assert "sitting with you" not in " ".join(before)


@pytest.mark.parametrize("words", ["Can I ask her about him or is that leading?", "Would that be leading her?"])
def test_whether_a_child_may_be_asked_gets_an_honest_answer(come_to, words):
    session = come_to("opening/focus", minutes=15)
    session.answer("Wren, 12, and a man of 34 who wrote to her online.")
    session.answer(words)
    assert "it's leading when the question holds the answer" in " ".join(table(session).said_first)


def test_a_question_beside_an_answer_is_replied_to_before_the_next_question(come_to, prompts):
    session = come_to("actions/outcome", minutes=30)
    session.answer("She won't be eating alone, maybe. Got five left. What have I missed?")
    coming = table(session)
    assert coming.question == "actions/told-to-the-child"
    assert coming.said_first[0] == "I only know what you've told me."


def test_who_wins_is_handed_back_once_and_never_ignored(come_to, prompts):
    session = come_to("opening/focus", minutes=30)
    session.answer("Two boys on a plan. The conference chair is being awkward.")
    session.answer("Chair says no, I say yes. Who wins?")
    assert table(session).question == "asked-us/who-decides"
    session.answer("Who wins, me or the chair?")
    said = prompts.asked_us.kind("who-decides").reply.partition(".")[0]
    assert table(session).said_first[0] == prompts.asked_us.answered_once.replace("{reply}", f"{said}.")


def test_the_same_words_are_given_back_once_in_a_session(come_to):
    session = come_to("opening/focus", minutes=60)
    session.answer("Ruby is 9. I've not seen Ruby on her own since April.")
    while not table(session).question.startswith("ending/"):
        session.answer("I've not seen Ruby on her own since April.")
    lines = [line for turn in session.state.turns for line in (turn.asked.text, *turn.asked.said_first)]
    quoting = [line for line in lines if "not seen Ruby on her own" in line and "Decided" not in line]
    assert len(quoting) == 1


@pytest.mark.parametrize("jest", [", which, same.", " ha", ", only joking"])
def test_what_is_said_in_jest_is_not_followed(reading, jest):
    sitting = reading(minutes=30)
    said = "Ruby said her dad won't let her shut the door"
    sitting.session.answer("Ruby is 9.")
    sitting.session.answer(said + jest)
    assert "won't let her shut" not in table(sitting.session).text
    earnest = reading(minutes=30).session
    earnest.answer("Ruby is 9.")
    earnest.answer(said)
    assert "won't let her shut" in table(earnest).text


def test_a_page_says_what_is_not_said_yet_and_what_was_added_to_it(come_to):
    session = come_to("decision/decision", minutes=15)
    session.answer("We'll go back to conference.")
    session.answer("I'll ring school on Friday.")
    while table(session).theme != "ending":
        session.answer("I hadn't thought what to tell her." if table(session).keeps == "child-told" else "I don't know")
    page = table(session)
    assert "To be told: not said yet" in page.said_first
    assert "1. I'll ring school on Friday (Me, 6 March 2026)" in page.said_first
    session.answer("Oh God, I've just remembered, his inhaler's still at Nan's. Look at it again tomorrow.")
    again = table(session)
    assert again.question == "ending/page-again"
    assert "You added: “Oh God, I've just remembered, his inhaler's still at Nan's.”" in again.said_first
    assert "You'll look at this again: “tomorrow”" in again.said_first
