"""An owner is a person or a job, never a clause."""

from __future__ import annotations

import pytest

from assistant.noticing.step_owners import owner_of, somebody


@pytest.mark.parametrize(
    ("words", "read", "who"),
    [
        ("CPOMS entry, me, today", "CPOMS", "me"),
        ("Speak to my DI about a disclosure", "Speak", ""),
        ("Year head to ring dad", "", "Year head"),
        ("If she says no I go to the DCI", "the DCI", "me"),
        ("In supervision I'll raise the caseload", "", "me"),
        ("The notification goes today, from me, copied to the trust", "", "me"),
        ("Bloods tonight, registrar to order", "", "registrar"),
        ("Social worker and I do a joint visit", "", "Social worker and me"),
        ("speak to school about her being tired tomorrow me", "", "me"),
        ("I suppose somebody ought to look at him", "me", ""),
        ("Ring Bev tonight", "Bev's team", "Bev's team"),
    ],
)
def test_whoever_a_step_says_does_it_owns_it(words, read, who):
    assert owner_of(words, read) == who


@pytest.mark.parametrize(
    ("read", "who"),
    [
        ("me to do them", "me"),
        ("Social care I'm", "me"),
        ("the duty manager, cc police", "the duty manager"),
        ("refer", ""),
        ("Friday I need", "me"),
        ("someone he trusts", ""),
        ("View", ""),
        ("She", ""),
        ("Bev", "Bev"),
    ],
)
def test_what_was_read_as_an_owner_is_cut_to_the_person(read, who):
    assert somebody(read) == who
