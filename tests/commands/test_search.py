from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from assistant import cli
from assistant.commands.search import _shown
from assistant.errors import ReflectError
from assistant.library.library import open_library
from tests.commands.running import Reflect
from tests.retrieval.made_up import Library, point, retriever_of

SHAPE = {
    "id", "text", "review", "title", "publisher", "published", "section", "audience", "kind", "lines", "score",
    "matched", "concepts", "also_in", "meaning", "weak", "polarity",
}  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REFLECT_DATA_DIR", str(folder))
        yield folder


def run(*words: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(cli.reflect, ["search", *words], input=typed, catch_exceptions=False)


def found(*words: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(run(*words, "--json").stdout)
    return answer


def test_a_search_gives_the_promised_shape() -> None:
    answer = found("bruise on a ten week old baby")
    assert answer.keys() == {"query", "nothing_bears", "hits", "absent", "unread", "subjects"}
    assert answer["query"] == "bruise on a ten week old baby"
    assert answer["nothing_bears"] is False
    assert all(hit.keys() == SHAPE for hit in answer["hits"])
    assert len(answer["hits"]) == 5
    assert any("ten week old" in hit["matched"] for hit in answer["hits"])


def test_every_hit_is_word_for_word_in_its_source(home: Path) -> None:
    library = open_library(home)
    for hit in found("escalate a child protection plan for neglect", "--limit", "30")["hits"]:
        point = library.by_id(hit["id"])
        source = library.reviews[hit["review"]].text
        assert hit["text"] == " ".join(source[start:end] for start, end in point.spans)


def test_a_dash_reads_a_query_a_line_and_writes_an_object_a_line() -> None:
    result = run("-", "--limit", "1", typed="bruised baby\n\nqwertyuiop\nmulti agency chronology\n")
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert [answer["query"] for answer in answers] == ["bruised baby", "", "qwertyuiop", "multi agency chronology"]
    assert [answer["nothing_bears"] for answer in answers] == [False, True, True, False]
    assert [len(answer["hits"]) for answer in answers] == [1, 0, 0, 1]


def test_what_a_person_reads_has_the_words_the_source_and_why() -> None:
    shown = run("bruise on a ten week old baby", "--limit", "1").stdout
    assert shown.startswith("1. ")
    assert "Serious Case Review – Child K, SVPP, “Bruising and injuries in under 1s”, line" in shown
    assert "Why: your words: bruise" in shown or "ten week old" in shown
    assert "**" not in shown


def test_explaining_shows_what_each_word_added() -> None:
    shown = run("bruise on a ten week old baby", "--limit", "1", "--explain").stdout
    assert "  word    bruise" in shown
    assert "in all, times" in shown
    answer = json.loads(run("bruise", "--limit", "1", "--explain", "--json").stdout)
    assert answer["hits"][0]["why"]["shares"][0]["by"] == "word"


def test_a_search_offers_subjects_and_takes_the_one_that_is_meant() -> None:
    offered = found("nobody has met dad")["subjects"]
    assert 1 < len(offered) <= 5
    assert offered[0].keys() == {"id", "name", "points"}
    assert "If you mean one of these, say so: " in run("nobody has met dad").stdout
    chosen = run("nobody has met dad", "--about", "recording-fathers")
    assert "If you mean" not in chosen.stdout
    assert chosen.stdout != run("nobody has met dad").stdout
    with pytest.raises(ReflectError, match="There is no subject 'father', did you mean 'fathers'"):
        run("dad", "--about", "father")


def test_a_whole_answer_reads_as_a_person_reads_it() -> None:
    library = Library(
        [
            point("child-a/1", "**Escalate** if risks do not fall", audience="manager", section="Risk"),
            point("child-b/1", "Risks were seen one by one", kind="case-fact", also_in=("child-c/1",)),
            *(point(f"child-c/{n}", f"Other learning, number {n}") for n in range(8)),
        ],
        published={"child-a": "2016-09-06"},
    )
    found_ = retriever_of(library).search("escalate the risks").hits
    assert "\n\n".join(_shown(number, hit, explain=True) for number, hit in enumerate(found_, 1)) == WHOLE_ANSWER


WHOLE_ANSWER = """\
1. Escalate if risks do not fall
   Learning from child-a, Board of child-a, 2016-09-06, “Risk”, line 1, for managers, tells of a gap
   Why: your words: escalate, risks.
     +1.45  word    escalate
     +1.46  word    risks
      2.91  in all, times 1.00 for a finding manager

2. Risks were seen one by one
   Learning from child-b, Board of child-b, “Key findings”, line 1
   Why: your words: risks. Possibly relevant.
   Also in: child-c/1
     +1.46  word    risks
      0.58  in all, times 0.40 for a case-fact everyone"""


def test_when_nothing_bears_it_says_so_and_that_is_no_failure() -> None:
    result = run("qwertyuiop")
    assert result.exit_code == 0
    assert result.stdout == "Nothing close in the reviews.\n"


def test_a_case_like_one_described_is_found() -> None:
    shown = run("--case", "a toddler drank methadone from her mother's handbag").stdout
    assert shown.splitlines()[0].endswith("(child-h)")
    answer = json.loads(run("--case", "toddler drank methadone", "--json").stdout)
    assert answer["cases"][0]["review"] == "child-h"
    assert answer["cases"][0]["facts"][0]["kind"] == "case-fact"
    assert run("--case", "qwertyuiop").stdout == "No review in the library describes a case like this.\n"


def test_filters_hold() -> None:
    assert {hit["review"] for hit in found("baby bruises plan", "--review", "child-k")["hits"]} == {"child-k"}
    assert {hit["audience"] for hit in found("escalate", "--audience", "manager")["hits"]} == {"manager"}
    assert {hit["kind"] for hit in found("neglect", "--kind", "theme")["hits"]} == {"theme"}
    assert {hit["publisher"] for hit in found("neglect risk", "--publisher", "SSCB")["hits"]} == {"SSCB"}
    assert {hit["review"] for hit in found("challenge", "--since", "2016", "--until", "2016")["hits"]} == {"baby-e"}
    assert found("challenge", "--until", "1990")["hits"] == []


def test_a_reader_named_comes_higher() -> None:
    def places(reader: str, *choice: str) -> list[int]:
        hits = found("assessment tools and escalation", "--limit", "20", *choice)["hits"]
        return [place for place, hit in enumerate(hits) if hit["audience"] == reader]

    for reader in ("practitioner", "manager"):
        assert places(reader, "--for", reader)[0] == 0
        assert sum(places(reader, "--for", reader)[:3]) <= sum(places(reader)[:3])


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--review", "child-z"), "The library has no review 'child-z'"),
        (("--publisher", "SSBC"), "No review in the library is by 'SSBC', did you mean 'SSCB'?"),
        (("--theme", "escalatoin"), "There is no theme 'escalatoin', did you mean 'escalation'?"),
    ],
)
def test_a_name_the_library_does_not_have_is_one_plain_sentence(words: tuple[str, str], sentence: str) -> None:
    with pytest.raises(ReflectError, match=sentence.replace("?", r"\?")):
        run("plan", *words)


