from __future__ import annotations

import json
import signal
from collections.abc import Iterator

import pytest

from assistant.commands.talk import Typed
from assistant.conversation.long_answers import LONG
from assistant.library.library import open_library
from tests.commands.running import Reflect

JOURNEYS = ["supervision"]


def test_json_gives_one_move_a_line_and_ends_with_the_record(reflect):
    words = ("talk", "supervision", "--json", "--minutes", "15")
    done = reflect.as_a_process(*words, typed="mum and a baby\nskip\nfinish\n")
    moves = [json.loads(line) for line in done.stdout.splitlines()]
    assert moves[0].keys() >= {"move", "theme", "stage", "question", "text", "because"}
    assert [move["move"] for move in moves] == ["ask", "learning", "ask", "ask", "close"]
    assert moves[-1]["finished"] is True
    assert "mum and a baby" in reflect.record(moves)


def test_a_whole_session_in_plain_lines_reaches_its_end_and_says_how_to_save_the_record(reflect, tmp_path):
    typed = "".join(f"Answer number {number}.\n" for number in range(80))
    words = ("talk", "supervision", "--plain", "--minutes", "15", "--case", "Child [A]")
    done = reflect.as_a_process(*words, typed=typed)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert "Supervision session. Child [A]. 15 minutes." in done.stdout
    command = done.stdout.splitlines()[-1].split()
    saved = reflect(*command[1:], "--output", str(tmp_path))
    assert saved.returncode == 0, saved.stderr
    assert reflect.record([{"record": command[3]}]).count("Answer number") >= 6


def test_a_very_long_line_is_met_before_it_is_read_and_all_of_it_is_kept(reflect):
    told = "He was asleep upstairs. " * 800 + "Then came the coalman."
    done = reflect("talk", "supervision", "--plain", typed=f"{told}\nfinish\n")
    met, _, after = done.stdout.partition("That's long. Give me a moment with it.")
    assert "To begin" in met
    assert "only its first four pages" in after
    command = done.stdout.splitlines()[-1].split()
    assert "coalman" in reflect.record([{"record": command[3]}])


def test_a_line_of_more_than_a_page_is_met_before_it_is_read_and_a_shorter_one_is_not(reflect):
    page = "He was asleep upstairs. " * 126
    said = reflect("talk", "supervision", "--plain", typed=f"{page}\nfinish\n").stdout
    assert len(page) > LONG and "That's long. Give me a moment with it." in said
    said = reflect("talk", "supervision", "--plain", typed=f"{page[: LONG - 100]}\nfinish\n").stdout
    assert "That's long." not in said


def test_the_record_is_saved_as_markdown_where_the_user_said(reflect, tmp_path):
    file = tmp_path / "child a.md"
    done = reflect("talk", "supervision", "--output", str(file), typed="mum and a baby\nfinish\n")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == (
        f"Saved in {file}. It contains information about a child and is not encrypted."
    )
    assert "mum and a baby" in file.read_text(encoding="utf-8")


def test_a_file_that_is_there_already_is_said_before_the_first_question(reflect, tmp_path):
    file = tmp_path / "child a.md"
    file.write_text("another record", encoding="utf-8")
    done = reflect("talk", "supervision", "--output", str(file), typed="mum and a baby\nfinish\n")
    assert (done.returncode, done.stdout) == (1, "")
    assert "There is already a file" in done.stderr
    assert file.read_text(encoding="utf-8") == "another record"


def test_at_the_end_the_records_are_closed_and_one_file_holds_them(reflect):
    reflect("talk", "supervision", "--json", typed="He was asleep upstairs.\n")
    beside = {path.name for path in (reflect.home / "store").iterdir()}
    assert beside == {"reflect.db", "lock.json", "changes", "opening", "backups"}


def test_nothing_that_was_typed_lies_open_in_the_folder_of_the_program(reflect):
    reflect.moves("supervision", typed="she said zubrolka\nhe was quiet, quemsin\nfinish\n")
    kept = [path for path in reflect.home.rglob("*") if path.is_file()]
    assert kept
    for path in kept:
        assert b"zubrolka" not in path.read_bytes() and b"quemsin" not in path.read_bytes()


def test_every_line_of_learning_shown_stands_word_for_word_in_its_source(reflect):
    library = open_library(reflect.home)
    typed = (
        "Nobody has ever met dad, his name isn't on any of our forms and no one asked mum who he is\n"
        "Nobody has spoken to the children on their own, only with mum in the room\n"
    )
    hits = [
        hit for move in reflect.moves("supervision", typed=typed) if move["move"] == "learning" for hit in move["hits"]
    ]
    assert hits
    for hit in hits:
        point = library.by_id(hit["id"])
        source = library.reviews[hit["review"]].text
        assert hit["text"] == " ".join(source[start:end] for start, end in point.spans)


