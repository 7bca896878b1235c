"""What the footer says can be done, can be done; and everything that can be done has a name in the palette."""

from __future__ import annotations

import importlib
import pkgutil
import re
from datetime import UTC, date, datetime

import pytest
from textual.binding import Binding
from textual.color import Color
from textual.screen import Screen
from textual.widget import Widget

import assistant.app.screens
import assistant.app.widgets
from assistant.app.app import ReflectApp
from assistant.app.colours import HIGH_CONTRAST, THEMES
from assistant.app.screens.adding_review import AddingScreen
from assistant.app.screens.all_actions import ActionsScreen
from assistant.app.screens.case import CaseScreen
from assistant.app.screens.change_passphrase import ChangePassphraseScreen
from assistant.app.screens.chart import PictureScreen
from assistant.app.screens.choose_theme import ThemesScreen
from assistant.app.screens.confirm import ConfirmScreen
from assistant.app.screens.exporting import ExportingScreen
from assistant.app.screens.fields import FieldsScreen
from assistant.app.screens.file_problems import FaultsScreen
from assistant.app.screens.form import FillingScreen
from assistant.app.screens.help import HelpScreen, is_ours, key_name
from assistant.app.screens.identifiers_asked import NamesScreen
from assistant.app.screens.learning_point import ReadingScreen
from assistant.app.screens.library_browser import LibraryScreen
from assistant.app.screens.numbers import NumbersScreen
from assistant.app.screens.person_form import PersonScreen
from assistant.app.screens.presenter import PresenterScreen
from assistant.app.screens.records import RecordsScreen
from assistant.app.screens.restoring import RestoreScreen
from assistant.app.screens.settings import SettingsScreen
from assistant.app.screens.sign_in import SignInScreen
from assistant.app.screens.summary import SummaryScreen
from assistant.app.screens.tour import TourScreen
from assistant.app.screens.unlock import UnlockScreen
from assistant.app.screens.waiting import WaitingScreen
from assistant.app.screens.welcome import WelcomeScreen
from assistant.app.slides import Slide
from assistant.app.widgets.key_button import KeyButton
from assistant.errors import Problem
from assistant.followup.actions import Action
from assistant.followup.escalations import Escalation
from assistant.followup.forms import form_of
from assistant.noticing.identifier_shapes import Identifier
from tests.app.conftest import begin, screen_text, settled

ACTION = Action(id="s/01", case="[Child A]", agreed=date(2026, 3, 2), text="Visit")
DISPUTE = Escalation(id="s/escalation", case="[Child A]", raised=datetime(2026, 3, 2, 10, tzinfo=UTC), disputed="[/x]")
SCREENS = {
    "actions": lambda app: ActionsScreen(),
    "home": lambda app: None,
    "library": lambda app: LibraryScreen(),
    "records": lambda app: RecordsScreen(),
    "settings": lambda app: SettingsScreen(),
    "tour": lambda app: TourScreen(),
    "welcome": lambda app: WelcomeScreen(),
    "unlock": lambda app: UnlockScreen(new=True),
    "sign-in": lambda app: SignInScreen(),
    "reading": lambda app: ReadingScreen(app.workspace(), "child-k/invisible-fathers/2"),
    "adding": lambda app: AddingScreen(),
    "change-passphrase": lambda app: ChangePassphraseScreen(),
    "restore": lambda app: RestoreScreen(),
    "fields": lambda app: FieldsScreen("Put right", [("event", "What happened", "He left.")]),
    "case": lambda app: CaseScreen("Child A"),
    "numbers": lambda app: NumbersScreen(),
    "confirm": lambda app: ConfirmScreen("Finish?", yes="Finish", no="Keep going"),
    "exporting": lambda app: ExportingScreen(
        app.home, app.workspace().begin("supervision", case="Child A", minutes=30).state.started
    ),
    "faults": lambda app: FaultsScreen([Problem(app.home / "prompts" / "probes.yaml", 3, "mirror: missing")]),
    "filling-action": lambda app: FillingScreen(form_of(ACTION, app.workspace().prompts.ladder, app.home)),
    "filling-escalation": lambda app: FillingScreen(form_of(DISPUTE, app.workspace().prompts.ladder, app.home)),
    "help": lambda app: HelpScreen(app.screen),
    "names": lambda app: NamesScreen((Identifier(0, 5, "name", "Sarah"),)),
    "person": lambda app: PersonScreen(None),
    "picture": lambda app: PictureScreen(lambda: ()),
    "presenter": lambda app: PresenterScreen(
        [Slide("question", "To begin", "What brings you?")], app.workspace().now, lambda: 30.0
    ),
    "summary": lambda app: SummaryScreen(
        app.workspace(), app.workspace().begin("supervision", case="Child A", minutes=30).state, ""
    ),
    "themes": lambda app: ThemesScreen({"escalation": "Escalation"}),
    "waiting": lambda app: WaitingScreen("Making the copy", lambda _: None),
}
EVERY = [*SCREENS, "session", "scenario", "start"]


