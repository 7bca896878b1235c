"""Each thing that counts for a question or against it counts what the table says, and the strongest is the reason.

The account is given here, not read: a change to how accounts are read can't hide one in the weighing.
"""

from __future__ import annotations

from collections import Counter
from types import SimpleNamespace
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as some

from assistant.conversation.account import AccountSoFar
from assistant.conversation.question_bank import BankQuestion
from assistant.conversation.question_weights import EARLY, WEIGHTS, Weighed, stages_from, weigh

THEME = "domestic-abuse"
OTHERWISE = "it follows from what you've said"
RARITY = {"rarest": 0.9, "rarer": 0.8, "rare": 0.7, "common": 0.2}


def asked_about(*concepts: str, words: str = "", theme: str = THEME) -> BankQuestion:
    """A question about some concepts, in some telling words."""
    question = SimpleNamespace(concepts=concepts, type="open")
    of = {"id": f"{theme}/experience/1", "theme": theme, "stage": "experience", "question": question}
    return cast("BankQuestion", SimpleNamespace(**of, words=frozenset(words.split())))


def heard(words: str, fit: float) -> dict[str, SimpleNamespace]:
    """Something said that the question is a reply to."""
    return {asked_about().id: SimpleNamespace(words=words, fit=fit)}


def weighed(question: BankQuestion, **said: object) -> Weighed:
    """The question after an account of which nothing is so but what is given."""
    nothing: dict[str, object] = {
        "heard_now": {}, "heard_before": {}, "concepts_now": set(), "concepts_before": set(),
        "words_now": set(), "words_before": set(), "asked_words": (), "last_type": "closed",
        "fingerprint": "nine words", "main_theme": None, "called_for": {}, "theme_in_hand": None,
        "stages_due": set(), "asked": EARLY, "asked_of": Counter(),
        "share_of": lambda theme: 3 if theme == THEME else 0, "theme_name": lambda theme: f"what {theme} is called",
        "concept_name": lambda name: f"the {name}",
        "bank": SimpleNamespace(concept_rarity=RARITY.__getitem__, word_rarity=RARITY.__getitem__),
    }  # fmt: skip
    return weigh(question, cast("AccountSoFar", SimpleNamespace(**(nothing | said))))


def counted(question: BankQuestion | None = None, **said: object) -> tuple[object, str]:
    """How much more a question weighs for what was said, and the reason."""
    question = question or asked_about()
    now = weighed(question, **said)
    return pytest.approx(now.weight - weighed(question).weight), now.because


def test_what_the_question_is_a_reply_to_counts_by_how_well_it_fits_and_is_the_reason():
    assert counted(heard_now=heard("he sleeps in the loft", 0.5)) == (
        0.5 * WEIGHTS.heard_now,
        "you said “he sleeps in the loft”",
    )
    assert counted(heard_now=heard("", 1.0)) == (WEIGHTS.heard_now, "it follows what you've just told")


def test_what_was_said_earlier_counts_less_and_only_where_the_last_answer_does_not_call_for_it():
    assert counted(heard_before=heard("he sleeps in the loft", 0.5)) == (
        0.5 * WEIGHTS.heard_before,
        "you said earlier “he sleeps in the loft”",
    )
    assert counted(heard_before=heard("", 1.0)) == (WEIGHTS.heard_before, "it follows what you told earlier")
    both = counted(heard_now=heard("now", 0.1), heard_before=heard("then", 1.0))
    assert both == (0.1 * WEIGHTS.heard_now, "you said “now”")


def test_a_concept_of_the_last_answer_counts_by_its_rarity():
    question = asked_about("rare", "common")
    assert counted(question, concepts_now={"rare"}) == (0.7 * WEIGHTS.about_now, "you've just spoken of the rare")
    assert counted(question, concepts_now={"rare", "common"})[0] == 0.9 * WEIGHTS.about_now
    assert counted(question, concepts_now={"rarest"}) == (0.0, OTHERWISE)


def test_a_concept_of_an_earlier_answer_counts_less_and_once():
    question = asked_about("rare")
    assert counted(question, concepts_before={"rare"}) == (0.7 * WEIGHTS.about_the_account, "you mentioned the rare")
    again = counted(question, concepts_now={"rare"}, concepts_before={"rare"})
    assert again == (0.7 * WEIGHTS.about_now, "you've just spoken of the rare")


@pytest.mark.parametrize(
    ("when", "each"),
    [("concepts_now", WEIGHTS.about_now), ("concepts_before", WEIGHTS.about_the_account)],
)
def test_the_three_rarest_concepts_count_and_no_more(when, each):
    question = asked_about(*RARITY)
    assert counted(question, **{when: frozenset(RARITY)})[0] == (0.9 + 0.8 + 0.7) * each


@pytest.mark.parametrize("first", ["ash", "brick", "clock"])
def test_of_concepts_as_rare_the_first_by_name_is_the_reason(monkeypatch, first):
    named = {first, *(f"drain-{number}" for number in range(20))}
    for name in named:
        monkeypatch.setitem(RARITY, name, 0.5)
    assert counted(asked_about(*named), concepts_now=named)[1] == f"you've just spoken of the {first}"


@pytest.mark.parametrize(
    ("when", "each"), [("words_now", WEIGHTS.same_words), ("words_before", WEIGHTS.same_words_before)]
)
def test_the_three_rarest_words_in_common_count_and_are_no_reason(when, each):
    question = asked_about(words="common rarer rarest rare")
    assert counted(question, **{when: {"rare"}}) == (0.7 * each, OTHERWISE)
    assert counted(question, **{when: set(RARITY)})[0] == (0.9 + 0.8 + 0.7) * each


