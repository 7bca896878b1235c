"""What a worker asks the program, also in the middle of a longer answer, and what comes of it."""

from __future__ import annotations

import pytest

from assistant.conversation import events as e
from assistant.conversation.asking import Asking, askings
from assistant.conversation.question_kinds import QuestionKinds
from assistant.noticing.clause_vectors import Meaning
from assistant.noticing.reader import open_reader
from assistant.noticing.reading import Reading, Step


@pytest.fixture(scope="module")
def meaning(tmp_path_factory):
    return Meaning(tmp_path_factory.mktemp("home"))


def asked_in(kinds, prompts, answer: str, asked: str = "How was the visit?") -> list[tuple[str, str]]:
    found = askings(kinds, prompts.asked_us.other, answer, asked=asked)
    return [(one.kind.key, one.words) for one in found]


@pytest.mark.parametrize(
    ("answer", "kind", "words"),
    [
        ("She was fine with me. Would they need to look at a bruise like that in hospital? It's tiny.", "medical", ""),
        (
            "He's at his nan's. So who is going to break it to him, her or me? He's packed.",
            "who-tells-child",
            "",
        ),
        ("I've had it since June. could i get the sack for that? my pin's due", "in-trouble", "could i get the sack"),
        ("I blubbed in the car. Is that silly of me? I never do.", "daft", "Is that silly of me?"),
        ("Three steps. Could you show me the list so far? I've lost count.", "list", "Could you show me the list"),
        ("It's in the book. Have I got to have mum's consent before I speak to the dentist? She won't.", "consent", ""),
        ("Twice now. And what if his stepdad finds out that I asked? He's big.", "what-if", "what if his stepdad"),
        ("do i say anything to mum before i phone duty or after, shes at the gate", "before-or-after", ""),
    ],
)
def test_a_question_is_found_in_the_middle_of_an_answer_and_told_by_what_it_asks(kinds, prompts, answer, kind, words):
    ((found, said),) = asked_in(kinds, prompts, answer)
    assert found == kind
    assert words in said


@pytest.mark.parametrize(
    ("answer", "keys"),
    [
        (
            "school rang and hes not eaten all day and i dont know what to say to his mum about it when she comes",
            ["words-for-a-parent"],
        ),
        (
            "shes got marks on her legs and hes due back at six so do i ring duty now or leave it till morning and who "
            "do i tell at school",
            ["tonight-or-wait"],
        ),
        ("i was told to wait and i keep asking myself should i have gone in that night with the police there", []),
        ("mum says what do i do with him all day and she shrugs at me like that's all there is to it", []),
        ("what was going on for me then: i was afraid he'd stop talking to me and i'd have nobody to tell me", []),
        ("should i have seen it, well yes, i should and i've said so to the head and to everybody else", []),
    ],
)
def test_what_is_asked_in_a_breath_without_a_mark_is_heard_and_what_others_ask_is_not(kinds, prompts, answer, keys):
    found = [key for key, _ in asked_in(kinds, prompts, answer)]
    assert found[: len(keys)] == keys
    assert bool(found) is bool(keys)


def test_where_the_words_to_be_said_are_asked_for_and_not_for_whom_the_general_answer_comes(kinds, prompts):
    ((found, _),) = asked_in(kinds, prompts, "Do you know how I could put that gently?")
    assert found == "what-to-say"


@pytest.mark.parametrize(
    ("answer", "asked"),
    [
        ("He went quiet. You know what I mean? Like a tap.", ""),
        ("I asked him, do you feel safe at home? He shrugged.", ""),
        ("“Should I ring somebody?” That's what the boy said to the neighbour.", ""),
        ("How does she cope? She doesn't, she drinks.", "How does Mum cope with it all?"),
        ("Is it Thursday the 2nd? Never mind.", ""),
        ("Who knows? I don't.", ""),
        ("We had a row about whose job it was. Nineteen months old. Who'd be a kid, eh?", ""),
        ("We argued about it, whose decision is it to move him, went round for an hour.", ""),
        ("Should I have gone in? I ask myself that.", ""),
        ("Nothing? He's six weeks old, he lies there.", "What has changed for him?"),
        ("No lights on, no car. Nobody about.", ""),
    ],
)
def test_what_is_asked_of_nobody_or_of_somebody_else_is_none_of_ours(kinds, prompts, answer, asked):
    assert asked_in(kinds, prompts, answer, asked=asked) == []


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ("His nan's on her way, does that have to be tonight or not", "tonight-or-wait"),
        ("She's shown me her arm. can i say no to taking a picture of it", "photo"),
        ("It froze on me there. Have you saved that last bit", "read-back"),
        ("I've promised all sorts. Give us a look at my list", "list"),
        ("The clerk won't speak to me, d'you need mum's consent for that", "consent"),
        ("shes only 3 n her dads just been arrested. wot shud i do", "what-now"),
        ("they said theres a strat at 2. whats a strat", "strategy"),
        ("hes gone quiet since. cn i talk 2 him wivout his mum there", "see-alone"),
    ],
)
def test_a_question_typed_without_its_mark_is_heard_where_it_is_plainly_of_a_kind(kinds, prompts, answer, kind):
    assert [found for found, _ in asked_in(kinds, prompts, answer)] == [kind]


