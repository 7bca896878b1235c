"""The child, or the children, that an account begins with, by name: "It's Kayden", "Mia 12, Tyler 8", "call her Skye".

Owns how somebody is introduced as whom an account is about: named at its start, named on purpose ("we'll call him"),
or with a child's age or school year beside the name. Knows nothing of who is known already, nor of what is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.language.lazy_patterns import late
from assistant.language.words_before import just_before
from assistant.noticing.ages_said import A_CHILDS_AGE, TWO_AGES
from assistant.noticing.households import expecting, parents_told
from assistant.noticing.names import whose_name
from assistant.noticing.observations import Span

_MOST = 40
"""Names of an account that are looked at; whom it is about is said before there are more."""
_LONGEST_START = 120
"""Characters before a name that still are the start of an account."""
_NAME = r"(?P<name>[A-ZÀ-Þ][^\W\d_]+(?:[-’'][A-ZÀ-Þ][^\W\d_]+)?)"
_GROWN_UP = (
    r"(?:mum|mam|mammy|mummy|mom|mother|ma|dad|da|daddy|father|step\s?-?(?:dad|mum|father|mother)|nan|nana|nanna|gran|granny"
    r"|grandma|grandmother|grandad|grandfather|aunt|auntie|aunty|uncle|partner|ex|boyfriend|girlfriend|husband|wife|fella"
    r"|(?:foster\s+)?carers?|parents?|couple|manager|supervisor|worker|sw|teacher|head|midwife|nurse|mentor|colleague)"
)
_SIBLING = r"(?:brother|sister|sibling|cousin|friend|mate|twin|half\s?-?(?:brother|sister))"
_CHILD = (
    r"(?:boy|girl|lad|lass|wee\s+one|baby|babby|bairn|wean|bump|child|kid|toddler|teenager"
    r"|young\s+(?:man|woman|person|lady))"
)
_OF_A_GROWN_UP = late(
    rf"\b(?:{_GROWN_UP}s?|{_SIBLING})(?:['’]s|\s+is|\s+are|\s+was|\s+called|\s+named|\s+being|,)*\s*[(:]?\s*\Z"
    r"|\b(?:mrs|mr|ms|miss|dr|pc|ds|dc)\.?\s+\Z",
    re.IGNORECASE,
)
_IS_A_GROWN_UP = late(
    rf"(?:\s+is|['’]s|\s*,|\s*\()\s+(?:(?:the|my|our|a|an)\s+)?(?:\w+\s+)?{_GROWN_UP}\b(?!['’]s)"
    rf"|(?:\s+is|['’]s|\s*,|\s*\()\s*(?:his|her|their|that['’]s)\s+(?:\w+\s+)?{_GROWN_UP}\s*[,.)]"
    rf"|\s*\(\s*(?:\w+\s+)?{_GROWN_UP}\b"
    r"|\s+(?:and|with|&)\s+(?:(?:her|his|their|the|all)\s+)*(?:\w+\s+)?(?:kids|kiddies|children|bairns|weans|boys|girls|lads)\b",
    re.IGNORECASE,
)
_TITLED = late(r"(?:mrs|mr|ms|miss|dr|pc|ds|dc)\b", re.IGNORECASE)
_FROM = late(r"\s+from\s+[A-Z]")
_SAYS_HOW_OLD = late(
    r"[\s,.;:(–—-]{0,4}(?:and\s+)?(?:(?:s?he|they|who)(?:['’]?s|['’]re|['’]ll\s+be|\s+is|\s+was|\s+are|\s+will\s+be|\s+have|\s+has|\s+turned)?\s+)?"
    r"(?:(?:just|only|nearly|about|almost|now|turned|turning|going\s+on)\s+){0,3}",
    re.IGNORECASE,
)
_AFTER_AN_AGE = late(
    r"\s+(?:\w+\s+)?(?:kids|kiddies|children|bairns|weans|boys|girls|sons|daughters|lads|sisters|brothers|missing|episodes"
    r"|calls|referrals|in\s+the\s+morning)\b|\s+to\s+\d",
    re.IGNORECASE,
)
_SCHOOL_YEAR = late(
    r"[\s,.;:(–—-]{0,4}(?:(?:s?he['’]?s|who['’]?s|is|in|just|started|my)\s+){0,3}"
    r"(?:(?:year|yr|y|primary)\s?(?:1[0-3]|\d|one|two|three|four|five|six|seven|eight|nine|ten|eleven)\b|(?-i:[SP][1-7])\b"
    r"|reception\b|nursery\b)",
    re.IGNORECASE,
)
_START = late(
    r"(?:\W{0,5}\b(?:oh|well|right|so|ok(?:ay)?|um+|erm?|hi(?:ya)?|hello|yeah|yes|aye|it['’]?s|it\s+is|it['’](?:ll|d)\s+be|it\s+was|this\s+is"
    r"|possibly|two|three|four|five|both|of\s+them|brothers|sisters|siblings|twins|boys|girls|kids|children"
    r"|is|about|probably|maybe|then|i\s+suppose|i\s+think|i['’]?d\s+say|thinking\s+about|i['’]?ve\s+(?:just\s+)?got|i\s+have|a|my|the|one|today"
    r"|really|honestly|sorry|little|wee|baby|young|poor|unborn|has\s+to\s+be|got\s+to\s+be|must\s+be|can\s+i\s+(?:talk|do)"
    rf"|i['’]?d\s+like\s+to|i\s+want\s+to|i\s+need\s+to|think\s+through|(?:talk|think)\s+about|called|named|{_CHILD})\b)*\W{{0,5}}\Z",
    re.IGNORECASE,
)
_ON_PURPOSE_BEFORE = late(
    r"\bcall(?:s|ing|ed)?\s+(?:him|her|them|it|the\s+(?:baby|bump|child)|this\s+one)\s+\Z"
    rf"|\b(?:a|the|little|wee|young|baby|this|of)\s+(?:\w+\s+)?{_CHILD},?\s+(?:called\s+|named\s+)?\Z"
    r"|\b(?:it['’]?s|it\s+is|it\s+was|it['’]ll\s+be)\s+(?:really\s+|all\s+about\s+)?(?:little\s+|wee\s+|young\s+|baby\s+|poor\s+)?\Z"
    r"|\bwhom?\s+(?:i|we)(?:['’]ll|\s+shall|\s+will)\s+call\s+\Z"
    r"|\b(?:name\s+for\s+today\s+is|let['’]?s\s+say|baby)\s+\Z",
    re.IGNORECASE,
)
_ON_PURPOSE_AFTER = late(
    r"\s*,?\s+(?:(?:i|we)['’]?(?:ll|m|re)|(?:i|we)\s+(?:shall|will)|let['’]?s|shall\s+(?:i|we))\s+(?:call(?:ing)?\s+(?:him|her|them|it)|say)\b",
    re.IGNORECASE,
)
A_GROWN_UP_SO_NAMED = late(rf"\b{_GROWN_UP}\b[^.!?]{{0,30}}\Z", re.IGNORECASE)
"""Before a name that is given on purpose: "her partner, call him Gareth"."""
_IS_OF_ANOTHER = late(rf"\b{_GROWN_UP}\W{{1,3}}(?:let['’]?s\s+)?say\s+\Z", re.IGNORECASE)
"""Before a name: "Mum, say"."""
_A_FAMILY = late(r"\bthe\s+\Z", re.IGNORECASE)
_AND = late(
    rf"[\s)]*(?:,|,?\s*\b(?:and|then|plus)\b|\s*&)\s*(?:(?:his|her|their|the|little|wee|big|older|younger|baby|twin|then|and)\s+)*"
    rf"(?:(?:{_SIBLING}|twins)\s+)?",
    re.IGNORECASE,
)
_NO_NAME = frozenset(
    (
        "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
        "september october november december christmas easter it he she they the this that i we my our his her their "
        "baby mum mam dad nan nana gran boy girl lad child kid well right so oh ok okay yes yeah no hi hiya hello "
        "there and but because when what who you not just one two three four five six seven eight nine ten eleven "
        "twelve year school nursery reception probably honestly sorry really today mrs mr miss ms dr social "
        "unborn bump male female table group flat room house case little older younger big wee toddler"
    ).split()
)
_SHOWN = late(rf"\bcall(?:s|ing)?\s+(?:him|her|them|it|the\s+(?:baby|bump|child)|this\s+one)\s+{_NAME}")
_SHOWN_BY_A_CHILD = late(rf"\b(?:a|wee|little|baby|young)\s+(?:\w+\s+)?(?:boy|girl|lad|lass|bairn|wean),?\s+{_NAME}")
_ANY_NAME = late(rf"(?<![\w'’-]){_NAME}")


def shown_as_names(text: str) -> Iterator[Span]:
    """Words that the account's beginning shows to be names, though they may be words as well: "call her Skye"."""
    for pattern in (_SHOWN, _SHOWN_BY_A_CHILD):
        yield from (found.span("name") for found in pattern.finditer(text) if _may_be_a_name(found["name"]))
    for found in _ANY_NAME.finditer(text, 0, _LONGEST_START):
        span = found.span("name")
        if _may_be_a_name(found["name"]) and _begins(text, span) and (_how_old(text, span) or _on_purpose(text, span)):
            yield span


