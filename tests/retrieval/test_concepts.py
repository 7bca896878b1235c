from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from assistant.language.tokens import read_spellings
from assistant.retrieval import lexicon_reader, shipped_vectors
from assistant.retrieval.concept_vectors import checksum_of, texts_of
from assistant.retrieval.concepts import ConceptReader
from assistant.retrieval.encoder import CHECKSUM
from assistant.retrieval.lexicon import lexicon_paths, read_lexicon
from assistant.retrieval.lexicon_reader import open_concepts
from assistant.retrieval.protocols import Vectors

LEXICON = """\
- id: fathers
  name: Fathers
  everyday: [dad, father]
  near: [hidden-men]
  sentences: [he is never in when we call, who is her boyfriend]
- id: hidden-men
  name: Men nobody has asked about
  everyday: [lodger]
  sentences: [there is a coat in the hall]
- id: bruising
  name: Bruises
  everyday: [bruise, "?mark"]
  not: [school mark]
  sentences: [a purple patch on her cheek]
- id: office
  name: Office matters
  outside: true
  everyday: [stapler]
  sentences: [who has taken the stapler, the printer is jammed]
"""


class Letters:
    """An encoder whose vectors are counts of letters: near in spelling is similar meaning."""

    checksum = "letters"

    def __init__(self) -> None:
        self.read: list[str] = []

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.read += texts
        counts = np.array([[text.count(letter) + 0.01 for letter in "abcdefghijklmnoprstuvwy"] for text in texts])
        vectors: Vectors = (counts / np.linalg.norm(counts, axis=1, keepdims=True)).astype(np.float32)
        return vectors


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "lexicon.yaml").write_text(LEXICON, encoding="utf-8")
    monkeypatch.setattr(lexicon_reader, "lexicon_paths", lambda home: [tmp_path / "lexicon.yaml"])
    return tmp_path


@pytest.fixture
def reader(home: Path) -> ConceptReader:
    return open_concepts(home, read_spellings(home), None)


def weights(reader: ConceptReader, query: str) -> dict[str, float]:
    return {mention.concept: mention.weight for mention in reader.of_query(query, None, reader.ids).mentions}


def test_what_a_query_names_comes_first_and_its_neighbour_with_less(reader: ConceptReader) -> None:
    found = weights(reader, "nobody has met dad")
    assert list(found)[:2] == ["fathers", "hidden-men"]
    assert found["fathers"] > 2 * found["hidden-men"]


def test_a_mention_has_the_words_that_name_it_and_none_when_it_is_only_meant(reader: ConceptReader) -> None:
    text = "dad is never in"
    mentions = {mention.concept: mention.spans for mention in reader.of_query(text, None, reader.ids).mentions}
    assert [text[start:end] for start, end in mentions["fathers"]] == ["dad"]
    assert mentions["hidden-men"] == ()


def test_a_query_nearest_to_the_office_carries_nothing(reader: ConceptReader) -> None:
    assert reader.of_query("the stapler is jammed", None, reader.ids).mentions == ()


def test_naming_practice_outweighs_the_office(reader: ConceptReader) -> None:
    assert "bruising" in weights(reader, "a bruise, and who has taken the printer")


def test_a_point_that_names_several_things_is_less_about_each(reader: ConceptReader) -> None:
    (one,), (both,) = (
        reader.of_points([text], [""], None)
        for text in ("Record every bruise", "Record every bruise, ask every father")
    )
    assert one["bruising"] > both["bruising"] > 0
    assert both["fathers"] > 0


def test_a_heading_gives_less_than_the_text_and_the_office_nothing(reader: ConceptReader) -> None:
    (headed,) = reader.of_points(["Ask who lives there"], ["Fathers"], None)
    (said,) = reader.of_points(["Ask the father who lives there"], [""], None)
    assert 0 < headed["fathers"] < said["fathers"]
    assert reader.of_points(["Find the stapler"], [""], None) == [{}]


def test_words_that_mean_another_thing_give_no_concept(reader: ConceptReader) -> None:
    assert reader.of_points(["His school mark was low"], [""], None) == [{}]


def test_the_compiled_lexicon_reads_the_same_as_the_fresh_one(home: Path) -> None:
    spellings, encoder = read_spellings(home), Letters()
    fresh = open_concepts(home, spellings, encoder)
    encoder.read.clear()
    kept = open_concepts(home, spellings, encoder)
    assert encoder.read == []
    assert kept.checksum == fresh.checksum
    vector = encoder.encode(["nobody has met dad"])[0]
    assert kept.of_query("nobody has met dad", vector, kept.ids) == fresh.of_query(
        "nobody has met dad", vector, fresh.ids
    )


def test_of_what_may_be_meant_that_on_which_the_library_has_something_is_taken(reader: ConceptReader) -> None:
    query = "a coat on her boyfriend"
    either = weights(reader, query)
    only = {mention.concept: mention.weight for mention in reader.of_query(query, None, {"hidden-men"}).mentions}
    assert only["hidden-men"] > either["hidden-men"]
    assert only["fathers"] < either["fathers"]


def test_a_change_of_the_lexicon_is_seen_at_once(home: Path) -> None:
    spellings = read_spellings(home)
    before = open_concepts(home, spellings, None)
    with (home / "lexicon.yaml").open("a", encoding="utf-8") as file:
        file.write("- id: pets\n  name: Pets\n  everyday: [dog]\n  sentences: [it growled]\n")
    after = open_concepts(home, spellings, None)
    assert before.checksum != after.checksum
    assert "pets" in weights(after, "there is a dog")


def test_only_what_changed_is_encoded_again(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spellings, encoder = read_spellings(home), Letters()
    tokenizer = lexicon_reader.every_word(spellings)
    arrays = lexicon_reader.learn_meanings(read_lexicon([home / "lexicon.yaml"]), tokenizer, encoder)
    monkeypatch.setattr(lexicon_reader, "learnt", lambda encoder, *names: {name: arrays[name] for name in names})
    text = LEXICON.replace("a purple patch on her cheek", "a small scratch")
    (home / "lexicon.yaml").write_text(text, encoding="utf-8")
    encoder.read.clear()
    open_concepts(home, spellings, encoder)
    assert set(encoder.read) == {"Bruises", "a small scratch", "bruise"}


def test_the_shipped_directions_are_those_of_the_shipped_lexicon(tmp_path: Path) -> None:
    sums = shipped_vectors.learnt(CHECKSUM, "sums")["sums"].tobytes().decode()
    concepts = read_lexicon(lexicon_paths(tmp_path))
    stale = [concept.id for concept in concepts if checksum_of(texts_of(concept)) not in sums]
    assert stale == [], "run python -m tools.train_concepts"
    assert len(sums) == 64 * len(concepts)


def test_the_shipped_words_are_those_of_the_shipped_lexicon_and_spellings(tmp_path: Path) -> None:
    learned = set(shipped_vectors.learnt(CHECKSUM, "vocabulary")["vocabulary"].tobytes().decode().split("\n"))
    tokenizer = lexicon_reader.every_word(read_spellings(tmp_path))
    concepts = read_lexicon(lexicon_paths(tmp_path))
    present = {term for concept in concepts for text in texts_of(concept) for term in tokenizer.terms(text)}
    assert sorted(learned ^ present) == [], "spellings changed: run python -m tools.train_concepts"
