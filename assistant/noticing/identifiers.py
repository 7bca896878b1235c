"""Who could be recognised in an account: identifiers noticed before the words are kept, so that a role can stand in.

It notices and suggests; nothing is ever replaced without somebody's word. Numbers and addresses are found by their
shape, names by capitals, titles and a list of first names, set against the words that practice itself uses.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from assistant.resources import overlaid, shipped
from assistant.yaml_files import PackModel, read_packs

IdentifierKind = Literal["name", "setting", "nhs-number", "date-of-birth", "postcode", "phone", "email", "address"]
_NHS = re.compile(r"(?<![\d+-])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\d-])")
_EMAIL = re.compile(r"\b[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+\b")
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}\b", re.IGNORECASE)
_PHONE = re.compile(r"(?<![\d\w])(?:\+44 ?(?:\(0\) ?)?|\(0\d{2,4}\) ?|0)(?:\d[ -]?){5,9}\d(?!\d)")
_HELPLINES = ("0800", "0808", "0300", "0303", "0345", "0116")
_BORN = re.compile(r"\b(?:born\b|d\.?o\.?b\b\.?|date of birth\b|birthday\b)[^.\d]{0,20}", re.IGNORECASE)
_DATE = re.compile(
    r"\d{1,2}(?:[/.-]\d{1,2}[/.-]\d{2,4}|(?:st|nd|rd|th)?(?: of)? [A-Z][a-z]{2,8},? \d{4})|\d{4}-\d{2}-\d{2}"
)
_FLAT = r"(?:(?:[Ff]lat|[Aa]partment|[Uu]nit|[Rr]oom) \d+[a-zA-Z]?,? )"
_LATIN = [chr(code) for code in (*range(0x41, 0x250), *range(0x1E00, 0x1F00))]
_UPPER = "".join(letter for letter in _LATIN if letter.isupper())
_SMALL = "".join(letter for letter in _LATIN if letter.islower())
_ONE = rf"[{_UPPER}][{_SMALL}]+(?:[{_UPPER}][{_SMALL}]+)?"
_NAME_PART = rf"(?:[{_UPPER}]['’])?{_ONE}(?:-(?:[{_UPPER}]['’])?(?:{_ONE}|[{_SMALL}]+))*"
_RANKS = "PC|DC|DS|DI|DCI|PCSO|WPC"
_BETWEEN = r"(?:(?:van|von|der|den|de|da|dos|di|du|la|le|bin|bint|ibn|ap) |(?:al|el)-)"
"""Small words inside a name; never its beginning."""
_CAPITALS = re.compile(rf"\b(?:(?:{_RANKS}) )?{_NAME_PART}(?: {_BETWEEN}*{_NAME_PART})*")
_WHOLE_WORD = re.compile(rf"\b(?:[{_SMALL}]{{3,}}(?:-[{_SMALL}]+)*|[{_UPPER}]{{3,}})\b")
_SENTENCE_STARTS = re.compile(r"(?:^|[.!?:]\s+|[\n\"“(‘]\s*|[-*•]\s+)$")
_PLACE_BEFORE = re.compile(
    r"\b(?:in|at|near|outside|around|via|through|St\.?|"
    r"(?:back|gone|go|goes|went|going|moved|moving|move|flew|known|transferred|over|up|down|deported|travelled) to|"
    r"(?:moved|moving|came|come|comes|up|down|over|back|flew|drove|bus|train|walked|intel|transferred|family) from)\s+$"
)
_ARTICLE_BEFORE = re.compile(r"\b(?:[Tt]he|[Aa]n?)\s+$")
_CALLED_BEFORE = re.compile(
    r"\b(?:called|nicknamed|named(?: (?:him|her|them))?|goes by|known as|calls (?:him|her|them)(?:self)?)\s+$"
)
_SOMEBODY_DOES = re.compile(
    r"['’]s\b|,? (?:said|says|told|tells|asked|asks|rang|rings|cried|cries|smiled|shrugged|wants|wanted|likes|thinks|"
    r"thought|felt|feels|lives|lived|looked|looks after|laughed|spoke|wrote|drew|knows|knew|hates|hated|loves|loved|"
    r"(?:is|was|turned|has turned) (?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b|"
    r"hid|hides|came in|comes in|goes|went|sat|sits|sleeps|slept|drinks|drank|works|won['’]t|didn['’]t|doesn['’]t|"
    r"never|stopped (?:talk|eat|com|sleep)\w*|hugged|hit|bit|kicked|ran|walks|has been (?:round|here|there|to|seen)|"
    r"moved (?:in|out|back|away)|moves in|came (?:to|home|back|round|out)|carries|wears|"
    r"keeps (?:ask|tell|say|cry)\w*|hasn['’]t|"
    r"has (?:agreed|refused|moved|told|asked|started|been (?:clean|missing|sober|living|staying|seeing|out))|"
    r"(?:is|was|['’]s) (?:out on|on (?:bail|remand|licence|tag)|missing|hiding|living|staying|sleeping|using|pregnant|"
    r"non-binary|autistic|frightened|scared|crying|the (?:youngest|oldest|eldest|middle))|"
    r"(?:is|was) (?:nearly |only |almost )?\w+ (?:and|weeks|months|years)\b|"
    r"had (?:a black eye|porridge|his|her|their)\b|"
    r"(?:has|had) [^.!?]{1,30}, (?:s?he|they) says?\b|had [^.!?]{1,40} and (?:s?he|said)\b|"
    r"rang|picked|drew|gave|took (?:him|her|them|me|the)|and (?:his|her|me)\b|"
    r"and [A-Z][a-z]+ (?:are|were|have|had|both|share|live|sleep|came|went|said|don['’]t|won['’]t)\b)"
)
"""What only a person does; it tells Hope from hope at the start of a sentence."""
_HAS = re.compile(r" (?:has|hasn['’]t|had|is|isn['’]t|was|wasn['’]t|did|does|got|gets|and I)\b")
"""What things do as well as people; enough for a word that is no word of the language."""
_OWNED = re.compile(r"['’]s? ([A-Z]\w+)")
_NO_NAME_ENDS = re.compile(r"(?:ly|ing|tion|ment|ness|body|thing|one|where|ever)\Z")
_MAYBE_NO_NAME = re.compile(r"(?:ed|al|ive|ous|able|ible|ic|ful|less|ship|ance|ence|ity|ions|ers|ism|ary)\Z")
"""Endings of ordinary words, and of a few names: enough where nothing that only a person does comes after."""
_DRUNK = re.compile(r"\b(?:(?:can|bottle|pint|glass|crate|carton)s? of|drinks|drinking|drank|smokes|smoking)\s+$")
"""What follows is bought, whosever name it has: a can of Stella."""
_NO_NAME_AFTER = re.compile(
    r"\b(?:(?:bag|packet|pack|box|tin|tub|strip|tablet|jar|pot|bowl)s? of|"
    r"speaks?|spoke|speaking|fluent in|watch(?:es|ing|ed)?|plays?|playing|eats?)\s+$"
)
_TITLES = frozenset(
    (
        "councillor cllr judge bishop deacon elder rabbi sheikh captain "
        "mr mrs ms miss mx dr doctor sir lady lord prof professor rev revd reverend fr imam pastor nurse sister matron "
        "uncle aunt auntie aunty gran granny grandma grandad grandpa nan nana pc dc ds di dci pcso wpc sergeant "
        "sgt inspector constable flat"
    ).split()
)
_SUGGESTED: Mapping[IdentifierKind, str] = {
    "name": "a role, such as “the aunt”",
    "setting": "what it is, such as “the school”",
    "nhs-number": "NHS number left out",
    "date-of-birth": "date of birth left out",
    "postcode": "postcode left out",
    "phone": "number left out",
    "email": "e-mail address left out",
    "address": "address left out",
}


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


class IdentifierWords(PackModel):
    """`prompts/identifiers.yaml`."""

    first_names: str
    also_words: str
    not_names: str
    organisation_words: str
    street_words: str
    places: str = ""
    languages: str = ""
    services: str = ""
    bought: str = ""
    """Nobody's names, unless a title or a first name stands before: "Bradford", but "Jade Bradford"."""
    things_after: str = ""
    """Words after which a name before them is a thing: a Moses basket, a Stanley knife."""
    settings: str = ""
    """What a school or a home is called by; with a name before it, it shows which one a child is at."""
    settings_not_named: str = ""
    """Words that name no particular one of those: a high school, a free nursery."""


