"""Whether a document is about learning from work with children and families at all.

Owns the words that such documents cannot do without. It keeps an invoice or a recipe out of the library; it does not
judge what is learned.
"""

from __future__ import annotations

import re

from assistant.library.sections import section_of

_ENOUGH = 4
_WORDS = re.compile(
    r"\b(child(?:ren)?|bab(?:y|ies)|famil(?:y|ies)|parents?|mother|father|carers?|safeguarding|practitioners?"
    r"|professionals?|agenc(?:y|ies)|multi-agency|social work(?:ers?)?|health visitors?|neglect|abuse|harm|risks?"
    r"|assessments?|supervision|referrals?|review|learning|findings?|recommendations?|lessons|practice|police"
    r"|school|domestic|vulnerab\w+|suicid\w+|violence|injur\w+|exploit\w+|bereave\w*"
    r"|early help|escalat\w+|adult|care|support|audits?|records?|plans?)\b",
    re.IGNORECASE,
)
_ABOUT_PEOPLE = re.compile(
    r"\b(?:child(?:ren)?|bab(?:y|ies)|young (?:people|person)|famil(?:y|ies)|parents?|safeguarding|adults? at risk"
    r"|victims?|residents?|wom[ae]n|husband|wife|partner|dads?|mums?|fathers?|mothers?|boys?|girls?)\b",
    re.IGNORECASE,
)
_ABOUT_WORK = re.compile(
    r"\b(?:practitioners?|professionals?|agenc(?:y|ies)|multi-agency|social work(?:ers?)?|health visitors?"
    r"|supervision"
    r"|safeguarding|(?:case|practice|homicide|adults?|thematic|learning|death) review|death overview"
    r"|lessons (?:to be )?learn|learning (?:points?|from|for)"
    r"|debrief|risk assessments?|audits?|duty team|caseloads?|home visits?"
    r"|social care|referrals?|early help|child protection|children[’']s (?:trusts?|services|partnership)"
    r"|(?:talking|listening|speaking) (?:with|to) (?:children|families|parents))\b",
    re.IGNORECASE,
)
_OF_THE_WORK = re.compile(
    r"\b(?:mums?|dads?|boys?|girls?|bro(?:thers?)|sisters?|sons?|daughters?|men|man|wom[ae]n|people|person|victims?"
    r"|toddlers?"
    r"|infants?|teenagers?|pupils?|students?|he|she|him|her|his|hers|grand\w+|uncles?|aunts?|cousins?|couples?"
    r"|patients?"
    r"|residents?|wife|husband|workers?|nurses?|doctors?|gps?|midwi\w+|teachers?|officers?|managers?|visit\w*|home"
    r"|house\w*"
    r"|records?|recording|plans?|planning|services?|hospital|clinic|staff|inform\w*|shar\w+|ask\w*|listen\w*|notes?"
    r"|notice\w*"
    r"|told|tell|rang|ring|concerns?|worr\w+|injur\w*|bruis\w+|drugs?|drink\w*|alcohol|health|mental\w*|danger\w*"
    r"|safe\w*"
    r"|died|death|hurt|missing|court|orders?|threshold\w*|audits?|culture|language|interpret\w+|attend\w*"
    r"|appointments?"
    r"|refus\w+|disab\w+|feel\w*|fear\w*|afraid|trust\w*|sleep\w*|money|debt|food|hungry|weapon\w*|kni\w+|online"
    r"|abus\w+"
    r"|decisions?|meetings? (?:with|about)|strategy|conferences?|control\w*|coerc\w+|threat\w*|frighten\w*|fire"
    r"|burn\w*|fall|fell|accident\w*|emergenc\w+|ambulance"
    r"|forms?|transfer\w*|polic(?:y|ies)|guidance|procedures?|protocols?|pathways?|tools?|law|legal|statut\w+"
    r"|dut(?:y|ies)"
    r"|nobody|no one|not|never|without|chronolog\w+"
    r"|consent\w*|capacity|refer\w*|discharg\w+|medic\w+|born|birth|pregnan\w+|partners?|relationships?|separat\w+"
    r"|contact"
    r"|caseload\w*|handovers?|curious|curiosity|challeng\w+)\b",
    re.IGNORECASE,
)
_FEW_ENOUGH = 2
"""Words from which a document is about learning where it speaks of children in many of its lines."""
_OFTEN = 3
_LEARNING = frozenset({"finding", "learning-point", "strength"})
_A_HEADING = 8
"""Words in the longest line that is looked at as a heading."""


_LISTS = re.compile(r"\s*(?:[-*+•]|\d+[.)]|[a-z(])")
_PLACEHOLDER = re.compile(
    r"(?:click|tap)(?: or (?:click|tap))? here\b|\b(?:insert|enter) (?:[\w’']+ ){0,4}(?:here|name|date|text"
    r"|details)\b|_{5,}|\.{8,}"
    r"|\[(?:insert|enter|add|name|date)\b|\bdd/mm/yy|^\W*[A-Z][^.?!:]{2,60}:\W*$|^\W*(?:name|date|signature"
    r"|address)\b[^.?!]{0,60}$",
    re.IGNORECASE | re.MULTILINE,
)
_LINES_OF_A_FORM = 4
_SHARE_OF_A_FORM = 0.4


def is_blank_form(text: str) -> bool:
    """Whether a document is a sheet to fill in that nobody filled in: much of it asks for words and has none."""
    lines = [line for line in text.splitlines() if line.strip()]
    asking = sum(
        _PLACEHOLDER.search(line) is not None
        for line, after in zip(lines, [*lines[1:], ""], strict=True)
        if not _LISTS.match(after)
    )
    return asking >= _LINES_OF_A_FORM and asking >= _SHARE_OF_A_FORM * len(lines)


def _speaks_of_people(text: str) -> bool:
    return len(_ABOUT_PEOPLE.findall(text)) >= _FEW_ENOUGH


def _promises_learning(text: str) -> bool:
    """Whether a line heads findings, what went well or what is to be done."""
    lines = (line.strip(" \t#*_") for line in text.splitlines())
    return any(section_of(line).kind in _LEARNING for line in lines if 0 < len(line.split()) <= _A_HEADING)


def says_nothing_of_the_work(text: str) -> bool:
    """Whether some lines hold no word of people, of what befalls them or of what is done for them."""
    return not (_WORDS.search(text) or _OF_THE_WORK.search(text))


def is_about_learning(text: str) -> bool:
    """Whether the words of children's safeguarding are there, about people and about work with them."""
    if _speaks_of_people(text) and _promises_learning(text):
        return True
    words = {word.lower() for word in _WORDS.findall(text)}
    people = len(_ABOUT_PEOPLE.findall(text))
    enough = _FEW_ENOUGH if people >= _OFTEN else _ENOUGH
    return len(words) >= enough and people > 0 and bool(_ABOUT_WORK.search(text))
