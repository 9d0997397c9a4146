"""Which key means what: the keys that a page shows, and the bindings of them all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from prompt_toolkit.filters import Condition
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.utils import get_cwidth

from drafter.asking.pages import Command
from drafter.doors.interview.layout import MOST_DIGITS, View

if TYPE_CHECKING:
    from drafter.doors.interview.screen import Screen

EVERYWHERE: tuple[tuple[Command, str, str], ...] = (  # with the control key, and in lists the letter alone
    ("back", "b", "back"), ("skip", "s", "skip"), ("jump", "g", "go to"), ("review", "r", "review"),
)  # fmt: skip
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
    if page.kind == "marks":
        yield "Space", "mark"
    if page.editable and not view.is_list:
        yield "Tab", "edit"
    if page.kind == "lines":
        yield "^N", "new line"
    if "add" in commands:
        yield "a", "add"
    if "remove" in commands:
        yield "x", "remove"
    if page.reasons:
        yield "?" if view.is_list or not typed else "F1", "why"
    for command, letter, label in EVERYWHERE:
        if command in commands:
            yield letter if view.is_list else f"^{letter.upper()}", label
    if "clear" in commands:
        yield "^X", "clear"
    yield "^C", "leave"


def _on_enter(view: View, typed: str) -> str:
    if view.page.kind == "menu":
        return "choose"
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
    _bind_digits(keys, screen, lists)
    _bind_field(keys, screen, fields)
    _bind_reasons(keys, screen)
    return keys


def _bind_commands(keys: KeyBindings, screen: Screen, lists: Condition) -> None:
    """Bind the keys that mean the same everywhere: with the control key, and in lists the letter alone."""
    letters = (*((command, letter) for command, letter, _ in EVERYWHERE), ("leave", "q"), ("clear", "x"))
    for command, letter in letters:

        def reply(_: KeyPressEvent, command: Command = command) -> None:
            if command == "leave" or command in screen.view.page.commands:
                screen.reply(command)

        keys.add(f"c-{letter}", eager=True)(reply)
        if command != "clear":
            keys.add(letter, filter=lists)(reply)
    keys.add("c-c", eager=True)(lambda _: screen.reply("leave"))
    keys.add("c-l", eager=True)(lambda event: event.app.renderer.clear())


def _bind_lists(keys: KeyBindings, screen: Screen, lists: Condition) -> None:
    steps = {
        "up": -1, "k": -1, "s-tab": -1, "pageup": -10, "home": -ALL,
        "down": 1, "j": 1, "tab": 1, "pagedown": 10, "end": ALL,
    }  # fmt: skip
    for name, step in steps.items():
        keys.add(name, filter=lists, eager=True)(lambda _, step=step: screen.step(step))
    keys.add("enter", filter=lists, eager=True)(lambda _: screen.reply("enter"))
    keys.add(" ", filter=lists)(lambda _: screen.mark() if screen.view.page.kind == "marks" else None)

    @keys.add("a", filter=lists)
    def _(_: KeyPressEvent) -> None:
        if "add" in screen.view.page.commands:
            screen.reply("add")

    @keys.add("x", filter=lists)
    @keys.add("delete", filter=lists)
    def _(_: KeyPressEvent) -> None:
        if "remove" in screen.view.page.commands:
            screen.reply("remove")


def _bind_digits(keys: KeyBindings, screen: Screen, lists: Condition) -> None:
    """Bind the digits to the lines that they number, and y and n to yes and no."""
    for digit in range(1, MOST_DIGITS + 1):
        keys.add(str(digit), filter=lists)(lambda _, digit=digit: screen.digit(digit))
    for letter, line in (("y", 0), ("n", 1)):

        @keys.add(letter, filter=lists)
        def _(_: KeyPressEvent, line: int = line) -> None:
            if screen.view.page.is_yes_no:
                screen.reply("enter", line)


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
    empty = Condition(lambda: not screen.view.why and (screen.view.is_list or not screen.buffer.text))
    keys.add("?", filter=empty)(lambda _: screen.show_why())
    keys.add("f1", filter=~why)(lambda _: screen.show_why())
    for name in ("enter", "escape", "?", "q", "f1"):
        keys.add(name, filter=why, eager=True)(lambda _: screen.hide_why())
    for name, step in (("up", -1), ("down", 1), ("pageup", -10), ("pagedown", 10), (" ", 10)):
        keys.add(name, filter=why, eager=True)(lambda _, step=step: screen.scroll_by(step))
