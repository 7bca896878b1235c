"""The words in which a step on the last page is pointed at, and in which something is said of it.

Owns the patterns alone; `page_grammar.py` says what each comes to. `⟦3⟧` is the mark of a step that was named by words.
"""

from __future__ import annotations

import re

from assistant.conversation.typed_parts import names
from assistant.conversation.whose_steps import NUMBERS
from assistant.language.late_patterns import late

WORDS = "|".join(NUMBERS)
DIGIT = (
    r"(?<![\w:£/.⟦-])[1-9](?![\w:/%]|\.\d|-\d)(?!\s*(?:am|pm|st|nd|rd|th|o['’]?clock|years?|yrs?|months?|weeks?|days?|hours?"
    r"|min\w*|times|kids|children|boys|girls|sisters|brothers|stone|kilos?|people|visits?|of\s+(?:us|them|those))\b)"
)
NAMED = rf"(?:steps?|numbers?|nos?\.?|lines?|points?)\s+(?:[1-9](?![\w:])|(?:{WORDS})\b)"
ORDINAL = (
    r"\b(?:(?:the\s+)?(?:first|second|third|fourth|fifth|last)\s+(?:one|step|line)\b"
    r"|the\s+(?:first|second|third|fourth|fifth|last)(?=\s+(?:is|isn|and|can|should|so|with|round)\b|\W*\Z))"
)
MARK = r"⟦\d⟧"
ONE = rf"(?:{MARK}|{NAMED}|{ORDINAL}|{DIGIT})"
TWO = r"(?:the\s+)?(?:first|last)\s+two"
MORE = rf"(?:{ONE}|\b(?:{WORDS})\b(?=\s*(?:,|and\b|&|off\b|out\b|[.!]|$)))"
JOINED = r"(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s*&\s*|\s+)"
SEVERAL = rf"{ONE}(?:{JOINED}{MORE})*"
LIST = rf"{ONE}(?:{JOINED}{MORE}(?!\s+(?:is|isn|was|wasn|should|needs?|can)\b))*"
"""The same where nothing is said of the last of them by itself: "swap 1 and 2, and 2 is me"."""
OFF = r"(?:strike|delete|remove|scrap|lose|drop|bin|get\s+rid\s+of)"
OFF_IF_SO = r"(?:take|cross|leave|strike|keep)"
OBJECTS = (
    rf"(?:steps?\s+|numbers?\s+|lines?\s+)?(?P<{{}}>{LIST}"
    rf"|(?:{WORDS})(?:(?:\s*,\s*|\s+and\s+|\s*,\s*and\s+)(?:{WORDS}))+|{TWO})"
)
BEFORE = late(
    rf"\b{OFF}(?:\s+(?:off|out))?\s+{OBJECTS.format('numbers')}(?:\s+(?:off|out|away))?"
    rf"|\b{OFF_IF_SO}\s+(?:off|out)\s+{OBJECTS.format('those')}|\b{OFF_IF_SO}\s+{OBJECTS.format('them')}\s+(?:off|out|away)\b",
    re.IGNORECASE,
)
SWAP = late(
    rf"\b(?:swap|switch|turn)\s+(?:round\s+)?(?P<numbers>{LIST}|{TWO})(?:\s+with\s+(?P<with>{ONE}))?(?:\s+(?:round|over|about|a?round))?"
    rf"|(?P<those>{SEVERAL}|{TWO})\s+(?P<days>(?:['’]s\s+)?days\s+)?(?:are\s+|should\s+be\s+|need\s+to\s+be\s+|want\s+to\s+be\s+)?(?:in\s+the\s+wrong\s+order|swapped|(?:the\s+)?(?:wrong|other)\s+way\s+(?:a?round|about))",
    re.IGNORECASE,
)
PUT = rf"(?:put|move|get|bring|do|have|want|need)\s+(?P<numbers>{ONE})"
OUGHT = (
    rf"(?P<that>{ONE})\s*(?:['’]s\s+(?:to\s+)?|\s(?:should\s+|needs\s+to\s+|has\s+to\s+|must\s+|ought\s+to\s+|is\s+really\s+|is\s+|then\s+)?)"
    r"(?:be\s+(?:rung|told|seen|done|asked)\s+|be\s+|goes?\s+|comes?\s+|happens?\s+|go\s+)?"
)
TOP = (
    r"(?:(?:up|right|back)\s+)?(?:before\s+(?:anything|everything|anybody|all\s+of\s+(?:it|them))(?:\s+else)?"
    r"|first(?!\s+thing)|(?:at|to|on)\s+the\s+(?:very\s+)?(?:top|start|beginning))"
)
BOTTOM = r"(?:(?:down|right)\s+)?(?:last\b(?!\s+\w)|(?:at|to|on)\s+the\s+(?:very\s+)?(?:bottom|end))"
SAME = late(
    rf"(?P<numbers>{SEVERAL})\s+(?:are|is|look|say|seem\s+to\s+be)\s+(?:(?:all|both|basically|really|nearly|almost|just|pretty\s+much|sort\s+of)\s+)*(?:the\s+same(?:\s+(?:thing|step|one))?|one(?:\s+(?:thing|step))?\b(?!\s+\w)|duplicates?|repeats?)(?:\s+(?:as|with)\s+(?P<as>{ONE}))?"
    rf"|\b(?:put|make|join|merge|roll)\s+(?P<these>{SEVERAL})\s+(?:together|in(?:to)?\s+one|one\b)"
    rf"|(?P<one>{ONE})\s+(?:is\s+)?(?:just\s+)?(?:repeats?|a\s+repeat\s+of|duplicates?)\s+(?P<other>{ONE})",
    re.IGNORECASE,
)
TWICE = late(
    r"\b(?:two|a\s+couple|both)\b[^.]{0,24}\bthe\s+same\b|\bthe\s+same\s+(?:one|thing|step)\b[^.]{0,16}\btwice\b|\b(?:it|that|one)(?:['’]?s|\s+is)\s+(?:in\s+|on\s+|down\s+)?(?:there\s+)?twice\b|\bsaid\s+the\s+same\s+thing\s+twice\b|\bduplicate[sd]?\b",
    re.IGNORECASE,
)
OPENS = late(
    rf"(?:^\W*(?:(?:no|yes|and|but|oh|so|then|ok|also|well|sorry)\W+)*|[,;:.!?]\s+|\s+[-–—]\s+|\b(?:and|but|so|then)\s+)(?=(?P<numbers>{SEVERAL})(?!\w))|(?=(?P<mark>{MARK}))",
    re.IGNORECASE,
)
"""Where a clause begins with numbers: what follows is said of them."""
NO_STEP = late(
    r"^\W*(?:(?:is|are|was|were)(?:n['’]?t|\s+not)|['’]s\s+not|never\s+was|was\s+never)\s+(?:really\s+|even\s+)?(?:an?\s+|any\s+|my\s+|mine\b|the\s+)?(?:real\s+|proper\s+)?(?:steps?|actions?|plans?|things?\s+(?:i|we)|something|what\s+i|mine|for\s+me)\b"
    r"|^\W*(?:is|are|was|['’]s)\s+(?:just\s+|only\s+)?(?:(?:what|how|something)\s+(?:i|we)\s+(?:\w+\s+)?(?:felt|feel|thought|think|said|meant|was)\b|(?:a|my)\s+(?:feeling|worry|thought|question)\b|(?:me|i['’]?m|i\s+was|us)\s+(?:just\s+)?(?:having|being|moaning|talking|thinking|ranting|going\s+on|saying|wondering|letting|having)\b"
    r"|(?:nothing\s+to\s+do\s+with|not\s+(?:for|part\s+of)|between\s+(?:us|you\s+and\s+me)|not\s+happening|off\W*$|rubbish|daft|private)\b)"
    r"|^\W*(?:isn['’]?t|is\s+not|['’]s\s+not|not)\s+(?:happening|needed|relevant|going\s+ahead|ringing|doing\s+(?:it|that)|coming)\b"
    r"|^\W*(?:can|should|needs?\s+to|has\s+to|have\s+to|must|wants?\s+to)\s+(?:go\b(?!\s+\w)|come\s+(?:off|out)\b|be\s+(?:taken\s+(?:off|out)|removed|deleted)\b)"
    r"|^\W*(?:off|out|gone|goes)\W*$|.*\bnot\s+(?:really\s+)?an?\s+(?:step|action)\b|.*\bso\s+(?:that|it)['’]?s\s+(?:gone|off|out|dead|not\s+happening)\b",
    re.IGNORECASE,
)
WRONG = late(
    r"^\W*(?:(?:is|are|['’]s)(?:n['’]?t|\s+not)?\s+(?:still\s+|all\s+|just\s+)?(?:wrong|right|true|rubbish|nonsense|a\s+mess|correct|what\s+i\s+said)(?:\s+(?:still|either|yet))?)\W*",
    re.IGNORECASE,
)
DONE_ALREADY = late(
    r"^\W*(?:(?:is|are|['’]s|has|have|['’]ve)\s+)?(?:(?:been|already|all|now|just|i|we|i['’]ve|we['’]ve|have|so)\s+)*(?:done|did|sorted|booked|rung|rang|sent|finished|happened)\b"
    r"(?!\s+(?:by|it\s+by|wrong|before))|^\W*knows\b(?!\s+(?:nothing|that|about))|^\W*(?:['’]s|has)\s+(?:already\s+)?(?:got\s+(?:it|them|that)|given)\b|^\W*(?:(?:is|are|['’]s|has|have)\s+)?(?:been|already)\s+(?:done|rung|told|sent|booked|seen|sorted|given|asked|referred|emailed|contacted|written|weighed|informed|made)\b|^\W*['’]s\s+told\W*$|^\W*(?:is|['’]s)\s+(?:a\s+)?(?:tick|off\s+my\s+list)\b",
    re.IGNORECASE,
)
I_HAVE = late(
    r"(?:(?:i|we)(?:['’]ve|\s+have)|(?:i|we)\s+(?:already|just)|already|i(?=\s+(?:told|rang|emailed|sent|booked|saw|texted)\b.*\b(?:just\s+now|so\s+that['’]?s\s+done|already|this\s+morning|at\s+lunch)\b))\s+(?:already\s+|just\s+|now\s+)*"
    r"(?!got\b|been\b|said\b|not\b|never\b|no\b|only\b|put\b|changed\b|thought\b|decided\b)(?P<did>\w+(?:ed|ung|ang|old|een|en|one|poke|ent|id|ote|ade|et|aw|oken|itten)?)\b(?P<what>[^,;.]*?(?=\s+so\s|[,;.]|\Z))(?:\s+so\s[^,;.]*)?(?:[,;]\s*(?:just|this|earlier|while|when|at|today|on|about|after|before)\b[^.;]*)?",
    re.IGNORECASE,
)
"""What the worker has done since: "I've already rung the doctor"."""
IT_ALONE = late(r"\s*(?:it|that|this|them|those|both)(?:\s+(?:already|now|today|one))?\s*", re.IGNORECASE)
UNDO = late(
    r"^\W*(?:no|actually|oh|sorry|ignore\s+that|scrap\s+that)\W+(?:actually\s+)?(?:leave|keep)\s+(?:⟦0⟧|that|it|them|those)(?:\s+(?:as\s+(?:it\s+is|they\s+are)|one|alone))?\W*\Z|^\W*(?:ignore|forget)\s+that\W*\Z",
    re.IGNORECASE,
)
CALLED = late(
    r"^\W*(?:is|['’]s)\s+(?:called|named)\s+(?P<who>(?-i:[A-Z])\w+(?:\s(?-i:[A-Z])\w+)?)(?P<when>\W*\Z|,\s.*)",
    re.IGNORECASE,
)
JUST = late(
    r"\s*[,;–-]\s*(?:so\s+)?(?:it['’]?s\s+|leave\s+it\s+as\s+)?(?:just|only)\s+(?P<what>(?!that\b|it\b|me\b)\w+\s[^,.;]+)",
    re.IGNORECASE,
)
""" "Take off that I messed up, just tell my manager"."""
REFUSED = late(
    r"\A\W*(?:i|we)\W*(?:['’]?m|\s+am|['’]re|\s+are|\s+will|\s+can|won|can|don|do)?\W*(?:n?['’]?t|not)\b", re.IGNORECASE
)
RIGHT = late(
    r"^\W*(?:is|are|['’]s)\s+(?:all\s+|now\s+)?(?:(?:fine|right|ok(?:ay)?|good|correct)\W*$|still\s+(?:on|there|to\s+do|needed|happening)\b)|^\W*(?:stays|stands|can\s+stay)\b",
    re.IGNORECASE,
)
TWO_THINGS = late(
    r"^\W*(?:is|are|['’]s|should\s+be)\s+(?:really\s+|actually\s+)?(?:two|three|2|3|separate|different)\s*(?:things|steps|jobs|ones)?\b",
    re.IGNORECASE,
)
SAYS = late(
    r"^[^\w'’⟦]*(?:so\s+)?(?:(?:that['’]?s|it['’]?s|that\s+is|it\s+is|(?:it|that)\s+should\s+(?:be|say|read)|is|are|['’]s|was|should\s+(?:be|say|read)|(?:needs?|wants?|ought|has|was\s+meant|is\s+meant)\s+to\s+(?:be|say|read)|to\s+be|says?|just|meant|not|make\s+(?:it|that)|put|goes\s+to|can\s+be|could\s+be|to(?=\s+(?-i:[A-Z]))|down\s+to|up\s+to|actually|really|for)\s*(?::|,)?\s+)*",
    re.IGNORECASE,
)
INSTEAD = late(
    r"^\W*(?:(?:is|are|was)(?:n['’]?t|\s+not)|['’]s\s+not)\s+[^,;.]{1,40}?(?:[,;]\s*(?:[^,;.]{1,25}[,;]\s*)?|\s+)(?:but\s+)?(?=(?:it|that|they)['’]?s\b|(?:it|that)\s+(?:is|should))",
    re.IGNORECASE,
)
"""Of "3 isn't the GP, it's the nurse" what is not so."""
WHEN = names(
    "before after then first today tonight tomorrow morning afternoon week monday tuesday wednesday thursday friday"
)
DO_THE = late(r"^\W*(?:do|make\s+it|say|go\s+for|put)\s+(?:the\s+)?", re.IGNORECASE)
AND_THEN = late(r"[,;:.]\s*(?:and\s+)?then\s+|;\s*|[,.]\s+and\s+|\s+and\s+then\s+", re.IGNORECASE)
INSTEAD_OF_THEM = late(
    r"(?:\A|[,;.]\s+|\bso\s+)(?P<who>(?:(?-i:[A-Z])\w+\s?){1,2}|me|i)(?:['’](?:s|ll|m)|\s+(?:is|will|am|can))\s+(?:\w+ing|do(?:es|ing)?\s+it|go|come)(?:\s+it)?\s+instead\b",
    re.IGNORECASE,
)
""" "Ms Rao can't tonight, Mr Pike's coming instead"."""
I_WILL = late(
    r"\W*i['’]?(?:ll|m)\s+\w+(?:\s+(?:it|him|her|them|that|round|up|instead|then))*(?:\W+(?P<when>.*))?\W*",
    re.IGNORECASE | re.DOTALL,
)
""" "The nursery I'll ring today"."""
ANOTHER = late(
    r"[,;]\s*(?:and\s+)?(?=(?:i|we)(?:['’](?:ll|m|re)|\s+(?:will|am|are))\b|me\b(?!\s*[,.]|\s*$))", re.IGNORECASE
)
BECAUSE = late(
    r"^[,;\s]*(?:(?:⟦0⟧|it|that)(?:['’]?s|\s+is)|they['’]?re|because|cos|as|since|which)\b[^.;]*", re.IGNORECASE
)
SAYS_ANEW = late(
    r"^\W*(?:is|are|['’]s)?\s*:|^\W*(?:should|needs?\s+to|ought\s+to|has\s+to)\s+(?:say|read)\b", re.IGNORECASE
)
SAYS_HOW = late(
    r"^\W*(?:every|each|weekly|daily|twice|once|to\s+be|with|without|at|in|only|not|alone|by|before|after|also|together|unannounced"
    r"|she['’]?s\s+to|he['’]?s\s+to|they['’]?re\s+to)\b",
    re.IGNORECASE,
)
""" "2 is every Friday": nothing else is to be done than what stands there."""
NOT_MINE = late(r"^\W*(?:is|are|was)(?:n['’]?t|\s+not)\s+(?:mine|for\s+me|me)\b", re.IGNORECASE)
AND_ITS_DONE = late(
    r"\s+and\s+(?:it['’]?s|that['’]?s|i['’]?ve)\s+(?:been\s+)?(?:done|booked|sorted|rung)\b.*\Z", re.IGNORECASE
)
TAIL_OF_A_LIST = late(rf"\b(?:[1-9]|{WORDS})\s*(?:,|&|\band\b)[\s,]*(?:and\s+)?\Z", re.IGNORECASE)
INSIDE = late(r"\b(?:in|about)\s\Z")
FOR_IT = late(rf"(?P<rest>.*\w.*?)\s+for\s+(?P<mark>{MARK})\W*", re.IGNORECASE)
""" "Thursday not Friday for Bel"."""
VERB = late(r"\s+(?:is|isn|was|wasn|are|should|needs?|can|has|says)\b|\s*:", re.IGNORECASE)
AT_ITS_HEAD = late(SEVERAL, re.IGNORECASE)
LEADS_ON = late(r"[\s,;]+(?:and|but|so)\W*\Z|[,;]\s+then\W*\Z", re.IGNORECASE)
NAMES = {**NUMBERS, "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1}
THE_ORDINAL_ONE = late(r"\b(first|second|third|fourth|fifth|last)\s+one\b", re.IGNORECASE)
ANY_NUMBER = late(rf"{MARK}|\b(?:[1-9]|{'|'.join(NAMES)})\b", re.IGNORECASE)
TWO_OF = late(r"\b(first|last)\s+two\b", re.IGNORECASE)
