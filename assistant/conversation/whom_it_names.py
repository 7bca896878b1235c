"""Whom a question names: the child it is surely about, or else the one that the account is about, or all of them.

Owns that choice and the names for it. An account is about the child it begins with until another who surely is a child
is spoken of, and that child isn't, in most of the last few answers; and about all of them where it begins with all of
them. A worker who says whom it is about is believed. Says less ("this child") where nobody can be known.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from assistant.conversation.case_facts import CASE_SLOTS
from assistant.conversation.case_sketch import CaseSketch, Person
from assistant.conversation.state import State, Turn
from assistant.language.ages import NUMBERS
from assistant.language.lazy_patterns import late
from assistant.language.sentences import spoken_sentences
from assistant.language.words_before import just_before
from assistant.noticing.cast import called_by_a_noun
from assistant.noticing.introduced import introduced
from assistant.noticing.observations import Span
from assistant.noticing.person import like_of
from assistant.noticing.reading import Mention

_SEVERAL = 2
_BEGUN_WITH = 1.5
"""Answers that speak of a child which one that begins with them is worth."""
_FADES = 0.85
"""What an answer is worth of the one after it."""
_OUT_OF_SIGHT = 4
"""Answers about children after which one that none of them spoke of is not whom the talk is about."""
_AS_MUCH = 0.8
"""Two children are spoken of as much where one has this share of the other's answers."""
_LATELY = 5
"""The last few answers."""
_MOST_OF_THEM = 4
_ABOVE_THE_OTHERS = 1.8
"""Where an account begins with several: times the other's share from which on it is about one of them."""
_NUMBER = "|".join(("both", "all", r"\d", *list(NUMBERS)[2:9]))
_OF_THEM_ALL = late(
    rf"\b(?:there['’]?s|there\s+are|all|it['’]?s)\s+(?:{_NUMBER})\s+of\s+(?:them|the\s+(?:kids|children))\b"
    r"|\b(?:it['’]?s|it\s+is)\s+(?:about\s+)?(?:all|both)\s+of\s+them\b|\bwhy\s+(?:just|only)\s+the\b",
    re.IGNORECASE,
)
"""How somebody says that it is about every child."""
_AND = late(r"\W*(?:and|&|,)\W*", re.IGNORECASE)
_NOT_BEFORE = late(r"\b(?:not|isn['’]?t|wasn['’]?t|than|nor|gone\s+to|about\s+why)\s+(?:about\s+)?\Z", re.IGNORECASE)
_THIS_ONE_AFTER = late(
    r"['’]?s?\s*,?\s*(?:i\s+(?:said|meant|asked|told\s+you|mean)\b|(?:that\s+)?(?:this|it|we['’]?re|i['’]?m)(?:\s+is|\s+was)?\s+(?:talking\s+|all\s+|"
    r"really\s+|worried\s+|thinking\s+)?about\b|not\s+[A-Z]\w+|i['’]?m\s+worried)",
    re.IGNORECASE,
)
_THIS_ONE_BEFORE = late(
    r"\b(?:i\s+(?:said|meant|asked\s+(?:you\s+)?about|was\s+(?:asking|talking)\s+about|am\s+talking\s+about|['’]?m\s+talking\s+about|mean)|it['’]?s\s+(?:all\s+|really\s+)?about"
    r"|this\s+is\s+about|back\s+to|talk\s+about|keep\s+(?:on|to)|stay\s+with|all)\s+\Z",
    re.IGNORECASE,
)
_OWNED = late(r"\b(?:his|her|their|(?!it|that|there|he|she|who)\w+['’]s)\s+(?:\w+\s+)?\Z", re.IGNORECASE)
_ITS = late(r"\bit['’]?s\s+\Z", re.IGNORECASE)
_ID_TELL = late(r"\s+(?:i['’]?d|we['’]?d|i|we)\s+(?:tell|worry|mean|want)\b", re.IGNORECASE)
_HOW_MANY = late(rf"^the (?:{_NUMBER}) ", re.IGNORECASE)


