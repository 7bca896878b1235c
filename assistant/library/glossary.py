"""Abbreviations and footnotes, explained in the document's own words.

Owns the finding of those words: a footnote, a sentence that says what the thing is, or the name spelled out somewhere
in the same document. Where a document does not explain itself nothing is explained: the words of another board might
mean another thing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.language.sentences import sentences
from assistant.library.markdown_blocks import blocks

_SHORT_FORM = re.compile(r"\b([A-Z]{2,6})(?:[’']?s)?\b")
_BRACKETED = re.compile(r"\\?\(([A-Z]{2,6})\\?\)")
_SIGN = re.compile(r"[¹²³⁴⁵⁶⁷⁸⁹][⁰¹²³⁴⁵⁶⁷⁸⁹]*|\[\^[^\]]+\]")
_LONGEST_NAME = 150
"""Characters of the longest name looked for before its short form in brackets."""
_SMALL = frozenset("of and for the in to on".split())
_JOINING = r"(?:(?:of|and|for|the|in|to|on|&) )*"
_ENTRY = re.compile(
    r"^[ \t|*_-]{0,20}([A-Z]{2,6})[*_]*[ \t]*(?:[–—:=|]|-(?=\s))[ \t]*[*_]*([A-Za-z][^\n|]{3,150})", re.MULTILINE
)
"""A line of a list of abbreviations."""
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
    entries = dict(reversed(_ENTRY.findall(body)))
    for term in sorted(set(_SHORT_FORM.findall(body)) - set(terms)):
        entry = entries.get(term, "").strip("*_ \r")
        words = _sentence_that_says(term, body) or _spelled_out(term, body) or _before_brackets(term, body)
        words = words or _in_brackets(term, body) or (entry if _begins_like(term, entry) else "")
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


def _before_brackets(term: str, body: str) -> str:
    """The words right before a bracketed short form that begin with its letters, whatever their capitals."""
    for found in re.finditer(rf"\\?\({term}\b", body):
        before = body[max(0, found.start() - _LONGEST_NAME) : found.start()].rstrip()
        for word in reversed(list(re.finditer(r"[^\s*]+", before))[-2 * len(term) :]):
            if word[0][0].isalpha() and _begins_like(term, before[word.start() :]):
                return before[word.start() :]
    return ""


def _in_brackets(term: str, body: str) -> str:
    """The words in brackets right after a short form that begin with its letters."""
    for found in re.finditer(rf"\b{term}[\"”’]?\s\(([^()\n]{{5,150}})\)", body):
        if _begins_like(term, found[1]):
            return found[1]
    return ""


def _begins_like(term: str, words: str) -> bool:
    """Whether the letters of a short form begin the words, in order; "and", "of" and the like may stand between."""
    letters = list(term.lower())
    for word in re.findall(r"[A-Za-z][\w’']*", words):
        if letters and word[0].lower() == letters[0]:
            letters.pop(0)
        elif word.lower() not in _SMALL:
            break
    return not letters


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
