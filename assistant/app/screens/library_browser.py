"""The library: search as you type, and read a review around what was found."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, ItemGrid, Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Select, Static
from textual.widgets.option_list import Option

from assistant.app import content, keys
from assistant.app.colours import MUTED
from assistant.app.screens.chart import PictureScreen, place_of
from assistant.app.screens.screen import MOMENT_S, POINT_COPIED, BaseScreen, is_running
from assistant.app.widgets.chips import Chips
from assistant.app.widgets.footer import Keys
from assistant.app.widgets.learning import NOTHING
from assistant.app.widgets.review_text import ABOUT_POINT, NO_TWIN, Opened, Reader, ring_of
from assistant.library.point_names import AUDIENCE_NAMES, KIND_NAMES
from assistant.library.points import Audience, Kind
from assistant.retrieval.filter_choices import Filters
from assistant.retrieval.results import Hit, SearchResult
from assistant.workspace.library_search import MOST_ASKED

if TYPE_CHECKING:
    from textual.timer import Timer

    from assistant.library.importing import Preview

Key = TypeVar("Key")
Name = TypeVar("Name")

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
LOOKED_AT_S = 0.3
"""How long something is highlighted before it is opened beside the list: whoever runs down it waits for none."""
BY_WORDS = "New documents are still being read, so these are by your words alone."
CUT = f"Only the first {MOST_ASKED:,} letters were looked for."
GETTING_READY = "Getting the library ready; only the first search takes this long … Esc leaves it."
REVIEW = "review:"
POINT = "point:"


class LibraryScreen(BaseScreen[None]):
    """What has been published, and what bears on some words."""

    HELP = (
        "Type what happened, in your own words. What reviews say about it appears as you type. "
        "Enter opens a point in its review; the numbers down the side are line numbers. "
        "F2 copies the point you're reading. Tab moves to what else you can do; pick with the arrow keys and Enter."
    )
    FINDS_IN = "#search"
    BINDINGS: ClassVar[list[BindingType]] = [
        # where there is no room for all of them in the footer, the first are shown
        Binding(keys.OTHER_PART, "read", "Read", priority=True, tooltip="To the review, and back to the list"),
        Binding(keys.FIND, "find", "Find", priority=True, tooltip="Go to the search box"),
        Binding(keys.COPY, "copy", "Copy", tooltip="Copy the exact words of the point and where they come from"),
        Binding(keys.NEW, "new", "Add a review", show=False, tooltip="Add a review of your own"),
        Binding(
            keys.PUT_AWAY,
            "take_out",
            "Take out",
            key_display="Del",
            tooltip="Take a review of your own out of the library",
        ),
        Binding(keys.TAKE_BACK, "undo", "Put back", tooltip="Put back the review that was taken out"),
        Binding("down", "down", "To the list", show=False),
        Binding(keys.CLOSE, "leave", "Back", tooltip="Back to the list, or to the first screen"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._ring: tuple[str, ...] = ()
        """The point that is read, and after it the same learning in other reviews; see `ring_of`."""
        self._open_review: str | None = None
        self._own_open = False
        self._concepts: dict[str, tuple[str, ...]] = {}
        self._taken_out: Preview | None = None
        self._looking_at: Timer | None = None
        """Runs until what is highlighted is opened beside the list."""

    def compose(self) -> ComposeResult:
        """The search on the left, the review on the right."""
        with Container(id="library"):
            with Vertical(id="finding"):
                yield Input(placeholder="What happened, in your own words", id="search")
                with ItemGrid(id="filters", min_column_width=24):
                    yield Select[str]([], prompt="Any review", id="in-review")
                    yield Select[str]([], prompt="Any theme", id="on-theme")
                    yield Select[Kind](_options(KIND_NAMES, lambda names: names[1]), prompt="Any kind", id="of-kind")
                    yield Select[Audience](_options(AUDIENCE_NAMES, str), prompt="For anybody", id="for-whom")
                    yield Input(placeholder="Any year, or 2014-2019", id="years")
                yield Static(id="found", classes="muted")
                yield Chips((("filters", "Filters"), ("new", "Add a review")), id="about-list")
                yield OptionList(id="results")
            with Vertical(id="reading"):
                yield Chips(ABOUT_POINT, id="about-point")
                yield Reader(id="reader")
        yield Keys()

    def on_mount(self) -> None:
        """Typing comes first; the reviews are listed until something is typed."""
        self.query_one("#search").focus()
        self._found("Opening the library …")
        self.beside(self._reviews, self._list_reviews, group="search")

    @on(Input.Changed, "#search")
    @on(Input.Changed, "#years")
    @on(Select.Changed)
    def search(self) -> None:
        """Look with each change; an older search that comes back late is dropped."""
        asked = self.query_one("#search", Input).value.strip()
        filters = self._filters()
        if asked:
            looking = self.beside(
                lambda: self.reflect.workspace().learning.search(asked, filters=filters),
                self._list_hits,
                group="search",
            )
            self.set_timer(MOMENT_S, lambda: self._found(GETTING_READY) if is_running(looking) else None)
        else:
            self.beside(self._reviews, self._list_reviews, group="search")

    def action_filters(self) -> None:
        """Show what can be narrowed down; hiding it again lets everything through."""
        self.toggle_class("-filtering")
        if self.has_class("-filtering"):
            self.beside(self._choices, self._offer, group="choices")
            self.query_one("#in-review").focus()
            return
        for select in self.query(Select):
            select.clear()
        self.query_one("#years", Input).value = ""
        self.query_one("#search").focus()

    def _choices(self) -> tuple[list[tuple[Content, str]], list[tuple[Content, str]]]:
        workspace = self.reflect.workspace()
        reviews = [
            (Content(workspace.learning.library.card(review).front.title), review)
            for review in workspace.learning.library.ids
        ]
        themes = workspace.prompts.themes.values()
        self._concepts = {theme.id: tuple(theme.concepts) for theme in themes}
        return reviews, [(Content(theme.name), theme.id) for theme in themes]

    def _offer(self, choices: tuple[list[tuple[Content, str]], list[tuple[Content, str]]]) -> None:
        for name, options in zip(("#in-review", "#on-theme"), choices, strict=True):
            self.query_one(name, Select).set_options(options)

    def _filters(self) -> Filters:
        """What is chosen; nothing where the filters are not shown. Years that are not years yet choose nothing."""
        chosen: dict[str | None, frozenset[Any]] = {
            select.id: frozenset() if select.is_blank() else frozenset({select.value}) for select in self.query(Select)
        }
        theme = next(iter(chosen["on-theme"]), None)
        years = [int(year) for year in _YEAR.findall(self.query_one("#years", Input).value)]
        return Filters(
            reviews=chosen["in-review"],
            kinds=chosen["of-kind"],
            audiences=chosen["for-whom"],
            concepts=frozenset(self._concepts[theme]) if theme else frozenset(),
            years=(min(years), max(years)) if years else None,
        )

    @on(Input.Submitted, "#search")
    def go_to_results(self) -> None:
        """Enter goes to what was found."""
        results = self.query_one("#results", OptionList)
        if results.option_count:
            results.highlighted = 0
            results.focus()

    @on(OptionList.OptionHighlighted, "#results")
    def look_at(self, event: OptionList.OptionHighlighted) -> None:
        """What is highlighted is open beside the list, where both have room; typing goes on where it was."""
        chosen = event.option_id or ""
        if self._looking_at is not None:
            self._looking_at.stop()
        if chosen.startswith(POINT) and self.has_class("-wide"):
            point = chosen.removeprefix(POINT)
            self._looking_at = self.set_timer(LOOKED_AT_S, lambda: self._open(point.split("/", 1)[0], point, go=False))

    @on(OptionList.OptionSelected, "#results")
    def open_chosen(self, event: OptionList.OptionSelected) -> None:
        """Read what was chosen."""
        chosen = event.option_id or ""
        if chosen.startswith(POINT):
            self._open(chosen.removeprefix(POINT).split("/", 1)[0], chosen.removeprefix(POINT))
        elif chosen.startswith(REVIEW):
            self._open(chosen.removeprefix(REVIEW), None)

    @on(Chips.Picked)
    def do(self, event: Chips.Picked) -> None:
        """What has a name and no key."""
        self.call_later(self.run_action, event.name)

    def action_find(self) -> None:
        """Back to the search box."""
        self.remove_class("-reading")
        self.query_one("#search").focus()

    def action_down(self) -> None:
        """From the box into the list under it."""
        self.query_one("#results").focus()

    def action_read(self) -> None:
        """To the review, and back."""
        self.toggle_class("-reading")
        self.query_one(Reader if self.has_class("-reading") else "#results").focus()

    def action_copy(self) -> None:
        """Copy the point that is read, with where it stands."""
        library = self.reflect.workspace().learning.library
        if not self._ring:
            self.say("Open a learning point first; F2 then copies it.")
            return
        point = self._ring[0]

        def cited() -> str:
            return content.point_cited(library.by_id(point), library.reviews[point.split("/", 1)[0]])

        self.beside(cited, lambda text: self.copy(text, POINT_COPIED), group="document")

    def action_place(self) -> None:
        """The place in the library of the review that is read."""
        review, workspace = self._open_review, self.reflect.workspace()
        if review is None:
            self.say("Open a review first, to see which themes it covers.")
        else:
            self.app.push_screen(PictureScreen(lambda: place_of(workspace, review)))

    def action_twin(self) -> None:
        """The same learning as each other review has it, in turn, and back to where it was read first."""
        if not self._ring:
            self.say("Open a learning point first, to see similar points in other reviews.")
            return
        if len(self._ring) < 2:
            self.say(NO_TWIN)
            return
        self._ring = (*self._ring[1:], self._ring[0])
        self._open(self._ring[0].split("/", 1)[0], self._ring[0])

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        """Only a review of the user's own can be taken out, and only one that was can be put back."""
        match action:
            case "take_out":
                return self._own_open
            case "undo":
                return self._taken_out is not None
            case "down":
                return self.focused is not None and self.focused.id == "search"
        return True

    def action_new(self) -> None:
        """Choose a document; the list is read again when one was kept."""
        from assistant.app.screens.adding_review import AddingScreen  # the readers of Word and PDF cost 0.3 s

        self.app.push_screen(AddingScreen(), lambda kept: self._list_again() if kept else None)

    def action_take_out(self) -> None:
        """Take out the review that is being read, where it is the team's own; it can be put back."""
        review = self._open_review
        workspace = self.reflect.workspace()
        if review is None or not self._own_open:
            return

        def work() -> Preview:
            from assistant.library.importing import kept_preview, remove

            preview = kept_preview(workspace.learning.library, review)
            remove(review, self.reflect.home)
            workspace.learning.read_again()
            return preview

        self.beside(work, self._took_out, group="keep", slowly="Taking the review out")

    def action_undo(self) -> None:
        """The review taken out last, as it was."""
        preview, self._taken_out = self._taken_out, None
        if preview is None:
            self.say("Nothing was taken out.")
            return

        def work() -> None:
            from assistant.library.importing import keep

            keep(preview, self.reflect.home)
            self.reflect.workspace().learning.read_again()

        self.beside(work, lambda _: self._list_again(), group="keep", slowly="Putting the review back")

    def _took_out(self, preview: Preview) -> None:
        self._taken_out = preview
        self._open_review = None
        self._own_open = False
        self.refresh_bindings()
        self.say(f"“{preview.front.title}” has been taken out. Ctrl+Z puts it back.")
        self._list_again()

    def _list_again(self) -> None:
        self.remove_class("-reading")
        self.query_one("#search", Input).value = ""
        self.beside(self._reviews, self._list_reviews, group="search")
        self.beside(self.reflect.workspace().learning.make_ready, lambda _: None, group="ready")

    def action_leave(self) -> None:
        """From reading to the list, where only one of them fits; from there to the first screen."""
        if self.has_class("-reading") and not self.has_class("-wide"):
            self.remove_class("-reading")
            self.query_one("#results").focus()
        else:
            self.reflect.go_home()

    def _reviews(self) -> list[tuple[str, Content]]:
        library = self.reflect.workspace().learning.library

        def shown(review: str) -> Content:
            card = library.card(review)
            publisher = content.publisher(card.front.publisher)
            return _two_lines(card.front.title, f"{publisher}, {card.points} learning points")

        return [(review, shown(review)) for review in library.ids]

    def _list_reviews(self, reviews: Sequence[tuple[str, Content]]) -> None:
        results = self.query_one("#results", OptionList)
        results.set_options(Option(shown, id=f"{REVIEW}{review}") for review, shown in reviews)
        self._found("1 review" if len(reviews) == 1 else f"{len(reviews)} reviews")

    def _list_hits(self, result: SearchResult) -> None:
        results = self.query_one("#results", OptionList)
        results.set_options(Option(_hit(hit), id=f"{POINT}{hit.id}") for hit in result.hits)
        results.highlighted = 0 if result.hits else None
        count = len(result.hits)
        found = f"{count} learning point{'s' if count > 1 else ''}, best first" if count else NOTHING
        lacking = " ".join(f"There's nothing in your library on “{name}”." for name in result.absent)
        said = f"{lacking} {found if count else ''}".strip() if lacking else found
        cut = len(self.query_one("#search", Input).value.strip()) > MOST_ASKED
        beside = [*([CUT] if cut else []), *([BY_WORDS] if result.unread else [])]
        self._found(" ".join([f"{said.removesuffix('.')}.", *beside]) if beside else said)

    def _open(self, review: str, point: str | None, *, go: bool = True) -> None:
        """Read a review at a point; `go` there, or only have it beside the list."""
        library = self.reflect.workspace().learning.library
        if self._looking_at is not None:
            self._looking_at.stop()
        self.beside(lambda: Opened.at(library, review, point), lambda opened: self._read(opened, go=go), group="read")

    async def _read(self, opened: Opened, *, go: bool) -> None:
        self._ring = ring_of(opened, self._ring)
        self._open_review = opened.review.id
        self._own_open = self.reflect.workspace().learning.library.card(opened.review.id).own
        self.add_class("-read")
        self.refresh_bindings()
        if go:
            self.add_class("-reading")  # before it is shown: what is hidden has no lines to scroll to
        await self.query_one(Reader).show(opened)
        if go:
            self.query_one(Reader).focus()

    def _found(self, sentence: str) -> None:
        self.query_one("#found", Static).update(Content(sentence))


def _options(named: Mapping[Key, Name], said: Callable[[Name], str]) -> list[tuple[Content, Key]]:
    return [(Content(said(name).capitalize()), key) for key, name in named.items()]


def _hit(hit: Hit) -> Content:
    elsewhere = (
        f" Also in {len(hit.also_in)} other review{'' if len(hit.also_in) == 1 else 's'}." if hit.also_in else ""
    )
    weak = "Possibly relevant. " if hit.weak else ""
    return Content.assemble(
        content.exact_text(hit), "\n", Content.styled(f"{weak}{content.place(hit)}{elsewhere}\n", MUTED)
    )


def _two_lines(title: str, about: str) -> Content:
    return Content.assemble(Content.styled(title, "bold"), "\n", Content.styled(f"{about}\n", MUTED))
