"""What an answer asks the program, and which words ask it, also in the middle of a longer answer.

A question counts that is neither quoted nor somebody else's, doesn't throw ours back, and is more like those that
people ask a program (`question_kinds.py`) than like those nobody need answer; one of no known kind only where the
answer's reading says that it asks us. Knows nothing of what is said to it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.conversation.asked_us import AskedUs
from assistant.conversation.question_kinds import Kinds, QuestionKinds
from assistant.conversation.typing_table import Typing
from assistant.language.lazy_patterns import late
from assistant.language.sentences import spoken_sentences
from assistant.language.spans import overlaps
from assistant.noticing.observations import Span
from assistant.noticing.reading import Stand

_AUX = (
    r"(?:should|shud|shall|ought|can|could|cud|may|must|do|does|did|am|is|are|was|were|have|has|had|will|would|wud|might)"
    r"(?:n['’]?t)?"
)
_LEADS_IN = (
    r"(?:(?:and|but|so|ok(?:ay)?|right|well|um|er|oh|like|then|also|sorry|please|anyway|honestly|hang\s+on"
    r"|by\s+the\s+way)\b[\s,.…-]*)*"
)
_ASKS = (
    rf"(?:{_AUX}\s+(?:\w+\s+)?(?:i|we|you|u|it|that|this|those|these|they|he|she|there|somebody|someone|anybody|anyone|mum|dad|the|my|her|his|a|[A-Z]\w+)\b"
    r"|d['’]?y(?:ou|a)\b|(?:what|wot|who|whose|which|how|why|where|when|at\s+what\s+point)\b)"
)
_CLAUSE = late(
    rf"(?:\A\W*|[,;:–—…-]\s*|\b(?:and|but|so|or|because|cos|then|if|thinking?|wondering|omg)\s+){_LEADS_IN}(?={_ASKS})",
    re.IGNORECASE,
)
"""Where a clause may begin to ask."""
_ASKS_FIRST = late(rf"\A\W*{_LEADS_IN}{_ASKS}", re.IGNORECASE)
_UNMARKED = late(
    rf"\A\W*{_LEADS_IN}(?:(?:should|shall|ought|can|could|may|must|do|am)(?:n['’]?t)?\s+(?:i|we)\b"
    r"|(?:what|who|how|when|where|which)\s+(?:\w+\s+)?(?:should|shall|do|can|am)\s+(?:i|we)\b"
    r"|(?:is|are|does|would|will)(?:n['’]?t)?\s+(?:that|this|it)\b|who\s+tells\b|what\s+if\b"
    r"|(?:(?:can|could|will|would)\s+you\s+)?(?:show\s+me|read\s+(?:me|it|that)\b|remind\s+me\b|sum\s+(?:it\s+)?up|tell\s+me\s+(?:what\s+to|if|whether|that|how|is|am|was)\b)"
    r"|can\s+you\b|could\s+you\b|how\s+(?:long|many)\b)",
    re.IGNORECASE,
)
"""How a question begins that was typed without its mark."""
_OF_WHOM = (
    r"(?:i|we|you|u|it|that|this|those|these|they|he|she|there|(?:some|any|every)(?:body|one|1)|other"
    r"|mum|mam|dad|parents)"
)
_TURNED = late(
    rf"\A\W*{_LEADS_IN}(?:(?:wh?[ao]t|who|whose|which|how|why|where|when)\s+(?:[\w'’]+\s+){{0,2}}?)?"
    rf"(?:{_AUX}\s+{_OF_WHOM}\b|d['’]?y(?:ou|a)\b)"
    rf"|\A\W*{_LEADS_IN}(?:wh?[ao]t|who)['’]?s\s+(?:that|this|it|left|on|next|the|my|going)\b"
    rf"|\A\W*{_LEADS_IN}(?:wdym|wot\s+if|any\s+chance|(?:owt|anything|summat)\s+(?:else\b|i\b|i['’]?ve\b))"
    rf"|\A\W*{_LEADS_IN}(?:gi(?:v?e)?s?\s+us|show\s+us|say\s+(?:it|that)\s+back|let['’]?s\s+(?:see|have\s+a\s+look)"
    r"|(?:give|chuck|stick|put|bring|pull)\b.*\b(?:list|jobs|actions|steps|lot)\b)"
    r"|.*(?:\bor\s+what|\b(?:is|are|have|did|should|was|could|do|will)n?['’]?t\s+(?:i|we|it|you))\W*\Z",
    re.IGNORECASE | re.DOTALL,
)
"""How a question without its mark is turned, wherever it begins: answered only where it's plainly like a kind."""
_WITHOUT_AN_ANSWER = late(
    r"\byou(?:['’]?ve|\s+have|\s+still)?\s+(?:did\s?n['’]?t|have\s?n['’]?t|haven['’]?t|not|never|still\s+haven['’]?t)\s+(?:\w+\s+)?(?:answer|said|say|told)"
    r"|\b(?:not|isn['’]?t)\s+what\s+i\s*(?:['’]?m|am|was)?\s+ask(?:ed|ing)\b|\bi\s*(?:['’]?ve)?\s+asked\s+(?:you|u|that)\b",
    re.IGNORECASE,
)
_OF_SOMEBODY = late(
    r"\b(?:ask(?:s|ed|ing)?|said|says|saying|told|went|goes|thought|shouted|texted|wrote|wonder(?:s|ed)|want(?:s|ed)\s+to\s+know"
    r"|argu(?:ed?|ing|ment)|row(?:ed)?|discuss(?:ed|ing|ion)|debat(?:e|ed|ing)|talk(?:ed|ing)?\s+about|on\s+about"
    r"|(?:was|were|is|am)\s+like|'s\s+like)\W+(?:[\w’']+\W+){0,8}\Z",
    re.IGNORECASE,
)
"""Before a question that was put to somebody, or by somebody."""
_TO_NOBODY = late(r",?\s*\b(?:eh|hey|huh|honestly)\W*\Z", re.IGNORECASE)
"""What ends a question that wants no answer, where it isn't about oneself: "Who'd be a kid, eh?"."""
_TELLS_OF_ASKING = late(
    r"\b(?:i|we|he|she|they|mum|dad|[A-Z][a-z]+)\s+(?:\w+\s+){0,2}(?:asked|asks|said|says|told|goes|went|wants?\s+to\s+know|wanted\s+to\s+know)\b(?!\s+(?:you|u)\b)",
    re.IGNORECASE,
)
_TO_SOMEBODY = late(r"\b(?:ask|asking|say|saying|tell|telling)\s+(?:him|her|them|mum|dad|[A-Z]\w+)\b")
_US = late(r"\b(?:do|d|did|does|would|can|could|will|are|have|if|what)['’]?\s*(?:you|u|ya)\b", re.IGNORECASE)
_THINK = late(r"\b(?:do|d|would)['’]?\s*(?:you|u|ya)\s+(?:think|reckon|say|believe)\b", re.IGNORECASE)
_MINE = late(
    r"(?:should|shall|can|could|am|do|did|may|must|ought)(?:n['’]?t)?\s+(?:i|we)\b"
    r"|(?:who|what|where|how|when|which)\s+(?:\w+\s+)?(?:should|shall|do|can|am)\s+(?:i|we)\b"
    r"|(?:is|was)\s+(?:it|that|this)\s+(?:ok(?:ay)?|alright|all\s+right|fair|normal|wrong|right|bad|mad|awful|cruel|rude)\b",
    re.IGNORECASE,
)
"""How a question about oneself begins."""
_OWN = late(r"\b(?:i|we|me|my|us|our|i['’]?m|i['’]?ve)\b", re.IGNORECASE)
_TAKEN_BACK = late(
    r"\A\W*(?:never\s*mind|forget\s+(?:it|that|i)|doesn['’]?t\s+matter|i(?:['’]ve)?\s+(?:keep\s+)?ask(?:ed|ing)?\s+myself|ignore\s+(?:me|that)|no\s+it['’]?s\s+fine|don['’]?t\s+worry)\b",
    re.IGNORECASE,
)
_TELLS_WHAT = late(
    r"\W*(?:what|who|why|how|where|when)\b[^?:]{0,40}:\s*\w|\W*(?:what|how)\s+\w+\s+(?:will|can|could|should|['’]?ll)\s+(?:do|say)\s+is\b",
    re.IGNORECASE,
)
"""Begins as a question and tells: "What was going on: I was afraid", "What I'll do is ring"."""
_ANSWERED_AT_ONCE = late(
    r"\W*(?:well\W+|oh\W+)?(?:yes|yeah|no|nope|probably|maybe|of\s+course|never|always|i\s+(?:said|know|rang|did|do)\b"
    r"|(?:that|which)\s+(?:was|is)\s+what\b|used\s+to\s+be\b|was\s+(?:what|the)\b|i\s+(?:went|go)\s+round)",
    re.IGNORECASE,
)
"""After a question that wants no answer any more: "Should I have seen it, well yes"."""
_OBJECTS = late(
    r"\A\W*(?:no|nope|nah)\b|\b(?:your\s+words?|(?:you|u)\s+said|i\s+(?:never|didn['’]?t)\s+(?:say|said)|that['’]?s\s+not)\b",
    re.IGNORECASE,
)
"""Puts us right, and asks nothing."""
_QUOTED = late(r"“[^”]*”|\"[^\"]*\"|(?<!\w)[‘'][^’'\n?]{2,}\?[’'](?!\w)")
_WORD = late(r"[a-z’']+", re.IGNORECASE)
_WHAT_FOLLOWS = late(r"\s*(?:[,;:–—]|\.\.|\b(?:cos|coz|cause|because|bc|since)\b).*", re.IGNORECASE | re.DOTALL)
"""What is said after a question in the same breath: "can I say no to that, cos I've never met him"."""
_BARE = late(
    r"(?:(?:so|but|and|or|well)\s+)*(?:should|shall|do|did|am|can|could|may|must|is|isn|was|will|would|have|has|does)(?:n?['’]?t)?"
    r"\s+(?:i|we|it|that|he|she|they|you)\W*",
    re.IGNORECASE,
)
_WHAT_NOW = late(r"what\s+(?:do|should|shall|can)\s+(?:i|we)\s+(?:do|say)\b", re.IGNORECASE)
""" "He says he wants to die, what do I do?" is asked of us and not by him."""
_RUN_ON = late(
    r"\b(?:(?:what|who|how|when|where|which)(?:\s+\w+){0,2}?\s+(?:do|should|shall|can|am|would|could)\s+(?:i|we)\b"
    r"|(?:what\s+are\s+the|any)\s+words\b|(?:somebody|someone|can\s+you|please)(?:\s+\w+){0,3}\s+tell\s+me\s+(?:what|how|who|if|whether|when)\b"
    r"|(?:what|how)\s+to\s+(?:say|tell|put|word|ask|explain|start|begin|bring)\b|who\s+(?:do\s+i\s+\w+\s+)?first\b"
    r"|(?:do|should|shall|can|could|am|must|ought)\s+(?:i|we)\b(?!\s+(?:know|think|mean|suppose|hell)\b)"
    r"|does\s+(?:that|it)\s+put\b|(?:how\s+long|what\s+happens)\b)",
    re.IGNORECASE,
)
"""Where a question about oneself begins, in talk that runs on without a stop: "so what do i actually say to her"."""
_NOT_KNOWING = late(
    r"\b(?:do\s?n['’]?t|dunno|not\s+sure|no\s+(?:idea|clue)|need\s+\w+\s+to\s+tell\s+me|(?:tell|ask\w*|told)\s+(?:me|you|u)|know|i\s+asked|i['’]?m\s+asking)"
    r"(?:\s+(?:you|u|know|on|about))*\s+\Z",
    re.IGNORECASE,
)
"""Before what's asked by saying that one doesn't know: "i don't know what to say to her"."""
_ONLY_IF_NOT_KNOWN = late(r"(?:what|how)\s+to\b|who\s+first", re.IGNORECASE)
_NO_LONGER_ASKED = late(
    r"[,.;:?!–—…]|\s+(?:and|but|so|because|cos|cause)\s+(?:i|he|she|they|we|it|it['’]?s|i['’]?\w+|mum|dad|there|then|my|the)\b",
    re.IGNORECASE,
)
FEWEST_OF_A_BREATH = 9
"""Words of a sentence that is looked at for more than one question, wherever they begin."""
NEARLY = 5
"""Characters by which one question that is found twice may begin or end elsewhere."""
LONGEST_ASKED = 12
"""Words of a question in talk that runs on."""
AN_ECHO = 0.75
"""Share of a question's words that ours had: it throws ours back."""
FEWEST_OF_AN_ECHO = 3
LIKE_A_KIND, LIKE_IT_AND_OWN, LIKE_IT_AND_READ = 0.62, 0.46, 0.4
"""How like a kind a question must be; one with its mark about oneself or put to "you"; and one in an answer that's read
to ask us."""
SURELY, SURELY_AND_OWN, SURELY_AS_READ = 0.75, 0.55, 0.3
"""As sure as this of one kind, of the same three, it gets that kind's answer; else it's handed back."""
_AS_READ = "what-do-you-mean"
"""Believed of a few words where it was learnt of the whole answer and no example is near: "Around what, love?"."""
MOST_OF_NOT_FOLLOWING = 7
CLEARER, MUCH_CLEARER = 0.02, 0.12
"""By so much it must be more like it than like those that aren't for us."""
HANDED_BACK, LEAST_OF_A_FORM = 0.48, 0.42
"""How like any kind what's handed back must be, where nothing else says that it's for us; and how like one of those
that hand back, to be asked about as those are."""
FEWEST_WORDS = 4
"""Of what's handed back: "Do I?" is answered by whoever says it."""
NOBODYS = 0.5
"""As like those as this, it's nobody's."""
FEWEST_OF_A_HEAD = 3
"""Words of a question, before what follows it in the same breath, that are read by themselves."""
LONGEST = 30
"""Words of a sentence that is read whole beside its asking clause."""


