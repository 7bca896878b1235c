from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from assistant.conversation.case_facts import MEANINGS, CaseFact
from assistant.conversation.prompt_check import check_prompts, reading_grade
from assistant.conversation.prompts import load_prompts
from assistant.errors import DataFileError
from assistant.resources import shipped

NOWHERE = Path("no-such-home")

GOOD = {
    "experience": ["What did you see in the kitchen?", "Who answered the door to you?"],
    "reflection": ["What was hard to ask?", "Which moment has stayed with you?"],
    "analysis": ["How else might this have come about?", "What would change your mind?"],
    "action": ["Who will ring whom, and when?", "What will tell you it helped?"],
}


def faults(home: Path, concepts: frozenset[str] = frozenset({"fathers"})) -> list[str]:
    """Faults of the one theme file in `home`; the shipped themes name concepts that this lexicon lacks."""
    found = check_prompts(home, concepts, {"child-k": "Are you aware of this protocol?"})
    return [f"{problem.line}: {problem.message}" for problem in found if home in problem.path.parents]


def theme(home: Path, *, replace: str = "", by: str = "", extra: str = "") -> Path:
    lines = ["id: sample", "name: Sample", "about: A sample.", "concepts: [fathers]", "questions:"]
    for stage, texts in GOOD.items():
        lines.append(f"  {stage}:")
        lines += [f'    - {{text: "{text}", type: open, intent: "To think."}}' for text in texts]
    path = home / "prompts" / "themes" / "sample.yaml"
    path.parent.mkdir(parents=True)
    path.write_text("\n".join(lines).replace(replace, by) + extra + "\n", encoding="utf-8")
    return path


def test_a_good_theme_has_no_faults(tmp_path):
    theme(tmp_path)
    assert faults(tmp_path) == []


@pytest.mark.parametrize(
    ("bad", "fault"),
    [
        ("What did you see? Who was there?", "7: asks more than one thing; keep one question mark"),
        (
            "Did you see the kitchen?",
            "7: can be answered yes or no; begin with what, how, who or the like, or mark it closed",
        ),
        ("What " + "so " * 30 + "then?", "7: 32 words; 30 at the most"),
        (
            "What did MASH say?",
            "7: 'mash' is a word of the trade; say 'the team that takes referrals' instead, or beside it",
        ),
        ("Who answered your knock on the door to you?", "8: asks nearly the same as sample.yaml:7"),
    ],
)
def test_a_question_that_breaks_a_rule_is_named_with_its_line(tmp_path, bad, fault):
    theme(tmp_path, replace=GOOD["experience"][0], by=bad)
    assert fault in faults(tmp_path)


def test_a_word_of_the_trade_may_stand_beside_its_plain_words(tmp_path):
    theme(tmp_path, replace=GOOD["experience"][0], by="What did MASH, the team that takes referrals, say?")
    assert faults(tmp_path) == []


def test_a_long_winded_question_is_hard_to_read(tmp_path):
    bad = "What organisational considerations characterise multidisciplinary communication?"
    theme(tmp_path, replace=GOOD["experience"][0], by=bad)
    assert any("hard to read" in fault for fault in faults(tmp_path))
    assert reading_grade("Who was there?") < 2


def test_a_concept_the_lexicon_lacks_is_named_with_the_nearest(tmp_path):
    theme(tmp_path, replace="[fathers]", by="[father]")
    assert faults(tmp_path) == ["4: the lexicon has no concept 'father', did you mean 'fathers'?"]


def test_a_stage_with_one_question_is_incomplete(tmp_path):
    theme(tmp_path, replace='    - {text: "What will tell you it helped?", type: open, intent: "To think."}', by="")
    assert any("fewer than 2 questions" in fault for fault in faults(tmp_path))


def test_a_quotation_must_stand_in_its_review(tmp_path):
    theme(tmp_path, extra='\nquoted:\n  - {review: child-k, text: "Are you aware of the protocol?"}')
    assert any("do not stand in child-k" in fault for fault in faults(tmp_path))


def test_the_shipped_themes_break_no_rule_of_language():
    themes = load_prompts(NOWHERE).themes
    concepts = frozenset(
        concept
        for one in themes.values()
        for concept in (
            *one.concepts,
            *(
                c
                for s in ("experience", "reflection", "analysis", "action")
                for q in one.questions.at(s)
                for c in q.concepts
            ),
        )
    )
    reviews = {path.stem: path.read_text(encoding="utf-8") for path in (shipped("corpus") / "reviews").glob("*.md")}
    assert [str(problem) for problem in check_prompts(NOWHERE, concepts, reviews)] == []
    assert len(themes) >= 24


def test_a_thread_under_a_theme_that_is_not_there_is_named_with_its_line(tmp_path):
    text = (shipped("prompts") / "listening.yaml").read_text(encoding="utf-8")
    (tmp_path / "prompts").mkdir()
    wrong = text.replace("theme: fathers-and-men", "theme: fathers-and-man")
    (tmp_path / "prompts" / "listening.yaml").write_text(wrong, encoding="utf-8")
    line = next(n for n, words in enumerate(wrong.splitlines(), start=1) if "fathers-and-man" in words)
    with pytest.raises(DataFileError, match=rf"listening.yaml:{line}: .*fathers-and-men"):
        load_prompts(tmp_path)


def test_a_question_that_can_never_be_asked_as_meant_is_named_with_its_line(tmp_path):
    extras = '", needs: [no-such-fact]'
    theme(tmp_path, replace='What did you see in the kitchen?"', by="What did you see in the kitchen?" + extras)
    with pytest.raises(DataFileError, match=r"sample.yaml:7: .*needs.0"):
        load_prompts(tmp_path)


@pytest.mark.parametrize(
    ("bad", "fault"),
    [
        (
            "How is {nobody} today?",
            "7: nothing fills '{nobody}'; there are {child}, {parent}, {man}, and {words} with 'after'",
        ),
        (
            "You wrote “{words}”. What is it?",
            "7: nothing fills '{words}'; there are {child}, {parent}, {man}, and {words} with 'after'",
        ),
    ],
)
def test_a_slot_that_nothing_fills_is_named(tmp_path, bad, fault):
    theme(tmp_path, replace="What did you see in the kitchen?", by=bad)
    assert fault in faults(tmp_path)


def test_a_question_that_only_comes_after_something_says_after_what(tmp_path):
    theme(tmp_path, replace='What did you see in the kitchen?"', by='What lock is it?", only_after: true')
    assert any(fault.startswith("7: 'only_after' needs what it comes after") for fault in faults(tmp_path))


def test_everything_that_a_question_may_need_is_explained_to_whoever_writes_one():
    assert set(MEANINGS) == set(get_args(CaseFact))


@pytest.mark.parametrize("name", ["with_whom", "with_whom_of_several", "ringing", "first_words", "wanted", "told"])
def test_each_question_that_stays_with_a_danger_is_held_to_what_makes_a_good_one(tmp_path, name):
    before, key, after = (
        (shipped("prompts") / "act-now-talk.yaml").read_text(encoding="utf-8").partition(f"\n{name}:\n")
    )
    asked, _, rest = after.partition("\n")
    assert asked.startswith('  text: "')
    line = before.count("\n") + 3
    (tmp_path / "prompts").mkdir()
    path = tmp_path / "prompts" / "act-now-talk.yaml"
    path.write_text(f'{before}{key}  text: "Who {"really " * 40}knows?"\n{rest}', encoding="utf-8")
    assert [fault for fault in faults(tmp_path) if fault.startswith(f"{line}: ") or fault.startswith(f"{line - 1}: ")]
