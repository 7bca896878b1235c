from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from assistant.errors import DataFileError
from assistant.noticing.danger_decision import Limit
from assistant.noticing.danger_finder import DangerFinder, open_danger_finder
from assistant.noticing.observations import DangerKind
from assistant.resources import shipped
from tests.shipped import danger_finder, noticer
from tools.labelled_sentences import own_sentences

FINDER = danger_finder()
SHIPPED = (shipped("prompts") / "act-now.yaml").read_text(encoding="utf-8")
NOTICER = noticer()
REASSURANCE = (
    "She's engaging really well.",
    "Mum says it was a toy and I believe her.",
    "The house was spotless and everyone was calm.",
    "He has no worries about anything else.",
    "The health visitor is not concerned.",
    "All the children were smiling and well.",
)


def found(text: str, finder: DangerFinder = FINDER) -> dict[str, bool]:
    return {danger.kind: danger.confirm for danger in finder.look(finder.read(text)).signs}


def words_shown(text: str) -> list[str]:
    return [text[start:end] for danger in FINDER.look(FINDER.read(text)).signs for start, end in danger.spans]


@pytest.mark.parametrize("name", ["own-act-now.txt", "own-act-now-second.txt", "own-act-now-third.txt"])
def test_real_signs_are_raised_or_steer_and_hardly_a_trap_interrupts(name):
    noticed = [(row["label"], NOTICER.notice(row["text"])) for row in own_sentences(name)]
    real = [bool(found.act_now or found.faint) for label, found in noticed if label == "danger"]
    traps = [bool(found.act_now) for label, found in noticed if label == "trap"]
    assert sum(real) / len(real) >= 0.95
    assert sum(traps) / len(traps) <= 0.05


def limits(text: str, *before: str) -> Mapping[DangerKind, Limit]:
    background = {name for words in before for name in FINDER.background(FINDER.read(words))}
    return FINDER.look(FINDER.read(text), background).limits


def test_a_child_nobody_has_seen_gets_no_full_card_and_one_who_is_missing_now_may():
    assert limits("I've not seen the eldest on his own since April.")["child-missing-or-unseen"] == "doubtful"
    assert "child-missing-or-unseen" not in limits("She didn't come home last night.")
    assert "child-missing-or-unseen" not in limits("He's been missing since Friday.")


def test_the_injury_of_a_child_who_moves_about_is_no_babys_whenever_the_age_was_said():
    assert limits("She's eight and she had a bruise on her arm.")["injury-non-mobile-baby"] == "never"
    assert limits("She had a bruise on her arm.", "The girl is eight.")["injury-non-mobile-baby"] == "never"
    assert "injury-non-mobile-baby" not in limits("She's eight, and the baby has a bruise on her arm.")
    assert "injury-non-mobile-baby" not in limits("There was a bruise.", "The girl is eight. Her sister is ten weeks.")


def test_how_a_sign_is_meant_is_told_beside_it():
    assert "suicidal NOT_SO" in FINDER.look(FINDER.read("He isn't suicidal.")).traits
    assert "suicidal SO" in FINDER.look(FINDER.read("He is suicidal.")).traits


def test_the_words_that_showed_it_are_given():
    assert words_shown("He has a bruise on his cheek. He is ten weeks old.") == ["bruise", "ten weeks old"]


@pytest.mark.parametrize(
    "explained",
    ["Mum says it was a toy.", "The GP has seen it and is happy.", "He rolled on his dummy.", "Dad was very open."],
)
def test_a_bruise_on_a_baby_who_cannot_move_fires_whatever_the_explanation(explained):
    assert found(f"The twelve-week-old has a bruise on her ear. {explained}") == {"injury-non-mobile-baby": False}


@pytest.mark.parametrize(
    "typed",
    [
        "bby has a brusie on his ear",
        "she tuk an overdoes of paracetomol last nite",
        "he strangeld her in frunt of kids",
    ],
)
def test_hurried_typing_is_understood(typed):
    assert found(typed)


@pytest.mark.parametrize(
    "said",
    [
        "There was no bruise, mark or burn on the baby.",
        "He has never hit her.",
        "What would we do if a baby had a bruise?",
        "The training on self-harm was useful.",
        "Ten years ago she took an overdose.",
        "I was dead on my feet.",
    ],
)
def test_what_is_not_so_stays_silent(said):
    assert found(said) == {}


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("She denies any thoughts of suicide.", "suicide-or-serious-self-harm"),
        ("There was previously an incident when he strangled her.", "violence-or-threat-now"),
        ("If he strangled her again we would not hear of it.", "violence-or-threat-now"),
        ("He's self-harming.", "suicide-or-serious-self-harm"),
    ],
)
def test_what_is_doubtful_asks_first(said, kind):
    assert found(said) == {kind: True}


def test_a_threat_that_begins_with_if_is_no_supposition():
    assert found("He said if she leaves him he'll kill her.")["violence-or-threat-now"] is False


def test_not_knowing_how_is_no_denial_that_it_is_there():
    assert found("I am not sure how the baby got the bruise.") == {"injury-non-mobile-baby": False}


def test_a_sure_sign_outweighs_a_doubtful_one_of_its_kind():
    both = "She denies wanting to die. She has taken an overdose."
    assert found(both) == {"suicide-or-serious-self-harm": False}


def test_danger_to_life_comes_first():
    kinds = list(found("He strangled her and the baby is not breathing."))
    assert kinds[0] == "life-in-danger"


