"""What is done with an answer that isn't simply an answer, and with the strongest thing in one."""

from __future__ import annotations

import re
from datetime import date

import pytest

from assistant.conversation import events as e
from assistant.conversation.probe_fit import shows
from assistant.noticing.noticer import open_noticer
from assistant.noticing.reading import Fact, Mention, Reading, Stand, Step, Telling, Thread


def asked(sitting) -> list[e.Asked]:
    return [event for event in sitting.kept if isinstance(event, e.Asked)]


def reads(**by_words):
    """Reads an answer as the reading given for the word that is in it."""

    def read(words, _):
        return next((reading(words) for sign, reading in by_words.items() if sign in words), Reading())

    return read


def standing(stance, wish: str = ""):
    def reading(words):
        at = words.find(wish) if wish else -1
        span = (at, at + len(wish)) if at >= 0 else None
        return Reading(stands=(Stand(stance=stance, span=(0, len(words)), wish=span),))

    return reading


@pytest.mark.parametrize(("stance", "said"), [("corrects-us", "Sorry, I misread that"), ("already-answered", "Sorry")])
def test_a_correction_is_owned_in_one_line_and_nothing_is_asked_about_its_words(sit, stance, said):
    sitting = sit(read=reads(dad=standing(stance)))
    sitting.session.answer("the family")
    sitting.session.answer("that's dad, not the baby")
    coming = asked(sitting)[-1]
    assert coming.said_first[0].startswith(said)
    assert coming.probes is None


def test_the_same_words_of_regret_are_not_said_again_at_once(sit):
    sitting = sit(read=reads(dad=standing("corrects-us")), minutes=60)
    sitting.session.answer("the family")
    for _ in range(3):
        sitting.session.answer("that's dad, not the baby")
    sorry = [any(line.startswith("Sorry, I misread") for line in one.said_first) for one in asked(sitting)]
    assert sorry.count(True) == 1


def test_a_wish_to_go_elsewhere_is_followed_in_the_workers_own_words(sit):
    sitting = sit(read=reads(rather=standing("elsewhere", "why I was relieved")))
    sitting.session.answer("the family")
    sitting.session.answer("I'd rather think about why I was relieved")
    assert asked(sitting)[-1].text == "“why I was relieved”. Where would you like to begin with that?"


def test_a_wish_that_only_points_is_of_what_they_were_trying_to_tell(sit):
    sitting = sit(read=reads(trying=standing("elsewhere", "can we do that")))
    sitting.session.answer("the family")
    sitting.session.answer("I'm trying to tell you about Liam and you keep putting them to bed, so can we do that")
    assert asked(sitting)[-1].text == "“Liam”. Where would you like to begin with that?"


def test_whoever_wants_the_plan_gets_it_and_is_not_asked_where_to_begin(sit):
    sitting = sit(read=reads(plan=standing("elsewhere", "the plan, I've got ten minutes")))
    sitting.session.answer("the family")
    sitting.session.answer("nobody's said so. can we get to the plan, I've got ten minutes")
    assert not asked(sitting)[-1].question.startswith("elsewhere/")


def test_what_only_points_back_is_nowhere_to_go(sit):
    sitting = sit(read=reads(worries=standing("elsewhere", "that's what worries me")))
    sitting.session.answer("the family")
    sitting.session.answer("his mother. that's what worries me")
    assert not asked(sitting)[-1].question.startswith("elsewhere/")


@pytest.mark.parametrize(
    ("words", "kind", "shown"),
    [
        ("I'm not even trained to say that", "torn", False),
        ("part of me wants to ring her and part of me wants to wait", "torn", True),
        ("he was wearing last year's shoes", "loss", False),
        ("the dog died at half term", "loss", True),
        ("he was wearing last year's shoes", "child-did", True),
    ],
)
def test_a_question_that_takes_something_for_granted_needs_words_that_show_it(words, kind, shown):
    assert shows(kind, words) == shown


def heard_of(role: str):
    def reading(words):
        him = Mention(person=f"{role}-1", role=role, span=(22, 26), by="name", called="Liam")
        words_of = Thread(kind="child-words", span=(0, len(words)), about=(f"{role}-1",))
        return Reading(people=(him,), left_open=(words_of,))

    return reading