class Finder:
    """Notices identifiers; `vocabulary` is every word that stands in lower case in the language of practice."""

    def __init__(self, words: IdentifierWords, vocabulary: Iterable[str]) -> None:
        self._first_names = frozenset(words.first_names.split())
        self._also_words = frozenset(words.also_words.split())
        self._not_names = frozenset(words.not_names.split())
        self._organisations = frozenset(words.organisation_words.split())
        self._streets = frozenset(words.street_words.split())
        elsewhere = " ".join((words.places, words.languages, words.services, words.bought)).split()
        elsewhere += [one.removesuffix("'s") for one in elsewhere]
        self._elsewhere = frozenset(elsewhere) - self._first_names - self._also_words
        several = "|".join(re.escape(one.replace("_", " ")) for one in elsewhere if "_" in one) or "(?!)"
        self._several_words = re.compile(rf"\b(?:{several})\b", re.IGNORECASE)
        self._thing_after = re.compile(
            rf"(?:['’]s)?[ -](?:{'|'.join(words.things_after.split()) or '(?!)'})s?\b", re.IGNORECASE
        )
        settings = "|".join(word.replace("_", " ") for word in words.settings.split()) or "(?!)"
        self._setting = re.compile(
            rf"\b(?:St\.? )?{_NAME_PART}(?:['’]s?)?(?: {_NAME_PART}(?:['’]s?)?){{0,2}} (?:{settings})\b"
        )
        self._setting_words = frozenset(words.settings.replace("_", " ").lower().split())
        self._no_setting = frozenset(words.settings_not_named.split())
        self._vocabulary = frozenset(vocabulary) - (self._first_names - self._also_words)
        streets = "|".join(word.capitalize() for word in words.street_words.split())
        street = rf"(?:{_FLAT}|(?=\d))(?:\d+[a-zA-Z]?,? )?(?:[A-Z][\w'’]+,? ){{1,3}}(?:{streets})\b"
        house = r"(?:The (?:[A-Z][\w'’]+ ?){1,3}, )?"
        self._address = re.compile(rf"\b{house}{street}(?:, (?:[A-Z][\w'’]+ ){{1,2}}(?:{streets})\b)*")

    def surely_a_name(self, word: str) -> bool:
        """A first name that is no other word."""
        return word in self._first_names and word not in self._also_words

    def knows_as_ordinary(self, word: str) -> bool:
        """A word, a place or a thing, and no first name."""
        return not self._first_name(word) and (word in self._vocabulary or word in self._elsewhere)

    def notice(self, words: str) -> list[Identifier]:
        """Every identifier, in the order of the words; none overlaps another."""
        found: list[Identifier] = []
        taken = [False] * len(words)
        for thing in self._several_words.finditer(words):
            taken[thing.start() : thing.end()] = [True] * len(thing[0])
        for one in (*self._by_shape(words), *self._names(words)):
            if not any(taken[one.start : one.end]):
                found.append(one)
                taken[one.start : one.end] = [True] * (one.end - one.start)
        return sorted(found)

    def _by_shape(self, words: str) -> Iterator[Identifier]:
        yield from (_found("email", match) for match in _EMAIL.finditer(words))
        yield from self._settings(words)
        yield from (_found("address", match) for match in self._address.finditer(words))
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

    def _settings(self, words: str) -> Iterator[Identifier]:
        """Schools, nurseries and homes by name; the words before the name that only begin the sentence are left."""
        for found in self._setting.finditer(words):
            start = found.start()
            parts = found[0].split()
            while parts and (parts[0].lower() in self._no_setting or parts[0].lower() in self._not_names):
                start += len(parts.pop(0)) + 1
            if len(parts) > 1 and parts[0].lower() not in self._setting_words:
                yield Identifier(start, found.end(), "setting", words[start : found.end()])

    def _names(self, words: str) -> Iterator[Identifier]:
        for run in _CAPITALS.finditer(words):
            yield from self._names_in(words, run)
        for word in _WHOLE_WORD.finditer(words):
            lowered = word[0].lower()
            if lowered in self._first_names - self._also_words and lowered not in self._not_names:
                yield _found("name", word)

    def _names_in(self, words: str, run: re.Match[str]) -> Iterator[Identifier]:
        parts = list(re.finditer(rf"{_RANKS}|{_NAME_PART}", run[0]))
        lowered = [part[0].lower() for part in parts]
        owned = _OWNED.match(words, run.end())  # "St Mary's Primary"
        if owned and owned[1].lower() in self._organisations:
            return
        if self._organisations & {half for word in lowered for half in (word, *word.split("-"))}:
            return
        if len(parts) > 1 and lowered[-1] in self._streets and not self._first_name(lowered[0]):
            return
        keep: list[re.Match[str]] = []
        for place, (part, word) in enumerate(zip(parts, lowered, strict=True)):
            titled = word in _TITLES and place + 1 < len(parts)
            whose = keep[-1][0].lower() if keep else ""
            elsewhere = word in self._elsewhere and whose not in _TITLES and not self._first_name(whose)
            nobody = not self._not_names.isdisjoint((word, word.removesuffix("s"), *word.split("-")))
            if not titled and (nobody or elsewhere):
                if keep and not (keep[-1].start() == 0 and self._opens_a_sentence(words, run, keep[-1])):
                    break
                keep.clear()  # "On Monday Ruby …"
                continue
            keep.append(part)
        while len(keep) > 1 and (
            keep[0][0] == "The" or (keep[0].start() == 0 and self._opens_a_sentence(words, run, keep[0]))
        ):
            keep.pop(0)
        if not keep:
            return
        start, end = run.start() + keep[0].start(), run.start() + keep[-1].end()
        if self._thing_after.match(words, end):
            return
        if self._is_a_name(words, start, end, [part[0].lower() for part in keep]):
            yield Identifier(start, end, "name", words[start:end])

    def _opens_a_sentence(self, words: str, run: re.Match[str], part: re.Match[str]) -> bool:
        """An ordinary word that has its capital only from where it stands."""
        word = part[0].lower()
        starts = _SENTENCE_STARTS.search(_before(words, run.start()))
        ordinary = word in self._vocabulary or len(word) <= len("the") or _NO_NAME_ENDS.search(word)
        return bool(starts and ordinary) and word not in _TITLES and not self._first_name(word)

    def _is_a_name(self, words: str, start: int, end: int, parts: list[str]) -> bool:
        before = _before(words, start)
        if parts[0] in _TITLES:
            return len(parts) > 1
        if _DRUNK.search(before):
            return False
        known_name = any(self._first_name(part) for part in parts)
        if known_name:
            perhaps = len(parts) == 1 and _SENTENCE_STARTS.search(before) and parts[0] in self._also_words
            return not perhaps or _SOMEBODY_DOES.match(words, end) is not None
        if _CALLED_BEFORE.search(before):
            return True
        if _ARTICLE_BEFORE.search(before) and not parts[-1].endswith("s"):
            return False  # a car, a shop, the Red Lion; a family is "the Hendersons"
        if _PLACE_BEFORE.search(before) or _NO_NAME_AFTER.search(before) or all(map(self._ordinary, parts)):
            return False
        if _SENTENCE_STARTS.search(before):
            does = _SOMEBODY_DOES.match(words, end) or _HAS.match(words, end) or words.startswith(" the ", end)
            short = len(parts[0]) <= len("the") and not does
            ordinary = _NO_NAME_ENDS.search(parts[0]) or (not does and _MAYBE_NO_NAME.search(parts[0]))
            return not short and not ordinary
        return True

    def _ordinary(self, part: str) -> bool:
        """A word of the language, also in two halves: "Post-it"."""
        return part in self._vocabulary or ("-" in part and all(half in self._vocabulary for half in part.split("-")))

    def _first_name(self, part: str) -> bool:
        plain = unicodedata.normalize("NFD", part).encode("ascii", "ignore").decode()
        return any(
            name in self._first_names or name in self._also_words
            for one in (part, plain)
            for name in (one, one.split("-")[0])
        )


