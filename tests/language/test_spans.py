"""Stretches of a text are judged by the characters they hold."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from assistant.language.sentences import spoken_sentences
from assistant.language.spans import NEARLY_ALL, Span, holding, nearly_all_within, overlaps


def characters(span: Span) -> set[int]:
    return set(range(*span))


places = some.integers(0, 12)
spans = some.tuples(places, some.integers(1, 6)).map(lambda at: (at[0], at[0] + at[1]))
"""None of them empty."""


@given(some.lists(spans), places)
def test_the_first_that_holds_a_place_is_taken_or_the_one_to_fall_back_on(several, at):
    first = next((one for one in several if at in characters(one)), None)
    assert holding(iter(several), at, (-1, -1)) == (first or (-1, -1))


@given(some.text(alphabet="ab .?\n", max_size=60))
def test_every_letter_of_talk_is_held_by_its_own_sentence(text):
    for at, letter in enumerate(text):
        start, end = holding(spoken_sentences(text), at, (0, 0))
        assert letter.isspace() or (start <= at < end and "\n" not in text[start:end])


@given(spans, some.lists(spans))
def test_stretches_overlap_where_they_share_a_character(one, others):
    assert overlaps(one, *others) == any(characters(one) & characters(other) for other in others)


@given(spans, spans)
def test_whichever_is_asked_first_they_overlap_or_not(one, other):
    assert overlaps(one, other) == overlaps(other, one)


@given(spans)
def test_a_stretch_shares_nothing_with_the_one_that_begins_where_it_ends(span):
    assert not overlaps(span, (span[1], span[1] + 1), (span[0] - 1, span[0]))
    assert overlaps(span, (span[1] - 1, span[1] + 1))


@given(spans, some.sets(places))
def test_a_stretch_is_nearly_all_within_others_where_they_hold_nearly_all_its_characters(one, held):
    others = [(at, at + 1) for at in held]
    assert nearly_all_within(one, iter(others)) == (len(characters(one) & held) >= NEARLY_ALL * len(characters(one)))