def asks(words: str) -> bool:
    """Whether the words themselves ask, with or without their mark."""
    return _ASKS_FIRST.match(words) is not None or _TURNED.match(words) is not None


def says_nothing(clause: str) -> bool:
    """ "Should I?", "don't I?": nothing to give back but with the sentence it ends."""
    return _BARE.fullmatch(clause.strip()) is not None


@dataclass(frozen=True)
class Asking:
    """One question to the program."""

    span: Span
    words: str
    """As they are given back."""
    kind: AskedUs


@dataclass(frozen=True)
class _Candidate:
    span: Span
    clause: str
    sentence: str
    marked: bool
    asks: bool
    """Its words ask, whether the mark was typed or not."""
    begins: bool
    """It ends in a question mark, and a clause of it begins to ask."""
    read: bool
    """The answer is read to ask us here."""
    mine: bool = False
    """It's about oneself, in talk that runs on and is read to ask us."""
    in_a_breath: bool = False


def askings(
    kinds: QuestionKinds,
    other: AskedUs,
    answer: str,
    *,
    asked: str = "",
    stand: Stand | None = None,
    open_: bool = False,
) -> tuple[Asking, ...]:
    """The questions of an answer to the program, in order; `asked` is what was answered, `stand` where it was read to
    ask us. With `open_` any question that's for nobody else is for us."""
    found: list[Asking] = []
    whole = _candidates(kinds.typing, answer, asked, stand)
    in_a_breath = _in_a_breath(kinds.typing, answer, asked, read=stand is not None)
    candidates = [*whole, *in_a_breath]
    kinds.read_together([words for one in candidates for words in _ways_to_read(one)])
    for one in candidates:
        weighed = _weighed(kinds, one, stand)
        learnt = next((kind for kind, _ in weighed.likely if stand is not None and kind.key == stand.kind), other)
        few = len(one.clause.split()) <= MOST_OF_NOT_FOLLOWING
        as_read = learnt if one.read and few and learnt.key == _AS_READ else other
        kind = _kind(weighed, one, as_read, open_=open_)
        if kind is not None and one.in_a_breath and _is_met(one, kind, found):
            continue
        if kind is not None and all(kind.key != before.kind.key or kind is other for before in found):
            found.append(Asking(one.span, answer[slice(*one.span)], kind))
    if not found and stand is not None and (kind := _as_learnt(kinds, other, answer, stand)):
        found.append(Asking(stand.span, answer[slice(*stand.span)], kind))
    return tuple(sorted(found, key=lambda one: one.span))


