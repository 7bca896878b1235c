from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assistant.export.document_blocks import Quote, blocks, plain
from assistant.export.escaping import inline, quoted

TYPED = st.text(
    st.one_of(
        st.sampled_from(list("#*_`[]()<>!|~&;=+-.0123456789 \n\t\\:\"'ab")), st.characters(exclude_categories=["C"])
    ),
    max_size=60,
)


def as_read(text: str) -> list[str]:
    return [" ".join(line.split()) for line in re.split(r"\n+", text) if line.split()]


@given(TYPED)
@example("[Child A] # x <b>bold</b> &amp; *a* _b_ `c`")
@example("# heading\n1. one\n- two\n> three\n---\n===\n~~~\ncode\n    four\n\tfive")
@example("[a](b)\n\n[a]: http://x\n![i](j)\n| a | b |\n|---|---|")
def test_people_s_words_come_through_markdown_as_typed(words: str):
    lines = as_read("\n".join(words.strip().splitlines()))
    read = [block for block in blocks(f"before\n\n{quoted(words)}\n\nafter") if isinstance(block, Quote)]
    shown = "\n".join(plain(paragraph) for quote in read for paragraph in quote.paragraphs)
    assert as_read(shown) == lines


@given(TYPED)
def test_words_within_a_line_come_through_as_typed_in_the_markdown_of_code_hosts_too(words: str):
    markdown = MarkdownIt("gfm-like", {"html": False, "linkify": False}).parse(f"- **Who:** {inline(words)}")
    shown = "".join(child.content for token in markdown for child in token.children or () if child.content)
    assert as_read(shown) == as_read(f"Who: {' '.join(words.split())}")


@pytest.mark.parametrize(
    "words", ["She said it (twice).", "Mum & dad; 50% - maybe!", "a < b > c = d", "C. is 3.5 years old"]
)
def test_ordinary_sentences_are_not_cluttered(words: str):
    assert inline(words) == words
