"""Words that are those of danger and mean something else where they stand: a lump of a lad, a man called Mark, a bump
that is a pregnancy, a lump sum.

Owns the reading of such a word as the plain one of the same length that it stands for, before danger is weighed, so
that what is learnt of words and meaning isn't misled and every place in the answer stays where it was. Only what is
said of a whole child, is a name or is a turn of phrase is read so; a lump *on* somebody is never touched. "If I'm
honest" and the like say nothing, suppose nothing and deny nothing: they're read as nothing. Knows nothing of danger
itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache, partial

from assistant.language.lazy_patterns import late

_A_PERSON = r"(?!(?:it|that|this|there|what|where|here|one)\b)(?:[a-z]+['’]s|hes|shes|babys|[a-z]+\s+(?:is|was))"
_BIG = (
    r"(?:(?:such|a|an|the|right|real|proper|little|lovely|great|big|huge|heavy|chunky|solid|fat|happy|gorgeous|absolute"
    r"|wee|smiley|cuddly|bonny|hefty|quite|like|total|massive|dead|now|just|only|still|honestly)\s+)+"
)
_ON_SOMEBODY = (
    r"(?!\s*(?:,\s*)?(?:on|behind|above|below|under|near|over|at|to|by|across|in|inside|where|there|under\w*|the\s+size"
    r"|come|coming|came|up|has|that|which|from|after|he['’]?s\s+got)\b)"
)
_PERSON_DOES = (
    r"(?=['’]s\s+(?:the|his|her|mum|dad|been|not|at|in|a|had|gone|back|got|working|very|really|good|partner|brother|mother)\b"
    r"|\s+(?:is|was)\s+(?:the|his|her|their|mum|baby|at\s+(?:home|work)|there|out|holding|making|doing|feeding|lovely)\b"
    r"|\s+(?:said|says|came|comes|rang|works|thinks|wants|told|lives|who|and\s+(?:I|he|she)|has|had|does|did|goes|went"
    r"|stays|picks|takes|brings)\b)"
)
_SAID_OF_A_MAN = (
    r"(?=\s+(?:brought|took|rang|cooked|cooks|drove|drives|fed|feeds|works|wants|thinks|lives|stays|picks|brings|told|tells"
    r"|said|says|is\s+the\s+(?:dad|father|partner)|is\s+(?:her|his)\s+(?:dad|partner|brother|uncle|boyfriend))\b"
    r"|['’]?s\s+(?:mum|mam|mother|dad|sister|brother)\b)"
)
_NOT_WHERE = r"(?!s?\s+(?:on|above|behind|below|under|near|over|to|by|across|inside)\s+(?:his|her|the|their|one|its)\b)"
_HURTING = (
    r"(?![^.!?]*\b(?:kick(?:ed|ing)|punch\w*|hit|hits|hitting|fell|bleed\w*|blood|bruis\w*|head|forehead|eye|ear"
    r"|skull)\b)"
)
_EXPECTED = late(
    r"\b(?:pregnan\w+|expecting|unborn|midwi\w+|antenatal|trimester|scans?|born\s+yet|due\s+(?:in|on|any|at)"
    r"|(?:weeks|wks)\s+gone)\b",
    re.IGNORECASE,
)
"""Said anywhere in the answer, "her bump" is a pregnancy."""
_FOOD = r"(?:pur[eé]es?|food|porridge|dinner|gravy|custard|mash|sauce|mince|yoghurt|weetabix)"

_HERS = late(rf"(?<!in )\b(?:her|the|my|this|mum['’]?s)\s+(?P<word>bump)\b{_NOT_WHERE}{_HURTING}", re.IGNORECASE)

_UNBORN = "womb"
_ASIDE = late(
    r"\b(?:(?:if\s+I(?:['’]?m|\s+am)|to\s+be)\s+(?:(?:being|really|completely|totally|perfectly|brutally)\s+)?"
    r"(?:honest|truthful|frank|blunt|fair)(?:\s+(?:with|to)\s+(?:you|u))?|not\s+(?:gonna|going\s+to)\s+lie|can['’]?t\s+lie"
    r"|ngl|tbh|tbf|no\s+word\s+of\s+a\s+lie|if\s+truth\s+be\s+told|if\s+you\s+ask\s+me"
    r"|if\s+(?:you|u)\s+(?:see|know|get)\s+what\s+I\s+mean|if\s+that\s+makes\s+sense)\b",
    re.IGNORECASE,
)

Senses = tuple[tuple[str, str], ...]
_SENSES: Mapping[str, Senses] = {
    "bump": (
        # "We hit a bump with the form", "bumps in the road"
        (r"\b(?:hit|hitting)\s+(?:a|another)\s+(?P<word>bump)(?=\s+(?:with|over|at|in\s+the\s+road)\b)", "snag"),
        (r"\b(?P<word>bump)(?=s?\s+in\s+the\s+road\b)", "snag"),
        (r"\b(?:speed|fist|goose)\s?(?P<word>bump)", "snag"),
        (r"\b(?:down|earth|ground|reality)\s+with\s+a\s+(?P<word>bump)\b", "jolt"),
        (
            r"\b(?P<word>bump)(?=\s+(?:into\s+(?!(?:the|a|things)\b)|up\s+(?:the|her|his|our|my)\s+(?:hours|numbers|grade)|along\b))",
            "come",
        ),
        # "two and a bump", "it's a bump at the moment", "stroking her bump"
        (
            r"\b(?:one|two|three|four|five|six|\d|toddlers?|kids?|boys?|girls?|children|lads?)\s*,?\s+(?:and|plus)\s+"
            rf"(?:a|another)\s+(?P<word>bump){_NOT_WHERE}(?!s?\s+(?:on|above|behind)\b)",
            _UNBORN,
        ),
        (
            r"\b(?:is|was|just|only|still|it['’]?s|she['’]?s)\s+(?:a|the)\s+(?P<word>bump)(?=,?\s+(?:at\s+the\s+moment|for\s+now|due)\b)",
            _UNBORN,
        ),
        (
            r"\b(?:not|isn['’]?t|ain['’]?t)\s+(?:even\s+)?(?:an?\s+)?(?:child|baby|born|person)\b[^.!?]{0,30}\b(?:it['’]?s|is)\s+(?:just\s+)?a\s+(?P<word>bump)\b",
            _UNBORN,
        ),
        (r"\b(?:baby|pregnancy)\s+(?P<word>bump)\b(?!\s+(?:his|her|their|its|into|against|on|and\s+bang)\b)", _UNBORN),
        (r"\b(?:strok|rubb?|hold|patt?|cradl|hugg?|cupp?)\w*\s+(?:her|the|my|that)\s+(?P<word>bump)\b", _UNBORN),
        (r"\b(?:talk|sing|read|play)\w*\s+(?:music\s+)?to\s+(?:the|her|my)\s+(?P<word>bump)\b", _UNBORN),
        (r"\b(?:hands?|mug|plate|cup|phone)\s+on\s+(?:her|the|my)\s+(?P<word>bump)\b", _UNBORN),
        (r"\b(?:photos?|pictures?|pics?)\s+of\s+(?:her|the|my)\s+(?P<word>bump)\b", _UNBORN),
        (
            r"\b(?P<word>bump)(?=\s+under\s+(?:her|the|a|that|my)\s+(?:\w+\s+)?(?:coat|jumper|top|hoodie|dress|clothes|cardigan)\b)",
            _UNBORN,
        ),
        (r"\banother\s+(?P<word>bump)(?=\s+(?:already|on\s+the\s+way|coming|so\s+soon)\b)", _UNBORN),
        (r"\b(?:her|my|the)\s+(?P<word>bump)(?=['’]?s?\s+(?:is\s+|was\s+)?(?:showing|kicking|measuring)\b)", _UNBORN),
    ),
    "lump": (
        # "he's a lump, nine months, so smiley", "such a heavy lump", "a lump of a lad"
        (rf"\b{_A_PERSON}\s+{_BIG}(?P<word>lump)\b{_ON_SOMEBODY}", "chap"),
        (r"\b(?P<word>lump)(?=\s+of\s+(?:a\s+)?(?:lad|boy|baby|girl|love|thing|child|man|dog)\b)", "chap"),
        (r"\b(?P<word>lump)(?=[\s-]sums?\b)", "bulk"),
        (r"\b(?P<word>lump)(?=\s+in\s+(?:my|our|mum['’]?s|dad['’]?s|everyone['’]?s)\s+throats?\b)", "tear"),
        (rf"\b(?P<word>lump)(?=s?\s+in\s+(?:his|her|their|the)\s+{_FOOD}\b)", "bits"),
        (
            r"\b(?P<word>lump)(?=s?\s+of\s+(?:carrot|banana|bread|food|clay|playdough|cheese|potato|pasta|ice|wood|coal|toast)\b)",
            "bits",
        ),
        (r"\b(?P<word>lump)(?=(?:ed)?\s+(?:it|them|us|everything|everyone)\b)", "take"),
    ),
    "bruiser": ((r"\b(?P<word>bruiser)(?=s?\b)", "charmer"),),
    "mark": (
        # The man, not the mark: a capital inside a sentence, or what only a person does.
        (r"(?<=(?-i:[a-z,;]) )(?-i:(?P<word>Mark)\b)(?!s\b|\s+(?:on|to|across|above|below|behind)\b)", "Liam"),
        (rf"\b(?-i:(?P<word>Mark)){_PERSON_DOES}", "Liam"),
        (
            r"\b(?:called|named|dad|father|partner|boyfriend|husband|uncle|stepdad|colleague|manager)\s+(?P<word>mark)\b(?!s?\s+(?:on|to|above)\b)",
            "Liam",
        ),
        (
            rf"(?:\A|[.!?,]\s+|\b(?:so|and|then|but|because|cos|when|while|asked|told|saw|met|with)\s+)(?P<word>mark){_SAID_OF_A_MAN}",
            "Liam",
        ),
        # Of schoolwork, and of much else that is marked
        (r"\b(?P<word>mark)(?=s?\s+(?:for|in)\s+(?:maths|english|science|spellings?|his|her|the\s+test)\b)", "rank"),
        (
            r"\b(?:question|exclamation|trade|full|top|high|good)\s(?P<word>mark)(?=s?\b)(?!s?\s+(?:on\s+(?:his|her|the)|to)\b)",
            "rank",
        ),
        (r"\bblack\s+(?P<word>mark)(?=s?\s+(?:against|next\s+to|for)\b)", "rank"),
        (
            r"\b(?:(?:wide|short)\s+of\s+the|up\s+to\s+the|hits?\s+the|overstepped\s+the|halfway|week|month|hour|mile)\s+(?P<word>mark)\b",
            "rank",
        ),
        (r"\bon\s+the\s+(?P<word>mark)(?=\s+for\b)", "rank"),
        (
            r"\b(?P<word>mark)(?=\s+(?:my\s+words|time\b|the\s+(?:occasion|end|day|register|books?|homework|date)\b|(?:it|them|that|this|her|him|herself|himself|yourself)\s+(?:as|out\s+of|down|up|harder|in)\b))",
            "rate",
        ),
        (r"\b(?P<word>mark)(?=s\s+(?:and|&)\s+spencers?\b)", "shop"),
    ),
    "wound": (
        # "I'm wound up", "it wound him up"
        (r"\b(?P<word>wound)(?=\s+(?:(?:me|him|her|them|us|you|everyone)\s+)?(?:right\s+)?up\b)", "tense"),
        (r"\b(?P<word>wounded)(?=\s+(?:his|her|my|their)\s+(?:pride|ego|feelings)\b)", "dented"),
        (r"\b(?:c[\s-]?section|section|caesarean|cesarean|operation|surgical)\s+(?P<word>wound)\b", "seam"),
    ),
    "hit": (
        (
            r"\b(?P<word>hit)(?=s?\s+(?:home|it\s+off|the\s+(?:roof|jackpot|shops|deadline|ground\s+running)|a\s+(?:milestone|snag))\b)",
            "met",
        ),
        (
            r"\b(?:it|that|this|news|bills?|prices?|costs?(?:\s+of\s+\w+)?)\s+(?:(?:has|have|had|really|just)\s+){0,2}(?P<word>hit)(?=s?\s+(?:them|us|me|her|him|everyone)\b)",
            "met",
        ),
        (
            r"\b(?:was|were|is|been|such)\s+a\s+(?:(?:big|massive|huge|total|real|smash|great)\s+)?(?P<word>hit)\b(?!\s+(?:on|to|from)\b)",
            "joy",
        ),
    ),
    "shot": (
        (r"\b(?P<word>shot)(?=\s+(?:off|up|over|round|out\s+of\s+(?:his|her|bed|the\s+door))\b)", "went"),
        (r"\b(?P<word>shot)(?=\s+to\s+(?:bits|pieces)\b)", "worn"),
        (r"\b(?:best|good|fair|a\s+long|another)\s+(?P<word>shot)\b", "go"),
        (r"\bnerves\s+(?:are|were|is|was)\s+(?P<word>shot)\b", "worn"),
    ),
    "scratch": (
        (r"\b(?P<word>scratch(?:ed|ing)?)(?=\s+(?:my|our)\s+heads?\b)", "wonder"),
        (
            r"\b(?:(?:start|begin|began|make|made|cook)\w*(?:\s+\w+){0,2}\s+from|up\s+to)\s+(?P<word>scratch)\b(?!\s+mark)",
            "start",
        ),
        (
            r"\b(?P<word>scratch(?:ed|es|ing)?)(?=\s*(?:cards?|the\s+surface|(?:out|off)\s+(?:my|the|our)\s+(?:whole\s+)?(?:plans?|list))\b)",
            "rubbed",
        ),
    ),
    "burn": (
        (r"\b(?P<word>burn(?:ed|t))(?=[\s-]out\b)", "worn"),
        (
            r"\b(?P<word>burn(?:ed|t|ing)?)(?=\s+(?:(?:the|her|his|my|their|some|all\s+the)\s+)?(?:toast|dinner|tea|chips|cakes?|pan|pizza|sausages|rice|bridges)\b)",
            "made",
        ),
        (
            r"\b(?P<word>burn(?:ed|t|s|ing)?)(?=\s+(?:through\s+(?:his|her|the|their|all)|off\s+(?:some\s+)?(?:energy|steam))\b)",
            "went",
        ),
    ),
    "cut": (
        (
            r"\b(?:money|funding|benefits?|hours|budget|grant|service|posts?)\s+(?:was|were|is|are|got|been|being)\s+(?P<word>cut)\b",
            "low",
        ),
        (
            r"\b(?P<word>cut)(?=(?:ting)?\s+(?:the\s+(?:cake|ribbon|grass)|corners|it\s+fine|to\s+the\s+chase|(?:her|his|my)\s+(?:hair|fringe))\b)",
            "did",
        ),
    ),
    "swollen": ((r"\b(?P<word>swollen)(?=\s+with\s+(?:pride|joy|love|smiles)\b)", "filled"),),
    "graze": (
        (
            r"\b(?P<word>graze[ds]?)(?=\s+(?:all\s+day|on\s+(?:biscuits|snacks|fruit|crisps|toast)|through\s+the\s+day)\b)",
            "eats",
        ),
    ),
    "fractur": (
        (
            r"\b(?P<word>fractur(?:ed?|es|ing))(?=\s+(?:(?:the|her|his|our|this|a)\s+)?(?:family|relationships?|system|team)\b)",
            "split",
        ),
    ),
    "blister": ((r"\b(?P<word>blister)(?=\s?(?:packs?|strips?|thing)\b)", "tablet"),),
    "ring": ((r"\b(?P<word>ring)(?=\s+binders?\b)", "file"),),
    "spot": ((r"\bsoft\s+(?P<word>spot)(?=\s+for\b)", "side"),),
    "line": ((r"\bdouble\s+yellow\s+(?P<word>line)(?=s?\b)", "road"),),
    "bit": (
        (r"\b(?P<word>bit)(?=\s+(?:my|our)\s+heads?\s+off\b)", "got"),
        (r"\b(?P<word>bitten)(?=\s+off\s+more\b)", "taken"),
        (r"\bonce\s+(?P<word>bitten)\b", "warned"),
    ),
}


@lru_cache(maxsize=len(_SENSES))
def _compiled(word: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern, re.IGNORECASE), plain) for pattern, plain in _SENSES[word])


def as_meant(words: str) -> str:
    """An answer of the same length in which every such word is the one it stands for."""
    words = _ASIDE.sub(lambda found: " " * len(found[0]), words)
    lowered = words.lower()
    for word in _SENSES:
        if word in lowered:
            for pattern, plain in _compiled(word):
                words = pattern.sub(partial(_with, plain), words)
    if "bump" in lowered and _EXPECTED.search(words):
        words = _HERS.sub(partial(_with, _UNBORN), words)
    return words


def _with(plain: str, found: re.Match[str]) -> str:
    start, end = (place - found.start() for place in found.span("word"))
    return found[0][:start] + plain.ljust(end - start) + found[0][end:]