@pytest.mark.parametrize(
    "answer",
    [
        "I was in at nine, did the bedrooms first and then the kitchen.",
        "Mum rang the school and so did he, which is a first.",
        "We did the plan and she signed it, is how I remember it",
    ],
)
def test_what_only_looks_turned_about_asks_nothing(kinds, prompts, answer):
    assert asked_in(kinds, prompts, answer) == []


@pytest.mark.parametrize(
    "answer",
    [
        "oh where do I start, there's five of them and I love this family honestly, mum's lovely",
        "How do I put this. He's a big lad and he frightens her.",
        "where was I. the school rang on Monday.",
    ],
)
def test_whoever_looks_for_words_asks_nothing(kinds, prompts, answer):
    assert asked_in(kinds, prompts, answer) == []


def test_what_follows_a_question_in_the_same_breath_does_not_hide_it(kinds, prompts):
    answer = "How serious would you call that, cos the last one I worked with said it was the weather and the dog?"
    assert [found for found, _ in asked_in(kinds, prompts, answer)] == ["is-it-bad"]


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ("They're both ringing out. Do I phone the school first or the police?", "which-call-first"),
        ("She's asleep on the settee. Do I stay here with the baby or go?", "stay-with-child"),
        ("It was his sister who said it. Whose file do I put that on?", "whose-record"),
        ("There's four of them in there. Do I name all the kids or only her?", "the-other-children"),
        ("He speaks only Dari. Can his cousin interpret for us?", "interpreter"),
        ("My own girl's in his class. Can I ring it in without giving my name?", "give-my-name"),
        ("The meter's run out and the cot's gone. Who can help them with money?", "money"),
        ("He's eight, and mum does nights. Is it legal to leave him on his own?", "left-alone"),
        ("It was the caretaker who did it. Do I ring the LADO?", "allegation"),
        ("She gave me a bracelet. Can I accept a present from her?", "boundaries"),
        ("He held his phone up the whole time. Can he film me?", "being-filmed"),
        ("He won't look at me. He says he wants to die, what do I do?", "wants-to-die"),
        ("Dad took a belt to him. What's the law on smacking?", "smacking"),
    ],
)
def test_what_many_ask_has_an_answer_of_its_own(kinds, prompts, answer, kind):
    assert [found for found, _ in asked_in(kinds, prompts, answer)] == [kind]


def test_a_few_words_alone_are_never_quoted_back(talk):
    session = talk("He was with his aunt. Should I?")
    asked = session.session.state.current.asked
    assert "Should I?" not in " ".join((*asked.said_first, asked.text))


def test_without_the_encoder_examples_and_phrases_still_tell_the_kinds(prompts):
    by_words = QuestionKinds(prompts.asked_us, None)
    for words, kind in (
        ("Is that daft?", "daft"),
        ("Who tells him?", "who-tells-child"),
        ("101 or what?", "which-number"),
    ):
        assert asked_in(by_words, prompts, f"He's four. {words}") == [(kind, words)]
    assert asked_in(by_words, prompts, "He's four. Who'd be a kid?") == []


# ---- what comes of it


def asked(sitting) -> list[e.Asked]:
    return [event for event in sitting.kept if isinstance(event, e.Asked)]


@pytest.fixture
def talk(sit, tmp_path, meaning, kinds):
    """A session that reads as it does in use, with these words answered in turn."""

    def play(*said: str, **how):
        sitting = sit(read=open_reader(tmp_path).read, meaning=meaning, open_kinds=lambda: kinds, minutes=60, **how)
        for words in said:
            sitting.session.answer(words)
        return sitting

    return play