@dataclass(frozen=True)
class Talk:
    """What the talk has been of so far, as far as it says who is meant now."""

    lately: tuple[str, ...] = ()
    """Ids of those spoken of, the last first."""
    begun_with: tuple[str, ...] = ()
    """Ids of those the account began with, in order."""
    focus: tuple[str, ...] = ()
    """Ids of the child, or the children, that it introduced as whom it is about; empty where it said none."""
    together: bool = False
    """It began with several at once, or somebody said that it is about them all."""
    answers: tuple[frozenset[str], ...] = ()
    """Whom each answer spoke of, the last first."""
    plainly: tuple[frozenset[str], ...] = ()
    """Whom each spoke of by a name or a noun, and not only as "he", the last first."""
    said_to_be: tuple[str, int] | None = None
    """Whom somebody said that it is about, and how many answers ago."""


def talk_of(state: State, sketch: CaseSketch) -> Talk:
    """Who has been spoken of in a session, and how; whoever was taken for a child and is none counts for none."""
    children = {child.id for child in sketch.children}
    turns = [turn for turn in state.turns if turn.reading is not None and turn.answer is not None]
    lately = [mention.person for turn in reversed(turns) for mention in reversed(_people(turn))]
    begun = next((turn for turn in turns if turn.asked.keeps == "focus"), None)
    together, said = begun is not None and _several_at_once(begun, children), None
    focus = _introduced(begun, sketch, together=together) if begun else ()
    together = len(focus) > 1 or (together and not focus)
    sure = {child.id for child in sketch.children if _is_surely_one(child) or child.id in focus}
    for ago, turn in zip(range(len(turns) - 1, -1, -1), turns, strict=True):
        if _OF_THEM_ALL.search(turn.answer or "") and (not focus or (len(sure) > 1 and _puts_right(turn))):
            together, said = True, None
        if whom := _said_to_be(turn, sure if focus else children):
            together, said = False, (whom, ago)
    return Talk(
        tuple(dict.fromkeys(lately)),
        tuple(dict.fromkeys(mention.person for mention in _people(begun))) if begun else (),
        focus,
        together,
        tuple(frozenset(mention.person for mention in _people(turn)) for turn in reversed(turns)),
        tuple(frozenset(one.person for one in _people(turn) if one.by != "pronoun") for turn in reversed(turns)),
        said,
    )


def _is_surely_one(child: Person) -> bool:
    """An age or a noun says that they are a child, and not only a name that may be anybody's."""
    return child.several or bool(child.age) or child.unborn or called_by_a_noun(child.names)


def _introduced(turn: Turn, sketch: CaseSketch, *, together: bool) -> tuple[str, ...]:
    """Whom the account introduces by name; else the first child it speaks of, where it doesn't begin with several."""
    children = {child.id: child for child in sketch.children if not child.several}
    mentions = [one for one in _people(turn) if one.person in children]
    named = {one.span: one.person for one in mentions if one.by == "name"}
    names = [one.span for one in _people(turn) if one.by == "name"]
    meant = introduced(turn.answer or "", names)
    by_name = tuple(dict.fromkeys(named[span] for span in meant if span in named))
    if by_name or together:
        return by_name
    nouns = [one.person for one in mentions if one.by == "noun"]
    sure = [one for one in (*named.values(), *nouns) if _is_surely_one(children[one])]
    sure = [one for one in sure if like_of(children[one].names) != "sibling"]
    return tuple((*sure, *named.values(), *nouns, *(one.person for one in mentions))[:1])


def people_in_words(
    sketch: CaseSketch,
    talk: Talk,
    *,
    meant: tuple[str, ...] = (),
    may: Callable[[Person], bool] = lambda _: True,
) -> Mapping[str, str]:
    """The slots of questions filled with the worker's own names.

    `meant` are ids of those a question is surely about, and `may` says of which child it can be asked.
    """
    parents = tuple(person for person in sketch.people if person.role == "mother") or tuple(
        person for person in sketch.people if person.role == "father"
    )
    chosen = {
        "{child}": _child(sketch.children, talk, meant, may),
        "{parent}": _one(parents, talk.lately),
        "{man}": _one(sketch.men, talk.lately),
    }
    if chosen["{parent}"] == chosen["{man}"]:  # "What do you know about Dad that didn't come from Dad?"
        chosen["{parent}"] = ""
    return {slot: chosen[slot] or unnamed for slot, unnamed in CASE_SLOTS.items()}