def footer(app: ReflectApp) -> str:
    return screen_text(app).splitlines()[-1]


def shown_keys(screen: Screen[object]) -> list[tuple[str, Binding]]:
    return [(key, active.binding) for key, active in screen.active_bindings.items() if active.binding.show]


async def opened(pilot, app: ReflectApp, name: str) -> None:
    await settled(pilot)
    if name == "session":
        await begin(pilot)
    elif name == "scenario":
        await begin(pilot, case="Tuesday group", journey="scenario")
    elif name == "start":
        app.prepare("supervision")
    elif (screen := SCREENS[name](app)) is not None:
        app.push_screen(screen)
    await settled(pilot)


@pytest.mark.parametrize("name", EVERY)
async def test_what_a_screen_offers_is_whole_in_the_footer_named_in_the_palette_told_in_help_and_works(open_app, name):
    app = open_app()
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await opened(pilot, app, name)
        screen = app.screen
        named_in_the_palette(app)
        if name != "help":
            for width in (40, 80):
                await pilot.resize_terminal(width, 24)
                await settled(pilot)
                whole_in_the_footer(app)
            await pilot.resize_terminal(120, 40)
            await settled(pilot)
            await told_in_help(pilot, app)
        keys = [key for key, binding in shown_keys(screen) if binding.action not in {"app.quit", "quit"}]
        assert keys
        for key in keys:
            while app.screen is not screen and len(app.screen_stack) > 2:
                app.pop_screen()
            if app.screen is not screen and screen.is_attached:
                break
            await pilot.press(key)
            await settled(pilot)
        assert app.return_code is None


def whole_in_the_footer(app: ReflectApp) -> None:
    """Help and the way out at every width, no key cut off, and nothing that a button says."""
    on_buttons = {button.does for button in app.screen.query(KeyButton) if button.display}
    offered = {f"{app.get_key_display(binding)} {binding.description}" for _, binding in shown_keys(app.screen)}
    left = footer(app).strip()
    assert left.startswith("F1 Help")
    for key, binding in shown_keys(app.screen):
        assert key != "escape" or (binding.description in left) is (binding.action not in on_buttons), binding
    for each in sorted(offered, key=len, reverse=True):
        left = left.replace(each, "", 1)
    assert not left.strip()


def named_in_the_palette(app: ReflectApp) -> None:
    """Everything that has a key has a name there, but for the palette itself."""
    named = {command.title for command in app.get_system_commands(app.screen)}
    wanted = {binding.description for _, binding in shown_keys(app.screen) if "palette" not in binding.action}
    wanted.add("Colours: light")
    assert wanted | (set() if app.screen.is_modal else {"Quit", "Help"}) <= named


async def told_in_help(pilot, app: ReflectApp) -> None:
    """Every key that this program gives the screen, in the footer or not; and F1 goes back."""
    active = app.screen.active_bindings
    keys = {key_name(key): each.binding for key, each in active.items() if each.enabled and is_ours(each)}
    keys = {key: binding for key, binding in keys.items() if binding.description}
    await pilot.press("f1")
    await settled(pilot)
    assert isinstance(app.screen, HelpScreen)
    listed = "\n".join(str(each.render()) for each in app.screen.query("#help Static"))
    for key, binding in keys.items():
        assert re.search(rf"(?m)(^|or ){re.escape(key)}( |$)", listed), (key, binding)
        assert (binding.tooltip or binding.description) in listed
    assert "Cursor page down" not in listed
    await pilot.press("f1")
    await settled(pilot)
    assert not isinstance(app.screen, HelpScreen)