@pytest.mark.parametrize(
    ("journey", "words"),
    [
        ("supervision", ["--minutes", "15"]),
        ("self-review", ["--minutes", "10"]),
        ("scenario", ["--about", "methadone-in-the-handbag"]),
        ("team-review", ["--about", "child-k"]),
    ],
)
def test_each_journey_runs_in_plain_lines_from_its_start_to_its_record(reflect, journey, words):
    done = reflect("talk", journey, "--plain", *words, typed="partly, and we can show it\n" * 150)
    assert done.returncode == 0, done.stderr
    assert "The session is finished." in done.stdout
    record = done.stdout.splitlines()[-1].split()[3]
    assert "partly, and we can show it" in reflect.record([{"record": record}])


def test_a_journey_in_the_users_own_folder_runs_without_any_python(reflect):
    folder = reflect.home / "prompts" / "journeys"
    folder.mkdir(parents=True)
    (folder / "ten-minutes-before-a-visit.yaml").write_text(
        """\
id: ten-minutes-before-a-visit
name: Ten minutes before a visit
about: What to have in mind at the door.
role: practitioner
depths:
  - minutes: 10
steps:
  - step: questions
    part: door
    stage: opening
    questions:
      - key: hope
        text: "What do you hope the child will tell you today?"
        type: open
        intent: "Puts the child first."
  - step: questions
    part: after
    stage: closing
    questions:
      - key: next
        text: "What will you do differently at the door?"
        type: open
        intent: "Ends with a step."
""",
        encoding="utf-8",
    )
    moves = reflect.moves("ten-minutes-before-a-visit", typed="that he slept well\nask for him first\n")
    assert [move["question"] for move in moves if move["move"] == "ask"] == ["door/hope", "after/next"]
    assert moves[-1]["finished"] is True
    assert "ask for him first" in reflect.record(moves)


def test_why_back_and_an_empty_line_are_answered_and_change_nothing(reflect):
    done = reflect("talk", "supervision", "--plain", typed="why\nback\n\nfinish\n")
    assert "Why this question:" in done.stdout
    assert "This is the first question." in done.stdout
    assert "Nothing was written yet." in done.stdout
    assert done.returncode == 0


def test_going_back_shows_the_answer_to_be_bettered(reflect):
    moves = reflect.moves("supervision", typed="first\nback\nbetter\nfinish\n")
    asked = [move for move in moves if move["move"] == "ask"]
    assert asked[2]["question"] == asked[0]["question"]
    assert asked[2]["answer"] == "first"
    assert asked[3]["question"] == asked[1]["question"]


def test_the_agenda_is_shown_and_changed_by_number_by_name_and_by_part_of_a_name(reflect):
    typed = (
        "mum says he is fine\nhe was quiet\n"
        "agenda\nagenda park fathers\nagenda next where a child in care lives\nagenda next 2\nfinish\n"
    )
    agendas = [move["themes"] for move in reflect.moves("supervision", typed=typed) if move["move"] == "agenda"]
    first, parked, added, moved = [[(theme["theme"], theme["standing"]) for theme in agenda] for agenda in agendas]
    assert ("fathers-and-men", "to come") in first
    assert parked[-1] == ("fathers-and-men", "parked")
    assert added[0] == ("placements", "to come")
    assert moved[0] == added[1]
    assert sorted(theme for theme, _ in moved) == sorted({theme for theme, _ in first} | {"placements"})


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("agenda next gardening", "There is no theme “gardening”. The themes are:"),
        ("agenda park suicide and self-harm", "That theme is not on the agenda."),
        ("agenda next family", "Which one?"),
    ],
)
def test_a_theme_that_cannot_be_meant_is_answered_in_one_sentence(reflect, typed, sentence):
    done = reflect("talk", "supervision", "--plain", typed=f"{typed}\nfinish\n")
    assert sentence in done.stdout
    assert done.returncode == 0


def test_a_journey_in_its_own_order_says_that_it_has_no_agenda(reflect):
    done = reflect("talk", "team-review", "--plain", "--about", "child-k", typed="agenda next escalation\nfinish\n")
    assert "This journey has no agenda" in done.stdout


def test_an_answer_may_come_as_json_and_hold_several_lines(reflect):
    typed = json.dumps({"answer": "one\ntwo {braces}"}) + "\n" + json.dumps({"do": "finish"}) + "\n"
    record = reflect.record(reflect.moves("supervision", typed=typed))
    assert "> one\\\n> two " in record