def nhs_number(written: str) -> bool:
    """Whether ten digits are an NHS number, by their check digit."""
    digits = [int(digit) for digit in written if digit.isdigit()]
    if len(digits) != 10 or len(set(digits)) == 1:
        return False
    check = 11 - sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return digits[9] == (0 if check == 11 else check)


def with_stand_ins(words: str, chosen: Mapping[str, str]) -> str:
    """The words with what was chosen in place of each identifier, wherever it stands as a whole; longest first."""
    if not chosen:
        return words
    pattern = "|".join(_as_a_whole(found) for found in sorted(chosen, key=len, reverse=True))
    return re.sub(pattern, lambda found: chosen[found[0]], words)


@dataclass(frozen=True)
class Noticed:
    """An account before it is kept."""

    words: str
    """With what was chosen for this case before in its place."""
    put_in: tuple[tuple[str, str], ...]
    """What was replaced by what: to be said, because nothing is replaced silently."""
    identifiers: tuple[Identifier, ...]
    """What is still to be decided; the places are those in `words`."""


def notice_identifiers(words: str, finder: Finder, chosen: Mapping[str, str], case: str = "") -> Noticed:
    """Put in what was chosen for the case before, and notice the rest. A name chosen for itself is left as it is.

    The made-up name of the case is nobody's, and neither is a word of it.
    """
    wanted = {name: stand_in for name, stand_in in chosen.items() if stand_in != name}
    by_lower_case = {name.lower(): stand_in for name, stand_in in wanted.items()}
    # "kayleigh" for Kayleigh, but never "will" for Will: only where the finder itself takes it for a name
    spelt = {
        one.text: by_lower_case[one.text.lower()] for one in finder.notice(words) if one.text.lower() in by_lower_case
    }
    replaced = {name: stand_in for name, stand_in in (wanted | spelt).items() if _stands_in(name, words)}
    now = with_stand_ins(words, replaced)
    decided = {name.casefold() for name in (*chosen, *chosen.values(), case, *case.split())}
    left = tuple(one for one in finder.notice(now) if one.text.casefold() not in decided)
    return Noticed(now, tuple(replaced.items()), left)


