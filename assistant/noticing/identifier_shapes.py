"""Who could be recognised by a number, an address or the name of a school: identifiers known by their shape.

Owns those patterns and what could stand in the place of each kind. Knows no first name; whether a word is somebody's
name is `identifiers.py`'s.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from assistant.yaml_files import PackModel

IdentifierKind = Literal[
    "name", "setting", "nhs-number", "date-of-birth", "postcode", "phone", "email", "address", "reference", "username"
]
_NHS = re.compile(r"(?<![\d+-])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\d-])")
_EMAIL = re.compile(r"\b[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+\b")
_USERNAME = re.compile(r"(?<![\w.@+-])@[A-Za-z_][\w.]{1,40}(?<!\.)")
_CALLED_THERE = re.compile(
    r"\b(?:user ?name|gamer ?tag|handle|(?:her|his|their) (?:snap(?:chat)?|insta(?:gram)?|tiktok|discord|xbox))\b"
    r"(?: (?:name|on \w+|there))?(?:['’]s| is|:) (?P<name>(?=\w*[_\d])\w[\w.]{2,40})\b",
    re.IGNORECASE,
)
"""A username that has no @: "her username on Snap is immy_x"."""
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}\b", re.IGNORECASE)
_PHONE = re.compile(r"(?<![\d\w])(?:\+44 ?(?:\(0\) ?)?|\(0\d{2,4}\) ?|0)(?:\d[ -]?){5,9}\d(?!\d)")
_HELPLINES = ("0800", "0808", "0300", "0303", "0345", "0116")
_BORN = re.compile(r"\b(?:born\b|d\.?o\.?b\b\.?|date of birth\b|birthday\b)[^.\d]{0,20}", re.IGNORECASE)
_DATE = re.compile(
    r"\d{1,2}(?:[/.-]\d{1,2}[/.-]\d{2,4}|(?:st|nd|rd|th)?(?: of)? [A-Z][a-z]{2,8},? \d{4})|\d{4}-\d{2}-\d{2}"
)
_REFERENCES = (
    re.compile(r"\b[A-Z]{2}\d{2} ?[A-Z]{3}\b"),  # a car
    re.compile(r"\b[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b"),  # National Insurance
    re.compile(r"\b[A-Z]{1,5}[-/]?\d{5,}\w*\b|\b[A-Z]{2}\d{2}[A-Z]\d{4,}\b"),  # the second is a court's
    re.compile(
        r"\b(?:ref(?:erence)?s?|(?:case|crime|incident|custody|occurrence|hospital|passport|pupil|record|file|client)"
        r" (?:no|number|id)|log|occ|cad|crn|pnc|upn|uln|urn|reg|(?:mosaic|liquidlogic|lcs|eclipse)"
        r" (?:id|no|number))\b['’]?s?\.?"
        r"[^.\d\n]{0,14}?\b(?P<number>(?!(?:19|20)\d\d\b)(?:(?-i:[A-Z]{1,4})[-/ ]?)?(?:\d{3}|\d\d/\d{3})"
        r"[\dA-Z]*(?:[-/]\d[\dA-Z]*)*"
        r"(?: of \d{1,2}[/.-]\d{1,2}[/.-]\d{2,4})?)\b",
        re.IGNORECASE,
    ),
)
_FLAT = r"(?:(?:[Ff]lat|[Aa]partment|[Uu]nit|[Rr]oom) \d+[a-zA-Z]?,? )"
_LIVES_IN = (
    r"(?:\b(?:liv(?:e|es|ed|ing)|stay(?:s|ed|ing)?|sleep(?:s|ing)?|mov(?:e|es|ed|ing)|house|flat|home|address)\b[^.!?\n]{0,40}?"
    r"\b(?:in|on|at|off|into|to|is) )"
)
"""Before a street without a number: where somebody lives, and not where a bus goes."""
_SUGGESTED: Mapping[IdentifierKind, str] = {
    "name": "a role, such as “the aunt”",
    "setting": "what it is, such as “the school”",
    "nhs-number": "NHS number left out",
    "date-of-birth": "date of birth left out",
    "postcode": "postcode left out",
    "phone": "number left out",
    "email": "e-mail address left out",
    "address": "address left out",
    "reference": "number left out",
    "username": "username left out",
}


class ShapeWords(PackModel):
    """What streets, schools and homes are called."""

    street_words: str
    settings: str = ""
    """What a school or a home is called by; with a name before it, it shows which one a child is at."""
    settings_not_named: str = ""
    """Words that name no particular one of those: a high school, a free nursery."""


@dataclass(frozen=True, order=True)
class Identifier:
    """Words by which somebody could be recognised."""

    start: int
    end: int
    kind: IdentifierKind
    text: str

    @property
    def suggestion(self) -> str:
        """What could stand in its place."""
        return _SUGGESTED[self.kind]


class Shapes:
    """Finds numbers, addresses, and schools and homes by name."""

    def __init__(self, words: ShapeWords, name: str, nobodys: Collection[str]) -> None:
        """`name` is the pattern of a word that could be a name; `nobodys` are words that belong to none."""
        self._nobodys = nobodys
        streets = words.street_words.split()
        every = "|".join(word.capitalize() for word in streets)
        street = rf"(?:{_FLAT}|(?=\d))(?:\d+[a-zA-Z]?,? )?(?:[A-Z][\w'’]+,? ){{1,3}}(?:{every})\b"
        house = r"(?:The (?:[A-Z][\w'’]+ ?){1,3}, )?"
        self._addresses = (
            re.compile(rf"(?P<all>\b{house}{street}(?:, (?:[A-Z][\w'’]+ ){{1,2}}(?:{every})\b)*)"),
            re.compile(rf"{_LIVES_IN}(?P<all>(?:[A-Z][\w'’]+ ){{1,3}}(?:{every}))\b"),
        )
        self._typed_small = re.compile(rf"\b\d+[a-z]? (?P<named>[a-z]{{3,}}) (?:{every.lower()})\b")
        settings = "|".join(word.replace("_", " ") for word in words.settings.split()) or "(?!)"
        self._setting = re.compile(
            rf"\b(?:St\.? )?{name}(?:['’]s?)?(?: {name}(?:['’]s?)?){{0,2}} (?:{settings})\b"
            rf"|\bSt\.? {name}['’]s(?! [A-Z])|\b(?:Ysgol|Scoil|Bunscoil)(?: y)? {name}(?: {name})?"
        )
        self._setting_words = frozenset(words.settings.replace("_", " ").lower().split())
        self._no_setting = frozenset(words.settings_not_named.split())

    def notice(self, words: str, ordinary: Callable[[str], bool]) -> Iterator[Identifier]:
        """Each by itself, the surest first; they may overlap. An `ordinary` word names no street."""
        yield from (_found("email", match) for match in _EMAIL.finditer(words))
        yield from (_found("username", match) for match in _USERNAME.finditer(words))
        for called in _CALLED_THERE.finditer(words):
            yield Identifier(*called.span("name"), "username", called["name"])
        yield from self._settings(words)
        for pattern in self._addresses:
            for found in pattern.finditer(words):
                yield Identifier(*found.span("all"), "address", found["all"])
        for found in self._typed_small.finditer(words):
            if not ordinary(found["named"]):
                yield _found("address", found)
        yield from (_found("postcode", match) for match in _POSTCODE.finditer(words))
        for born in _BORN.finditer(words):
            if date := _DATE.match(words, born.end()):
                yield _found("date-of-birth", date)
        for number in _NHS.finditer(words):
            if nhs_number(number[0]):
                yield _found("nhs-number", number)
        for number in _PHONE.finditer(words):
            if not number[0].startswith(_HELPLINES):
                yield _found("phone", number)
        for pattern in _REFERENCES:
            for found in pattern.finditer(words):
                group = "number" if "number" in pattern.groupindex else 0
                yield Identifier(*found.span(group), "reference", found[group])

    def _settings(self, words: str) -> Iterator[Identifier]:
        """Schools, nurseries and homes by name; the words before the name that only begin the sentence are left."""
        for found in self._setting.finditer(words):
            start = found.start()
            parts = found[0].split()
            while parts and (parts[0].lower() in self._no_setting or parts[0].lower() in self._nobodys):
                start += len(parts.pop(0)) + 1
            if len(parts) > 1 and parts[0].lower() not in self._setting_words:
                yield Identifier(start, found.end(), "setting", words[start : found.end()])


def nhs_number(written: str) -> bool:
    """Whether ten digits are an NHS number, by their check digit."""
    digits = [int(digit) for digit in written if digit.isdigit()]
    if len(digits) != 10 or len(set(digits)) == 1:
        return False
    check = 11 - sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return digits[9] == (0 if check == 11 else check)


def _found(kind: IdentifierKind, match: re.Match[str]) -> Identifier:
    return Identifier(match.start(), match.end(), kind, match[0])
