from __future__ import annotations

from assistant.retrieval.clause_reading import MOST_PARTS, parts_of


def test_a_query_that_turns_to_another_thing_is_read_in_parts() -> None:
    query = "parents said no thanks to us so we shut it, and nobody looked again"
    assert parts_of(query) == ["parents said no thanks to us", "we shut it", "nobody looked again"]


def test_a_query_that_says_one_thing_has_no_parts() -> None:
    assert parts_of("the minutes came six weeks later") == []
    assert parts_of("dad, he says, never visits the children") == []


def test_no_more_parts_are_read_than_there_is_time_for() -> None:
    assert len(parts_of("he was late again, " * 20)) == MOST_PARTS


def test_every_part_stands_in_the_query() -> None:
    query = "She's 34 weeks, using \u2013 and there's no plan; what then?"
    assert parts_of(query)
    assert all(part in query for part in parts_of(query))
