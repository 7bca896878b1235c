"""How the worker comes by what they say, and what they leave open.

Owns telling what was seen from what was told, assumed, felt or planned, sentence by sentence, and the threads that
wait: a child nobody has seen, a child's words, somebody nobody has met, something owned to, something not known, a day
that is coming. Where a question invites supposing, what is supposed leaves nothing open. Knows nothing of what is asked
next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.language.dates import dates
from assistant.language.spans import holding, overlaps
from assistant.noticing.observations import Span
from assistant.noticing.people import Spoken
from assistant.noticing.reading import PLANNING, Fact, Known, Source, Stand, Statement, Step, Thread, ThreadKind
from assistant.noticing.stances import Answer

_TELLERS = (
    r"mum|mother|mam|dad|father|stepdad|boyfriend|partner|nana?|gran|grandma|grandad|aunt(?:ie)?|uncle|cousin|family|parents|"
    r"school|nursery|teacher|head|ta|hv|health\s+visitor|midwife|gp|doctor|consultant|paediatrician|police|housing|keyworker|"
    r"key\s+worker|worker|social\s+worker|carer|foster\s+carer|neighbour|duty|probation|manager|somebody|someone|everyone|"
    r"he|she|they|sister|brother|boy|girl|child|eldest|youngest|little\s+one|older\s+one|son|daughter|kids|children|boys|girls|twins|lad"
)
_SAYS = (
    r"(?:says?|said|sed|told|tells|reckons?|reports?|reported|claims?|claimed|swears|swore|insists?|insisted|assures|assured|maintains"
    r"|mentioned|states|stated|denies|denied|admits|admitted|promised|promises|explained|describes|described|disclosed|whispered)"
)
_TOLD = re.compile(
    rf"\b(?P<teller>{_TELLERS}|(?-i:[A-Z][a-z]+))(?:['’](?:s|d|ve))?\s+(?:(?:has|have|had|just|also|only|always|never|then|did|keeps?|both)\s+){{0,2}}{_SAYS}\b",
    re.IGNORECASE,
)
_TOLD_OF = re.compile(
    r"\b(?:apparently|according\s+to\s+(?P<teller>\w+)|I\s+was\s+told|I['’]ve\s+been\s+told|I['’]m\s+told|told\s+(?:me|us)|by\s+all\s+accounts)\b",
    re.IGNORECASE,
)
_NOT_A_TELLER = re.compile(
    r"(?:I|we|you|which|that|it|so|and|but|then|who|nobody|as|like|just|already|never|well|because|when|not|no|yes|have)\Z",
    re.IGNORECASE,
)
_SAW = re.compile(
    r"\bI(?:['’]ve|\s+have)?\s+(?:\w+\s+){0,1}(?:saw|seen|noticed|heard|watched|smelt|smelled|counted|found|checked|looked|weighed|observed)\b"
    r"|\bwhen\s+I\s+(?:went|got\s+there|arrived|visited)\b",
    re.IGNORECASE,
)
_NOT_SEEN = re.compile(r"\b(?:never|not|haven['’]?t|didn['’]?t|don['’]?t|couldn['’]?t)\b", re.IGNORECASE)
_ASSUMED = re.compile(
    r"\b(?:I\s+(?:\w+\s+)?(?:think|assume|assumed|suppose|guess|imagine|presume|expect|reckon)(?!\s+(?:about|of)\b)|presumably|probably|must\s+be|must\s+have"
    r"|I['’]ve\s+filled\s+in|filled\s+in|might\s+be|could\s+be|maybe)\b",
    re.IGNORECASE,
)
_SUPPOSING = re.compile(r"\b(?:would|if|imagine|different\s+account|suppose|could)\b", re.IGNORECASE)
_IF = re.compile(r"\b(?:if|would|['’]d|could|might|unless|suppose|hypothetical)\b", re.IGNORECASE)
_OWNED_TO = re.compile(
    r"\b(?:I\s+(?:haven['’]?t|didn['’]?t|never|don['’]?t|couldn['’]?t)\s+(?:\w+\s+){0,2}(?:ask|asked|ring|rung|rang|tell|told|say|said|check|checked|look|looked"
    r"|push|challenge|challenged|want\s+to|like\s+to|write|written|record|pass|passed|follow(?!\s+(?:that|this|you|it|the\s+question))|followed|speak|spoken|sit|sat|go|gone|notice|see\s+it)"
    r"|I['’]?(?:ve|\s+have)?\s+(?:just\s+)?(?:let\s+it\s+go|left\s+it|missed|skipped|avoided|forgot|forgotten|put\s+it\s+off|carried\s+on|closed\s+my\s+eyes)"
    r"|I\s+should(?:['’]ve|\s+have)|I\s+keep\s+meaning|I\s+meant\s+to|if\s+I['’]?m\s+honest|to\s+be\s+honest|I\s+just\s+said|I\s+wanted\s+(?:it|her|him|to\s+believe)"
    r"|I\s+went\s+with|I\s+took\s+(?:her|his|their)\s+word|it['’]s\s+us\s+that|that['’]s\s+all\s+I['’]ve\s+got)\b",
    re.IGNORECASE,
)
_UNKNOWN = re.compile(
    r"\b(?:I\s+don['’]?t\s+(?:\w+\s+)?know\s+(?:who|what|where|whether|if|that|how|when|why|his|her|their)"
    r"|don['’]?t\s+know\s+(?:his|her|their|who|where|if)|couldn['’]?t\s+tell\s+you\s+(?:what|who|where|how)"
    r"|not\s+sure\s+(?:who|what|where|whether|if)|no\s+idea\s+(?:who|what|where|whether|if)|nobody\s+(?:has\s+|has\s+ever\s+|['’]s\s+)?(?:checked|looked|asked|told\s+us|knows)"
    r"|nobody['’]s\s+(?:ever\s+)?(?:checked|looked|asked|tried))\b",
    re.IGNORECASE,
)
_COMING = re.compile(
    r"\b(?:term|court|hearing|conference|release|released|out\s+(?:of\s+prison|on)|moves?|moving|due|ends?|finish\w*|breaks?\s+up|comes?\s+home|going\s+home|contact"
    r"|holidays?|discharge|discharged|appointment|eviction|step(?:ping)?\s+down|clos\w+)\b",
    re.IGNORECASE,
)
_CHILD_SAYS = re.compile(r"(?:says|said|sed|told|tells|asked|asks|texted|shouted|whispered|disclosed)\b", re.IGNORECASE)
_REPORTED = re.compile(
    rf"{_SAYS}\b|\b(?:because|training|review|script|course|assembly|induction|example|speaker)\b|\b(?:a|another|other|when)\s+\Z",
    re.IGNORECASE,
)
"""Before a child that tells something: somebody else tells it, or it may be any child."""
_FAR = 1_000
"""Letters of a sentence that are looked at before and after somebody in it: four pages may have no full stop."""
_LONG = 140
"""Characters. Of a longer sentence only the clause is given back."""


def statements_of(
    answer: Answer, spoken: Spoken, stands: Sequence[Stand], steps: Sequence[Step]
) -> tuple[Statement, ...]:
    """How the worker comes by each thing they say, where the words show it."""
    found: list[Statement] = []
    for sentence in answer.sentence_spans:
        told = _teller(answer, sentence)
        if told is not None:
            teller, start = told
            found.append(_statement("told", spoken, (start, sentence[1]), teller))
        elif (
            _SUPPOSED_SEEN.search(answer.characters, *sentence) is None
            and (saw := _SAW.search(answer.characters, *sentence))
            and not _NOT_SEEN.search(answer.characters, sentence[0], saw.end())
        ):
            found.append(_statement("seen", spoken, sentence))
        if _ASSUMED.search(answer.characters, *sentence):
            found.append(_statement("assumed", spoken, sentence))
    found += [_statement("felt", spoken, stand.span) for stand in stands if stand.stance == "feeling"]
    found += [_statement("planned", spoken, step.span) for step in steps]
    return tuple(sorted(found, key=lambda statement: statement.span))


_SUPPOSED_SEEN = re.compile(r"\bI['’]d\s+(?:see|hear)|\bif\s+I\s+saw\b", re.IGNORECASE)


def _statement(source: Source, spoken: Spoken, span: Span, teller: str = "") -> Statement:
    about = tuple(
        dict.fromkeys(m.person for m in spoken.mentions if span[0] <= m.span[0] < span[1] and "-" in m.person)
    )
    return Statement(source=source, span=span, teller=teller, about=about)


def _teller(answer: Answer, sentence: Span) -> tuple[str, int] | None:
    text = answer.characters
    for told in _TOLD.finditer(text, *sentence):
        if not _NOT_A_TELLER.match(told["teller"]) and not answer.quotes(told.span()):
            return told["teller"], told.start()
    if told_of := _TOLD_OF.search(text, *sentence):
        return told_of["teller"] or "", sentence[0]
    return None


def threads_of(
    answer: Answer, known: Known, spoken: Spoken, facts: Sequence[Fact], stands: Sequence[Stand], steps: Sequence[Step]
) -> tuple[Thread, ...]:
    """Everything that waits to be asked about, in the order it is said."""
    if known.training:
        return ()
    found: dict[tuple[ThreadKind, Span], Thread] = {}
    roles = {mention.person: mention.role for mention in spoken.mentions}
    for fact in facts:
        kind = _left_open_by(fact, roles.get(fact.of, ""))
        if kind is not None:
            span = _whole(answer, fact.span)
            found.setdefault((kind, span), Thread(kind=kind, span=span, about=(fact.of,)))
    for sentence in answer.sentence_spans:
        for kind in _said(answer, known, spoken, sentence, steps):
            span = _whole(answer, sentence)
            found.setdefault((kind, span), Thread(kind=kind, span=span, about=_children(spoken, sentence)))
    for stand in stands:
        if stand.stance == "feeling":
            span = _whole(answer, stand.span)
            found.setdefault(("feeling", span), Thread(kind="feeling", span=span))
    return tuple(sorted(found.values(), key=lambda thread: thread.span))


def _left_open_by(fact: Fact, role: str) -> ThreadKind | None:
    if fact.subject in {"seen", "seen-alone", "met"} and role == "child" and fact.value.startswith("no"):
        return "child-unseen"
    if fact.subject == "met" and fact.value == "no" and role in {"father", "man", "wider-family", "mother"}:
        return "unmet"
    return None


def _said(answer: Answer, known: Known, spoken: Spoken, sentence: Span, steps: Sequence[Step]) -> Iterator[ThreadKind]:
    text = answer.characters
    supposed = _SUPPOSING.search(known.question) is not None or _IF.search(text, *sentence) is not None
    told = _child_tells(answer, spoken, sentence)
    if told is not None and not _IF.search(text, sentence[0], told):
        yield "child-words"
    if supposed:
        return
    if _UNKNOWN.search(text, *sentence):
        yield "unknown"
    elif _OWNED_TO.search(text, *sentence):
        yield "admitted"
    planned = overlaps(sentence, *(step.span for step in steps))
    if planned or known.keeps in PLANNING or not _COMING.search(text, *sentence):
        return
    if any(named.day > known.today for named in dates(text[slice(*sentence)], known.today)):
        yield "date"


def _child_tells(answer: Answer, spoken: Spoken, sentence: Span) -> int | None:
    """Where a child is named, and straight after the naming says something."""
    for mention in spoken.mentions:
        if mention.role != "child" or not sentence[0] <= mention.span[0] < sentence[1]:
            continue
        if mention.person in spoken.guessed or mention.person in spoken.babies:
            continue
        owning = answer.characters[slice(*mention.span)].lower() in {"his", "her", "him"}
        far = max(sentence[0], mention.span[0] - _FAR)
        if owning or _REPORTED.search(answer.characters[far : mention.span[0]]):
            continue
        after = answer.characters[mention.span[1] : min(sentence[1], mention.span[1] + _FAR)]
        says = re.match(
            rf"\s+(?:(?:just|then|also|has|had|once|only)\s+)?(?:{_CHILD_SAYS.pattern})", after, re.IGNORECASE
        )
        nothing = re.match(
            r"\s+(?:\w+\s+){0,2}(?:said|says)\s+(?:nothing|little|goodbye|hello|thanks|no\b)", after, re.IGNORECASE
        )
        if says and not nothing and not re.match(r"\s+(?:hasn|didn|doesn|won|never|not)", after, re.IGNORECASE):
            return mention.span[0]
    return None


def _children(spoken: Spoken, sentence: Span) -> tuple[str, ...]:
    inside = [m.person for m in spoken.mentions if m.role == "child" and sentence[0] <= m.span[0] < sentence[1]]
    return tuple(dict.fromkeys(who for who in inside if "-" in who))


def _whole(answer: Answer, span: Span) -> Span:
    """The sentence it stands in, or its clauses where that is long."""
    sentence = holding(answer.sentence_spans, span[0], span)
    if sentence[1] - sentence[0] <= _LONG:
        return sentence
    words = answer.account.words
    clauses = {word.clause for word in words if span[0] <= word.start < span[1]}
    inside = [word for word in words if word.clause in clauses]
    return (inside[0].start, inside[-1].end) if inside else span