@pytest.mark.parametrize(("role", "as_a_childs"), [("child", True), ("father", False)])
def test_what_a_father_said_is_not_asked_about_as_a_childs_words(sit, role, as_a_childs):
    sitting = sit(read=reads(Liam=heard_of(role)))
    sitting.session.answer("the family")
    sitting.session.answer("I don't think I heard Liam say a whole sentence all visit")
    assert asked(sitting)[-1].question.startswith("thread/child-said") == as_a_childs


def test_whoever_did_not_understand_is_asked_in_other_words_and_never_a_third_time(sit, prompts):
    sitting = sit(read=reads(mean=standing("asks-us")))
    sitting.session.answer("the family")
    for _ in range(3):
        before = asked(sitting)[-1]
        sitting.session.answer("what do you mean?")
        again = asked(sitting)[-1]
        assert again.question == f"again/{before.question}"
        assert again.text == (before.in_other_words or prompts.listening.in_other_words.text)
        assert (before.intent in again.said_first[0]) is not bool(before.in_other_words)
        sitting.session.answer("what do you mean?")
        assert not asked(sitting)[-1].question.startswith("again/")
        assert asked(sitting)[-1].said_first == (prompts.listening.said_first.left,)
    own = [one.text for one in asked(sitting) if one.text != prompts.listening.in_other_words.text]
    assert len(set(own)) == len(own)


def test_whoever_asks_and_then_tells_all_the_same_is_taken_to_have_answered(sit):
    sitting = sit(read=reads(Which=lambda words: Reading(stands=(Stand(stance="asks-us", span=(0, 9)),))))
    sitting.session.answer("the family")
    sitting.session.answer(
        "Which one? " + "The little one was on the sofa with a tablet and showed me his new trainers, " * 2
    )
    coming = asked(sitting)[-1]
    assert not coming.question.startswith(("again/", "asked-us/"))
    assert coming.said_first[0] == "Whichever is most on your mind."


def leaves_it(words):
    return Reading(stands=(Stand(stance="refuses", span=(0, len(words)), drops=True),))


def test_a_subject_that_is_to_be_left_alone_is_dropped_for_the_session(sit, prompts):
    sitting = sit(read=reads(Leave=leaves_it), minutes=60)
    sitting.session.answer("the family")
    sitting.session.set_agenda(["fathers-and-men"])
    sitting.session.answer("words")
    assert asked(sitting)[-1].theme == "fathers-and-men"
    sitting.session.answer("Leave it out")
    assert asked(sitting)[-1].said_first == (prompts.listening.said_first.dropped,)
    place = len(asked(sitting))
    while sitting.session.state.finished is None:
        sitting.session.answer("words")
    assert "fathers-and-men" not in {event.theme for event in asked(sitting)[place - 1 :]}


def test_a_feeling_is_stayed_with_and_a_worker_who_is_shaken_is_asked_about_today_before_any_plan(sit, tmp_path):
    noticer = open_noticer(tmp_path)
    sitting = sit(notice=noticer.notice)
    sitting.session.answer("He stood over me and shouted. I was terrified and I've been in tears since.")
    assert asked(sitting)[-1].question == "shaken/1"
    assert "today" in asked(sitting)[-1].text


def test_nobody_is_told_that_there_is_no_hurry_once_danger_was_raised(sit, prompts, tmp_path):
    lines, shaken = prompts.listening.said_first, "He stood over me and shouted. I've been in tears since."
    noticer = open_noticer(tmp_path)
    assert lines.felt in after(sit(notice=noticer.notice), shaken).said_first
    raised = sit(notice=noticer.notice)
    raised.session.answer("A bruise on her ear, she's eleven weeks old.")
    raised.session.say_to_card("ok")
    said = [after(raised, words).said_first for words in (shaken, "Mum", "Duty", "I'm in tears", "in tears again")]
    assert not any(lines.felt in one for one in said)
    assert any(lines.felt_in_danger in one for one in said)


def after(sitting, words: str) -> e.Asked:
    sitting.session.answer(words)
    return asked(sitting)[-1]


