"""People's words are data: they show as typed wherever they show."""

from __future__ import annotations

import ast
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult
from textual.widget import Widget
from textual.widgets import Static

import assistant.app
from assistant.app.colours import THEMES
from assistant.app.content import exact_text, place, why_it_came
from assistant.app.screens.confirm import ConfirmScreen
from assistant.app.screens.session_screen import SessionScreen
from assistant.app.widgets.agenda_panel import AgendaPanel
from assistant.app.widgets.answer_box import AnswerBox
from assistant.app.widgets.danger_shown import DangerBand, DoubtBlock
from assistant.app.widgets.learning import LearningCard
from assistant.app.widgets.turn_view import TurnView
from assistant.conversation.events import Asked
from assistant.conversation.moves import ActNow, AgendaTheme
from assistant.conversation.state import Turn
from assistant.library.library import open_library
from assistant.library.metadata import UNSTATED
from assistant.library.points import reading_text
from tests.app.conftest import FATHERS, begin, leave, screen_text, settled

TYPED = [
    "[Child A]",
    "[Name redacted]",
    "[/x]",
    "[/]",
    "[SR-2021]",
    "[bold",
    "[b]x[/b]",
    "a trailing \\",
    "[link='x']",
    "👩‍👧 and אב",
]


class Holding(App[None]):
    """An app that holds one widget."""

    def __init__(self, widget: Widget) -> None:
        super().__init__()
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = "dark"
        self._widget = widget

    def compose(self) -> ComposeResult:
        yield self._widget


def hit(words: str):
    return FATHERS.model_copy(
        update={"text": words, "title": words, "publisher": words, "section": words, "matched": (words,)}
    )


def asked(words: str) -> Asked:
    at = datetime(2026, 3, 2, 10, tzinfo=UTC)
    return Asked(at=at, theme="t", stage="experience", question="q", text=words, intent=words, because=words)


def shown(app: App[None]) -> str:
    return screen_text(app)  # type: ignore[arg-type]  # any app has a screen


@pytest.mark.parametrize("words", TYPED)
async def test_words_show_as_typed_in_every_widget_that_shows_words(words):
    async with Holding(LearningCard(hit(words), None, {})).run_test(size=(100, 30)) as pilot:
        statics = " ".join(str(each.render()) for each in pilot.app.query(Static))
        assert statics.count(words) >= 4
        assert words in shown(pilot.app)
    view = TurnView(Turn(asked(words), answer=words), words, {}, place=0)
    async with Holding(view).run_test(size=(100, 30)) as pilot:
        await view.draw(view.turn, (), {}, open_now=False)
        view.turn_to("why")
        await pilot.pause()
        assert shown(pilot.app).count(words) >= 4
    card = ActNow(kind="k", text=words, words=words, confirm=False)
    for block in (DangerBand(card), DoubtBlock(card)):
        async with Holding(block).run_test(size=(100, 30)) as pilot:
            await pilot.pause()
            assert words in shown(pilot.app)
    agenda = AgendaPanel()
    async with Holding(agenda).run_test(size=(100, 30)) as pilot:
        agenda.show([AgendaTheme(theme="t", name=words, standing="now", because=words)])
        await pilot.pause()
        assert words in shown(pilot.app)
    box = AnswerBox()
    async with Holding(box).run_test(size=(100, 30)) as pilot:
        box.put(words)
        await pilot.pause()
        assert words in shown(pilot.app)


@pytest.mark.parametrize("words", TYPED)
async def test_words_show_as_typed_on_cards_in_questions_and_in_messages_in_the_corner(open_app, words):
    app = open_app()
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await settled(pilot)
        app.screen.say(words)
        await pilot.pause()
        assert words in screen_text(app)
        await app.push_screen(ConfirmScreen(words, yes=words, no=words))
        await pilot.pause()
        assert screen_text(app).count(words) >= 3


