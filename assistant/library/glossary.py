"""Abbreviations and footnotes, explained in the document's own words.

Owns the finding of those words: a footnote, a sentence that says what the thing is, or the name spelled out somewhere
in the same document. Where a document does not explain itself nothing is explained: the words of another board might
mean another thing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.library.blocks import blocks
from assistant.library.sentences import sentences

_SHORT_FORM = re.compile(r"\b([A-Z]{2,6})(?:[’']?s)?\b")
_BRACKETED = re.compile(r"\\?\(([A-Z]{2,6})\\?\)")
_SIGN = re.compile(r"[¹²³⁴⁵⁶⁷⁸⁹][⁰¹²³⁴⁵⁶⁷⁸⁹]*|\[\^[^\]]+\]")
_JOINING = r"(?:(?:of|and|for|the|in|to|on|&) )*"
_SAYS_WHAT_IT_IS = re.compile(
    r"\\?\)(?: \w+)? (?:is(?! not)|are(?! not)|provides?|means|stands for|aims?|brings?|offers?)\b"
)


@dataclass(frozen=True)
class Explanation:
    """What a short form or a footnote's sign stands for."""

    term: str
    words: str
    """Exactly as the document has them."""


def glossary(text: str, begin: int = 0) -> tuple[Explanation, ...]:
    """Everything a document explains: its short forms in alphabetical order, then its footnotes."""
    body = text[begin:]
    notes: dict[str, str] = {}
    terms: dict[str, str] = {}
    for block in blocks(text, begin):
        if block.kind == "footnote":
            words = block.text(text)
            sign = text[: block.spans[0][0]].rstrip(" \t:").rsplit("\n", 1)[-1].strip()
            notes[sign] = words
            for term in _BRACKETED.findall(words):
                terms.setdefault(term, words)
    for term in sorted(set(_SHORT_FORM.findall(body)) - set(terms)):
        words = _sentence_that_says(term, body) or _spelled_out(term, body) or ""
        if words:
            terms[term] = words
    return tuple(Explanation(term, words) for term, words in [*sorted(terms.items()), *notes.items()])


def explanations(text: str, known: tuple[Explanation, ...]) -> tuple[Explanation, ...]:
    """Those of `known` that a point's words need, each once, in the order they are met."""
    words_of = {explanation.term: explanation for explanation in known}
    met = [(match.start(), match[1]) for match in _SHORT_FORM.finditer(text)]
    met += [(match.start(), match[0]) for match in _SIGN.finditer(text)]
    needed: dict[str, Explanation] = {}
    for _, term in sorted(met):
        # A point that spells the short form out itself needs no help with it.
        if term in words_of and words_of[term].words not in text:
            needed.setdefault(words_of[term].words, words_of[term])
    return tuple(needed.values())


def _sentence_that_says(term: str, body: str) -> str | None:
    """The sentence where a bracketed short form is followed by what it is."""
    for line in body.split("\n"):
        if f"({term})" in line or f"({term}\\)" in line:
            for start, end in sentences(line):
                found = re.search(rf"\({term}\\?\)", line[start:end])
                if found and _SAYS_WHAT_IT_IS.match(line[start:end], found.end() - 1):
                    return line[start:end].strip("*_ ")
    return None


def _spelled_out(term: str, body: str) -> str | None:
    """Capitalised words whose first letters are the short form's."""
    initials = [rf"{letter}[a-z’'-]+" for letter in term]
    name = r"\b(" + rf"[ \n-]{_JOINING}".join(initials) + r")\b"
    found = re.search(name + rf" \\?\({term}", body) or re.search(name, body)
    return found[1] if found else None