def _is_met(one: _Candidate, kind: AskedUs, found: Sequence[Asking]) -> bool:
    """The same words have their reply already, or would only be handed back beside one."""
    same = any(
        abs(asking.span[0] - one.span[0]) <= NEARLY and abs(asking.span[1] - one.span[1]) <= NEARLY for asking in found
    )
    return same or (kind.hand_back and overlaps(one.span, *(asking.span for asking in found)))


def _as_learnt(kinds: QuestionKinds, other: AskedUs, answer: str, stand: Stand) -> AskedUs | None:
    """The kind of what an answer is read to ask us in words that ask nothing: "I don't know how to put it to mum"."""
    words = answer[slice(*stand.span)]
    if _TAKEN_BACK.match(answer[stand.span[1] :]) or _OBJECTS.search(words) or not words.strip():
        return None
    weighed = kinds.of(words, stand.kind)
    kind, likely = weighed.likely[0]
    if likely >= LIKE_IT_AND_OWN and weighed.sure >= SURELY_AND_OWN:
        return kind
    if weighed.general is not None and weighed.sure_in_general >= SURELY_AND_OWN:
        return weighed.general
    return next((one for one, _ in weighed.likely if one.hand_back and one.key == stand.kind), other)


def _candidates(typing: Typing, answer: str, asked: str, stand: Stand | None) -> Iterator[_Candidate]:
    bare = _QUOTED.sub(lambda quoted: " " * len(quoted[0]), answer)
    spans = tuple(spoken_sentences(answer))
    for place, (start, end) in enumerate(spans):
        written = typing.written(bare[start:end])
        sentence = written.words
        marked = sentence.rstrip(" )\"'”’!").endswith("?")
        read = stand is not None and start <= stand.span[0] < end
        complains = _WITHOUT_AN_ANSWER.search(sentence) is not None
        at = _asking_clause(sentence)
        clause = sentence[at or 0 :]
        turned = any(shape.match(clause) is not None for shape in (_TURNED, _ASKS_FIRST))
        if not sentence.strip() or not (marked or _UNMARKED.match(sentence) or turned or complains or read):
            continue
        after = spans[place + 1 : place + 2]
        if any(_TAKEN_BACK.match(answer[first:last]) for first, last in after):
            continue
        if not marked and _TELLS_WHAT.match(clause):
            continue
        told_of = at is None and not complains and _TELLS_OF_ASKING.search(sentence) is not None
        before, clause = sentence[: at or 0], clause.strip()
        own = _OWN.search(clause) is not None
        mine = _WHAT_NOW.match(clause) or (read and _MINE.match(clause))
        of_somebody = _OF_SOMEBODY.search(before) and not mine
        to_nobody = _TO_NOBODY.search(clause) and not own and not read
        if told_of or of_somebody or to_nobody or (_TO_SOMEBODY.search(before) and not own):
            continue
        if not read and _throws_back(clause, asked):
            continue
        if not marked and _ANSWERED_AT_ONCE.match(clause, len(_WHAT_FOLLOWS.sub("", clause))):
            continue
        asks = marked or _UNMARKED.match(sentence) is not None or _ASKS_FIRST.match(sentence) is not None
        begins, whole = marked and at is not None, sentence.strip()
        span = (start if says_nothing(clause) else start + written.typed_at(at or 0), end)
        yield _Candidate(span, clause, whole, marked or complains, asks, begins, read)


