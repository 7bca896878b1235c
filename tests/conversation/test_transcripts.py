from __future__ import annotations

import pytest

from assistant.conversation import events as e
from assistant.conversation.state import replay
from tests.conversation.players import IN_DANGER, PLAYERS, TRANSCRIPTS, Player, everything, play, transcript


@pytest.fixture(scope="module")
def known(tmp_path_factory):
    return everything(tmp_path_factory.mktemp("home"))


@pytest.mark.parametrize("player", PLAYERS, ids=lambda player: player.name)
def test_the_session_goes_as_it_was_read(known, player: Player):
    events = play(player, known)
    assert transcript(player, events) == (TRANSCRIPTS / f"{player.name}.md").read_text(encoding="utf-8")
    assert replay(events).finished is not None


def test_danger_interrupts_before_anything_else_is_asked(known):
    events = play(IN_DANGER, known)
    shown = next(event for event in events if isinstance(event, e.CardShown))
    before = events[: events.index(shown)]
    assert [event.kind for event in before[-2:]] == ["answered", "noticed"]
    assert shown.danger and shown.danger.kind == "injury-non-mobile-baby"
