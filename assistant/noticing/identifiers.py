"""Who could be recognised in an account: identifiers noticed before the words are kept, so that a role can stand in.

It notices and suggests; nothing is ever replaced without somebody's word. Names are found by capitals, titles and a
list of first names, set against the words that practice itself uses. What is known by its shape, numbers, addresses
and schools, is `identifier_shapes.py`'s.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.learnt_files import text_of
from assistant.noticing.identifier_shapes import Identifier, Shapes, ShapeWords
from assistant.resources import own_or_shipped, shipped
from assistant.yaml_files import read_packs

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
    r"reached|waved|climbed|pushed|grabbed|threw|screamed|whispered|nodded|pointed|played|eats|ate|asks|answered|opened|stood|"
    r"hung|held|clung|couldn['’]t|refused|attends|weighs|replied|moaned|giggled|punched|slapped|"
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
_ONLY_SOMEBODY_DOES = re.compile(
    r" (?:told|tells|said|says|asked|asks|rang|rings|knows|knew|thinks|thought|wants|wanted|reckons|lives|lived|hugged|"
    r"sleeps|slept|cried|cries|came (?:in|with|round with)|reached|grabbed|climbed|whispered|screamed|nodded|drew|hid|"
    r"hates|loves|wets?)\b"
)
"""Enough for a word that was typed without its capital, and for a month."""
_TOLD_BEFORE = re.compile(
    r"\b(?:told|tell|tells|telling|asked|asking|rang|ringing|met|meeting|visited|took|hugged|texted|phoned|rung|seen)\s+$",
    re.IGNORECASE,
)
_BEGINS_A_CLAUSE = re.compile(
    r"(?:^|[.!?,;:–-]\s+|\b(?:when|that|and|but|then|so|because|cos|coz|if|think|thinks?|said|says|where|while|til|until|how|what)\s+)$",
    re.IGNORECASE,
)
_INITIAL = re.compile(r" [A-HJ-Z]\b(?![\w&'’/-])")
"""Of two with one first name: "Olivia B and Olivia M"."""
_HAS = re.compile(r" (?:has|hasn['’]t|had|is|isn['’]t|was|wasn['’]t|did|does|got|gets|and I)\b")
"""What things do as well as people; enough for a word that is no word of the language."""
_OWNED = re.compile(r"['’]s? ([A-Z]\w+)")
_NO_NAME_ENDS = re.compile(r"(?:ly|ing|tion|ment|ness|body|thing|one|where|ever)\Z")
_NEVER_A_NAME = re.compile(r"(?:tyline|oxetine|idine|azepam|apine|idone|prazole|cillin|mycin|olol|profen)\Z|(\w)\1\1")
"""What is prescribed, and "Ummm"."""
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


class IdentifierWords(ShapeWords):
    """`prompts/identifiers.yaml`."""

    first_names: str
    also_words: str
    not_names: str
    organisation_words: str
    also_surnames: str = ""
    """Of the words for streets, what people are called too: Kirsty Lane."""
    places: str = ""
    languages: str = ""
    services: str = ""
    bought: str = ""
    """Nobody's names, unless a title or a first name stands before: "Bradford", but "Jade Bradford"."""
    things_after: str = ""
    """Words after which a name before them is a thing: a Moses basket, a Stanley knife."""


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
        self._shapes = Shapes(words, _NAME_PART, self._not_names)
        self._only_streets = self._streets - frozenset(words.also_surnames.split())
        self._vocabulary = frozenset(vocabulary) - (self._first_names - self._also_words)

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
        for one in (*self._shapes.notice(words, self.knows_as_ordinary), *self._names(words)):
            if not any(taken[one.start : one.end]):
                found.append(one)
                taken[one.start : one.end] = [True] * (one.end - one.start)
        return sorted(found)

    def _names(self, words: str) -> Iterator[Identifier]:
        for run in _CAPITALS.finditer(words):
            yield from self._names_in(words, run)
        for word in _WHOLE_WORD.finditer(words):
            lowered = word[0].lower()
            if lowered in self._not_names and lowered not in self._also_words:
                continue
            if self.surely_a_name(lowered) or (lowered in self._also_words and _typed_small(words, word)):
                yield Identifier(*word.span(), "name", word[0])

    def _names_in(self, words: str, run: re.Match[str]) -> Iterator[Identifier]:
        parts = list(re.finditer(rf"{_RANKS}|{_NAME_PART}", run[0]))
        lowered = [part[0].lower() for part in parts]
        owned = _OWNED.match(words, run.end())  # "St Mary's Primary"
        if owned and owned[1].lower() in self._organisations:
            return
        if self._organisations & {half for word in lowered for half in (word, *word.split("-"))}:
            return
        a_street = lowered[-1] in self._only_streets or not self._first_name(lowered[0])
        if len(parts) > 1 and lowered[-1] in self._streets and a_street:
            return
        keep: list[re.Match[str]] = []
        for place, (part, word) in enumerate(zip(parts, lowered, strict=True)):
            if "-" in word and part[0].split("-")[-1].islower() and word.split("-")[-1] in self._vocabulary:
                return  # "Mark-making"
            titled = word in _TITLES and place + 1 < len(parts)
            whose = keep[-1][0].lower() if keep else ""
            elsewhere = word in self._elsewhere and whose not in _TITLES and not self._first_name(whose)
            nobody = not self._not_names.isdisjoint((word, word.removesuffix("s"), *word.split("-")))
            at = run.start() + part.start()
            if nobody and word in self._also_words and _is_told_or_tells(words, at, at + len(word)):
                nobody = False  # "Nobody told May", and not "in May"
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
            if self._first_name(keep[-1][0].lower()) and (initial := _INITIAL.match(words, end)):
                end = initial.end()
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
        known_name = any(self._first_name(part) for part in parts)
        if _DRUNK.search(before) or (not known_name and _NEVER_A_NAME.search(parts[-1])):
            return False
        if known_name:
            perhaps = len(parts) == 1 and _SENTENCE_STARTS.search(before) and parts[0] in self._also_words
            return not perhaps or bool(_SOMEBODY_DOES.match(words, end) or _ONLY_SOMEBODY_DOES.match(words, end))
        if _CALLED_BEFORE.search(before):
            return True
        if _ARTICLE_BEFORE.search(before) and not parts[-1].endswith("s"):
            return False  # a car, a shop, the Red Lion; a family is "the Hendersons"
        if _PLACE_BEFORE.search(before) or _NO_NAME_AFTER.search(before) or all(map(self._ordinary, parts)):
            return False
        if _SENTENCE_STARTS.search(before):
            does = _SOMEBODY_DOES.match(words, end) or _HAS.match(words, end) or words.startswith(" the ", end)
            short = len(parts[0]) <= len("the") and not does
            ending = _NO_NAME_ENDS.search(parts[0]) or (not does and _MAYBE_NO_NAME.search(parts[0]))
            return not short and not ending and not (self._made_of_ordinary(parts[0]) and not does)
        return True

    def _ordinary(self, part: str) -> bool:
        """A word of the language, also in two halves: "Post-it"."""
        return part in self._vocabulary or ("-" in part and all(half in self._vocabulary for half in part.split("-")))

    def _made_of_ordinary(self, part: str) -> bool:
        """Several of a thing, or two words in one: "Yoghurts", "Threadworms"."""
        several = any(part.endswith(end) and self.knows_as_ordinary(part.removesuffix(end)) for end in ("s", "es"))
        halves = ((part[:at], part[at:].removesuffix("s")) for at in range(4, len(part) - 3))
        return several or any(first in self._vocabulary and second in self._vocabulary for first, second in halves)

    def _first_name(self, part: str) -> bool:
        plain = unicodedata.normalize("NFD", part).encode("ascii", "ignore").decode()
        return any(
            name in self._first_names or name in self._also_words
            for one in (part, plain)
            for name in (one, one.split("-")[0])
        )


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
    found = finder.notice(words)
    # "kayleigh" for Kayleigh, but never "will" for Will: only where the finder itself takes it for a name
    spelt = {one.text: by_lower_case[one.text.lower()] for one in found if one.text.lower() in by_lower_case}
    replaced = {name: stand_in for name, stand_in in (wanted | spelt).items() if _stands_in(name, words)}
    now = with_stand_ins(words, replaced)
    of_the_case = (word.strip(string.punctuation) for word in case.split())
    decided = {name.casefold() for name in (*chosen, *chosen.values(), case, *of_the_case)}
    there = found if now == words else finder.notice(now)
    left = tuple(one for one in there if one.text.casefold() not in decided)
    return Noticed(now, tuple(replaced.items()), left)