def _in_a_breath(typing: Typing, answer: str, asked: str, *, read: bool) -> Iterator[_Candidate]:
    """What's asked about oneself in the middle of talk that runs on, each up to where something else is said; it must
    be plainly of a kind where the answer isn't `read` to ask us."""
    bare = _QUOTED.sub(lambda quoted: " " * len(quoted[0]), answer)
    for start, end in spoken_sentences(answer):
        written = typing.written(bare[start:end])
        if len(written.words.split()) < FEWEST_OF_A_BREATH:
            continue
        begins = [found.start() for found in _RUN_ON.finditer(written.words)]
        for at, following in itertools.pairwise((*begins, len(written.words))):
            before, rest = written.words[:at], written.words[at:following]
            stops = _NO_LONGER_ASKED.search(rest)
            clause = " ".join(rest[: stops.start() if stops else len(rest)].split()[:LONGEST_ASKED])
            known = _NOT_KNOWING.search(before) is not None
            if (_ONLY_IF_NOT_KNOWN.match(clause) or _OF_SOMEBODY.search(before)) and not known:
                continue
            first = start + written.typed_at(at)
            last = start + written.typed_at(at + len(rest[: len(clause)].rstrip()))
            if len(clause.split()) < FEWEST_OF_A_HEAD or _throws_back(clause, asked):
                continue
            if _ANSWERED_AT_ONCE.match(bare, last) or _TAKEN_BACK.match(bare[last:]):
                continue
            if not read and not known and last < end - 1:
                continue  # "it was all what do I do and who do I ring and I calmed her down"
            yield _Candidate((first, last), clause, clause, False, True, False, False, mine=read, in_a_breath=True)