def choices(found: str, stand_in: str) -> dict[str, str]:
    """What to remember for one choice: of a full name, the first name too."""
    first, *rest = found.split()
    a_first_name = bool(rest) and found == found.title() and first.lower() not in _TITLES
    if not a_first_name:
        return {found: stand_in}
    return {found: stand_in, first: first if stand_in == found else stand_in}  # left whole, it is left in part too


ORDINARY_WORDS = shipped("models") / "ordinary-words.txt"
"""Words that are nobody's name, learnt by `tools/learn_ordinary_words.py`."""


def open_finder(home: Path, *, learnt: bool = True) -> Finder:
    """The finder with the shipped lists, the user's own in their place, and the words of the reviews and prompts.

    Without what is `learnt` it knows only what people wrote.
    """
    ((words, _),) = read_packs(overlaid("prompts", suffix="identifiers.yaml", home=home), IdentifierWords)
    texts = [*shipped("corpus").rglob("*.md"), *shipped("corpus").rglob("*.yaml"), *shipped("prompts").rglob("*.yaml")]
    vocabulary: set[str] = set()
    for path in texts:
        if path.name != "identifiers.yaml":
            vocabulary.update(re.findall(r"(?<![\w'’])[a-z]{2,}(?![\w])", path.read_text(encoding="utf-8")))
    if learnt:
        vocabulary.update(ORDINARY_WORDS.read_text(encoding="utf-8").split())
    return Finder(words, vocabulary)


def _before(words: str, place: int) -> str:
    """The few characters before a place: all that its neighbours can tell, however long the account is."""
    return words[max(0, place - 20) : place]


def _as_a_whole(found: str) -> str:
    return rf"(?<!\w){re.escape(found)}(?!\w)"


def _stands_in(found: str, words: str) -> bool:
    return re.search(_as_a_whole(found), words) is not None


def _found(kind: IdentifierKind, match: re.Match[str]) -> Identifier:
    return Identifier(match.start(), match.end(), kind, match[0])