def _child(children: tuple[Person, ...], talk: Talk, meant: tuple[str, ...], may: Callable[[Person], bool]) -> str:
    """The child that is meant, or whom the account is about, or all of them."""
    single = [child for child in children if not child.several and child.called]
    focus = [child for child in single if child.id in talk.focus]
    if focus:
        single = [child for child in single if child in focus or _is_surely_one(child)]
    for who in meant:
        if surely := next((child for child in single if child.id == who and may(child)), None):
            return surely.called
    group = next((_called_together(child) for child in children if child.several and child.called), "")
    if focus and any(may(child) for child in focus):
        group = next((_called_together(one) for one in children if one.several and one.id in talk.begun_with), "")
        return _of_the_focus([child for child in focus if may(child)], single, talk, group)
    single = [child for child in single if may(child)] or focus or single
    if len(single) < _SEVERAL and (not group or (single and not talk.together)):
        return single[0].called if single else ""
    if not single:
        return group
    one = _focus(single, talk)
    return one.called if one else _all_of_them(single, group)


def _of_the_focus(focus: Sequence[Person], single: Sequence[Person], talk: Talk, group: str) -> str:
    """Whom the account began with, unless it has gone over to another."""
    if said := _said_last(single, talk):
        return said.called
    if len(focus) > 1:
        one = _gone_over_to(focus, (), talk)
        return one.called if one else group or "the children"
    if talk.together:
        return _all_of_them(single, group)
    return (_gone_over_to(single, focus, talk) or focus[0]).called


def _gone_over_to(children: Sequence[Person], focus: Sequence[Person], talk: Talk) -> Person | None:
    """The one child that most of the last few answers speak of, and that alone."""
    lately, plainly = talk.answers[:_LATELY], talk.plainly[:_LATELY]
    others = [child for child in children if child not in focus]
    if any(child.id in answer for child in focus for answer in lately):
        return None
    often = {child.id: sum(child.id in answer for answer in plainly) for child in others}
    most = [child for child in others if often[child.id] >= _MOST_OF_THEM]
    return most[0] if len(most) == 1 and sum(often.values()) == often[most[0].id] else None


def _said_last(single: Sequence[Person], talk: Talk) -> Person | None:
    """Whom somebody said that it is about, unless others have been spoken of since."""
    said = next((one for one in single if talk.said_to_be and one.id == talk.said_to_be[0]), None)
    if said is None or talk.said_to_be is None:
        return None
    since = talk.answers[: talk.said_to_be[1]]
    of_others = sum(any(other.id in answer for other in single) and said.id not in answer for answer in since)
    return said if of_others < _OUT_OF_SIGHT else None


def _focus(single: Sequence[Person], talk: Talk) -> Person | None:
    """Whom the account is about; nobody where it is about them all."""
    if said := _said_last(single, talk):
        return said
    weighed = sorted(((-_weight(child, single, talk), place) for place, child in enumerate(single)))
    if not weighed:
        return None
    first, second = weighed[0], weighed[1] if len(weighed) > 1 else (0.0, 0)
    if talk.together:
        stands_out = -first[0] > -second[0] * _ABOVE_THE_OTHERS and len(talk.answers) > _SEVERAL
        return single[first[1]] if stands_out else None
    as_much = len(weighed) > 1 and -second[0] >= -first[0] * _AS_MUCH
    begun = {child.id for child in single} & set(talk.begun_with)
    return None if as_much and not begun else single[first[1]]


def _weight(child: Person, single: Sequence[Person], talk: Talk) -> float:
    """In how much of the talk this child was spoken of."""
    of_children = [answer for answer in talk.answers if any(one.id in answer for one in single)]
    spoken = sum(_FADES**ago for ago, answer in enumerate(of_children) if child.id in answer)
    if len(of_children) > _OUT_OF_SIGHT and not any(child.id in answer for answer in of_children[:_OUT_OF_SIGHT]):
        return 0.0
    first = next((who for who in talk.begun_with if any(one.id == who for one in single)), "")
    return spoken + _BEGUN_WITH * (child.id == first or (talk.together and child.id in talk.begun_with))