def _asking_clause(sentence: str) -> int | None:
    """Where the asking begins; None where no clause begins so."""
    return next((found.end() for found in _CLAUSE.finditer(sentence)), None)


def _throws_back(clause: str, asked: str) -> bool:
    said, ours = _WORD.findall(clause.casefold()), set(_WORD.findall(asked.casefold()))
    return len(said) >= FEWEST_OF_AN_ECHO and sum(word in ours for word in said) >= AN_ECHO * len(said)


def _weighed(kinds: QuestionKinds, one: _Candidate, stand: Stand | None) -> Kinds:
    """By the clause, by what it begins with and by the whole sentence, whichever is more like something."""
    learnt = stand.kind if stand is not None and one.read else ""
    if _WHAT_NOW.fullmatch(one.clause.rstrip(" ?.!")) and len(one.clause) < len(one.sentence):
        told = kinds.of(one.sentence, learnt)
        if told.likely[0][1] >= LIKE_IT_AND_OWN:  # what it's asked about says more than how it's asked
            return told
    return max((kinds.of(words, learnt) for words in _ways_to_read(one)), key=lambda one: one.likely[0][1])


def _ways_to_read(one: _Candidate) -> tuple[str, ...]:
    read = [one.clause]
    head = _WHAT_FOLLOWS.sub("", one.clause)
    if len(head.split()) >= FEWEST_OF_A_HEAD:
        read.append(head)
    if len(one.sentence.split()) <= LONGEST:
        read.append(one.sentence)
    return tuple(dict.fromkeys(read))


