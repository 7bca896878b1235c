from __future__ import annotations

import pytest

from assistant.resources import shipped
from tests.commands.running import Reflect


@pytest.mark.parametrize(
    "name", ["noticing.yaml", "reading.yaml", "act-now.yaml", "identifiers.yaml", "plan-words.yaml"]
)
def test_a_mistake_in_a_file_that_holds_no_questions_is_said_with_its_line(reflect: Reflect, name: str) -> None:
    mine = reflect.home / "prompts" / name
    mine.parent.mkdir(parents=True)
    text = (shipped("prompts") / name).read_text(encoding="utf-8")
    mine.write_text(f"{text}\nnonsense: true\n", encoding="utf-8")
    done = reflect("prompts", "check")
    assert (done.returncode, done.stdout) == (1, "")
    assert f"{mine}:{len(text.splitlines()) + 2}: " in done.stderr


def test_the_files_that_are_shipped_have_nothing_to_mend(reflect: Reflect) -> None:
    done = reflect("prompts", "check")
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("nothing to mend.\n")
