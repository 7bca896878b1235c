from __future__ import annotations

import pytest

from assistant.conversation.voices import named_in, other_voice, told_apart, with_names


@pytest.mark.parametrize(
    ("typed", "kept", "voices"),
    [
        ("Nobody has met him.", "Nobody has met him.", ()),
        ("S: Who is he?\nP: The boyfriend.", "Who is he?\nThe boyfriend.", ("supervisor", "practitioner")),
        ("Practitioner: He left.\nHe came back.", "He left.\nHe came back.", ("practitioner", "practitioner")),
        ("First this.\nSupervisor: Why?", "First this.\nWhy?", (None, "supervisor")),
        ("Supervisor:\nWhy?", "Why?", ("supervisor",)),
        ("School: he is often late.", "School: he is often late.", ()),
    ],
)
def test_names_at_the_beginning_of_lines_say_who_speaks_and_are_not_kept_in_the_words(typed, kept, voices):
    assert told_apart(typed) == (kept, voices)


def test_what_was_told_apart_can_be_taken_up_again_as_it_would_be_typed():
    typed = "Supervisor: Who is he?\nAnd since when?\nPractitioner: The boyfriend."
    assert with_names(*told_apart(typed)) == typed
    assert with_names("Nobody.", ()) == "Nobody."


def test_the_key_for_the_other_voice_goes_from_one_to_the_other():
    assert other_voice("") == "Supervisor: "
    assert other_voice("Supervisor: Why?") == "Practitioner: "
    assert other_voice("p: He left.") == "Supervisor: "
    assert named_in("Supervisor: Why?") == "Supervisor: "