def test_a_word_said_again_counts_as_said_now():
    question = asked_about(words="rare common")
    said = counted(question, words_now={"rare"}, words_before={"rare", "common"})[0]
    assert said == 0.7 * WEIGHTS.same_words + 0.2 * WEIGHTS.same_words_before


def test_a_question_of_the_main_theme_counts_for_what_the_account_is_most_about():
    assert counted(main_theme=THEME, called_for={THEME: 1.0}) == (
        WEIGHTS.main_theme,
        f"what you've said is most about what {THEME} is called",
    )


def test_a_question_of_another_theme_counts_by_how_much_the_account_calls_for_it():
    touches = f"what you've said touches on what {THEME} is called"
    assert counted(main_theme="neglect", called_for={THEME: 0.4}) == (0.4 * WEIGHTS.called_for, touches)
    assert counted(main_theme="neglect", called_for={"neglect": 1.0}) == (0.0, OTHERWISE)


def test_staying_with_a_theme_and_a_stage_that_is_due_count_and_are_no_reason():
    assert counted(theme_in_hand=THEME) == (WEIGHTS.stays_with_it, OTHERWISE)
    assert counted(theme_in_hand="neglect") == (0.0, OTHERWISE)
    assert counted(stages_due={"experience"}) == (WEIGHTS.stage_due, OTHERWISE)
    assert counted(stages_due={"analysis"}) == (0.0, OTHERWISE)


def test_the_child_comes_first_and_only_early():
    child = asked_about(theme="voice-of-the-child")
    plenty = {"share_of": lambda _: 3}
    early, late = weighed(child, asked=EARLY - 1, **plenty), weighed(child, asked=EARLY, **plenty)
    assert early.weight - late.weight == pytest.approx(WEIGHTS.opens_the_child)
    assert (early.because, late.because) == ("the child comes first", OTHERWISE)
    assert counted(asked=0) == (0.0, OTHERWISE)


def test_a_theme_that_has_had_its_share_counts_against_its_questions():
    assert counted(asked_of=Counter({THEME: 2}))[0] == 0.0
    assert counted(asked_of=Counter({THEME: 3})) == (WEIGHTS.enough_of_it, OTHERWISE)
    assert counted(asked_of=Counter({THEME: 4, "neglect": 9}))[0] == WEIGHTS.enough_of_it


def test_a_question_much_like_one_asked_already_counts_less_the_more_alike_they_are():
    question = asked_about(words="who sleeps where night")
    little, half = frozenset({"who", "eats", "first"}), frozenset({"who", "sleeps", "early", "night"})
    assert counted(question, asked_words=(little,))[0] == 0.0
    assert counted(question, asked_words=(half, little))[0] == 0.6 * WEIGHTS.already_like_it
    assert counted(question, asked_words=(question.words,)) == (WEIGHTS.already_like_it, OTHERWISE)


def test_a_question_that_shares_a_third_of_its_words_is_not_yet_like_one_asked_already():
    shared = frozenset(map(str, range(17)))
    question = cast("BankQuestion", SimpleNamespace(**{**vars(asked_about()), "words": frozenset(map(str, range(50)))}))
    assert counted(question, asked_words=(shared,))[0] == 0.0


def test_two_of_a_kind_running_count_against_the_second():
    assert counted(last_type="open") == (WEIGHTS.same_type, OTHERWISE)


def test_what_is_weighed_is_the_question_itself():
    question = asked_about()
    assert weighed(question).bank is question


def test_the_reason_is_the_one_that_weighs_most_whatever_came_first():
    question = asked_about("rare")
    strong = counted(question, concepts_now={"rare"}, main_theme=THEME)
    assert strong[1] == f"what you've said is most about what {THEME} is called"
    strong = counted(question, concepts_now={"rare"}, main_theme=THEME, heard_now=heard("he hid", 1.0))
    assert strong[1] == "you said “he hid”"


@given(some.text(alphabet="abcdefgh ", max_size=30))
def test_the_account_tips_a_balance_by_no_more_than_half_a_point_and_always_the_same(fingerprint):
    bare = weighed(asked_about(), fingerprint=fingerprint)
    assert 0 <= bare.weight <= WEIGHTS.tie
    assert bare == weighed(asked_about(), fingerprint=fingerprint)


def test_which_of_two_even_questions_comes_first_differs_from_account_to_account():
    one, other = asked_about(), asked_about(theme="neglect")
    share = {"share_of": lambda _: 3}
    tipped = [
        weighed(one, fingerprint=str(number), **share).weight > weighed(other, fingerprint=str(number), **share).weight
        for number in range(400)
    ]
    assert 120 < sum(tipped) < 280
    spread = [weighed(one, fingerprint=str(number), **share).weight for number in range(400)]
    assert min(spread) < 0.1 * WEIGHTS.tie
    assert max(spread) > 0.9 * WEIGHTS.tie


@pytest.mark.parametrize(
    ("reached", "may_come"),
    [
        (None, ("experience", "reflection")),
        ("experience", ("experience", "reflection", "analysis")),
        ("reflection", ("reflection", "analysis", "action")),
        ("analysis", ("analysis", "action")),
        ("action", ("action",)),
    ],
)
def test_a_theme_never_goes_back_nor_leaps_from_what_happened_to_what_to_do(reached, may_come):
    assert stages_from(reached) == may_come
