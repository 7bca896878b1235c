from __future__ import annotations

from collections.abc import Collection, Sequence

from assistant.retrieval.answer import Answer
from assistant.retrieval.bearing import clauses, is_denied, is_long_past, speaks_of_a_baby
from assistant.retrieval.protocols import Meant, Mention, Professional, Subject, Vectors
from assistant.retrieval.ranking import Retriever
from tests.retrieval.made_up import FindsNothing, Library, point, retriever_of

ABOUT = {"bruise": "bruising", "dad": "fathers", "referral": "repeat-referrals", "school": "school"}
SHELF = Library(
    [
        point("child-a/1", "Bruises on babies who cannot move by themselves must always be reported", kind="finding"),
        point("child-a/2", "Bruising on a child of any age was explained away and nobody asked the child about it"),
        point("child-b/1", "Each referral was looked at by itself and the pattern of referrals was never seen"),
        point("child-b/2", "No manager had an overview of how the school kept children safe from harm"),
        point("child-b/3", "Bruises"),
    ]
)


class Reader:
    """Knows a subject by one word of a clause, and of a point."""

    checksum = "reader"
    finder = FindsNothing()

    def __init__(self, likely: float = 0.9) -> None:
        self.likely = likely

    def of_points(
        self, texts: Sequence[str], headings: Sequence[str], vectors: Vectors | None
    ) -> list[dict[str, float]]:
        return [
            {concept: 0.8 for word, concept in ABOUT.items() if word in text.lower() or word[:5] in text.lower()}
            for text in texts
        ]

    def of_query(
        self, text: str, vectors: Vectors | None, held: Collection[str], *, parts: Sequence[str] = ()
    ) -> Meant:
        return Meant()

    def professional(self, mentions: Sequence[Mention]) -> Professional:
        return Professional({}, None)

    def subjects(self, texts: Sequence[str], vectors: Vectors | None) -> list[tuple[Subject, ...]]:
        return [
            tuple(
                Subject(concept, self.likely, ((text.index(word), text.index(word) + len(word)),), concept == "school")
                for word, concept in ABOUT.items()
                if word in text
            )
            for text in texts
        ]


def listening(likely: float = 0.9) -> Retriever:
    return retriever_of(SHELF, concepts=Reader(likely))


def beside(words: str, *before: str, shown: Collection[str] = (), subjects: tuple[str, ...] = ()) -> list[str]:
    answer = Answer(words, before, frozenset(shown), subjects)
    return [hit.id for hit in listening().talk.beside(answer).hits]


def test_one_point_at_most_comes_and_says_which_words_brought_it() -> None:
    words = "We went in on Monday. Another referral came from the neighbour that night."
    (hit,) = listening().talk.beside(Answer(words)).hits
    assert hit.id == "child-b/1"
    assert hit.matched == ("referral",)
    assert hit.concepts == ("repeat-referrals",)


def test_a_point_that_people_chose_is_set_beside_an_answer_with_what_it_is_about() -> None:
    first, second = SHELF.points[2], SHELF.points[4]
    answer = Answer("She came in late again after the referral and said nothing to anybody.")
    (hit,) = listening().talk.quoted(answer, [(first, 2.0), (second, 3.0)])
    assert (hit.id, hit.concepts) == ("child-b/1", ("repeat-referrals",))


def test_a_point_that_people_chose_waits_until_what_it_is_of_was_spoken_of() -> None:
    answer = Answer("She came in late again and said nothing to anybody there.")
    assert listening().talk.quoted(answer, [(SHELF.points[2], 2.0)]) == ()


def test_a_short_answer_brings_nothing() -> None:
    assert beside("another referral from next door") == []


def test_what_is_only_guessed_brings_nothing() -> None:
    answer = Answer("Another referral came from the neighbour that night, she said.")
    assert listening(likely=0.4).talk.beside(answer).hits == ()


def test_a_point_about_babies_needs_a_baby() -> None:
    assert beside("He has a bruise on the shin, he is six and he told me the name of the wall.") == ["child-a/2"]
    assert beside("She has a bruise on the cheek and she is seven weeks old.") == ["child-a/1"]
    assert beside("There is a bruise on the cheek, mum says a toy.", "The baby is seven weeks old.") == ["child-a/1"]


def test_nothing_is_shown_twice() -> None:
    words = "Another referral came from the neighbour that night, she said."
    assert beside(words, shown={"child-b/1"}) == []


def test_a_review_that_is_passed_over_is_not_looked_for():
    answer = Answer(
        "Another referral came from the neighbour that night, she said.", passed_over=frozenset({"child-b"})
    )
    assert listening().talk.beside(answer).hits == ()


def test_a_word_that_every_account_uses_brings_nothing_by_itself() -> None:
    assert beside("The older one was in school I think, on a Tuesday at one.") == []


def test_what_is_denied_is_not_taken_for_what_is_so() -> None:
    assert beside("He has been looked over by the doctor and has no bruise on him anywhere.") == []


def test_a_question_to_us_brings_nothing() -> None:
    assert beside("Why would you ask me about a referral that I made in the spring?") == []


def test_clauses_are_sentences_and_short_ones_also_with_the_next() -> None:
    assert clauses("He's ten weeks. It was his collarbone. She'd said nothing of it to the doctor at all.") == [
        "It was his collarbone.",
        "She'd said nothing of it to the doctor at all.",
        "He's ten weeks. It was his collarbone.",
        "It was his collarbone. She'd said nothing of it to the doctor at all.",
    ]


def test_denial_the_past_and_babies_are_told_from_plain_words() -> None:
    assert is_denied("there are no drugs in it", [(13, 18)])
    assert not is_denied("nobody had asked about drugs", [(23, 28)])
    assert is_long_past("she took an overdose six years ago")
    assert not is_long_past("she took an overdose on Sunday")
    assert speaks_of_a_baby(["he's ten weeks old"])
    assert not speaks_of_a_baby(["he is six years old"])
