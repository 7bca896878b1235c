from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from assistant.commands.settings import settings
from assistant.errors import ReflectError


@pytest.fixture
def said(monkeypatch, tmp_path: Path):
    monkeypatch.setenv("REFLECT_DATA_DIR", str(tmp_path))

    def say(*words: str) -> str:
        done = CliRunner().invoke(settings, words, catch_exceptions=False)
        assert done.exit_code == 0
        return done.output

    return say


def test_every_number_is_shown_with_what_cards_show_where_it_is_not_set(said):
    shown = said()
    assert "childrens-social-care: Children's social care, not set; cards show NSPCC helpline" in shown
    assert "paediatrician: Paediatrician on call, not set\n" in shown
    assert "police: Police if it isn't an emergency, 101" in shown


def test_a_number_set_is_shown_from_then_on_and_can_be_taken_away(said):
    assert said("paediatrician", "01632 960002") == "paediatrician: Paediatrician on call, 01632 960002\n"
    assert said("paediatrician") == "paediatrician: Paediatrician on call, 01632 960002\n"
    assert said("paediatrician", "") == "paediatrician: Paediatrician on call, not set\n"


def test_a_name_no_card_has_is_refused_also_where_it_is_only_asked_for(said):
    with pytest.raises(ReflectError, match="did you mean 'police'"):
        said("polices")
