"""A session as version 0.1.0 kept it, line for line as it stood in its store, opens and is handed over today."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.conversation import events as e
from assistant.conversation.prompts import Prompts, load_prompts
from assistant.conversation.state import State, replay
from assistant.export.export_file import export
from assistant.export.gathering import handover
from assistant.export.handover import FORMATS, Format
from assistant.export.templates import filled
from assistant.followup.actions import agreed_in
from tests.stores import START

NOWHERE = Path("/nonexistent")
KEPT = Path(__file__).parent / "first-version.jsonl"


@pytest.fixture(scope="module")
def prompts() -> Prompts:
    return load_prompts(NOWHERE)


@pytest.fixture(scope="module")
def state() -> State:
    return replay([e.EVENT.validate_json(line) for line in KEPT.read_text(encoding="utf-8").splitlines()])


def test_its_record_has_the_decision_the_step_and_nothing_of_the_worker(prompts: Prompts, state: State):
    of = handover(state, prompts, actions=agreed_in(state))
    record = filled("record", of, NOWHERE)
    assert "He stays on the plan, because nobody has seen Dad." in record
    assert "| 1 | Social worker: see Dad at work by Friday | Social worker | 4 December 2026 |" in record
    assert "I went on Tuesday and he was under the table." in record
    assert "I cried" not in record and "I cried in the car afterwards." in filled("personal", of, NOWHERE)


@pytest.mark.parametrize("form", FORMATS)
def test_it_goes_into_every_format(prompts: Prompts, state: State, form: Format, tmp_path: Path):
    of = handover(state, prompts, actions=agreed_in(state))
    target = tmp_path / f"old.{form}"
    export(of, "record", form, target, home=NOWHERE, made=START)
    assert target.stat().st_size > 0