@pytest.mark.parametrize("words", ["[Child A]", "[Name redacted]", "[/x]"])
async def test_a_case_called_so_shows_as_typed_from_the_form_to_the_record(open_app, words):
    app = open_app()
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        screen = await begin(pilot, case=words)
        assert isinstance(screen, SessionScreen)
        assert screen_text(app).startswith(f" {words} ·")
        await leave(pilot)
        assert f"Continue {words}" in screen_text(app)
        app.visit("records")
        await settled(pilot)
        assert words in screen_text(app)
        app.read_record(screen.session.state.started.session)
        await settled(pilot)
        assert f"{words}: the session is not finished yet" in screen_text(app)


@given(st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=60))
def test_the_text_of_a_learning_point_is_never_changed_by_marking_it(text):
    point = hit(text or "x").model_copy(update={"matched": ("work", "the")})
    assert exact_text(point).plain == reading_text(point.text)
    assert text in place(point).plain or not text
    assert why_it_came(point, {}).plain


def test_a_card_says_what_it_is_about_in_words_and_not_in_the_lexicons_ids():
    point = hit("x").model_copy(update={"matched": (), "concepts": ("dsl", "self-report", "taken-out")})
    names = {"dsl": "Safeguarding in schools", "self-report": "Relying on what parents say"}
    assert why_it_came(point, names).plain == (
        "About: Safeguarding in schools; Relying on what parents say; taken out."
    )


MARKUP_WIDGETS = {"Static", "Label", "Button", "Option", "RadioButton", "Checkbox", "Tab", "Collapsible", "notify"}


def test_no_f_string_and_no_call_is_handed_to_a_widget_that_reads_markup():
    """What is built from other text has to come through Content; only words written in the code may be a str."""
    found = []
    for file in sorted(Path(assistant.app.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            is_update = name in {"update", "set_options"} and isinstance(node.func, ast.Attribute)
            first = node.args[0]
            if (name in MARKUP_WIDGETS or is_update) and isinstance(first, ast.JoinedStr):
                numbers_only = all(
                    not isinstance(part, ast.FormattedValue) or ast.unparse(part.value) in {"minutes"}
                    for part in first.values
                )
                if not numbers_only:
                    found.append(f"{file.name}:{node.lineno}: {ast.unparse(node)[:80]}")
            if name == "notify" and not any(word.arg == "markup" for word in node.keywords):
                found.append(f"{file.name}:{node.lineno}: notify without markup=False")
            if name in {"escape", "from_markup", "Markdown"}:
                found.append(f"{file.name}:{node.lineno}: {name}")
            if any(word.arg in {"border_title", "border_subtitle", "tooltip"} for word in node.keywords):
                titled = [word.value for word in node.keywords if word.arg in {"border_title", "border_subtitle"}]
                if any(isinstance(value, ast.JoinedStr) for value in titled):
                    found.append(f"{file.name}:{node.lineno}: a title of other text")
    assert found == []


def test_the_learning_of_these_tests_and_of_the_pictures_is_what_the_library_has(tmp_path):
    library = open_library(tmp_path)
    point = library.by_id(FATHERS.id)
    review = library.reviews[FATHERS.review]
    assert (FATHERS.text, FATHERS.section, FATHERS.lines, FATHERS.kind) == (
        point.text,
        point.section,
        point.lines,
        point.kind,
    )
    assert (FATHERS.title, FATHERS.publisher, FATHERS.published) == (review.title, review.publisher, review.published)


def test_the_signs_of_bold_in_a_review_are_not_shown():
    assert exact_text(FATHERS.model_copy(update={"text": "They **never** met."})).plain == "They never met."


def test_a_review_whose_publisher_is_not_known_is_cited_in_a_sentence_that_can_be_read():
    cited = place(FATHERS.model_copy(update={"publisher": UNSTATED})).plain
    assert cited == "Serious Case Review – Child K. Publisher not stated. “Invisible fathers”, line 63."