def test_whoever_says_that_it_is_not_about_them_is_not_asked_how_they_are(sit, tmp_path):
    sitting = sit(notice=open_noticer(tmp_path).notice)
    sitting.session.answer("I was terrified and I've been in tears since. It's not really about me though is it.")
    assert not asked(sitting)[-1].question.startswith(("shaken/", "felt/"))


def unseen(words):
    return Reading(
        people=(Mention(person="child-1", role="child", span=(9, 13), by="name", called="Ruby"),),
        left_open=(Thread(kind="child-unseen", span=(0, len(words)), about=("child-1",)),),
    )


def test_a_child_unseen_is_asked_about_by_name_and_waits_until_then(sit):
    sitting = sit(read=reads(Ruby=unseen))
    sitting.session.answer("not seen Ruby since April")
    assert asked(sitting)[-1].text == "“not seen Ruby since April” What's got in the way?"


def test_what_is_still_open_is_read_back_before_the_decision(sit):
    sitting = sit(read=reads(Ruby=unseen), minutes=45)
    while sitting.session.state.current.asked.keeps != "decision":
        question = sitting.session.state.current.asked.question
        # by then there is room for no more questions on threads
        sitting.session.answer("not seen Ruby since April" if question == "explanations/second" else "words")
    summary = asked(sitting)[-1].said_first
    followed = [event.text for event in asked(sitting) if event.question.startswith("thread/child-unseen")]
    assert followed or "Still open: “not seen Ruby since April”." in summary
    assert "We haven't talked about anything Ruby has said." in summary  # and how old she is nobody has said
    assert summary[-1].startswith("Put me right")


def test_in_an_hour_the_account_is_read_back_once_and_has_a_question_of_its_own(sit):
    sitting = sit(read=reads(Ruby=unseen), minutes=60)
    while sitting.session.state.current.asked.keeps != "decision":
        sitting.session.answer("not seen Ruby since April")
    assert asked(sitting)[-2].question == "read-back/before-deciding"
    assert asked(sitting)[-1].said_first == ()


def test_the_two_worst_gaps_in_the_steps_are_asked_about_at_once(sit):
    def planning(words):
        return Reading(
            steps=(
                Step(text="Ring Dad", span=(0, 8), who="me", by=date(2026, 3, 6)),
                Step(text="Keep monitoring", span=(0, 8), vague="monitoring"),
                Step(text="Unannounced visit", span=(0, 8), by=date(2026, 3, 6)),
                Step(text="Tell Mum", span=(0, 8), who="me"),
            )
        )

    sitting = sit(read=reads(steps=planning))
    while sitting.session.state.current.asked.question != "actions/steps":
        sitting.session.answer("words")
    sitting.session.answer("the steps")
    gaps = asked(sitting)[-1]
    assert gaps.said_first == (
        "“Keep monitoring”: “monitoring” doesn't say what anybody will do.",
        "“Unannounced visit” has nobody's name on it.",
    )
    sitting.session.answer("me, by Friday")
    assert asked(sitting)[-1].question == "actions/told-to-the-child"  # what will be different has to give way
    sitting.session.answer("I'll tell her on Friday")
    page = asked(sitting)[-1]
    assert (page.question, page.keeps) == ("ending/page-and-date", "next-date")
    assert page.said_first == (
        "Decided: “words”",
        "1. Ring Dad (Me, 6 March 2026)",
        "2. Keep monitoring (nobody named yet, no day yet)",
        "3. Unannounced visit (Me, 6 March 2026)",
        "4. Tell Mum (Me, no day yet)",
        "To be told: “I'll tell her on Friday”",
        "The next day to look at this: 6 March 2026",
        "To change a line, start with its number: “2 is me, by Friday”, or “take off 3”. Or give only the number, "
        "and I'll ask.",
    )


def test_the_second_and_third_questions_are_about_what_the_account_is_about(sit):
    def about(*concepts):
        return lambda _: Reading(concepts=concepts)

    sitting = sit(read=reads(week=about("alcohol", "carer-intoxicated"), head=about("school")))
    sitting.session.answer("It was a long week")
    sitting.session.answer("Nothing is clear in my head")
    assert [event.theme for event in asked(sitting)[1:3]] == ["parental-substance-misuse"] * 2


