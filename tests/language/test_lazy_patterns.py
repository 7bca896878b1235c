from __future__ import annotations

import re

import pytest

from assistant.language import lazy_patterns
from assistant.language.lazy_patterns import compile_all, late


@pytest.fixture
def compiled(monkeypatch):
    made = []
    whole = re.compile

    def compile_(words: str, flags: int = 0) -> re.Pattern[str]:
        made.append(words)
        return whole(words, flags)

    monkeypatch.setattr(lazy_patterns, "_ALL", [])
    monkeypatch.setattr("assistant.language.lazy_patterns.re.compile", compile_)
    return made


def test_a_pattern_is_compiled_at_its_first_use_and_then_no_more(compiled):
    pattern = late(r"\bdad\w*", re.IGNORECASE)
    assert compiled == []
    assert [match[0] for match in pattern.finditer("Dad and daddy")] == ["Dad", "daddy"]
    assert pattern.search("mum") is None
    assert pattern.sub("he", "dad works") == "he works"
    assert compiled == [r"\bdad\w*"]


def test_a_process_that_others_are_forked_from_leaves_none_to_be_compiled(compiled):
    first, second = late("first"), late("second")
    compile_all()
    assert compiled == ["first", "second"]
    assert first.match("first") and second.match("second")
    assert compiled == ["first", "second"]
