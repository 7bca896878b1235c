"""What makes a question good, as far as a program can tell: the check behind `reflect prompts check`.

Looks at every question in `prompts/` and says, with file and line, where one breaks the rules that its writers agreed:
one thing asked at a time, short, open, plain, not asked twice, and calling only on concepts the lexicon has.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.conversation.act_now_talk import ActNowTalk
from assistant.conversation.asked_us import AskedUs, QuestionsToUs
from assistant.conversation.case_facts import CASE_SLOTS
from assistant.conversation.journeys import (
    Journey,
    LastActionsStep,
    PointsStep,
    QuestionsStep,
    ReadBackStep,
    Scenario,
    Scene,
    StepGapsStep,
    StepQuestion,
)
from assistant.conversation.listening import Listening
from assistant.conversation.prompts import (
    Probes,
    read_act_now_talk,
    read_asked_us,
    read_journeys,
    read_listening,
    read_probes,
    read_scenarios,
    read_themes,
)
from assistant.conversation.themes import STAGES, Question, Theme
from assistant.errors import Problem
from assistant.language.phrases import PhraseError, Phrases
from assistant.library.points import reading_text
from assistant.noticing.probes import Wording
from assistant.resources import overlaid
from assistant.yaml_files import Location, Marks, closest, read_pack

MOST_WORDS = 30
FEWEST_A_STAGE = 2
HIGHEST_GRADE = 9.0
"""Flesch-Kincaid school grade; 9 is read with ease at about 14 years."""
NEAR_DUPLICATE = 0.6
"""Share of content words two questions may have in common."""

_SLOT = re.compile(r"\{[^}]*\}")
_WORD = re.compile(r"[a-z][a-z'’-]*", re.IGNORECASE)
_OPEN = re.compile(
    r"\b(what|how|who|whose|whom|which|when|where|why|tell|say|walk|describe|list|name)\b", re.IGNORECASE
)
_CLOSED_START = re.compile(
    r"(is|are|am|was|were|do|does|did|have|has|had|can|could|will|would|shall|should|may|might|must)\b", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_EMPTY_WORDS = frozenset(
    "a about an and any are as at be been but by can could did do does each else for from had has have how i if in is "
    "it its me most much of on one or so than that the their them then there they this to today was were what when "
    "where which who whose why will with would you your".split()
)


@dataclass(frozen=True)
class Placed:
    """A question and where it stands."""

    question: Wording
    marks: Marks
    location: Location

    def problem(self, message: str) -> Problem:
        """A fault in its text."""
        return self.marks.problem(message, (*self.location, "text"))


def check_prompts(home: Path, concepts: frozenset[str], reviews: Mapping[str, str]) -> list[Problem]:
    """Every fault in the themes, journeys and scenarios, sorted by file and line.

    `concepts` are the lexicon's ids, `reviews` the text of each review by its id. Raises DataFileError when a file
    cannot be read at all.
    """
    themes, scenarios = read_themes(home), read_scenarios(home)
    plain_words = _plain_words(home)
    placed = [
        *_of_themes(themes),
        *_of_journeys(read_journeys(home)),
        *_of_scenarios(scenarios),
        *_of_probes(*read_probes(home)),
        *_of_act_now_talk(*read_act_now_talk(home)),
        *_of_probes(*read_listening(home)),
        *_of_probes(*read_asked_us(home)),
    ]
    problems = [problem for item in (*placed, *_otherwise_worded(placed)) for problem in _faults(item, plain_words)]
    problems += _near_duplicates(placed)
    for theme, marks in themes:
        problems += _incomplete(theme, marks)
        problems += _misquoted(theme, marks, reviews)
        problems += _unknown(theme.concepts, concepts, marks, ("concepts",))
    for scenario, marks in scenarios:
        problems += _misplaced_facts(scenario, marks, reviews)
    for item in placed:
        if isinstance(item.question, Question):
            problems += _unknown(item.question.concepts, concepts, item.marks, (*item.location, "concepts"))
            problems += _never_called(item.question, item.marks, item.location)
            problems += _unfilled(item)
    bank, marks = read_asked_us(home)
    for place, asked in enumerate(bank.kinds):
        problems += _unheard(asked, marks, ("kinds", place))
    problems += [problem for item in _otherwise_worded(placed) for problem in _unfilled(item)]
    return sorted(problems)


def _of_themes(themes: Iterable[tuple[Theme, Marks]]) -> Iterator[Placed]:
    for theme, marks in themes:
        for stage in STAGES:
            for place, question in enumerate(theme.questions.at(stage)):
                yield Placed(question, marks, ("questions", stage, place))


def _of_journeys(journeys: Iterable[tuple[Journey, Marks]]) -> Iterator[Placed]:
    for journey, marks in journeys:
        for place, step in enumerate(journey.steps):
            if isinstance(step, (QuestionsStep, LastActionsStep, ReadBackStep, StepGapsStep, PointsStep)):
                for position, question in enumerate(step.questions):
                    yield Placed(question, marks, ("steps", place, "questions", position))
        for place, question in enumerate(journey.closing_early.questions if journey.closing_early else ()):
            yield Placed(question, marks, ("closing_early", "questions", place))


def _of_scenarios(scenarios: Iterable[tuple[Scenario, Marks]]) -> Iterator[Placed]:
    for scenario, marks in scenarios:
        for place, scene in enumerate(scenario.scenes):
            for position, question in enumerate(scene.questions):
                yield Placed(question, marks, ("scenes", place, "questions", position))
        for position, question in enumerate(scenario.found_after.questions):
            yield Placed(question, marks, ("found_after", "questions", position))
        for position, question in enumerate(scenario.debrief):
            yield Placed(question, marks, ("debrief", position))


def _of_probes(probes: Probes | Listening | QuestionsToUs, marks: Marks) -> Iterator[Placed]:
    for location, probe in probes.worded():
        yield Placed(probe, marks, location)


def _of_act_now_talk(talk: ActNowTalk, marks: Marks) -> Iterator[Placed]:
    for location, wording in talk.worded():
        yield Placed(wording, marks, location)


def _otherwise_worded(placed: Iterable[Placed]) -> Iterator[Placed]:
    """The other wordings of questions, which are as good as the first."""
    for item in placed:
        again = item.question.in_other_words
        if again is not None:
            yield Placed(item.question.model_copy(update={"text": again}), item.marks, item.location)
        for way in item.question.ways if isinstance(item.question, StepQuestion) else ():
            yield Placed(item.question.model_copy(update={"text": way.text}), item.marks, item.location)


def _misplaced_facts(scenario: Scenario, marks: Marks, reviews: Mapping[str, str]) -> Iterator[Problem]:
    if scenario.review not in reviews:
        yield marks.problem(f"no review is called '{scenario.review}'{closest(scenario.review, reviews)}", ("review",))
        return
    located = [(("scenes", place), scene) for place, scene in enumerate(scenario.scenes)]
    scenes: list[tuple[Location, Scene]] = [*located, (("found_after",), scenario.found_after)]
    for at, scene in scenes:
        for place, fact in enumerate(scene.facts):
            if not _stands_in(fact, reviews[scenario.review]):
                message = f"these words do not stand in {scenario.review}; quote it exactly"
                yield marks.problem(message, (*at, "facts", place))


def _stands_in(words: str, review: str) -> bool:
    return words in review or words in reading_text(review)


def _faults(placed: Placed, plain_words: Mapping[str, str]) -> Iterator[Problem]:
    text = placed.question.text
    words = _WORD.findall(text)
    if text.count("?") > 1:
        yield placed.problem("asks more than one thing; keep one question mark")
    if len(text.split()) > MOST_WORDS:
        yield placed.problem(f"{len(text.split())} words; {MOST_WORDS} at the most")
    if placed.question.type != "closed" and not _is_open(text):
        yield placed.problem("can be answered yes or no; begin with what, how, who or the like, or mark it closed")
    if (grade := reading_grade(text)) > HIGHEST_GRADE:
        yield placed.problem(f"hard to read (school grade {grade:.1f}, {HIGHEST_GRADE:.0f} at the most); shorten it")
    spoken = " ".join(words).lower()
    for term, plain in plain_words.items():
        if term in spoken and re.search(rf"\b{re.escape(term)}\b", spoken) and plain.lower() not in text.lower():
            yield placed.problem(f"'{term}' is a word of the trade; say '{plain}' instead, or beside it")


def _is_open(text: str) -> bool:
    asking = _SENTENCE_END.split(text.strip())[-1]
    return bool(_OPEN.search(asking)) and not _CLOSED_START.match(asking)


def reading_grade(text: str) -> float:
    """The Flesch-Kincaid grade level (Kincaid and others, 1975): US school years needed to read `text` with ease.

    Syllables are counted as groups of vowels, a silent final e left out, which is near enough for a limit.
    """
    words = _WORD.findall(text)
    sentences = max(1, len(_SENTENCE_END.split(text.strip())))
    if not words:
        return 0.0
    syllables = sum(_syllables(word.lower()) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59


def _syllables(word: str) -> int:
    groups = len(re.findall(r"[aeiouy]+", word))
    return max(1, groups - (word.endswith("e") and not word.endswith(("le", "ee")) and groups > 1))


def _near_duplicates(placed: list[Placed]) -> Iterator[Problem]:
    """Of questions that stand by themselves; those on the most telling thing said differ by the words they quote."""
    placed = [item for item in placed if "threads" not in item.location]
    content = [
        frozenset(word.lower().rstrip("s") for word in _WORD.findall(item.question.text)) - _EMPTY_WORDS
        for item in placed
    ]
    having: dict[str, list[int]] = defaultdict(list)
    for at, words in enumerate(content):
        for earlier, shared in Counter(earlier for word in words for earlier in having[word]).items():
            if shared / (len(words) + len(content[earlier]) - shared) >= NEAR_DUPLICATE:
                first = placed[earlier]
                where = f"{first.marks.path.name}:{first.marks.line((*first.location, 'text'))}"
                yield placed[at].problem(f"asks nearly the same as {where}")
        for word in words:
            having[word].append(at)


def _incomplete(theme: Theme, marks: Marks) -> Iterator[Problem]:
    for stage in STAGES:
        if len(theme.questions.at(stage)) < FEWEST_A_STAGE:
            yield marks.problem(f"{stage}: fewer than {FEWEST_A_STAGE} questions", ("questions", stage))


def _misquoted(theme: Theme, marks: Marks, reviews: Mapping[str, str]) -> Iterator[Problem]:
    for place, quoted in enumerate(theme.quoted):
        if quoted.review not in reviews:
            message = f"no review is called '{quoted.review}'{closest(quoted.review, reviews)}"
            yield marks.problem(message, ("quoted", place, "review"))
        elif not _stands_in(quoted.text, reviews[quoted.review]):
            message = f"these words do not stand in {quoted.review}; quote it exactly"
            yield marks.problem(message, ("quoted", place, "text"))


def _unknown(named: Iterable[str], known: frozenset[str], marks: Marks, location: Location) -> Iterator[Problem]:
    for place, concept in enumerate(named):
        if concept not in known:
            message = f"the lexicon has no concept '{concept}'{closest(concept, known)}"
            yield marks.problem(message, (*location, place))


def _never_called(question: Question, marks: Marks, location: Location) -> Iterator[Problem]:
    if question.only_after and not question.after:
        yield marks.problem("'only_after' needs what it comes after, under 'after'", location)


def _unheard(question: AskedUs, marks: Marks, location: Location) -> Iterator[Problem]:
    for place, phrase in enumerate(question.hears):
        try:
            Phrases({"heard": (phrase,)})
        except PhraseError as error:
            yield marks.problem(f"'{phrase}' is not written as phrases are: {error}", (*location, "hears", place))


def _unfilled(placed: Placed) -> Iterator[Problem]:
    """Slots that nothing fills: a question of the course has some of its own, and `{words}` needs words to be heard."""
    for slot in _SLOT.findall(placed.question.text):
        heard = isinstance(placed.question, Question) and bool(placed.question.after)
        if slot not in (*CASE_SLOTS, "{action}", "{ladder}", "{decided}") and not (slot == "{words}" and heard):
            yield placed.problem(
                f"nothing fills '{slot}'; there are {', '.join(CASE_SLOTS)}, and {{words}} with 'after'"
            )


def _plain_words(home: Path) -> Mapping[str, str]:
    words: dict[str, str] = {}
    for path in overlaid("prompts", suffix="plain-words.yaml", home=home):
        words |= read_pack(path, dict[str, str])[0]
    return words
