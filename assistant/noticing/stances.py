"""How an answer stands to its question, by its words.

Owns how the phrases of a stance count: anywhere, at the beginning of a sentence, as the whole of a clause, or only in
a question; and that words in quotation marks, or reported of somebody, are not the worker's own. Knows nothing of what
is done about a stance.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from operator import itemgetter

from pydantic import Field

from assistant.language.clauses import Account, Said
from assistant.noticing.observations import Span
from assistant.noticing.reading import Stance, Stand, YesNo
from assistant.yaml_files import PackModel

_YES = frozenset(("yes", "yeah", "yep", "yup", "aye"))
_NO = frozenset(("no", "nope", "nah"))
_AFTER_YES_OR_NO = frozenset(
    "i it he she they that thats we there its hes shes not nothing nobody never thank thanks sorry but and because "
    "you no yes mum dad of definitely absolutely just only actually the".split()
)
_BEFORE_A_NOUN = frozenset(("the", "a", "an", "his", "her", "their", "my", "our"))
_BEFORE_A_WISH = frozenset(("about", "of", "at", "on", "to"))
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|(?<![^\W_])[‘'](?=\S)[^’'\n]*(?:['’](?=[^\W_])[^’'\n]*)*[’'](?![^\W_])")
_ASKED = re.compile(r"[^?.!\n]*\?")
_FEW_SENTENCES = 3
"""Of more than these, not knowing one thing is no longer the answer."""


class StanceWords(PackModel):
    """The phrases that show a stance, by where they count."""

    said: tuple[str, ...] = ()
    early: tuple[str, ...] = ()
    opening: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    not_: tuple[str, ...] = Field(default=(), alias="not")
    drops: tuple[str, ...] = ()
    """Of those that refuse: the phrases that turn the subject away, and not only the question."""

    @property
    def names(self) -> tuple[str, ...]:
        """Every vocabulary it uses."""
        return (*self.said, *self.early, *self.opening, *self.whole, *self.asked, *self.not_, *self.drops)


def _without_unclosed(characters: str) -> str:
    """With another mark for each “ that no ” follows: looking for it from each takes the square of their number."""
    closed = characters.rfind("”") + 1
    return characters[:closed] + characters[closed:].replace("“", "„")


class Answer:
    """An answer's words with the sentences, clauses and quotations they stand in."""

    def __init__(self, characters: str, account: Account) -> None:
        self.characters = characters
        self.account = account
        self._quoted = [match.span() for match in _QUOTED.finditer(_without_unclosed(characters))]
        self._small = {index for said in account.said("small") for index in range(said.first, said.end)}

    @cached_property
    def sentences(self) -> int:
        """How many sentences it has."""
        return self.account.words[-1].sentence + 1 if self.account.words else 0

    @cached_property
    def sentence_spans(self) -> tuple[Span, ...]:
        """The characters of each sentence, from its first word to its last."""
        spans: list[Span] = []
        last = -1
        for word in self.account.words:
            if word.sentence == last:
                spans[-1] = (spans[-1][0], word.end)
            else:
                spans.append((word.start, word.end))
                last = word.sentence
        return tuple(spans)

    @cached_property
    def doing(self) -> frozenset[int]:
        """Where something that is done is named: worked out once, however many sentences ask."""
        return frozenset(self.account.characters(said)[0] for said in self.account.said("doing"))

    def own(self, said: Said) -> bool:
        """The worker's own words, and not quoted."""
        return not self.quotes(self.account.characters(said))

    def quotes(self, span: Span) -> bool:
        """All of it stands in quotation marks."""
        place = bisect_right(self._quoted, span[0], key=itemgetter(0)) - 1
        return place >= 0 and span[1] <= self._quoted[place][1]

    def opens(self, said: Said) -> bool:
        """Only small words stand before it in its sentence."""
        return self.opens_sentence(said.first)

    def opens_sentence(self, index: int) -> bool:
        """Only small words stand before this word in its sentence."""
        words = self.account.words
        sentence = words[index].sentence
        index -= 1
        while index >= 0 and words[index].sentence == sentence:
            if index not in self._small:
                return False
            index -= 1
        return True

    def fills(self, said: Said) -> bool:
        """Beside small words its clause says nothing else."""
        words = self.account.words
        clauses = {words[index].clause for index in range(said.first, said.end)}
        return all(
            index in self._small or said.first <= index < said.end
            for index, word in enumerate(words)
            if word.clause in clauses
        )

    def asks(self, said: Said) -> bool:
        """Its sentence ends in a question mark."""
        start, _ = self.account.characters(said)
        return _ASKED.match(self.characters, start) is not None


def stands_of(answer: Answer, stances: Mapping[Stance, StanceWords]) -> tuple[Stand, ...]:
    """Every way in which the answer stands to its question, what must be met first standing first."""
    stands = []
    for stance, words in stances.items():
        shown = [said for said in _shown(answer, words) if not _otherwise(answer, words.not_, said)]
        if stance == "unsure" and answer.sentences > _FEW_SENTENCES:
            shown = [said for said in shown if answer.account.sentence(said) == 0]
        if shown:
            first = min(shown, key=lambda said: (said.first, -said.end))
            span = answer.account.characters(first)
            wish = _wish(answer, first) if stance == "elsewhere" else None
            drops = any(answer.account.said(name) for name in words.drops)
            stands.append(Stand(stance=stance, span=span, wish=wish, drops=drops))
    return tuple(stands)


def _shown(answer: Answer, words: StanceWords) -> Iterator[Said]:
    for names, counts in (
        (words.said, lambda _: True),
        (words.early, lambda said: answer.account.sentence(said) == 0),
        (words.opening, answer.opens),
        (words.whole, answer.fills),
        (words.asked, answer.asks),
    ):
        for name in names:
            yield from (said for said in answer.account.said(name) if answer.own(said) and counts(said))


def _otherwise(answer: Answer, names: Sequence[str], said: Said) -> bool:
    """The same sentence says something that makes it mean another thing."""
    sentence = answer.account.sentence(said)
    return any(
        other.first <= said.first or other.overlaps(said)
        for name in names
        for other in answer.account.in_sentence(name, sentence)
    )


def _wish(answer: Answer, said: Said) -> Span:
    """What they would rather talk of: the rest of the sentence, or the next one where nothing is left of it."""
    words = answer.account.words
    sentence = answer.account.sentence(said)
    end = said.end
    while end > said.first and words[end - 1].text in _BEFORE_A_NOUN:
        end -= 1
    rest = [word for word in words[end:] if word.sentence == sentence]
    if rest and rest[0].text in _BEFORE_A_WISH:
        rest = rest[1:]
    after = [word for word in words if word.sentence == sentence + 1]
    # "This isn't about his dad. It's about whether she can keep him safe": the wish is the second sentence
    denied = any(word.text in {"not", "isnt", "wasnt", "dont", "never"} for word in words[said.first : said.end])
    chosen = after if after and (denied or not rest) else rest or list(words[said.first : said.end])
    return chosen[0].start, chosen[-1].end


def yes_or_no(account: Account) -> YesNo | None:
    """The yes or no that a sentence of the answer begins with, the first of them; "no lunch" says neither."""
    words = account.words
    for index, word in enumerate(words):
        opens = not index or words[index - 1].sentence != word.sentence
        if not opens or word.text not in _YES | _NO:
            continue
        after = words[index + 1] if index + 1 < len(words) else None
        if after is None or after.clause != word.clause or after.text in _AFTER_YES_OR_NO:
            return "yes" if word.text in _YES else "no"
    return None