def test_nothing_is_asked_that_the_case_rules_out(sit):
    def unborn(words):
        return Reading(
            people=(Mention(person="child-1", role="child", span=(0, 4), by="noun", called="the baby"),),
            facts=(Fact(of="child-1", subject="unborn", value="yes", span=(0, 4)),),
        )

    sitting = sit(read=reads(bump=unborn), minutes=60)
    sitting.session.answer("the bump")
    while sitting.session.state.finished is None:
        sitting.session.answer("words")
    prompts = sitting.session.agenda()
    assert prompts
    ruled_out = {
        question.text
        for theme in sitting_themes(sitting)
        for stage in ("experience", "reflection", "analysis", "action")
        for question in theme.questions.at(stage)
        if "unborn" in question.not_for
    }
    assert ruled_out
    assert not ruled_out & {event.text.replace("the baby", "{child}") for event in asked(sitting)}


def sitting_themes(sitting):
    return sitting.session._knowledge.prompts.themes.values()


def of_two(words):
    tilda = Mention(person="child-1", role="child", span=(0, 5), by="name", called="Tilda")
    rowan = Mention(person="child-2", role="child", span=(0, 5), by="name", called="Rowan")
    return Reading(people=(tilda,) if "begin" in words else (tilda, rowan))


def test_what_ends_a_session_is_about_the_child_it_began_with_and_not_the_last_one_named(sit):
    sitting = sit(read=reads(begin=of_two, brother=of_two), minutes=60)
    sitting.session.answer("we begin with Tilda")
    while sitting.session.state.finished is None:
        sitting.session.answer("her brother Rowan made the tea")
    last = {event.question: event.text for event in asked(sitting)}
    assert "Rowan" not in last["actions/outcome"] + last["actions/told-to-the-child"]
    assert "Tilda" in last["actions/told-to-the-child"]


def test_of_several_children_whom_the_account_began_with_all_are_told(sit):
    def two_boys(words):
        boys = ("the older boy", "the younger boy")
        people = tuple(
            Mention(person=f"child-{n}", role="child", span=(0, 3), by="noun", called=called)
            for n, called in enumerate(boys, start=1)
        )
        facts = tuple(Fact(of=f"child-{n}", subject="sex", value="male", span=(0, 3)) for n in (1, 2))
        return Reading(people=people, facts=facts)

    sitting = sit(read=reads(boys=two_boys), minutes=30)
    sitting.session.answer("two boys")
    while sitting.session.state.finished is None:
        sitting.session.answer("words")
    texts = {event.question: event.text for event in asked(sitting)}
    assert "the boys" in texts["actions/told-to-the-child"]
    themes = sitting_themes(sitting)
    assert any(event.theme == "each-child-in-the-family" for event in asked(sitting))
    assert themes


def test_a_question_to_us_that_one_line_answers_is_answered_before_the_next(sit, prompts):
    reply = next(one.reply for one in prompts.asked_us.kinds if one.key == "who-reads-this")
    sitting = sit(read=reads(court=standing("asks-us")))
    sitting.session.answer("the family")
    sitting.session.answer("does anything I type here go to court?")
    assert asked(sitting)[-1].said_first == (reply,)
    assert not asked(sitting)[-1].question.startswith(("asked-us/", "again/"))


def test_whoever_may_not_have_been_in_the_home_is_asked_once_before_its_rooms_are(sit):
    concerned = Reading(concepts=("home-conditions", "basic-care"))
    sitting = sit(read=lambda *_: concerned, minutes=60)
    rooms = "The floor was filthy and cluttered, with damp and mould in the bedroom"
    while sitting.session.state.finished is None:
        sitting.session.answer(rooms)
    names = [event.question for event in asked(sitting)]
    needing = {
        f"{theme.id}/{stage}/{number}"
        for theme in sitting_themes(sitting)
        for stage in ("experience", "reflection", "analysis", "action")
        for number, question in enumerate(theme.questions.at(stage), start=1)
        if "home-visited" in question.needs
    }
    assert names.count("about-you/job") == 1
    assert not needing & set(names)


