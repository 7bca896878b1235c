from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import DataFileError
from assistant.retrieval.lexicon import Pattern, open_lexicon, patterns_of, read_lexicon

FATHERS = "- id: fathers\n  name: Fathers\n"


def lexicon(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "lexicon.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def mistakes(tmp_path: Path, text: str) -> list[str]:
    with pytest.raises(DataFileError) as raised:
        read_lexicon([lexicon(tmp_path, text)])
    return [f"{problem.line}: {problem.message}" for problem in raised.value.problems]


def test_the_shipped_lexicon_has_every_concept_with_enough_sentences_to_learn_from(tmp_path: Path) -> None:
    concepts = open_lexicon(tmp_path)
    assert len(concepts) > 200
    assert [concept.id for concept in concepts if len(concept.sentences) < 5] == []


def test_a_pattern_says_its_order_its_strength_and_its_alternatives(tmp_path: Path) -> None:
    text = FATHERS + '  phrases: ["?~meet dad|father"]\n  not: ["father christmas"]\n'
    (concept,) = read_lexicon([lexicon(tmp_path, text)])
    assert list(patterns_of(concept)) == [
        Pattern("fathers", (("meet",), ("dad", "father")), any_order=True, weak=True),
        Pattern("fathers", (("father",), ("christmas",)), excluded=True),
    ]


def test_a_concept_that_is_not_there_is_reported_with_its_line_and_the_nearest(tmp_path: Path) -> None:
    text = FATHERS + "  near:\n    - father\n"
    assert mistakes(tmp_path, text) == ["4: near: no concept 'father', did you mean 'fathers'?"]


def test_an_id_or_a_sentence_given_twice_is_reported_at_its_second_line(tmp_path: Path) -> None:
    assert mistakes(tmp_path, FATHERS + FATHERS) == ["3: concept 'fathers' is given twice, first at line 1"]
    twice = FATHERS + "  sentences:\n    - who is dad\n    - who is dad\n"
    assert mistakes(tmp_path, twice) == ["5: the sentence 'who is dad' is given twice, first at line 4"]


@pytest.mark.parametrize("pattern", ["Dad", "dad ~home", "dad||father", "dad|", "dad  home", " dad"])
def test_what_is_not_a_pattern_is_reported_with_what_was_expected(tmp_path: Path, pattern: str) -> None:
    (message,) = mistakes(tmp_path, FATHERS + f'  everyday: ["{pattern}"]\n')
    assert message.startswith(f"3: everyday: '{pattern}' is not a pattern; expected lower-case words")


def test_a_users_own_file_adds_a_concept_and_replaces_one(tmp_path: Path) -> None:
    shipped = {concept.id for concept in open_lexicon(tmp_path / "nobody")}
    own = tmp_path / "corpus"
    own.mkdir()
    (own / "lexicon.yaml").write_text(
        "- id: fathers\n  name: Dads\n- id: our-panel\n  name: Our panel\n  near: [escalation]\n", encoding="utf-8"
    )
    found = {concept.id: concept for concept in open_lexicon(tmp_path)}
    assert set(found) == shipped | {"our-panel"}
    assert found["fathers"].name == "Dads"