def _kind(weighed: Kinds, one: _Candidate, otherwise: AskedUs, *, open_: bool) -> AskedUs | None:
    """The kind it is plainly most like; where it's like several, or none, and surely asks us, one that hands it back,
    or `otherwise`; none where it doesn't ask us."""
    kind, likely = weighed.likely[0]
    asked = one.begins and likely >= HANDED_BACK and likely >= weighed.not_for_us + MUCH_CLEARER
    least, surely = _enough(one, read=one.read or open_)
    plain = weighed.sure >= surely or kind.hand_back
    if likely >= least and plain and (one.read or likely >= weighed.not_for_us + CLEARER):
        return kind
    general = weighed.general
    if general is not None and likely >= least and weighed.sure_in_general >= surely:
        return general
    own = _OWN.search(one.clause) is not None or _US.search(one.clause) is not None
    begins = _THINK.search(one.clause) or _MINE.match(one.clause) or (open_ and own) or asked
    enough = len(one.clause.split()) >= FEWEST_WORDS
    as_read = one.read and (one.asks or otherwise.key == _AS_READ)
    if not (as_read or ((one.marked or one.mine) and begins and enough)) or weighed.not_for_us >= min(NOBODYS, likely):
        return None
    handed_back = (kind for kind, value in weighed.likely if kind.hand_back and value >= LEAST_OF_A_FORM)
    return otherwise if otherwise.key == _AS_READ else next(handed_back, otherwise)


def _enough(one: _Candidate, *, read: bool) -> tuple[float, float]:
    """How like a kind it must be, and how surely that kind."""
    if read:
        return LIKE_IT_AND_READ, SURELY_AS_READ if one.read else SURELY_AND_OWN
    own = _OWN.search(one.clause) is not None or _US.search(one.clause) is not None
    turned = one.mine or (one.marked and (one.begins or _ASKS_FIRST.match(one.clause) is not None))
    return (LIKE_IT_AND_OWN, SURELY_AND_OWN) if own and turned else (LIKE_A_KIND, SURELY)