def test_hits_that_may_bear_only_a_little_say_so() -> None:
    shown = run("the nursery nurse rang about something else and then a complex form arrived by post").stdout
    assert shown == "Nothing close in the reviews.\n" or "Possibly relevant." in shown


def test_help_loads_nothing_heavy() -> None:
    probe = (
        "import sys; from assistant.commands import search, evaluate;"
        "print(sorted({'numpy', 'nltk', 'pydantic', 'textual', 'rank_bm25', 'tokenizers'} & set(sys.modules)))"
    )
    assert subprocess.check_output([sys.executable, "-c", probe], text=True).strip() == "[]"


def test_a_search_loads_no_screens_and_nothing_that_only_trials_need(home: Path) -> None:
    probe = (
        "import sys, runpy\nsys.argv = ['reflect', 'search', 'bruises']\n"
        "try:\n    runpy.run_module('assistant', run_name='__main__')\nexcept SystemExit:\n    pass\n"
        "print(sorted({'textual', 'rank_bm25', 'sqlalchemy', 'torch', 'docx'} & set(sys.modules)))"
    )
    result = subprocess.check_output([sys.executable, "-c", probe], text=True, env={"REFLECT_DATA_DIR": str(home)})
    assert result.splitlines()[-1] == "[]"


@pytest.mark.parametrize("command", ["search", "notice"])
def test_a_line_too_long_to_read_is_one_sentence(reflect: Reflect, command: str) -> None:
    done = reflect(command, "-", typed="dad\n" + "dad works nights " * 36_000 + "\n")
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("Line 2 has 612,000 characters; 20,000 at the most.")
