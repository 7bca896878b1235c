"""The rules by which signs are found, on a vocabulary of a few words: what the shipped one can't be changed to show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from assistant.language.clauses import RESERVED, typed_as
from assistant.language.phrases import Phrases
from assistant.noticing.danger_decision import Look
from assistant.noticing.danger_finder import ActNow, DangerFinder, LimitRule, Sign, open_danger_finder
from assistant.noticing.observations import ABOUT_THE_WORKER, TO_SUPPOSE, DangerKind
from assistant.resources import shipped
from assistant.yaml_files import read_pack
from tests.shipped import danger_finder

MARK: DangerKind = "injury-non-mobile-baby"
GONE: DangerKind = "child-missing-or-unseen"
WORDS = {
    **dict.fromkeys(RESERVED, ()),
    "not": ("no", "not"),
    "mark": ("mark", "bruise"),
    "burn": ("burn",),
    "baby": ("baby",),
    "cot": ("cot",),
    "walks": ("walks",),
    "gone": ("gone",),
    "back": ("back",),
}


def finder(*signs: Sign, limits: Sequence[LimitRule] = ()) -> DangerFinder:
    return replace(danger_finder(), phrases=Phrases(WORDS), typed={}, signs=signs, limits=tuple(limits))


def looked(found_by: DangerFinder, said: str, background: Sequence[str] = ()) -> Look:
    return found_by.look(found_by.read(said), background)


def level(found_by: DangerFinder, said: str, background: Sequence[str] = ()) -> str | None:
    return next((str(one.level) for one in looked(found_by, said, background).signs), None)


def test_without_a_file_of_ones_own_everything_is_as_the_shipped_one_says(tmp_path):
    pack, _ = read_pack(shipped("prompts") / "act-now.yaml", ActNow)
    opened = open_danger_finder(tmp_path)
    for name in ("signs", "limits", "jobs", "cards", "any_danger", "asked", "asked_first"):
        assert getattr(opened, name) == getattr(pack, name)
    assert opened.typed == typed_as(pack.typing)
    misspelt = "She strangeld her."
    assert opened.look(opened.read(misspelt)).signs
    assert "strangely" in pack.as_written
    assert not opened.look(opened.read("She strangely looked at her.")).signs


A_BABYS = Sign(kind=MARK, needs=("mark", "baby", "cot"), said_before=("baby", "cot"))


def test_what_was_said_before_completes_a_sign_and_then_it_only_asks():
    assert level(finder(A_BABYS), "A mark on the baby in the cot.") == "sure"
    assert level(finder(A_BABYS), "A mark.", ("baby", "cot")) == "doubtful"
    assert level(finder(A_BABYS), "A mark.", ("baby", "cot", "walks")) == "doubtful"


@pytest.mark.parametrize("before", [(), ("baby",), ("walks",), ("baby", "walks")])
def test_a_sign_is_not_completed_by_half_of_what_it_needs(before):
    assert level(finder(A_BABYS), "A mark.", before) is None


def test_what_must_be_said_in_the_answer_itself_is_not_taken_from_before():
    needs_both = Sign(kind=MARK, needs=("mark", "baby"))
    assert level(finder(needs_both), "A mark.", ("baby",)) is None
    half = Sign(kind=MARK, needs=("mark", "baby", "cot"), said_before=("cot",))
    assert level(finder(half), "A mark.", ("baby", "cot")) is None
    assert level(finder(half), "A mark on the baby.", ("cot",)) == "doubtful"


def test_a_sign_that_asks_always_asks():
    assert level(finder(Sign(kind=MARK, needs=("mark",), ask=True)), "A mark.") == "doubtful"
    assert level(finder(Sign(kind=MARK, needs=("mark",))), "A mark.") == "sure"


UNLESS = Sign(kind=MARK, needs=("mark",), unless=("walks", "gone"))


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("A mark, and she walks.", None),
        ("A mark. She walks.", "doubtful"),
        ("She walks. A mark.", "doubtful"),
        ("A mark. He is gone.", "doubtful"),
        ("A mark. We sat down. She walks.", "sure"),
        ("She walks. We sat down. A mark.", "sure"),
        ("A mark.", "sure"),
    ],
)
def test_what_a_sign_is_not_with_silences_it_in_its_sentence_and_asks_beside_it(said, shown):
    assert level(finder(UNLESS), said) == shown


PLAIN, OTHER = Sign(kind=MARK, needs=("mark",), plain=True), Sign(kind=MARK, needs=("burn",))


@pytest.mark.parametrize(
    ("said", "plain"),
    [("A mark.", "sure"), ("A burn.", None), ("A burn. A mark.", "sure"), ("A mark. She walks. A burn.", "doubtful")],
)
def test_only_what_is_specific_is_plain_and_as_surely_as_it_is_said(said, plain):
    plainly = PLAIN.model_copy(update={"unless": ("walks",)})
    assert [one.plain for one in looked(finder(plainly, OTHER), said).signs] == [plain]


def test_words_side_by_side_are_one_stretch_and_others_are_their_own():
    both = Sign(kind=MARK, needs=("mark", "baby", "cot"), within="nearby")
    said = "The baby mark we saw by the cot."
    (sign,) = looked(finder(both), said).signs
    assert [said[start:end] for start, end in sign.spans] == ["baby mark", "cot"]
    said = "A mark-baby. So, the cot."
    (sign,) = looked(finder(both), said).signs
    assert [said[start:end] for start, end in sign.spans] == ["mark-baby", "cot"]
    said = "A mark, baby. So, the cot."
    (sign,) = looked(finder(both), said).signs
    assert [said[start:end] for start, end in sign.spans] == ["mark", "baby", "cot"]


def test_where_one_sign_is_sure_its_words_are_shown_and_three_at_the_most():
    said = "A burn. She walks. A mark, mark, mark, mark."
    doubtful = OTHER.model_copy(update={"ask": True})
    (sign,) = looked(finder(doubtful, PLAIN), said).signs
    assert sign.level == "sure"
    assert [said[start:end] for start, end in sign.spans] == ["mark", "mark", "mark"]
    (only,) = looked(finder(doubtful), "A burn.").signs
    assert only.spans == ((2, 6),)


def test_what_is_told_of_an_answer_is_each_sign_by_how_it_is_said_and_the_words_around_it():
    two = Sign(kind=MARK, needs=("mark", "baby"), unless=("walks",))
    look = looked(finder(two), "No mark on the baby.", (TO_SUPPOSE, "walks"))
    assert look.traits == {"mark + baby NOT_SO", f"{MARK} NOT_SO", "any NOT_SO", "mark", "baby", TO_SUPPOSE}
    assert look.signs == ()
    assert ABOUT_THE_WORKER in looked(finder(two), "Well.", (ABOUT_THE_WORKER,)).traits
    assert look.length == len(["No", "mark", "on", "the", "baby"])


def test_of_two_limits_of_a_kind_the_stricter_holds_whichever_is_written_first():
    strict, mild = LimitRule(kind=MARK, at_most="silent"), LimitRule(kind=MARK, at_most="doubtful")
    for limits in ((strict, mild), (mild, strict)):
        assert looked(finder(limits=limits), "A mark.").limits == {MARK: "silent"}


def test_a_limit_of_the_answer_itself_does_not_hold_for_what_was_said_before():
    away = LimitRule(kind=GONE, at_most="faint", when=("gone",), unless=("back",))
    here = away.model_copy(update={"here": True})
    assert looked(finder(limits=[away]), "Well.", ("gone",)).limits == {GONE: "faint"}
    assert looked(finder(limits=[here]), "Well.", ("gone",)).limits == {}
    assert looked(finder(limits=[here]), "She has gone.").limits == {GONE: "faint"}
    assert looked(finder(limits=[away]), "She has gone.", ("back",)).limits == {}
    assert looked(finder(limits=[here]), "She has gone.", ("back",)).limits == {GONE: "faint"}


def test_a_limit_is_lifted_by_words_in_the_answer_however_they_are_meant():
    away = LimitRule(kind=GONE, at_most="faint", unless_here=("back",))
    assert looked(finder(limits=[away]), "Not back.").limits == {}
    assert looked(finder(limits=[away]), "Well.", ("back",)).limits == {GONE: "faint"}


def test_later_answers_may_lean_on_what_a_sign_or_a_limit_needs_and_no_more():
    away = LimitRule(kind=GONE, at_most="faint", when=("gone",), unless=("back",))
    here = LimitRule(kind=GONE, at_most="faint", when=("burn",), here=True)
    leaned_on = finder(A_BABYS, limits=[away, here])
    said = "A mark, a burn, the baby in the cot walks; gone and back."
    assert leaned_on.background(leaned_on.read(said)) == ("baby", "back", "cot", "gone")
    assert leaned_on.background(leaned_on.read("No baby.")) == ()