def introduced(text: str, names: Sequence[Span]) -> tuple[Span, ...]:
    """The names by which the account introduces whom it is about, of all the names in it; none where nobody is."""
    told, grown_up = parents_told(text, names), set[str]()
    names = sorted(names)[:_MOST]
    for place, name in enumerate(names):
        called = _called(text, name)
        if name in told or called in grown_up or _is_grown_up(text, name):
            grown_up.add(called)
        elif not _may_be_a_name(called) or _A_FAMILY.search(just_before(text, name[0])):
            continue
        elif _introduces(text, name) and not _IS_OF_ANOTHER.search(just_before(text, name[0])):
            beside = place and _AND.fullmatch(text[names[place - 1][1] : name[0]])
            if not beside:
                return tuple(_row(text, names[place:]))
            return (names[place - 1], name) if TWO_AGES.match(text, name[1]) else ()
    return ()


def _introduces(text: str, name: Span) -> bool:
    """Where a baby is on the way, the one an account begins with may be its mother."""
    return bool(_how_old(text, name)) or _on_purpose(text, name) or (_begins(text, name) and expecting(text) is None)


def _is_grown_up(text: str, name: Span) -> bool:
    before = just_before(text, name[0])
    if _OF_A_GROWN_UP.search(before) or _TITLED.match(text, name[0]):
        return True
    if _FROM.match(text, _end(text, name)) and _begins(text, name):  # "Samuel from Eritrea"
        return False
    if whose_name(text, (name[0], _end(text, name)), about_a_child=False) == "grown-up":
        return True
    return _IS_A_GROWN_UP.match(text, _end(text, name)) is not None and not _how_old(text, name)


