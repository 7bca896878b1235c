"""What in an answer is worth a closer look: the twelve kinds of observation, and only where they are sure.

Each is given back to the worker in their own words ("You wrote …"), so one that is wrong does harm and one that is
missed does little. A kind is noticed where its words are said of the right person by the right person: behaviour of a
child, hope of a parent, distress of the worker. Owns that judgement. Knows nothing of the questions asked about it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import get_args

from assistant.language.clauses import Said
from assistant.language.spans import overlaps
from assistant.language.words_before import just_before
from assistant.noticing.observations import Observation, ObservationKind, Span
from assistant.noticing.people import Spoken
from assistant.noticing.reading import Fact, Mention, Role, Stand, Statement, Step, Thread
from assistant.noticing.stances import Answer

_GROWN: frozenset[Role] = frozenset(("mother", "father", "man", "wider-family"))
_FAMILY: frozenset[Role] = _GROWN | {"child"}
_AFTER_A_VERB = re.compile(r"\b(?:to|with|at|of|for|by|see|saw|seen)\s+(?:his|her|the)?\s*\Z", re.IGNORECASE)
_I_DID = re.compile(
    r"\W*(?:and|but|so)?\s*I\s+(?!think|noticed|saw|watched|heard|suppose|'ve\s+noticed)", re.IGNORECASE
)
_SUPPOSED_BEFORE = re.compile(r"\b(?:if|when|unless|so\s+when)\s+\Z", re.IGNORECASE)
_SAYS_SOMETHING = 12
"""Characters before "I think" at the end of a sentence."""
_AN_ARTICLE = 4
"""Characters: "the "."""
_NO_ASSUMPTION = re.compile(r"(?:['’]s)?\s+(?:right|joking|told|said|means|meant|knows|thinks)\b", re.IGNORECASE)
_TELLS_OF_THE_FAMILY = re.compile(
    r"(?:mum|mother|mam|dad|father|stepdad|boyfriend|partner|nana?|gran|grandma|grandad|parents|aunt(?:ie)?|uncle|family)\Z",
    re.IGNORECASE,
)
_CLAIM = re.compile(
    r"\S+(?:\s+\w+){0,2}?\s+(?:says?|said|reckons|swears|insists|insisted|tells|told|claims|claimed|assures|assured|promised|reports|reported)\s+"
    r"(?:(?:me|us|them|everyone|the\s+\w+)\s+)?(?:that\s+)?(?:he|she|it|they|there|dad|mum|nan|his|her|their|the|nobody|everything|all)\b(?!(?:['’]s)?\s+(?:to|about|like|will|gonna|going)\b)",
    re.IGNORECASE,
)
_ASSUMES = re.compile(
    r"\b(?:I\s+(?:just\s+|do\s+)?(?:think|assume|assumed|suppose|guess|imagine|presume|reckon)\s+(?:that\s+)?(?!(?:I|it|we|you|so|if|of|about|not|to|there)\b)"
    r"|must\s+(?:be|have)|presumably|probably|I['’]ve\s+filled\s+in)",
    re.IGNORECASE,
)
_ASSUMED_AFTER = re.compile(r"\bI\s+(?:think|assume|suppose|guess)\s*(?:[.,;]|\Z)", re.IGNORECASE)
_NOT_ASSUMED = re.compile(
    r"\b(?:I\s+must|we\s+must|don['’]t\s+think|do\s+I\s+think|I\s+think\s+if|would\s+have\s+to|used\s+to\s+think|never\s+assume)\b",
    re.IGNORECASE,
)


def observations_of(
    answer: Answer,
    spoken: Spoken,
    facts: Sequence[Fact],
    statements: Sequence[Statement],
    stands: Sequence[Stand],
    threads: Sequence[Thread],
    steps: Sequence[Step],
) -> tuple[Observation, ...]:
    """Each kind that is there, with the words that show it."""
    look = _Look(answer, spoken)
    ways: Mapping[ObservationKind, Callable[[], Iterator[Span]]] = {
        "child-words": lambda: (thread.span for thread in threads if thread.kind == "child-words"),
        "child-behaviour": look.behaviour,
        "child-seen-alone": lambda: (f.span for f in facts if f.subject == "seen-alone" and f.value == "yes"),
        "self-reported": lambda: look.told(statements),
        "assumption": look.assumed,
        "unclear-language": lambda: look.said("unclear", "not-unclear"),
        "monitor-only": lambda: look.planned(steps),
        "drift": lambda: look.said("drifts", "not-drifting"),
        "isolated-events": lambda: look.said("isolates", "not-isolating"),
        "optimism": look.hoped,
        "challenge-avoided": look.avoided,
        "worker-distress": lambda: (look.clause(stand.span) for stand in stands if stand.stance == "feeling"),
    }
    found = []
    for kind in get_args(ObservationKind):
        spans = tuple(sorted({span for span in ways[kind]() if not look.of_their_own_life(span)}))
        if spans:
            found.append(Observation(kind=kind, spans=_apart(spans)))
    return tuple(found)


class _Look:
    def __init__(self, answer: Answer, spoken: Spoken) -> None:
        self.answer = answer
        self.spoken = spoken
        self.text = answer.characters
        self._clauses: dict[int, Span] = {}
        """From the first word of each clause to its last."""
        for word in answer.account.words:
            self._clauses[word.clause] = (self._clauses.get(word.clause, (word.start, 0))[0], word.end)

    def said(self, vocabulary: str, otherwise: str) -> Iterator[Span]:
        """Where it is said in the worker's own words and means what it seems to."""
        account = self.answer.account
        for said in account.said(vocabulary):
            sentence = account.sentence(said)
            if self.answer.own(said) and not account.in_sentence(otherwise, sentence) and not self._supposed(said):
                yield self.clause(account.characters(said))

    def planned(self, steps: Sequence[Step]) -> Iterator[Span]:
        """Watching, where it is what somebody means to do."""
        for span in self.said("monitors", "not-monitoring"):
            if overlaps(span, *(step.span for step in steps)):
                yield span

    def behaviour(self) -> Iterator[Span]:
        """Done by a child: the last person named before it in its clause is one."""
        for said in self.answer.account.said("behaves"):
            span = self.answer.account.characters(said)
            if self.answer.account.in_sentence("not-behaving", self.answer.account.sentence(said)):
                continue
            if self._child_does(span) and self.answer.own(said) and not self._supposed(said):
                yield self.clause(span)

    def hoped(self) -> Iterator[Span]:
        """Of a parent."""
        for span in self.said("hopes", "not-hoping"):
            if any(
                m.role in _GROWN or m.role == "family" for m in self.spoken.mentions if span[0] <= m.span[0] < span[1]
            ):
                yield span

    def avoided(self) -> Iterator[Span]:
        """By the worker, and not by somebody else: no one else is named before it in its clause."""
        for said in self.answer.account.said("avoids"):
            span = self.answer.account.characters(said)
            mine = self._first_person(span)
            if mine and self.answer.own(said) and not self._supposed(said):
                yield self.clause(span)

    def told(self, statements: Sequence[Statement]) -> Iterator[Span]:
        """By a parent or another grown-up of the family, about the family, and nothing but their word."""
        for statement in statements:
            text = self.text[slice(*statement.span)]
            if (
                statement.source != "told"
                or not _CLAIM.match(text)
                or _SUPPOSED_BEFORE.search(just_before(self.text, statement.span[0]))
            ):
                continue
            if _TELLS_OF_THE_FAMILY.match(statement.teller) or self._teller(statement) in _GROWN:
                yield self.clause(statement.span) if len(text) > 140 else statement.span

    def assumed(self) -> Iterator[Span]:
        """Of the family, and not of what the worker means to do or say."""
        for start, end in self.answer.sentence_spans:
            text = self.text[start:end]
            if _NOT_ASSUMED.search(text):
                continue
            after = _ASSUMES.search(text)
            who = self._named_at(start + after.end()) if after else None
            if after and who and not self.answer.quotes((start + after.start(), start + after.end())):
                yield self.clause((start + after.start(), start + after.end()))
            elif (
                (before := _ASSUMED_AFTER.search(text))
                and before.start() > _SAYS_SOMETHING
                and self.spoken.nearest(start, _FAMILY, within=(start, end))
            ):
                yield self.clause((start + before.start(), start + before.end()))

    def clause(self, span: Span) -> Span:
        """The clause around the words, so that they make sense when they are given back."""
        words = self.answer.account.words
        first, last = (bisect_left(words, at, key=attrgetter("start")) for at in span)
        spans = [self._clauses[word.clause] for word in words[first:last]]
        return (min(start for start, _ in spans), max(end for _, end in spans)) if spans else span

    def of_their_own_life(self, span: Span) -> bool:
        """The worker's own family, and no case."""
        return any(
            self.clause(span)[0] <= self.answer.account.characters(said)[0] < span[1]
            for said in self.answer.account.said("own-life")
        )

    def _named_at(self, place: int) -> Mention | None:
        """Whom the words that begin there are about: "he's lonely", and not "his exact words" or "she's right"."""
        about = next(
            (m for m in self.spoken.mentions if place <= m.span[0] <= place + _AN_ARTICLE and m.role in _FAMILY), None
        )
        if about is None or self.text[slice(*about.span)].lower() in {"his", "her", "him"}:
            return None
        return None if _NO_ASSUMPTION.match(self.text, about.span[1]) else about

    def _teller(self, statement: Statement) -> Role | None:
        first = next((m for m in self.spoken.mentions if m.span[0] == statement.span[0] and "-" in m.person), None)
        return first.role if first else None

    def _child_does(self, span: Span) -> bool:
        """A child is the last named before it in its clause, which is not about what the worker did."""
        start, _ = self.clause(span)
        before = [m for m in self.spoken.mentions if start <= m.span[0] <= span[0]]
        subjects = [m for m in before if not _AFTER_A_VERB.search(self.text[start : m.span[0]])]
        last = (subjects or before)[-1] if before else None
        own = _I_DID.match(self.text[start : span[0]]) is not None
        return last is not None and last.role == "child" and last.person not in self.spoken.guessed and not own

    def _first_person(self, span: Span) -> bool:
        clause = self.clause(span)
        before = self.text[clause[0] : span[1]]
        others = [m for m in self.spoken.mentions if clause[0] <= m.span[0] < span[0] and m.role != "worker"]
        i = [match.start() + clause[0] for match in re.finditer(r"\b(?:I|we)\b", before)]
        return (bool(i) and not any(i[0] > m.span[0] and m.by != "pronoun" for m in others)) or (
            not others and not i and clause[0] == span[0]
        )

    def _supposed(self, said: Said) -> bool:
        start, end = self.clause(self.answer.account.characters(said))
        return (
            re.search(r"\b(?:if|would|['’]d|wouldn['’]t|could|might|imagine)\b", self.text[start:end], re.IGNORECASE)
            is not None
        )


def _apart(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Spans with those that overlap made one."""
    apart: list[Span] = []
    for start, end in spans:
        if apart and start <= apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return tuple(apart)
