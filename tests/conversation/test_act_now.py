"""Once danger is found: who is interrupted by what, and what is asked, shown, kept and left alone after it."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.conversation import events as e
from assistant.conversation import moves as m
from assistant.conversation.act_now import on_a_grown_up
from assistant.conversation.act_now_follow_up import FEWEST_TURNS_BETWEEN
from assistant.conversation.danger_quoted import LONGEST_SENTENCE, whole_sentence
from assistant.conversation.situation import Situation
from assistant.conversation.state import Turn, replay
from assistant.noticing.act_now_cards import CardWords
from assistant.noticing.observations import Danger, DangerKind, Level, Noticing
from assistant.noticing.reader import open_reader
from assistant.noticing.reading import Mention, Reading
from tests.conversation.conftest import START
from tests.shipped import danger_finder

SIGNS: dict[str, tuple[DangerKind, Level]] = {
    "bruise": ("injury-non-mobile-baby", "sure"),
    "mark": ("injury-non-mobile-baby", "doubtful"),
    "smudge": ("injury-non-mobile-baby", "faint"),
    "not breathing": ("life-in-danger", "sure"),
    "hit": ("violence-or-threat-now", "sure"),
    "shouting": ("violence-or-threat-now", "doubtful"),
    "knife": ("violence-or-threat-now", "sure"),
    "unseen": ("child-missing-or-unseen", "faint"),
    "tablets": ("poisoning-or-drugs-in-reach", "doubtful"),
    "bed": ("sexual-abuse-disclosure", "faint"),
    "cancelled": ("suicide-or-serious-self-harm", "faint"),
    "letterbox": ("suicide-or-serious-self-harm", "doubtful"),
    "older mates": ("sexual-abuse-disclosure", "doubtful"),
}
GUESSED = {"cancelled", "letterbox", "older mates"}
"""Signs whose kind nothing bears out."""
URGENCY = ("life-in-danger", "injury-non-mobile-baby", "violence-or-threat-now", "poisoning-or-drugs-in-reach")


def signs(words: str, _: frozenset[str] = frozenset()) -> Noticing:
    """A sign for each word of SIGNS, most urgent first; "no" alone tells nothing."""
    found = [
        Danger(kind=kind, level=level, spans=((at, at + len(sign)),), borne_out=sign not in GUESSED)
        for sign, (kind, level) in SIGNS.items()
        if (at := words.find(sign)) >= 0
    ]
    found.sort(key=lambda danger: URGENCY.index(danger.kind) if danger.kind in URGENCY else len(URGENCY))
    return Noticing(
        act_now=tuple(danger for danger in found if danger.level != "faint"),
        faint=tuple(danger for danger in found if danger.level == "faint"),
        manner="empty" if words == "dunno" else None,
    )


@pytest.fixture
def played(sit):
    """A session in which these words are answered in turn, to a question or to a card."""

    def play(*said: str, **how):
        sitting = sit(notice=signs, **how)
        for words in said:
            say(sitting, words)
        assert replay(sitting.kept) == sitting.session.state
        return sitting

    return play


def say(sitting, words: str) -> None:
    session = sitting.session
    if session.state.card is not None:
        session.say_to_card(words)
    elif words == "skip":
        session.skip()
    else:
        session.answer(words)


def shown(sitting) -> list[Any]:
    return [event for event in sitting.kept if isinstance(event, e.CardShown)]


def question(sitting) -> str:
    assert sitting.session.state.card is None
    return str(sitting.session.state.current.asked.question)


# ---- one interruption an answer


def test_of_talk_without_a_stop_the_clauses_around_a_sign_are_quoted():
    words = (
        "there's five of them and mum's lovely and shes so honest with me and dads only been out of prison since "
        "august hes not meant to be there officially and then theres the big girl Shanice shes 11 and a lad of 8 and "
        "the twins are three and mums on her script and the flat is spotless and she always has the kettle on for me"
    )
    sign = words.index("of prison"), words.index("officially") + len("officially")
    quoted = whole_sentence(words, Danger(kind="unsafe-care-now", level="sure", spans=(sign,)))
    assert "… shes so honest with me and dads only been out of prison" in quoted
    assert quoted.endswith(" and a lad of 8 …")


def test_a_sure_sign_shows_its_card_with_the_whole_sentence(played):
    (card,) = shown(played("I went on Monday. There was a bruise, I don't think it was there before. Then I left."))
    assert card.words == "There was a bruise, I don't think it was there before."
    assert not card.danger.confirm


def test_the_text_of_a_card_begins_with_when_to_ring_999(played):
    move = m.act_now(played("There was a bruise.").session.state.card)
    assert move.first == "999 now."
    assert move.text.splitlines()[0] == move.first
    assert move.text.count(move.first) == 1


def test_a_card_that_was_shown_in_full_is_not_shown_again_but_said_to_stand(played):
    typed = (
        "There was a bruise.",
        "hm",
        *["skip"] * 3,
        "Another bruise since Tuesday, on his back.",
        "hm",
        "Should I ring duty?",
    )
    sitting = played(*typed, card=danger_finder().card)
    full, again, asked = shown(sitting)
    assert full.text.startswith("A mark or injury")
    assert (
        again.first == f"The card about a mark or injury on a child who can't move about yet still stands: {full.first}"
    )
    assert (again.text, asked.first) == ("", again.first)
    assert m.act_now(sitting.session.state.card).text.splitlines()[1].startswith("Yes, ring now")


def test_a_card_whose_text_nobody_saw_or_with_another_sign_on_it_is_shown_in_full(played):
    typed = ("There's a mark on him.", "no", "There was a bruise.", "hm", "skip", "He hit her, and a new bruise.")
    assert all(card.text.count("\n") > 3 for card in shown(played(*typed, card=danger_finder().card)))
    assert len(shown(played(*typed))) == 3


def test_a_card_is_for_the_job_that_was_said_else_for_the_one_put_down_at_the_start(sit, tmp_path):
    jobs = []

    def card(*_, job="", **__):
        jobs.append(job)
        return CardWords("A sign.", "999 now.", "Steps.")

    for said, worker in (("I'm her social worker.", "teacher"), ("I saw her on Monday.", "teacher"), ("Fine.", "")):
        sitting = sit(notice=signs, card=card, read=open_reader(tmp_path).read, worker=worker)
        say(sitting, f"{said} There was a bruise.")
    assert jobs == ["social worker", "teacher", ""]


def test_the_most_urgent_leads_and_what_else_is_sure_stands_on_the_same_card(played):
    sitting = played("He hit her and the baby is not breathing.", "rang 999, police are on their way")
    (card,) = shown(sitting)
    assert card.danger.kind == "life-in-danger"
    assert [danger.kind for danger in card.also] == ["violence-or-threat-now"]
    assert "violence-or-threat-now" in card.text


def test_what_is_sure_comes_before_what_is_doubtful_and_that_is_not_asked_as_well(played):
    sitting = played("There's a mark on him. Dad hit her.", "not what I meant")
    assert [card.danger.kind for card in shown(sitting)] == ["violence-or-threat-now"]
    assert question(sitting) == "steer/injury-non-mobile-baby"


@pytest.mark.parametrize(
    ("children", "asked"), [("Kayleigh's 13 and Mason's 8", 0), ("Kayleigh's 13 and there's Mason", 1)]
)
def test_a_doubtful_mark_is_not_asked_about_as_a_babys_where_every_child_is_older(played, tmp_path, children, asked):
    sitting = played(f"It's Lisa and her two, {children}.", "She did have a mark.", read=open_reader(tmp_path).read)
    assert len(shown(sitting)) == asked


def test_of_an_older_childs_mark_nobody_is_asked_how_they_get_about(played, tmp_path, prompts):
    read = open_reader(tmp_path).read
    sitting = played("It's Lisa and her two, Kayleigh's 13 and Mason's 8.", "He did have a mark.", read=read)
    assert question(sitting) == "steer/any"
    assert sitting.session.state.current.asked.text in {one.text for one in prompts.act_now_talk.any_danger.steers}


def test_a_mark_that_was_denied_is_not_come_back_to_when_it_is_denied_once_more(played):
    sitting = played("There's a mark on him.", "No, nothing like that", "I told you, there's no mark on him.")
    assert len(shown(sitting)) == 1
    assert not question(sitting).startswith(("steer/", "still-open/"))


@pytest.mark.parametrize(
    ("account", "mark"),
    [
        ("It's Lisa and her baby, Kayleigh, ten months.", "Lisa had a mark on her wrist and she hid it."),
        ("The baby is not born yet, Rhian is 31 weeks pregnant.", "There was a mark on the arm."),
    ],
)
def test_a_mark_on_a_grown_up_asks_whether_somebody_is_being_hurt(played, tmp_path, account, mark):
    sitting = played(account, mark, read=open_reader(tmp_path).read)
    assert [card.danger.kind for card in shown(sitting)] == ["violence-or-threat-now"]


def test_a_sure_mark_has_its_own_card_whoever_is_spoken_of_beside_it(played, tmp_path):
    account, mark = "It's Lisa and her baby, Kayleigh, ten months.", "Lisa had a bruise on her wrist and she hid it."
    sitting = played(account, mark, read=open_reader(tmp_path).read)
    assert [card.danger.kind for card in shown(sitting)] == ["injury-non-mobile-baby"]


@pytest.mark.parametrize(("first", "last", "grown_up"), [("mother", "child", False), ("child", "mother", True)])
def test_a_mark_is_whose_the_last_her_beside_it_is(first, last, grown_up):
    words = "Her girl had a mark on her wrist."
    spans = {first: (0, 3), last: (words.index("her wrist"), words.index("her wrist") + 3)}
    people = tuple(Mention(person=role, role=role, span=span, by="pronoun") for role, span in spans.items())
    mark = Danger(kind="injury-non-mobile-baby", level="doubtful", spans=((words.index("mark"), words.index(" on")),))
    asked = e.Asked(at=START, question="opening/1", theme="opening", stage="opening", text="What?", because="first")
    assert on_a_grown_up(Turn(asked=asked, answer=words, reading=Reading(people=people)), mark) is grown_up


def test_where_the_words_do_not_tell_which_danger_it_is_asked_whether_there_is_any(played, prompts):
    sitting = played("She talks to her through the letterbox.")
    (card,) = shown(sitting)
    assert card.doubt.endswith(prompts.act_now_talk.any_danger.doubt)


def test_whether_there_is_any_danger_is_asked_once_in_a_while(played):
    words = ("He has older mates now.", "She talks to her through the letterbox.")
    soon = played(words[0], "no, they're from school", words[1])
    late = played(words[0], "no, they're from school", *["School is fine with him."] * 7, words[1])
    assert (len(shown(soon)), len(shown(late))) == (1, 2)


@pytest.mark.parametrize(
    ("words", "denied"),
    [
        ("She isn't missing, Jan went out for milk.", True),
        ("Still not missing, I've said.", True),
        ("nobodys killing themselves where did u get that", True),
        ("theres no one ending their life!! ive said", True),
        ("He's not hurt, he fell in the playground.", True),
        ("Nobody has seen him since Monday.", False),
        ("She isn't here.", False),
    ],
)
def test_whoever_says_that_it_is_not_so_says_no(played, words, denied):
    (card,) = played("There's a bruise.", words).session.state.cards
    assert card.denied is denied


def test_after_a_no_a_faint_sign_of_that_kind_asks_nothing(played):
    sitting = played("There's a mark on him.", "no, it's felt tip", "Just a smudge on his sleeve.")
    assert not question(sitting).startswith("steer/")


def test_a_second_doubtful_sign_of_one_answer_becomes_the_next_question(played):
    sitting = played("There's a mark. And tablets somewhere.", "no")
    assert [card.danger.kind for card in shown(sitting)] == ["injury-non-mobile-baby"]
    assert question(sitting) == "steer/poisoning-or-drugs-in-reach"


def test_a_doubtful_sign_asks_its_own_yes_or_no_after_the_whole_sentence(played, prompts):
    sitting = played("There was shouting, but not at him. We had tea.")
    move = m.act_now(sitting.session.state.card)
    doubt = prompts.act_now_talk.kinds["violence-or-threat-now"].doubt
    assert move.text == f"You wrote “There was shouting, but not at him.” {doubt}"
    assert move.confirm
    assert move.first == ""


# ---- the yes or no is talk


@pytest.mark.parametrize(
    "words",
    [
        "No",
        "n",
        "No, nothing like that",
        "nope, he's fine",
        "Nothing like that, it was chalk",
        "What? No. No, there's no mark",
        "Blimey, no. I've just said there's no mark.",
        "I never said a mark",
    ],
)
def test_a_no_inside_a_sentence_is_a_no(played, words):
    sitting = played("There's a mark.", words)
    assert sitting.session.state.card is None
    assert sitting.session.state.cards[0].denied
    assert not sitting.session.state.cards[0].real


@pytest.mark.parametrize(
    "words", ["Yes", "y", "Yes, at home nobody is", "don't know", "Not sure", "", "No idea", "no one has looked", "hm"]
)
def test_a_yes_not_knowing_and_silence_show_the_card(played, words):
    sitting = played("There's a mark.", words)
    card = sitting.session.state.card
    assert not card.doubtful
    assert m.act_now(card).first


def test_saying_that_it_is_done_already_needs_no_card(played):
    sitting = played("There's a mark.", "I've rung duty, they're seeing her at 2.40")
    card = sitting.session.state.cards[0]
    assert (card.done, card.said) == (True, ("I've rung duty, they're seeing her at 2.40",))
    assert not question(sitting).startswith("act-now/")


# ---- the card is talk


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("done", ""),
        ("Done.", ""),
        ("I've rung", "I've rung"),
        ("they're seeing her at 2.40", "they're seeing her at 2.40"),
    ],
)
def test_what_was_done_is_done_in_the_words_it_was_said_in(played, words, kept):
    answered = played("There's a bruise.", words).session.state.cards[0].answered
    assert (answered.answer, answered.words) == ("done", kept)


@pytest.mark.parametrize("words", ["not what I meant", "No, nothing like that", "you've misread that"])
def test_a_card_can_be_denied_in_a_sentence(played, words):
    assert played("There's a bruise.", words).session.state.cards[0].denied


@pytest.mark.parametrize("words", ["ok", "I'll ring in a minute", "No, I haven't rung yet", "his nan has him"])
def test_other_words_are_kept_and_are_neither_done_nor_denied(played, words):
    card = played("There's a bruise.", words).session.state.cards[0]
    assert (card.done, card.denied, card.real, card.said) == (False, False, True, (words,))


def test_carrying_on_says_nothing_more(played):
    assert played("There's a bruise.", "carry on").session.state.cards[0].said == ()


def test_silence_leaves_a_card_where_it_is(played):
    sitting = played("There's a bruise.", "")
    assert sitting.session.state.card is not None


def test_danger_in_what_is_typed_to_a_card_is_read_too(played):
    sitting = played("There's a mark.", "No, but Dad has got a knife.")
    assert sitting.session.state.card.kind == "violence-or-threat-now"
    assert sitting.session.state.card.shown.words == "No, but Dad has got a knife."


def test_a_yes_that_repeats_the_sign_brings_no_second_card(played):
    sitting = played("There's a mark.", "Yes, a bruise on his cheek", "rang duty")
    assert len(shown(sitting)) == 1


def test_a_no_that_tells_of_something_sure_of_the_same_kind_is_not_the_end_of_it(played):
    sitting = played("There was shouting.", "No, he hit her.")
    assert [card.danger.kind for card in shown(sitting)] == ["violence-or-threat-now"] * 2


def test_only_a_sure_sign_in_what_was_typed_interrupts_again(played):
    sitting = played("There's a mark.", "No, it's where the tablets are kept")
    assert len(shown(sitting)) == 1


# ---- quiet after an answer


def test_after_a_no_the_kind_is_quiet_unless_something_plain_is_said(played):
    sitting = played("There's a mark.", "no", "The mark was on the wall.", "fine")
    assert len(shown(sitting)) == 1
    say(sitting, "There's a bruise on his ear.")
    assert len(shown(sitting)) == 2


def test_something_plain_of_a_kind_that_was_denied_is_raised_among_what_is_decided_too(played):
    sitting = played("There's a mark.", "no")
    until_asked(sitting, "decision")
    say(sitting, "There's a bruise on his ear, I'll ring.")
    assert len(shown(sitting)) == 2


def test_six_words_after_a_no_belong_to_the_answer_and_five_do_not(played):
    def read(no: str) -> str:
        return str(played("There's a mark.", no).session.state.turns[0].answer)

    assert read("No, he was running about all day.").endswith("He was running about all day.")
    assert read("No, he was running about today.") == "There's a mark."


def test_the_same_words_are_not_raised_twice(played):
    sitting = played("There's a bruise on his ear.", "not what I meant", "There's a bruise on his ear.")
    assert len(shown(sitting)) == 1


def test_what_is_done_is_done(played):
    sitting = played("There's a bruise.", "I've rung duty", "Another bruise on his leg.")
    assert len(shown(sitting)) == 1


def test_what_is_told_when_asked_about_a_card_is_not_raised_as_another(played):
    sitting = played("There's a bruise.", "ok", "Duty. A bruise on his ear, ten weeks old. Ringing now.")
    assert len(shown(sitting)) == 1
    assert not any(event.question.startswith("steer/") for event in sitting.kept if isinstance(event, e.Asked))


def test_another_danger_told_when_asked_about_a_card_has_its_own(played):
    sitting = played("There's a bruise.", "ok", "His dad has a knife.")
    assert [card.danger.kind for card in shown(sitting)] == ["injury-non-mobile-baby", "violence-or-threat-now"]


def test_both_kinds_of_one_card_are_done_together(played):
    sitting = played("He hit her and he's not breathing.", "rang 999, ambulance is coming", "He hit her before.")
    assert len(shown(sitting)) == 1


# ---- faint


def test_a_faint_sign_interrupts_nothing_and_becomes_the_next_question_with_its_reason(played, prompts):
    sitting = played("He's unseen since spring. School is fine.")
    asked = sitting.session.state.current.asked
    assert shown(sitting) == []
    assert asked.question == "steer/child-missing-or-unseen"
    assert asked.text in {steer.text for steer in prompts.act_now_talk.kinds["child-missing-or-unseen"].steers}
    assert asked.because.startswith("you wrote “He's unseen since spring.”, and it's worth")


@pytest.mark.parametrize(
    ("children", "of_a_baby"),
    [("a baby, Ayla, eleven weeks", True), ("a baby of eleven weeks and Sam who's 9", False), ("Sam who's 9", False)],
)
def test_nobody_is_asked_when_a_baby_was_seen_away_from_the_adults(played, prompts, tmp_path, children, of_a_baby):
    sitting = played(f"It's {children}.", "Unseen by us this week.", "unseen", read=open_reader(tmp_path).read)
    asked = [one.text for one in sitting.kept if isinstance(one, e.Asked) and one.question.startswith("steer/")]
    wording = prompts.act_now_talk.kinds["child-missing-or-unseen"].of_a_baby.text
    assert asked
    assert (wording in asked) is of_a_baby


def test_a_faint_sign_that_does_not_tell_which_danger_asks_after_the_child(played, prompts):
    sitting = played("She cancelled me twice.")
    asked = sitting.session.state.current.asked
    assert asked.question == "steer/any"
    assert asked.text in {steer.text for steer in prompts.act_now_talk.any_danger.steers}


def test_a_faint_kind_is_asked_about_once(played):
    sitting = played("He's unseen.", "His nan saw him.", "Still unseen by me.")
    names = [event.question for event in sitting.kept if isinstance(event, e.Asked)]
    assert sum(name.startswith("steer/") for name in names) == 1


def until_asked(sitting, keeps: str) -> list[e.Asked]:
    while sitting.session.state.finished is None and sitting.session.state.current.asked.keeps != keeps:
        sitting.session.answer("some words")
    return [event for event in sitting.kept if isinstance(event, e.Asked)]


@pytest.mark.parametrize("passed_over", ["skip", "dunno", "not sure", "I haven't told anybody yet."])
def test_a_faint_sign_left_unanswered_is_raised_once_more_before_the_decision(played, passed_over):
    sitting = played("He's unseen.", passed_over)
    asked = until_asked(sitting, "decision")
    reminders = [one for one in asked if one.question.startswith("still-open/")]
    first = next(one for one in asked if one.question.startswith("steer/"))
    assert [one.question for one in reminders] == ["still-open/child-missing-or-unseen"]
    assert asked.index(reminders[0]) == len(asked) - 2
    assert reminders[0].text != first.text
    assert "He's unseen." in reminders[0].said_first[0]


def test_a_faint_sign_that_was_answered_is_not_raised_again(played):
    sitting = played("He's unseen.", "His nan saw him on Tuesday.")
    assert not any(one.question.startswith("still-open/") for one in until_asked(sitting, "decision"))


def test_a_second_faint_sign_of_one_answer_waits_until_before_the_decision(played):
    sitting = played("He's unseen. He sleeps in her bed.", "His nan saw him.")
    reminders = [one.question for one in until_asked(sitting, "decision") if one.question.startswith("still-open/")]
    assert reminders[-1] == "still-open/sexual-abuse-disclosure"


def test_a_sign_whose_words_were_asked_about_isnt_raised_again_once_danger_was_spoken_of(played, monkeypatch):
    monkeypatch.setattr(Situation, "was_given_back", lambda _, words: "sleeps" in words)
    sitting = played("He's unseen. He sleeps in her bed.", "His nan saw him.")
    assert not any(one.question.startswith("still-open/sexual") for one in until_asked(sitting, "decision"))


@pytest.mark.parametrize(
    ("told", "asked"),
    [
        ("I've never seen the dad, he's unknown.", False),
        ("I've never seen Theo, he's unknown.", True),
        ("I've never seen the family, he's unknown.", True),
    ],
)
def test_a_grown_up_nobody_has_seen_is_no_missing_child(sit, told, asked):
    unknown = Danger(kind="child-missing-or-unseen", level="doubtful", spans=((told.index("unknown"), len(told)),))
    role = "child" if "Theo" in told else "family" if "family" in told else "father"
    seen = Mention(person=role, role=role, span=(told.index("he's"), told.index("he's") + 4), by="pronoun")
    sitting = sit(
        notice=lambda words, _: Noticing(act_now=(unknown,) if words == told else ()),
        read=lambda words, _: Reading(people=(seen,) if words == told else ()),
    )
    say(sitting, told)
    assert bool(shown(sitting)) is asked


# ---- staying with a real card


@pytest.mark.parametrize(
    ("said", "denied"),
    [
        ("No, hang on. She's not hurt, she's in class. I've told the nurse.", True),
        ("No no, nobody's hurt, I'm not ringing 999 for that. I've told my manager.", True),
        ("No need, I've rung 999.", False),
        ("I've rung them, she's not here now.", False),
    ],
)
def test_a_no_that_says_what_isnt_so_counts_before_what_was_done(played, said, denied):
    sitting = played("There's a bruise.", said)
    (card,) = sitting.session.state.cards
    assert card.denied is denied


@pytest.mark.parametrize(
    "said", ["no, nobody's looked at it", "No, he's not been examined", "no she hasnt been seen by a doctor"]
)
def test_a_no_that_says_that_nobody_has_acted_leaves_the_card_real(played, said):
    sitting = played("There's a bruise.", said)
    (card,) = sitting.session.state.cards
    assert not card.denied
    assert question(sitting).startswith("act-now/")


@pytest.mark.parametrize(
    ("said", "wording"),
    [
        ("I don't want social care stomping in, they're a lovely family", "reluctant"),
        ("They'll just take the kids off her", "reluctant"),
        ("I'm not ringing anybody over that", "reluctant"),
        ("Duty. I'll say there's a bruise on her ear", "wanted"),
    ],
)
def test_whoever_would_rather_not_ring_is_asked_what_they_fear_and_what_may_come_of_it(played, prompts, said, wording):
    sitting = played("There's a bruise.", "ok", "Mum is.", said)
    assert sitting.session.state.current.asked.text == getattr(prompts.act_now_talk, wording).text


def test_what_will_be_said_to_whoever_is_rung_raises_no_danger_that_was_met(played):
    sitting = played("There's a bruise.", "ok", "Mum is.", "Duty, I'll say there's a bruise and shouting.")
    assert len(shown(sitting)) == 1
    sitting = played("There's a bruise.", "ok", "Mum is.", "Duty, and he has a knife.")
    assert len(shown(sitting)) == 2


def test_after_a_real_card_the_questions_stay_with_it_until_somebody_is_told(played, prompts):
    talk = prompts.act_now_talk
    sitting = played("There's a bruise.", "ok")
    asked = [sitting.session.state.current.asked.text]
    for words in ("Mum is.", "Duty, I'll say he's ten weeks."):
        say(sitting, words)
        asked.append(sitting.session.state.current.asked.text)
    assert asked == [talk.with_whom.text, talk.ringing.text, talk.wanted.text]
    say(sitting, "I've rung duty, they're coming at three.")
    assert not question(sitting).startswith("act-now/")


def test_a_question_about_danger_is_not_put_in_the_name_of_the_child_an_account_began_with(
    played, prompts, monkeypatch
):
    monkeypatch.setattr(Situation, "in_their_names", lambda _, text: text.replace("the child", "Theo"))
    sitting = played("There's a bruise.", "ok")
    assert sitting.session.state.current.asked.text == prompts.act_now_talk.with_whom.text


def test_once_somebody_is_named_and_told_nothing_more_is_asked_about_it(played):
    sitting = played("There's a bruise.", "ok", "His nan, and I've just rung duty.")
    assert not question(sitting).startswith("act-now/")


@pytest.mark.parametrize("words", ["done", "I've rung"])
def test_done_without_a_name_is_asked_whom(played, prompts, words):
    sitting = played("There's a bruise.", words)
    assert sitting.session.state.current.asked.text == prompts.act_now_talk.told.text
    say(sitting, "the duty social worker")
    assert not question(sitting).startswith("act-now/")


def test_nobody_is_held_for_ever(played):
    sitting = played("There's a bruise.", "carry on", "skip", "skip", "skip")
    assert not question(sitting).startswith("act-now/")
    reminders = [one.question for one in until_asked(sitting, "decision") if one.question.startswith("still-open/")]
    assert reminders == ["still-open/card-1"]


def test_whoever_asks_a_card_whether_to_ring_is_told_yes_at_once(played, prompts):
    yes = prompts.act_now_talk.asked_even_so
    asking = played("There's a bruise.", "Do I ring even though it was days ago?").session.state.current.asked
    assert asking.said_first == (yes,)
    assert yes not in played("There's a bruise.", "ok").session.state.current.asked.said_first


def asked_about_cards(sitting) -> list[str]:
    names = [one.question for one in sitting.kept if isinstance(one, e.Asked)]
    return [name.removeprefix("act-now/") for name in names if name.startswith("act-now/")]


def test_what_was_asked_about_one_card_is_not_asked_again_about_the_next(played):
    sitting = played("There's a bruise.", "ok", "Mum is.", "His dad has a knife.", "ok", "They're all at home.")
    assert asked_about_cards(sitting)[:3] == ["1/with-whom", "1/ringing", "2/told"]


def test_of_several_children_it_is_asked_who_has_each(played, prompts, tmp_path):
    sitting = played("It's Ayla, 2 and Sam who's 9.", "There's a bruise.", "ok", read=open_reader(tmp_path).read)
    assert sitting.session.state.current.asked.text == prompts.act_now_talk.with_whom_of_several.text


def test_another_danger_much_later_is_asked_anew_who_is_with_the_child(played):
    sitting = played("There's a bruise.", "ok", "Mum is.", "Duty.", "Duty took it.")
    for _ in range(FEWEST_TURNS_BETWEEN):
        say(sitting, "some words")
    say(sitting, "His dad has a knife.")
    say(sitting, "ok")
    assert asked_about_cards(sitting)[-1] == "2/with-whom"


def test_of_the_same_danger_nobody_is_asked_anew_who_is_with_the_child(played):
    sitting = played("There's a bruise.", "ok", "Mum is.", *["skip"] * (FEWEST_TURNS_BETWEEN + 3))
    say(sitting, "He has a new bruise on his ear.")
    say(sitting, "ok")
    assert len(shown(sitting)) == 2
    assert "2/with-whom" not in asked_about_cards(sitting)


def test_before_the_decision_two_things_are_come_back_to_at_the_most(played):
    sitting = played("There's a bruise.", "carry on", *["skip"] * 3, "He's unseen. He sleeps in her bed.", "skip")
    reminders = [one.question for one in until_asked(sitting, "decision") if one.question.startswith("still-open/")]
    assert reminders == ["still-open/card-1", "still-open/child-missing-or-unseen"]


def test_whoever_says_more_than_carry_on_does_not_only_carry_on(prompts):
    hear = prompts.act_now_talk.hear
    assert hear("carry on").carries_on
    assert not hear("carry on, he's got a knife").carries_on


@pytest.mark.parametrize(
    "said",
    ["ok. She's in science with Mr Okafor", "they're both at school this minute", "Nan's got him", "he is with Bev"],
)
def test_whoever_said_where_the_child_is_isnt_asked(played, said):
    assert asked_about_cards(played("There's a bruise.", said))[0] == "1/ringing"


@pytest.mark.parametrize("said", ["ok", "he was with his nan at the weekend", "should he be with his nan?"])
def test_where_a_child_was_says_nothing_of_this_minute(played, said):
    assert asked_about_cards(played("There's a bruise.", said))[0] == "1/with-whom"


def test_whoever_said_whom_they_ring_is_asked_only_for_their_first_words(played, prompts):
    sitting = played("There's a bruise.", "ok I'll ring social care. He's with his nan.")
    assert sitting.session.state.current.asked.text == prompts.act_now_talk.first_words.text


def test_a_card_that_was_denied_is_not_stayed_with(played):
    assert not question(played("There's a bruise.", "not what I meant")).startswith("act-now/")


# ---- a person may ask


@pytest.mark.parametrize(
    "words",
    [
        "Nobody's looked at the kids either. Do I ring tonight or not?",
        "I did mean to ring Tuesday. Is it that bad, do I have to do something today?",
        "Should I be ringing somebody?",
        "I don't know. Should I be ringing somebody today?",
        "Is this one to report?",
        "Is that bad enough to ring about tonight?",
        "Who do I even ring, the duty team or the named nurse?",
        "I'm asking which one to ring.",
        "Do I need to tell police?",
        "who should I ring",
        "So do we need to refer?",
        "Is this neglect? should i be ringing social care?",
        "Who should I tell, the safeguarding midwife?",
        "And do I have to do a referral now, on top of the check?",
        "Shall we report this, or wait for Monday?",
        "Ought I to be ringing?",
        "Do I tell my manager tonight or tomorrow?",
        "Is it bad enough to report?",
        "Would you refer this?",
        "there was a smell but she could have been just tired should i have told somebody that night",
        "you to answer me really should i ring somebody today about ash i need to put it right the notes too",
        "thats not what i asked ive asked three times do i ring today where i come down is yes",
    ],
)
def test_whoever_asks_whether_to_ring_gets_a_straight_answer_at_any_question(played, words):
    sitting = played("Mum was at work.", words)
    (card,) = shown(sitting)
    assert (card.danger, card.asked) == (None, True)
    assert m.act_now(sitting.session.state.card).kind == "asked"


@pytest.mark.parametrize(
    "words",
    [
        "I asked if I should ring.",
        "Should I have stayed?",
        "Do I tell her dad?",
        "Mum said should she ring the school.",
        "nan said should i ring the police and i said no",
        "i dont know what should i tell somebody about the cake",
        "should i be telling you about him or about me? i dont really know what this is after",
        "should I be putting the bigger two down as well?",
        "Should I call it neglect, or is that too strong?",
        "Should I be telling it from the beginning?",
        "Shall I tell you about the flat first?",
        "Should I be ringing the school about the trip?",
        "Do I need to tell my manager about leave?",
        "Would you call this settled?",
        "Is it all right to call him a young carer?",
        "Who would I call the main carer, nan or mum?",
        "Should I be calling her Miss Hart in here?",
        "Is that the referral you mean?",
        "Should I report on all three or just the baby?",
    ],
)
def test_other_questions_and_questions_told_of_are_not_taken_for_that(played, words):
    assert shown(played(words)) == []


def test_the_answer_is_the_card_of_what_the_account_last_showed(played):
    sitting = played("There's a mark.", "don't know", "carry on", "Should I be ringing somebody?")
    card = shown(sitting)[-1]
    assert (card.danger.kind, card.danger.level, card.asked) == ("injury-non-mobile-baby", "sure", True)
    assert not sitting.session.state.card.doubtful


def test_a_faint_sign_names_no_danger_to_whoever_asks(played):
    sitting = played("He sleeps in her bed.", "Is this neglect? Should I be ringing social care?")
    card = shown(sitting)[-1]
    assert (card.danger, card.asked) == (None, True)


def test_i_never_asked_that_puts_the_card_away(played):
    sitting = played("Should I be ringing somebody?", "i didnt ask whether to ring? i asked about luca")
    assert sitting.session.state.cards[0].denied


def test_what_was_denied_is_not_the_answer(played):
    sitting = played("There's a mark.", "no", "Should I be ringing somebody?")
    assert shown(sitting)[-1].danger is None


def test_after_the_answer_the_next_question_is_whom_they_are_ringing(played, prompts):
    sitting = played("Should I be ringing somebody?", "ok")
    assert sitting.session.state.current.asked.text == prompts.act_now_talk.ringing.text


# ---- in training


def test_a_table_in_training_is_not_asked_and_not_steered_but_is_shown_what_is_sure(played):
    how = {"journey": "scenario", "subject": "methadone-in-the-handbag"}
    sitting = played("There's a mark, and he's unseen.", "Should I be ringing somebody?", **how)
    assert shown(sitting) == []
    say(sitting, "There's a bruise.")
    assert sitting.session.state.card.shown.text.startswith("For training:")
    say(sitting, "carry on")
    names = [event.question for event in sitting.kept if isinstance(event, e.Asked)]
    assert not any(name.startswith(("act-now/", "steer/")) for name in names)


# ---- quoting


def test_a_sentence_typed_without_a_stop_is_cut_around_the_sign_at_whole_words():
    before, after = "he came in and " * 40, " and then she went" * 40
    words = f"{before}there was a bruise{after}"
    at = words.find("bruise")
    quoted = whole_sentence(words, Danger(kind="injury-non-mobile-baby", level="sure", spans=((at, at + 6),)))
    assert "there was a bruise and then" in quoted
    assert quoted.startswith("… ")
    assert quoted.endswith(" …")
    assert len(quoted) <= LONGEST_SENTENCE + 4
    assert set(quoted.split()) <= {*words.split(), "…"}


def test_two_sentences_that_show_one_danger_are_quoted_together():
    words = "Hello. He is ten weeks. There is a bruise. Bye."
    danger = Danger(kind="injury-non-mobile-baby", level="sure", spans=((13, 22), (35, 41)))
    assert whole_sentence(words, danger) == "He is ten weeks. There is a bruise."


def test_few_words_are_quoted_with_the_sentence_before_them():
    words = "Uncle Stu sleeps on the sofa. Last few weeks. Bye."
    danger = Danger(kind="unsafe-care-now", level="doubtful", spans=((30, 45),))
    assert whole_sentence(words, danger) == "Uncle Stu sleeps on the sofa. Last few weeks."


def test_a_card_kept_before_there_were_levels_is_replayed_and_asks_as_it_did():
    kept = (
        '{"at": "2026-03-02T10:00:00Z", "kind": "card-shown", "question": "q", "danger": {"kind": "life-in-danger",'
        ' "confirm": true, "spans": [[0, 4]]}, "words": "he is cold", "title": "A life.", "text": "Act."}'
    )
    event = e.EVENT.validate_json(kept)
    started = e.Started(at=event.at, session="s", journey="supervision", case="Child A", minutes=30)
    card = replay([started, event]).card
    assert card is not None
    move = m.act_now(card)
    assert (move.confirm, move.text) == (True, "You wrote “he is cold”. A life. Is this so?")


def test_whoever_is_to_be_rung_by_name_is_not_asked_for_again(played, prompts):
    sitting = played("There's a bruise.", "I'll ring Mrs Shaw when we're done", "Mum is.")
    assert sitting.session.state.current.asked.text == prompts.act_now_talk.first_words.text