@pytest.mark.parametrize(
    ("words", "status", "sentence"),
    [
        (["talk", "nonsense"], 1, "There is no journey called “nonsense”"),
        (["talk", "supervision", "--minutes", "17"], 2, "15, 30, 60"),
        (["talk", "supervision", "--case", "  "], 1, "made-up name"),
        (["talk", "supervision", "--resume"], 1, "No supervision session is waiting"),
        (["talk"], 2, "JOURNEY"),
        (["nonsense"], 2, "No such command"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(reflect, words, status, sentence):
    done = reflect(*words)
    assert done.returncode == status
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_a_session_whose_lines_end_is_kept_and_taken_up_again(reflect):
    first = reflect.moves("supervision", typed="mum and a baby\n")
    assert first[-1]["finished"] is False
    again = reflect.moves("supervision", "--resume", typed="he was quiet\nfinish\n")
    assert again[0]["question"] == first[-2]["question"]
    record = reflect.record(again)
    assert "mum and a baby" in record
    assert "he was quiet" in record


def test_a_process_killed_in_the_middle_loses_nothing_that_was_answered(reflect):
    process = reflect.begun("talk", "supervision", "--json")
    assert process.stdin and process.stdout
    process.stdin.write("mum and a baby\n")
    process.stdin.flush()
    lines = [process.stdout.readline() for _ in range(3)]  # the question, the learning, the next question
    process.kill()
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    again = reflect.moves("supervision", "--resume", typed="")
    assert again[0]["question"] == json.loads(lines[2])["question"]
    assert "mum and a baby" in reflect.record(again)


@pytest.fixture
def hears_ctrl_c() -> Iterator[None]:
    """A job begun in the background of a shell is deaf to Ctrl+C, and so would be what it begins."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("hears_ctrl_c")
def test_ctrl_c_says_that_everything_is_kept(reflect):
    process = reflect.begun("talk", "supervision", "--json")
    assert process.stdout
    process.stdout.readline()
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 1
    assert said.strip() == "Stopped. What was said is kept; run reflect to take it up again."


def test_a_hundred_thousand_characters_and_strange_ones_are_taken_as_they_come(reflect):
    typed = "word " * 20_000 + "\nbidi \u202e and \x07 bell and [/x] \U0001f469\u200d\U0001f467\nfinish\n"
    done = reflect.as_a_process("talk", "supervision", "--json", typed=typed)
    assert json.loads(done.stdout.splitlines()[-1])["finished"] is True


def test_a_folder_that_cannot_be_written_is_said_in_one_sentence(tmp_path):
    blocked = tmp_path / "data"
    blocked.write_text("a file stands where the folder should be", encoding="utf-8")
    done = Reflect(blocked)("talk", "supervision", typed="words\n")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_what_was_said_is_told_again_and_the_clock_and_the_plan_answer_to_words(reflect):
    typed = "mum and a baby\nskip\nhistory\nlonger\npause\nadd-action The school will ring Nan\nfinish\n"
    done = reflect("talk", "supervision", "--plain", "--minutes", "15", typed=typed)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    said = lines.index("  mum and a baby")
    assert lines[said + 2] == "  Skipped."
    assert "The session is now 30 minutes long." in lines
    assert "Paused. The clock goes on with whatever you type next." in lines
    assert "The school will ring Nan" in reflect("actions", "list").stdout


def test_a_choice_is_taken_by_its_number(reflect):
    typed = "the duty team\nwe ask early\n2\nfinish\n"
    done = reflect("talk", "team-review", "--plain", "--about", "child-k", typed=typed)
    assert "2  partly" in done.stdout.splitlines()
    moves = reflect.moves("team-review", "--about", "child-k", typed="the duty team\nwe ask early\n2\nback\nfinish\n")
    assert next(move["answer"] for move in reversed(moves) if move.get("answer")) == "partly"


def test_the_parts_of_a_session_are_called_as_in_the_app(reflect):
    done = reflect("talk", "supervision", "--plain", typed="finish\n")
    assert "To begin." in done.stdout.splitlines()


TOO_DEEP = ('{"answer":' * 100_000, '{"keep":' * 100_000, '{"answer":' + "[" * 100_000)


@pytest.mark.parametrize("line", [*TOO_DEEP, '{"answer": "\\ud800', "{" * 9])
def test_a_line_that_is_no_json_or_nested_too_deep_to_read_is_words_like_any_other(line):
    assert Typed.read(line) == Typed(line, None)


@pytest.mark.parametrize("line", TOO_DEEP)
def test_a_session_goes_on_after_a_line_nested_too_deep_to_read(reflect, line):
    moves = reflect.moves("supervision", "--minutes", "15", typed=f"{line[:30_000]}\nfinish\n")
    assert moves[-1]["move"] == "close"
    assert line[:8] in reflect.record(moves)