def choices(found: str, stand_in: str) -> dict[str, str]:
    """What to remember for one choice: of a full name, the first name too."""
    first, *rest = found.split()
    of_several = rest and len(rest[-1]) == 1  # "Olivia B" isn't every Olivia
    a_first_name = bool(rest) and not of_several and found == found.title() and first.lower() not in _TITLES
    if not a_first_name:
        return {found: stand_in}
    return {found: stand_in, first: first if stand_in == found else stand_in}  # left whole, it is left in part too


ORDINARY_WORDS = "ordinary-words.txt"
"""Words that are nobody's name, learnt by `tools/learn_ordinary_words.py`."""


def open_finder(home: Path, *, learnt: bool = True) -> Finder:
    """The finder with the shipped lists, the user's own in their place, and the words of the reviews and prompts.

    Without what is `learnt` it knows only what people wrote.
    """
    ((words, _),) = read_packs([own_or_shipped("prompts", "identifiers.yaml", home)], IdentifierWords)
    texts = [*shipped("corpus").rglob("*.md"), *shipped("corpus").rglob("*.yaml"), *shipped("prompts").rglob("*.yaml")]
    vocabulary: set[str] = set()
    for path in texts:
        if path.name != "identifiers.yaml":
            vocabulary.update(re.findall(r"(?<![\w'’])[a-z]{2,}(?![\w])", path.read_text(encoding="utf-8")))
    if learnt:
        vocabulary.update((text_of(ORDINARY_WORDS) or "").split())  # without them more is asked about
    return Finder(words, vocabulary)


def _before(words: str, place: int) -> str:
    """The few characters before a place: all that its neighbours can tell, however long the account is."""
    return words[max(0, place - 20) : place]


def _is_told_or_tells(words: str, start: int, end: int) -> bool:
    return bool(_TOLD_BEFORE.search(_before(words, start)) or _ONLY_SOMEBODY_DOES.match(words, end))


def _typed_small(words: str, word: re.Match[str]) -> bool:
    """ "skye told me" and "i think rob knows", and not "the mark said nothing" or "if hope came"."""
    return bool(_BEGINS_A_CLAUSE.search(_before(words, word.start())) and _ONLY_SOMEBODY_DOES.match(words, word.end()))


def _as_a_whole(found: str) -> str:
    return rf"(?<!\w){re.escape(found)}(?!\w)"


def _stands_in(found: str, words: str) -> bool:
    return re.search(_as_a_whole(found), words) is not None