async def test_the_footer_of_a_session_says_the_same_at_every_width_and_holds_two_function_keys(open_app):
    app = open_app()
    async with app.run_test(size=(40, 20)) as pilot:
        await begin(pilot)
        for size in ((40, 20), (80, 24), (120, 40)):
            await pilot.resize_terminal(*size)
            await settled(pilot)
            assert footer(app).split() == "F1 Help F6 Panel Enter Send Esc Leave".split()


@pytest.mark.parametrize(("name", "first"), [("summary", "Save a copy"), ("records", "Find"), ("library", "Read")])
async def test_what_matters_most_is_in_the_footer_at_40_columns(open_app, name, first):
    app = open_app()
    async with app.run_test(size=(40, 20)) as pilot:
        await opened(pilot, app, name)
        assert first in footer(app)


def test_every_screen_there_is_is_among_those_whose_keys_are_tried():
    opened_otherwise = {"BaseScreen", "DialogueScreen", "HomeScreen", "StartScreen"}
    of_a_session = {"SittingScreen", "KeepingScreen", "AnsweringScreen", "ChangingScreen", "SessionScreen"}
    under_another = of_a_session | {"KeptPage"}
    screens = {each.__name__ for each in every_class(assistant.app.screens, Screen)} - opened_otherwise - under_another
    tried = {name for made in SCREENS.values() for name in made.__code__.co_names}
    assert screens <= tried


async def test_a_command_of_the_palette_is_done_when_chosen(open_app):
    app = open_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await pilot.press("ctrl+p")
        await pilot.pause()
        await pilot.press(*"library")
        await settled(pilot)
        await pilot.press("enter", "enter")
        await settled(pilot)
        assert isinstance(app.screen, LibraryScreen)


def every_class(package, base: type) -> list[type]:
    modules = [
        importlib.import_module(module.name)
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}.")
    ]
    return [
        each
        for module in modules
        for each in vars(module).values()
        if isinstance(each, type) and issubclass(each, base) and each.__module__ == module.__name__
    ]


def test_every_key_says_what_it_does_and_none_needs_a_modifier_that_terminals_swallow():
    classes = [*every_class(assistant.app.screens, Widget), *every_class(assistant.app.widgets, Widget), ReflectApp]
    bindings = [
        binding for each in classes for binding in vars(each).get("BINDINGS", []) if isinstance(binding, Binding)
    ]
    assert len(bindings) > 30
    for binding in bindings:
        keys = binding.key.split(",")
        assert binding.description or binding.system, binding
        arrive = {f"ctrl+{letter}" for letter in "abcdfgjlnpqstyz"}
        assert any("+" not in key or key in arrive for key in keys), binding


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_words_stand_out_from_what_is_behind_them(theme):
    least = 7.0 if theme.name == "high contrast" else 4.5
    backgrounds = [Color.parse(shade) for shade in (theme.background, theme.surface, theme.panel)]
    said = (theme.variables["muted"], theme.variables["placeholder"])
    for shade in (theme.foreground, *said, theme.primary, theme.error, theme.accent):
        for background in backgrounds:
            assert contrast(Color.parse(shade), background) >= least, (theme.name, shade, background.hex)


def test_in_high_contrast_what_can_be_pressed_and_what_is_marked_have_a_ground_of_their_own():
    panel, marked = Color.parse(HIGH_CONTRAST.panel or ""), Color.parse(HIGH_CONTRAST.variables["lit"])
    background, words = Color.parse(HIGH_CONTRAST.background or ""), Color.parse(HIGH_CONTRAST.foreground or "")
    assert contrast(panel, background) >= 1.5
    assert contrast(marked, background) >= 3
    assert contrast(words, marked) >= 4.5


def contrast(one: Color, other: Color) -> float:
    """As WCAG has it."""

    def luminance(color: Color) -> float:
        parts = [part / 255 for part in (color.r, color.g, color.b)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