def test_a_question_in_a_longer_answer_is_answered_before_the_next_question(talk, prompts):
    sitting = talk(
        "Two boys.", "He sleeps at his nan's. Is that daft? I keep thinking about his shoes and the long road home."
    )
    coming = asked(sitting)[-1]
    assert prompts.asked_us.kind("daft").reply in coming.said_first
    assert not coming.question.startswith("asked-us/")


def test_what_is_theirs_to_judge_is_handed_back_in_their_own_words(talk):
    coming = asked(talk("Two boys.", "He has them every Sunday. What if his dad knows?"))[-1]
    assert coming.text == "“What if his dad knows?” What makes you think that might happen?"
    assert coming.question == "asked-us/what-if"


def test_what_we_would_do_is_handed_back_but_where_a_mark_was_told_of_and_nobody_knows(talk, prompts):
    straight, back = (prompts.asked_us.kind(key).reply for key in ("what-now", "what-would-you-do"))
    mark = "Last Thursday's bruise was on his back, at swimming."
    assert straight in asked(talk("A boy of seven.", mark, "What would you do?"))[-1].said_first
    assert back in asked(talk("A boy of seven.", "He draws cages.", "What would you do?"))[-1].said_first
    told = f"{mark} I've told my manager about it."
    assert straight not in asked(talk("A boy of seven.", told, "What would you do?"))[-1].said_first


def test_nobody_is_asked_what_speaks_for_and_against(prompts):
    assert not any("for it, and what against" in kind.instead.text for kind in prompts.asked_us.kinds if kind.instead)


def test_the_same_question_again_gets_the_same_answer_in_short(talk, prompts):
    reply = prompts.asked_us.kind("who-reads-this").reply
    sitting = talk("Two boys.", "Who reads this?", "Their dad drives. Who reads this?")
    begins = reply.partition(". ")[0] + "."
    assert asked(sitting)[-1].said_first[0] == prompts.asked_us.answered_once.replace("{reply}", begins)


def test_what_is_decided_asks_nothing_again_though_it_names_what_was_asked_about(talk, prompts, monkeypatch):
    kind, again = prompts.asked_us.kind("strategy"), prompts.asked_us.answered_once.partition("{")[0]

    def heard(_, turn):
        words = turn.answer or ""
        return (Asking((0, len(words)), words, kind),) if "strategy" in words else ()

    monkeypatch.setattr("assistant.conversation.answering.asked_of_us", heard)
    before = ("Two boys.", "Should I be taking this to a strategy meeting?")
    decided = "I've decided I'm asking for a strategy meeting, because I can't explain the weight."
    assert not any(line.startswith(again) for line in asked(talk(*before, decided))[-1].said_first)
    assert any(line.startswith(again) for line in asked(talk(*before, before[1]))[-1].said_first)


def test_whoever_says_that_we_did_not_answer_is_answered_then(talk, prompts):
    sitting = talk("Two boys.", "Do I need consent for that? Is that daft? Who tells him?", "You didn't answer me.")
    said = " ".join(asked(sitting)[-1].said_first)
    assert said.startswith(prompts.asked_us.unanswered)
    assert prompts.asked_us.kind("consent").reply in said


def test_whoever_asks_again_what_has_an_answer_is_given_it_and_told_nothing_besides(talk, prompts):
    sitting = talk("Two boys.", "But you didn't answer me. Do I need consent for that? I've always asked first.")
    said = asked(sitting)[-1].said_first
    assert prompts.asked_us.kind("consent").reply in said
    assert prompts.asked_us.unanswered not in said
    assert prompts.asked_us.kind("no-answer").reply not in said


def test_nothing_is_missing_yet_of_what_has_hardly_begun(talk, prompts):
    reply = prompts.asked_us.kind("what-is-missing").reply
    begun = talk("Two boys, at school every day. Have I missed anything?")
    assert reply not in asked(begun)[-1].said_first
    later = talk("Two boys.", "They're at school every day. Have I missed anything?")
    assert reply in asked(later)[-1].said_first


