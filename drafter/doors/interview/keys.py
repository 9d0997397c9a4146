"""Which key means what: the keys that a page shows, and the bindings of them all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from prompt_toolkit.filters import Always, Condition
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.utils import get_cwidth

from drafter.asking.pages import Command, is_new
from drafter.doors.interview.layout import View

if TYPE_CHECKING:
    from drafter.doors.interview.screen import Screen

COMMANDS: tuple[tuple[Command, str, str], ...] = (  # with the control key: a letter alone is part of what is typed
    ("add", "n", "add"), ("remove", "d", "remove"), ("back", "b", "back"), ("skip", "s", "skip"),
    ("defaults", "t", "section's defaults"), ("jump", "g", "go to"), ("review", "r", "review"),
    ("clear", "x", "clear"),
)  # fmt: skip
NARROW = 40  # columns; with fewer, only the keys are shown
ALL = 10_000  # more lines than a page has

# -- the keys that a page shows -----------------------------------------------------------------


def foot(view: View, typed: str) -> list[list[tuple[str, str]]]:
    """Return the keys that a page shows with what they do, in as many lines as they take at the view's width."""
    lines: list[list[tuple[str, str]]] = [[]]
    used = 0
    for key, label in _hints(view, typed):
        size = get_cwidth(key) + len(label) + 5
        if used and used + size > view.width + 2:
            lines.append([])
            used = 0
        lines[-1].append((key, label))
        used += size
    return lines


def _hints(view: View, typed: str) -> Iterator[tuple[str, str]]:
    page, commands = view.page, view.page.commands
    if view.why:
        yield "Enter", "back to the question"
        yield view.marks.arrows, "scroll"
        return
    yield "Enter", _on_enter(view, typed)
    if view.is_list and view.width >= NARROW:
        yield "type", _typing(view)
    if page.escapes or (typed and view.is_list):
        yield "Esc", "back" if not typed else "delete what is typed"
    if page.kind == "marks":
        yield "Space", "mark"
    if page.editable and not view.is_list:
        yield "Tab", "edit"
    if page.kind == "lines":
        yield "^N", "new line"
    if page.reasons:
        yield "^Y", "why"
    for command, letter, label in COMMANDS:
        if command in commands and not (command == "back" and page.escapes):
            yield f"^{letter.upper()}", label
    yield "^C", "leave"


def _typing(view: View) -> str:
    """Say what can be typed in a list."""
    words = f"a new {view.page.items}" if view.page.items and not view.page.escapes else "words"
    return f"a number or {words}" if view.has_numbers else words


def _on_enter(view: View, typed: str) -> str:
    if view.page.kind == "menu":
        return f"add this {view.page.items}" if is_new(view.page, typed) and not view.named(typed) else "choose"
    if view.page.kind == "marks" and typed:
        return "mark"
    if not view.page.offer or typed:
        return "accept"
    return "keep it" if view.page.offered == "your answer" else f"take {view.page.offered}"


# -- bindings -----------------------------------------------------------------------------------


def bindings(screen: Screen) -> KeyBindings:
    """Return the bindings of all keys to what they do on a screen."""
    keys = KeyBindings()
    lists = Condition(lambda: screen.view.is_list and not screen.view.why)
    fields = Condition(lambda: not screen.view.is_list and not screen.view.why)
    _bind_commands(keys, screen, lists)
    _bind_lists(keys, screen, lists)
    _bind_field(keys, screen, fields)
    _bind_reasons(keys, screen)
    return keys


def _bind_commands(keys: KeyBindings, screen: Screen, lists: Condition) -> None:
    """Bind the keys that mean the same everywhere, with the control key."""
    for command, letter in (*((command, letter) for command, letter, _ in COMMANDS), ("leave", "q")):

        def reply(_: KeyPressEvent, command: Command = command) -> None:
            if command == "leave" or command in screen.view.page.commands:
                screen.reply(command)

        where = lists if command in ("add", "remove") else Always()  # in a field these keys edit
        keys.add(f"c-{letter}", filter=where, eager=True)(reply)
    keys.add("c-c", eager=True)(lambda _: screen.reply("leave"))
    keys.add("c-l", eager=True)(lambda event: event.app.renderer.clear())


def _bind_lists(keys: KeyBindings, screen: Screen, lists: Condition) -> None:
    """Bind the keys of a list; every other key is part of a number or of words that are typed."""
    steps = {
        "up": -1, "s-tab": -1, "pageup": -10, "home": -ALL, "down": 1, "tab": 1, "pagedown": 10, "end": ALL,
    }  # fmt: skip
    for name, step in steps.items():
        keys.add(name, filter=lists, eager=True)(lambda _, step=step: screen.step(step))
    keys.add("enter", filter=lists, eager=True)(lambda _: screen.enter())
    keys.add("escape", filter=lists, eager=True)(lambda _: screen.escape())
    marks = Condition(lambda: screen.view.page.kind == "marks" and screen.buffer.text.strip("0123456789") == "")
    keys.add(" ", filter=lists & marks)(lambda _: screen.mark())

    @keys.add("delete", filter=lists & Condition(lambda: not screen.buffer.text))
    def _(_: KeyPressEvent) -> None:
        if "remove" in screen.view.page.commands:
            screen.reply("remove")


def _bind_field(keys: KeyBindings, screen: Screen, fields: Condition) -> None:
    keys.add("enter", filter=fields, eager=True)(lambda _: screen.reply("enter"))

    @keys.add("c-n", filter=fields, eager=True)
    @keys.add("escape", "enter", filter=fields)  # Alt-Enter, which a Windows console keeps for the full screen
    def _(_: KeyPressEvent) -> None:
        if screen.view.page.kind == "lines":
            screen.buffer.insert_text("\n")

    @keys.add("tab", filter=fields, eager=True)
    def _(_: KeyPressEvent) -> None:
        if not screen.buffer.text:
            screen.buffer.insert_text(screen.view.page.editable)


def _bind_reasons(keys: KeyBindings, screen: Screen) -> None:
    """Bind the keys that show why a question is asked, that scroll there, and that lead back."""
    why = Condition(lambda: screen.view.why)
    for name in ("f1", "c-y"):
        keys.add(name, filter=~why, eager=True)(lambda _: screen.show_why())
    for name in ("enter", "escape", "?", "q", "f1", "c-y"):
        keys.add(name, filter=why, eager=True)(lambda _: screen.hide_why())
    for name, step in (("up", -1), ("down", 1), ("pageup", -10), ("pagedown", 10), (" ", 10)):
        keys.add(name, filter=why, eager=True)(lambda _, step=step: screen.scroll_by(step))
