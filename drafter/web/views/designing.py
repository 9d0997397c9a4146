"""The Word templates of a matter: which it uses, another one for its contract, and copies of the shipped ones."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from drafter.acts import beginning
from drafter.asking import spoken
from drafter.asking.pages import Notice
from drafter.base import shipped
from drafter.base.problems import DraftingError, Place, Problem
from drafter.documents import designs
from drafter.matters import belonging
from drafter.reading.library import Library
from drafter.values import dataclass
from drafter.web.asked import Asked, GoTo, Reply, Shown
from drafter.web.desk import Desk, Known, Note, Undoable
from drafter.web.views import beside, wrong
from drafter.word import kinds, template

FOUND = "as-found"  # the choice of no template: the first that is found, as for other documents


@dataclass(frozen=True, slots=True)
class Choice:
    """A template that can be chosen: its key, its name, and where it is."""

    key: str
    name: str
    where: str


def templates(desk: Desk, asked: Asked) -> Reply:
    """Show the templates, or choose one for the contract, or write copies of the shipped ones."""
    if asked.method == "GET":
        return _page(desk, asked)
    try:
        notices = _exported(desk, asked) if asked.typed("do") == "export" else _chosen(desk, asked)
    except DraftingError as error:
        return _page(desk, asked, wrong.error(desk, asked, error), wrong.status(error))
    number = desk.note(asked.names["matter"], Note(notices))
    return GoTo(f"{asked.at('template')}?n={number}")


def choices(desk: Desk, place: Path | None, library: Library) -> dict[str, Path]:
    """Return the templates of a contract that can be chosen, by their keys: where each is, and its name."""
    there = {"matter": place, "folder": desk.place, "library": library.folder}
    return {
        f"{where}/{path.name}": path
        for where, folder in there.items() if folder is not None
        for path in designs.of_contracts(folder / designs.FOLDER)
    }  # fmt: skip


def listed(found: dict[str, Path]) -> list[Choice]:
    """Return what can be chosen as a page shows it."""
    called = {"matter": "this matter", "folder": "the folder of all matters", "library": "the library"}
    return [
        Choice(key, path.name, f"in the templates of {called[key.partition('/')[0]]}") for key, path in found.items()
    ]


def wanted(key: str, found: dict[str, Path]) -> Path | None:
    """Return the template that was chosen. DraftingError where there is none of this key by now."""
    if key in ("", FOUND):
        return None
    if key not in found:
        what, hint = "there is no such template any more", "choose one that is listed"
        raise DraftingError(Problem("missing-file", Place(key), what, hint))
    return found[key]


def _chosen(desk: Desk, asked: Asked) -> tuple[Notice, ...]:
    known, matter = desk.read(asked.names["matter"]), asked.names["matter"]
    before = belonging.template_of(known.place)
    path = wanted(asked.typed("template"), choices(desk, known.place, known.library))
    if (path and path.resolve()) == (before and before.resolve()):
        return (Notice("saved", "The contract has this template already."),)
    beginning.choose_template(known.place, known.library, desk.library, path)

    def undo() -> tuple[Notice, ...]:
        now = belonging.template_of(known.place)
        if (now and now.resolve()) != (path and path.resolve()):
            raise DraftingError(
                wrong.changed_since(matter, "another template was chosen since", "choose the one that is wanted")
            )
        beginning.choose_template(known.place, known.library, desk.library, before)
        return ()

    desk.shelf(matter).undoable.append(Undoable("the choice of the contract's template", undo))
    return tuple(_said(path))


def _said(path: Path | None) -> Iterator[Notice]:
    """Say which template the contract has by now, and what nobody reads in it."""
    yield Notice("saved", f"The contract is written in {path.name} from now on." if path else "No template is chosen.")
    if path is None:
        return
    words = template.own_words(path)
    if words:
        yield Notice("reminder", f"No reading covers the template's own words: {'; '.join(words[:8])}")
    for one in template.remarks(path):
        yield Notice("reminder", spoken.error(DraftingError(one)))


def _exported(desk: Desk, asked: Asked) -> tuple[Notice, ...]:
    place = desk.where(asked.names["matter"]) / designs.FOLDER
    files = designs.export(place)
    what = f"{len(files)} templates were written into the folder {designs.FOLDER} of this matter."
    then = "Open them in Word, change their look, and save them there under the same names."
    return (Notice("saved", f"{what} {then}"),)


def _page(desk: Desk, asked: Asked, error: str = "", status: int = 200) -> Reply:
    known = desk.read(asked.names["matter"])
    found = choices(desk, known.place, known.library)
    recorded = belonging.template_of(known.place)
    chosen = next((key for key, path in found.items() if recorded and path.resolve() == recorded.resolve()), "")
    used = designs.find(known.place, known.library.folder, None)
    given = {
        "choices": listed(found),
        "chosen": asked.typed("template") or chosen or FOUND,
        "recorded": str(recorded) if recorded and not chosen else "",
        "first": _where(desk, known, designs.Designs(used.folders).of("agreement")),
        "used": [(kinds.called(kind), _where(desk, known, used.of(kind))) for kind in shipped.TEMPLATES],
        "error": error,
        "told": beside.reported(desk, asked),
    }
    return Shown("template.html", given, status)


def _where(desk: Desk, known: Known, path: Path) -> str:
    """Return a template's name and where it is, in words."""
    places = (
        (known.place, "this matter"), (desk.place, "the folder of all matters"), (known.library.folder, "the library"),
    )  # fmt: skip
    if path.resolve().parent == shipped.template("agreement").resolve().parent:
        return f"{path.name}, which comes with Drafter"
    where = next((words for place, words in places if path.parent.resolve() == (place / designs.FOLDER).resolve()), "")
    return f"{path.name}, in the templates of {where}" if where else str(path)