def test_the_list_is_shown_to_whoever_asks_for_it(talk, prompts):
    none_yet = talk("Two boys.", "Can you show me the list?")
    assert asked(none_yet)[-1].said_first[0] == prompts.asked_us.no_steps_yet
    sitting = talk("Two boys.", "They like football.")
    sitting.session.add_action("Bel rings the school on Friday")
    sitting.session.answer("Can you show me the list?")
    said = asked(sitting)[-1].said_first
    assert said[0] == prompts.asked_us.kind("list").reply
    assert said[1].startswith("1. Bel rings the school")


@pytest.mark.parametrize(
    "said", ["Put down that Delyth goes first thing.", "Oh and can you put down Delyth goes first thing? I forgot."]
)
def test_a_step_that_is_to_be_put_down_is_one(talk, prompts, said):
    sitting = talk("Two boys.", f"They like football. {said}")
    (added,) = sitting.session.state.added
    assert added.text == "Delyth goes first thing"
    assert prompts.asked_us.put_down in asked(sitting)[-1].said_first


def test_a_step_put_down_in_the_middle_of_a_sentence_is_put_down_once(talk):
    sitting = talk("Two boys.", "Then write down the list, late entry, and say it's late.")
    assert [added.text for added in sitting.session.state.added] == ["The list, late entry, and say it's late"]


def test_a_rule_that_never_rests_says_so(sit, monkeypatch):
    sitting = sit()
    going = sitting.session.state.turns[-1].asked
    monkeypatch.setattr("assistant.conversation.session.decide", lambda *_: going)
    with pytest.raises(RuntimeError, match="without end"):
        sitting.session.go_on()


@pytest.mark.parametrize("said", ["She put down the phone.", "Put that down.", "Don't put me down as the worker."])
def test_what_is_put_down_otherwise_is_no_step(talk, said):
    assert talk("Two boys.", f"They like football. {said}").session.state.added == ()


def test_a_step_that_was_read_already_is_not_put_down_twice(sit):
    def read(words, _):
        at = words.find("Delyth")
        steps = (Step(text=words[at:], span=(at, len(words))),) if at >= 0 else ()
        return Reading(steps=steps)

    sitting = sit(read=read)
    sitting.session.answer("Two boys.")
    sitting.session.answer("Put down Delyth goes first thing.")
    assert sitting.session.state.added == ()


def test_whoever_asks_why_is_told_what_the_question_is_for(talk):
    sitting = talk("Two boys.")
    before = asked(sitting)[-1]
    sitting.session.answer("Why are you asking me that?")
    assert before.intent in asked(sitting)[-1].said_first[0]
    assert asked(sitting)[-1].question == f"again/{before.question}"


def test_what_a_card_left_unanswered_is_answered_after_it(talk, prompts):
    sitting = talk("Two boys.", "Mum's called Kelly. Do I ring her before I ring social care or after?")
    assert sitting.session.state.card is not None
    sitting.session.say_to_card("ok")
    assert prompts.asked_us.kind("before-or-after").reply in asked(sitting)[-1].said_first


@pytest.mark.parametrize(
    ("job", "whom"),
    [
        ("social worker", "your manager"),
        ("", "your manager"),
        ("nursery manager", "whoever you answer to"),
        ("foster carer", "your supervising social worker"),
        ("head of year", "your safeguarding lead"),
    ],
)
def test_a_reply_sends_nobody_to_a_manager_they_are_or_havent(prompts, job, whom):
    assert prompts.asked_us.for_job("Say it to your manager today.", job) == f"Say it to {whom} today."


@pytest.mark.parametrize(
    ("job", "said"),
    [
        ("health visitor", "Ask your safeguarding lead. Children's social care may be rung too."),
        ("social worker", "Ask your safeguarding lead. Your duty team may be rung too."),
        ("designated safeguarding lead", "Ask children's social care. Children's social care may be rung too."),
    ],
)
def test_a_reply_sends_nobody_to_themselves(prompts, job, said):
    reply = "Ask your safeguarding lead. Children's social care may be rung too."
    assert prompts.asked_us.for_job(reply, job) == said


@pytest.mark.parametrize(
    ("job", "said"),
    [
        (
            "designated safeguarding lead",
            "Ask children's social care for advice today, or ring children's social care.",
        ),
        ("social worker", "Ask your manager today, or ring your manager or the duty team."),
    ],
)
def test_a_lead_whose_manager_may_be_the_worry_is_sent_to_social_care(prompts, job, said):
    reply = "Ask your manager today, or ring your manager or the duty team."
    assert prompts.asked_us.for_job(reply, job) == said
