"""Saves every option of a choice in a browser, and finds where the reader is left without what was changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress

import desks
from playwright.sync_api import TimeoutError as LateError

from drafter import contract
from drafter.web.desk import Known

# What can be seen after a save: what has the focus, and the first section that is marked as changed.
SEEN = """() => {
    const at = document.activeElement, main = document.getElementById("main");
    const pane = document.getElementById("contract");
    const within = (box, frame) => box.bottom > frame.top && box.top < frame.bottom;
    const window_ = { top: 0, bottom: innerHeight }, lit = pane && pane.querySelector(".s.lit");
    return {
        focus: at === document.body ? "" : at.tagName,
        isField: main.contains(at),
        inView: within(at.getBoundingClientRect(), window_),
        lit: lit ? lit.id : "",
        litInView: !lit || (within(lit.getBoundingClientRect(), pane.getBoundingClientRect()) &&
            within(lit.getBoundingClientRect(), window_)),
        status: document.getElementById("status").textContent,
    }; }"""


SETTLED = f"() => {{ const found = ({SEEN})(); return found.inView && found.litInView; }}"
SETTLES = 2000  # milliseconds in which a section is brought into view, also on a machine that has much to do


def choices(known: Known) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each choice of a library with its options, those that a browser shows as values."""
    for name, question in known.library.questionnaire.questions.items():
        if question.type == "yes-no":
            yield name, ("yes", "no")
        elif question.type == "choice":
            yield name, tuple(option.value for option in question.options)


def saved(desk: desks.Running, page, matter: str, name: str, options: tuple[str, ...]) -> Iterator[str]:
    """Choose each option of a question that is asked and save it; yield what is wrong afterwards, a line each."""
    for option in options:
        page.goto(f"{desk.address}/m/{matter}/ask/{name}")
        before = desk.server.desk.read(matter)
        page.locator(f'input[name="answer"][value="{option}"]').check()
        with page.expect_response(lambda reply: reply.request.method == "POST"):
            page.keyboard.press("Enter")
        page.wait_for_function("() => !document.querySelector('#main form .trouble')")
        page.wait_for_function(f"() => !location.pathname.endsWith('/ask/{name}')")
        page.wait_for_load_state()
        page.locator("#told, #summary, #main h1").first.wait_for()
        with suppress(LateError):  # what is wrong is said below
            page.wait_for_function(SETTLED, timeout=SETTLES)
        found = page.evaluate(SEEN)
        wrong = [
            *([] if found["focus"] and found["isField"] else ["the focus is not in the next page"]),
            *([] if found["inView"] else ["what has the focus is out of view"]),
            *([] if found["litInView"] else [f"{found['lit']} has changed and is out of view"]),
            *([] if found["lit"] or not changed(before, desk.server.desk.read(matter)) else ["no section is marked"]),
        ]
        yield from (f"{name}: {option}: {one}" for one in wrong)


def changed(before: Known, after: Known) -> bool:
    """Say whether a section of the contract reads otherwise, and is still there."""
    if before.contract is None or after.contract is None:
        return False
    there = {one.id for one in contract.sections(after.contract)}
    return not there.isdisjoint(contract.changed(before.contract, after.contract))


def walked(desk: desks.Running, page, matter: str, told: Callable[[str], object]) -> Iterator[str]:
    """Save every option of every choice, that of before as the last; yield what is wrong, and tell how many there were.

    A choice that is not asked when its turn comes is left out.
    """
    known, count, left = desk.server.desk.read(matter), 0, []
    for name, options in choices(known):
        now = desk.server.desk.read(matter)
        if name not in now.here.asked:
            left.append(name)
            continue
        given = now.here.answers.given.get(name)
        typed = {True: "yes", False: "no"}.get(given, given) if isinstance(given, bool | str) else None
        rest = tuple(option for option in options if option != typed)
        order = (*rest, typed) if typed in options else options
        count += len(order)
        yield from saved(desk, page, matter, name, order)
    told(f"{count} options saved; not asked: {', '.join(left) or 'none'}")