def _called_together(group: Person) -> str:
    """ "The two boys" are the boys; with the girls they are the children."""
    said = " ".join(group.names).casefold()
    if ("boys" in said or "lads" in said) and "girls" in said:
        return "the children"
    return _HOW_MANY.sub("the ", group.called)


def _all_of_them(single: Sequence[Person], group: str) -> str:
    sexes = {child.says("sex") for child in single}
    by_sex = {frozenset({"male"}): "the boys", frozenset({"female"}): "the girls"}.get(frozenset(sexes), "")
    return by_sex if by_sex and len(single) >= _SEVERAL else group or "the children"


def _one(people: tuple[Person, ...], lately: tuple[str, ...]) -> str:
    """One of them: whoever was spoken of last, or the only one there is."""
    single = [person for person in people if not person.several and person.called]
    recent = [person for who in lately for person in single if person.id == who]
    if recent:
        return recent[0].called
    return single[0].called if len(people) == 1 and single else ""


def _people(turn: Turn) -> tuple[Mention, ...]:
    return turn.reading.people if turn.reading else ()


def _several_at_once(turn: Turn, known: Set[str]) -> bool:
    """ "The boys", "Asa and Noor": the answer begins with more than one child, and none of them by another."""
    answer = turn.answer or ""
    children = [one for one in _people(turn) if _of_a_child(one, known) and one.by != "pronoun"]
    for before, mention in zip([None, *children], children, strict=False):
        between = answer[before.span[1] : mention.span[0]] if before else ""
        if mention.several and not _OWNED.search(just_before(answer, mention.span[0])):
            named = {one.person for one in children if one.by == "name" and not one.several}
            return (before is None or before.several) and len(named) != 1
        if before and before.by == mention.by == "name" and before.person != mention.person and _AND.fullmatch(between):
            return before is children[0]
    of_a_span: dict[Span, set[str]] = {}
    for mention in children:  # "two boys, 6 and 9" is each of them
        of_a_span.setdefault(mention.span, set()).add(mention.person)
    return bool(children) and len(of_a_span[children[0].span]) > 1


def _puts_right(turn: Turn) -> bool:
    return turn.reading is not None and turn.reading.stance == "corrects-us"


def _of_a_child(mention: Mention, children: Set[str]) -> bool:
    """Taken for a child when it was read, and not known to be something else since."""
    return mention.role == "child" and (mention.several or mention.person in children or "-" not in mention.person)


def _said_to_be(turn: Turn, children: Set[str]) -> str:
    """Whom the answer says that it is about: "It's Tilda this is about, not Rowan", "ruta I said"."""
    answer = turn.answer or ""
    stance = turn.reading.stance if turn.reading else "answers"
    named = [mention for mention in _people(turn) if _of_a_child(mention, children) and mention.by == "name"]
    found: set[str] = set()
    for mention in named:
        before, after = just_before(answer, mention.span[0]), answer[mention.span[1] :]
        if _NOT_BEFORE.search(before):
            continue
        plainly = _THIS_ONE_AFTER.match(after) or _THIS_ONE_BEFORE.search(before)
        if plainly or (_ITS.search(before) and (_ID_TELL.match(after) or stance == "corrects-us")):
            found.add(mention.person)
    if not found and stance == "corrects-us":
        found = set(_of_the_correction(turn, named))
    return next(iter(found)) if len(found) == 1 else ""


def _of_the_correction(turn: Turn, named: Sequence[Mention]) -> Iterator[str]:
    """The children named in the sentence that corrects us, but for those it says it is not about."""
    answer = turn.answer or ""
    stand = turn.reading.stand("corrects-us") if turn.reading else None
    for start, end in spoken_sentences(answer):
        if (
            stand is None
            or not start <= stand.span[0] < end
            or not re.search(r"\b(?:about|asked|mean|meant)\b", answer[start:end])
        ):
            continue
        for mention in named:
            if start <= mention.span[0] < end and not _NOT_BEFORE.search(just_before(answer, mention.span[0])):
                yield mention.person
