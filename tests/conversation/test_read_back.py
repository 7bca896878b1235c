"""What a long sentence tells is read back with the clauses it stands in, and nothing twice."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as some

from assistant.conversation import events as e
from assistant.conversation.read_back import LONGEST, read_back
from assistant.conversation.situation import Situation, quoted
from assistant.conversation.state import replay
from assistant.language.clauses_around import clauses_around
from assistant.noticing.observations import Noticing
from assistant.noticing.reading import Reading, Telling
from tests.conversation.conftest import START, knowledge

TOLD = "Lee sleeps in our room when mum's poorly"
RUNS_ON = (
    "I was only there about the baby's weight and the toast was burning and the dog was under the table and I asked "
    f"how mum was, and he said she's poorly, and then he said {TOLD}, just like that with his mouth full of toast "
    "and I thought oh that's kind of him and then driving home I thought, is it"
)


def test_the_clauses_around_what_tells_are_whole_and_short_enough():
    at = RUNS_ON.index(TOLD)
    start, end = clauses_around(RUNS_ON, (0, len(RUNS_ON)), (at, at + len(TOLD)), LONGEST)
    assert TOLD in RUNS_ON[start:end]
    assert end - start <= LONGEST
    assert RUNS_ON[start:end].startswith(("and ", "he said"))


def test_words_were_given_back_whatever_marks_stood_in_them(prompts):
    text = "You wrote “He said do I have to sleep there”. What stays with you?"
    events = (
        e.Started(at=START, session="s1", journey="supervision", case="A", minutes=30),
        e.Asked(at=START, question="thread/1", theme="opening", stage="experience", text=text, because=""),
    )
    situation = Situation(replay(events), knowledge(prompts), START)
    assert situation.was_given_back('He said "do I have to sleep there".')
    assert not situation.was_given_back('He said "do I have to go".')


def test_what_was_asked_about_most_is_read_back_beside_what_no_question_took_up(prompts):
    told = {
        "The chart is in one pen every night since July.": 0.8,
        "A carer stopped coming in June and nobody asked why.": 0.6,
        "I wanted it to be his condition.": 0.4,
        "It's two men mostly, I don't know the woman's name.": 0.5,
    }
    events: list[e.Event] = [e.Started(at=START, session="s1", journey="supervision", case="A", minutes=30)]
    given_back = ""
    for place, (words, strength) in enumerate(told.items()):
        text = f"You wrote “{given_back}”. What else?" if given_back else "What happened?"
        question = f"theme/experience/{place}"
        telling = (Telling(kind="thing", strength=strength, span=(0, len(words))),)
        events += [
            e.Asked(at=START, question=question, theme="theme", stage="experience", text=text, because=""),
            e.Answered(at=START, question=question, text=words),
            e.Noticed(at=START, question=question, noticing=Noticing(), reading=Reading(telling=telling)),
        ]
        given_back = words.rstrip(".") if not place else ""
    (line, *_) = read_back(Situation(replay(events), knowledge(prompts), START))
    quotes = [quote.strip("“”") for quote in re.findall("“[^”]*”", line)]
    assert quotes == [words.rstrip(".") for words in told if "two men" not in words]


def test_words_too_long_to_give_back_are_cut_where_a_clause_ends():
    words = "He's lost three kilos since the summer and the feeding chart's complete every single night, all in one pen"
    cut = "He's lost three kilos since the summer and the feeding chart's complete every single night …"
    assert quoted(words, (0, len(words))) == cut
    assert quoted(f", {words}", (0, len(words))) == cut


def test_the_end_of_what_was_said_before_is_not_given_back():
    assert quoted("since august hes not meant to be there", (0, 38)) == "hes not meant to be there"
    assert quoted("since august", (0, 12)) == "since august"
    assert quoted("since she was two", (0, 17)) == "since she was two"


@given(
    some.lists(some.sampled_from(["he went home", "and mum said", "but nobody", ", then he", "no"]), min_size=1),
    some.data(),
)
def test_what_tells_is_always_held_and_never_more_than_the_sentence(words, data):
    sentence = " ".join(words)
    first = data.draw(some.integers(0, len(sentence) - 1))
    last = data.draw(some.integers(first + 1, len(sentence)))
    start, end = clauses_around(sentence, (0, len(sentence)), (first, last), LONGEST)
    assert 0 <= start <= first < last <= end <= len(sentence)