def test_what_was_asked_about_and_answered_is_not_read_back_as_not_talked_about(sit, prompts):
    def seen(words):
        return Reading(people=(Mention(person="child-1", role="child", span=(0, 4), by="name", called="Ruby"),))

    def read_back_after(answer: str) -> str:
        session = sit(minutes=15, read=reads(Ruby=seen)).session
        session.answer("Ruby is nine.")
        while session.state.current.asked.keeps != "decision":
            alone = re.search(r"\balone\b|on her own", session.state.current.asked.text)
            session.answer(answer if alone else "words about it")
        asked_alone = any(re.search(r"\balone\b|on her own", turn.asked.text) for turn in session.state.turns)
        return " ".join(session.state.current.asked.said_first) if asked_alone else ""

    assert "time alone" not in read_back_after("In the booking clinic, twelve weeks ago.")


def test_a_sentence_that_says_only_that_it_is_not_known_is_not_read_back(sit):
    def not_known(words):
        at = words.find("Or I don't know")
        return Reading(telling=(Telling(span=(at, at + 15), kind="unknown", strength=0.9),))

    session = sit(minutes=15, read=reads(tired=not_known), telling=lambda words: not_known(words).telling).session
    while session.state.current.asked.keeps != "decision":
        session.answer("He's just a tired kid. Or I don't know. Maybe that's it.")
    assert "don't know" not in " ".join(session.state.current.asked.said_first)


@pytest.mark.parametrize(
    ("answer", "heard", "given_back"),
    [
        ("I keep putting it off, if I ask and she lies to me then I've got to write it down.", "she lies to me then",
         "if I ask and she lies to me then I've got to write it down"),
        ("he used to make him toast and last week he had him up by the neck", "toast and last week he had him up",
         "last week he had him up by the neck"),
        ("He shouted. She lies to him about where she's been.", "She lies to him about", "She lies to him about"),
    ],
)  # fmt: skip
def test_what_is_given_back_is_a_whole_thing_said(sit, answer, heard, given_back):
    def telling(words):
        at = words.find(heard)
        return (Telling(span=(at, at + len(heard)), kind="parent-did", strength=0.9),) if at >= 0 else ()

    session = sit(minutes=60, telling=telling).session
    session.answer(answer)
    assert f"“{given_back}" in session.state.current.asked.text


@pytest.mark.parametrize(
    ("answer", "word", "shows"),
    [("The guidance says I can refer without him", "him", False), ("He sat under the table all of break", "He", True)],
)
def test_a_child_who_does_nothing_in_what_was_said_shows_nothing_there(sit, answer, word, shows):
    def read(words):
        if word not in words:
            return Reading()
        at = words.index(word)
        child = Mention(person="child-1", role="child", span=(at, at + len(word)), by="pronoun")
        telling = Telling(span=(0, len(words)), kind="anything", strength=0.9)
        return Reading(people=(child,), telling=(telling,))

    sitting = sit(read=lambda words, _: read(words), telling=lambda words: read(words).telling)
    sitting.session.answer("the family")
    sitting.session.answer(answer)
    assert asked(sitting)[-1].question.startswith("thread/child-did") == shows


def test_a_job_to_be_done_is_not_wondered_about(sit):
    answer = "I'll ring school before five. He went very quiet when I said his name."

    def read(words):
        job, seen = words.find("I'll ring"), words.find("He went very quiet")
        if job < 0:
            return Reading()
        telling = (
            Telling(span=(job, job + 28), kind="anything", strength=0.9),
            Telling(span=(seen, len(words)), kind="child-did", strength=0.5),
        )
        return Reading(telling=telling, steps=(Step(text=words[job : job + 28], span=(job, job + 28)),))

    session = sit(minutes=60, read=reads(ring=read), telling=lambda words: read(words).telling).session
    session.answer(answer)
    assert "ring school" not in session.state.current.asked.text


def test_a_wish_for_the_steps_is_granted_and_not_asked_about(sit):
    session = sit(minutes=15, read=reads(steps=standing("elsewhere", "do the steps"))).session
    while session.state.current.asked.keeps != "decision":
        session.answer("words about it")
    session.answer("Can we do the steps?")
    assert session.state.current.asked.keeps in {"decision", "action"}