@given(st.text(max_size=400))
@example("İ bruise on the ıbaby ́")
def test_any_text_can_be_looked_at_and_spans_lie_inside_it_in_order(text):
    for danger in FINDER.look(FINDER.read(text)).signs:
        flat = [edge for span in danger.spans for edge in span]
        assert flat == sorted(flat)
        assert 0 <= flat[0] < flat[-1] <= len(text)


SIGNS = [row["text"] for row in own_sentences("own-act-now.txt") if row["label"] == "danger" and found(row["text"])]


@settings(max_examples=300)
@given(st.sampled_from(SIGNS), st.lists(st.sampled_from(REASSURANCE), max_size=3), st.booleans())
def test_reassurance_never_takes_a_danger_away(sign, reassurance, before):
    text = " ".join([*reassurance, sign] if before else [sign.rstrip(".") + ".", *reassurance])
    assert found(sign).keys() <= found(text).keys()


@given(st.lists(st.sampled_from(SIGNS), max_size=4).map(" ".join))
def test_the_same_words_give_the_same_danger(text):
    assert FINDER.look(FINDER.read(text)) == FINDER.look(FINDER.read(text))


@pytest.mark.parametrize(
    ("right", "wrong", "message", "at"),
    [
        (
            "needs: [injury, baby]",
            "needs: [injury, babby]",
            "signs.2: there is no vocabulary 'babby', did you mean 'baby'?",
            "  - kind: injury-non-mobile-baby\n    needs: [injury, babby]",
        ),
        (
            "    unless: [moves-about]",
            "    unless: [moves-abot]",
            "signs.2: there is no vocabulary 'moves-abot', did you mean 'moves-about'?",
            "  - kind: injury-non-mobile-baby\n    needs: [injury, baby]",
        ),
        (
            "said_before: [baby]",
            "said_before: [injury]",
            "said_before: only what the sign needs beside the first can have been said before",
            "    said_before: [injury]",
        ),
        (
            "    unless_here: [injury, may-be-hurt]",
            "    unless_here: [injury, may-be-hrt]",
            "limits.3: there is no vocabulary 'may-be-hrt', did you mean 'may-be-hurt'?",
            "  - kind: injury-non-mobile-baby\n    at_most: faint\n    unless_here:",
        ),
        (
            "      - said: honour\n",
            "      - said: honor\n",
            "cards.violence-or-threat-now.instead: there is no vocabulary 'honor', did you mean 'honour'?",
            "    instead:\n      - said: honor",
        ),
        ("  list-word:", "  list-words:", "words: 'list-word' is missing; it may be an empty list", "words:\n"),
        ("    - gasping", "    - gasping or|", "is not a word", "    - gasping or|"),
        ("    - gasping", "    - <gaspping>", "no vocabulary <gaspping>", "    - <gaspping>"),
        ("  life-in-danger:\n    title:", "  life-in-danger:\n    tittle:", "did you mean 'title'", "    tittle:"),
        (
            "      school: {1: ",
            "      schol: {1: ",
            "cards.injury-non-mobile-baby.by_job.schol: there is no such job, did you mean 'school'?",
            "      schol: {1: ",
        ),
        (
            "      school: {3: ",
            "      school: {4: ",
            "by_job.school: there is no step 4, only 3",
            "      school: {4: ",
        ),
        (
            '    support: {2: "Tell your manager today, in',
            '    suport: {2: "Tell your manager today, in',
            "any_danger.by_job.suport: there is no such job, did you mean 'support'?",
            "    suport: {2: ",
        ),
        (
            '    school: {3: "Tell your DSL what was said."}',
            '    school: {5: "Tell your DSL what was said."}',
            "asked.by_job.school: there is no step 5, only 3",
            "    school: {5: ",
        ),
        (
            "          police: {1: ",
            "          police: {0: ",
            "cards.violence-or-threat-now.instead.0.by_job.police: there is no step 0, only 3",
            "          police: {0: ",
        ),
    ],
)
def test_a_mistake_in_the_file_is_given_with_its_line(tmp_path, right, wrong, message, at):
    text = SHIPPED.replace(right, wrong)
    line = text[: text.index(at)].count("\n") + 1
    with pytest.raises(DataFileError, match=rf"act-now\.yaml:{line}: .*{re.escape(message)}"):
        open_danger_finder(kept_in(tmp_path, text))


def test_a_kind_that_nothing_shows_or_that_has_no_card_is_a_mistake(tmp_path):
    kind, file = "poisoning-or-drugs-in-reach", "act-now.yaml"
    before, signs, after = SHIPPED.partition("\nsigns:")
    no_sign = before + signs + after.replace(f"  - kind: {kind}\n", "  - kind: unsafe-care-now\n")
    line = no_sign[: no_sign.index("\nsigns:")].count("\n") + 2
    with pytest.raises(DataFileError, match=rf"{file}:{line}: signs: none is of the kind '{kind}'"):
        open_danger_finder(kept_in(tmp_path / "no-sign", no_sign))
    no_card = re.sub(rf"(?ms)^  {kind}:\n.*?(?=^  \S)", "", SHIPPED)
    line = no_card[: no_card.index("\ncards:")].count("\n") + 2
    with pytest.raises(DataFileError, match=rf"{file}:{line}: cards: there is none for '{kind}'"):
        open_danger_finder(kept_in(tmp_path / "no-card", no_card))


def kept_in(home: Path, text: str) -> Path:
    (home / "prompts").mkdir(parents=True)
    (home / "prompts" / "act-now.yaml").write_text(text, "utf-8")
    return home
