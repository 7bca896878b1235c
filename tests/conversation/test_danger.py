from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from assistant.conversation.cards import BLANK
from assistant.conversation.danger import DangerFinder, open_danger_finder
from assistant.conversation.noticing import open_noticer
from assistant.conversation.noticing_scores import danger_scores
from assistant.conversation.observed import Danger
from assistant.errors import DataFileError
from assistant.resources import shipped
from tests.conversation.own_sentences import own_sentences

NOWHERE = Path("/nonexistent")
FINDER = open_danger_finder(NOWHERE)
NOTICER = open_noticer(NOWHERE)
REASSURANCE = (
    "She's engaging really well.",
    "Mum says it was a toy and I believe her.",
    "The house was spotless and everyone was calm.",
    "He has no worries about anything else.",
    "The health visitor is not concerned.",
    "All the children were smiling and well.",
)


def found(text: str, finder: DangerFinder = FINDER) -> dict[str, bool]:
    return {danger.kind: danger.confirm for danger in finder.find(finder.read(text))}


def words_shown(text: str) -> list[str]:
    return [text[start:end] for danger in FINDER.find(FINDER.read(text)) for start, end in danger.spans]


@pytest.mark.parametrize("name", ["own-act-now.txt", "own-act-now-second.txt", "own-act-now-third.txt"])
def test_real_signs_are_found_and_traps_show_no_card(name):
    scores = danger_scores(own_sentences(name), NOTICER.notice)
    assert scores.shown.recall >= 0.98
    assert scores.shown.precision >= 0.97
    assert scores.shown_or_asked.precision >= 0.9


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
    for danger in FINDER.find(FINDER.read(text)):
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
    assert FINDER.find(FINDER.read(text)) == FINDER.find(FINDER.read(text))


def test_every_kind_has_a_card_with_all_its_parts():
    for kind in FINDER.cards:
        text = FINDER.card(Danger(kind=kind, confirm=False, spans=((0, 1),)), "words they typed")
        for part in ("words they typed", "Do now", "Who", "Do not", "Write down", "open cases too", "999", "done"):
            assert part in text


def test_a_blank_number_says_so_and_a_filled_one_is_shown(tmp_path):
    danger = Danger(kind="life-in-danger", confirm=False, spans=((0, 1),))
    assert f"Children's social care: {BLANK}" in FINDER.card(danger, "x")
    (tmp_path / "prompts").mkdir()
    numbers = (shipped("prompts") / "local-numbers.yaml").read_text(encoding="utf-8")
    filled = numbers.replace(
        '"Children\'s social care", number: ""', '"Children\'s social care", number: "01632 960000"'
    )
    (tmp_path / "prompts" / "local-numbers.yaml").write_text(filled, encoding="utf-8")
    assert "Children's social care: 01632 960000" in open_danger_finder(tmp_path).card(danger, "x")


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ("needs: [injury, baby]", "needs: [injury, babby]", "no vocabulary 'babby', did you mean 'baby'"),
        ("  list-word:", "  list-words:", "'list-word' is missing"),
        ("    - gasping", "    - gasping or|", "is not a word"),
        ("    - gasping", "    - <gaspping>", "no vocabulary <gaspping>"),
        ("  life-in-danger:\n    title:", "  life-in-danger:\n    tittle:", "did you mean 'title'"),
    ],
)
def test_a_mistake_in_the_file_is_given_with_its_line(tmp_path, right, wrong, message):
    (tmp_path / "prompts").mkdir()
    path = tmp_path / "prompts" / "act-now.yaml"
    path.write_text((shipped("prompts") / "act-now.yaml").read_text(encoding="utf-8").replace(right, wrong), "utf-8")
    with pytest.raises(DataFileError, match=rf"act-now\.yaml:\d+: .*{message}"):
        open_danger_finder(tmp_path)


def test_the_card_reads_as_a_person_should_read_it():
    text = FINDER.card(Danger(kind="injury-non-mobile-baby", confirm=False, spans=((0, 1),)), "a bruise … ten weeks")
    golden = Path(__file__).parent / "golden" / "card-injury-non-mobile-baby.txt"
    assert text + "\n" == golden.read_text(encoding="utf-8")