def _how_old(text: str, name: Span) -> int:
    """Where a child's age or school year ends that stands beside the name; 0 where none does."""
    end = _end(text, name)
    if year := _SCHOOL_YEAR.match(text, end):
        return year.end()
    said = _SAYS_HOW_OLD.match(text, end)
    for start in (end, said.end() if said else end):
        age = A_CHILDS_AGE.match(text, start)
        if (
            age is None
            or age["age"].lower() == "one"
            or text[age.end() :][:1] == ":"
            or _AFTER_AN_AGE.match(text, age.end())
        ):
            continue
        if "week" in age["age"] and expecting(text[: age.end() + 10]):
            continue
        return age.end()
    return 0


def _on_purpose(text: str, name: Span) -> bool:
    before = just_before(text, name[0])
    if _ON_PURPOSE_AFTER.match(text, _end(text, name)):
        return A_GROWN_UP_SO_NAMED.search(before) is None
    shown = _ON_PURPOSE_BEFORE.search(before)
    return shown is not None and A_GROWN_UP_SO_NAMED.search(before) is None


def _begins(text: str, name: Span) -> bool:
    return name[0] <= _LONGEST_START and _START.fullmatch(text[: name[0]]) is not None


def _row(text: str, names: Sequence[Span]) -> Iterator[Span]:
    """The first, and each that is named along with it: "Ruby (4) and her brother Jac (18 months)"."""
    yield names[0]
    aged = _how_old(text, names[0])
    end = aged or _end(text, names[0])
    for place, name in enumerate(names[1:], 1):
        between = text[end : name[0]]
        joined = _AND.fullmatch(between) or (aged and not between.strip())  # "Kacey 11 Jude 7"
        if not joined or re.match(r"['’]s\s+[a-z]", text[_end(text, name) :]):
            return
        own = _how_old(text, name)
        following = names[place + 1] if place + 1 < len(names) else None
        shared = following is not None and _AND.fullmatch(text[name[1] : following[0]]) and _how_old(text, following)
        if (aged and not (own or shared)) or _is_grown_up_in_a_row(text, name):
            return
        yield name
        end = own or _end(text, name)


def _is_grown_up_in_a_row(text: str, name: Span) -> bool:
    end = _end(text, name)
    grown_up = whose_name(text, (name[0], end), about_a_child=False) == "grown-up"
    return grown_up or _IS_A_GROWN_UP.match(text, end) is not None


def _may_be_a_name(word: str) -> bool:
    return word.casefold() not in _NO_NAME


def _called(text: str, name: Span) -> str:
    """The name itself, without the "'s" after it."""
    return re.sub(r"['’]s?\Z", "", text[slice(*name)])


def _end(text: str, name: Span) -> int:
    """Where the name itself ends."""
    return name[0] + len(_called(text, name))
