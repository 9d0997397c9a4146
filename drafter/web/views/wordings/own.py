"""The page for a matter's own words of a clause: typed as the library writes a wording, and put in."""

from __future__ import annotations

from drafter import contract
from drafter.acts import choosing
from drafter.base import yaml_text
from drafter.base.problems import DraftingError
from drafter.drafting.draft import Draft
from drafter.replying import wording
from drafter.telling import called
from drafter.web.asked import Asked, NotThereError, Reply, Shown
from drafter.web.desk import Desk, Known
from drafter.web.views import wrong
from drafter.web.views.wordings import clause
from drafter.web.views.wordings.clause import DEPARTS


def own(desk: Desk, asked: Asked) -> Reply:
    """Show the page for own words, which begins with the wording now; or put them in."""
    known, name = desk.read(asked.names["matter"]), asked.names["clause"]
    if name not in known.library.clauses:
        raise NotThereError(name)
    if asked.method == "GET":
        return _page(asked, known, _begin(known.drafted, name), "")
    text = _file(asked)
    try:
        made = choosing.put_own_text(
            known.place, desk.library, name, text, desk.today(), because=asked.typed("because"),
            for_board=asked.typed("for_board"),
            allowed=asked.typed("allow") == "yes" and bool(asked.typed("because").strip()), seen=asked.typed("was"),
        )  # fmt: skip
    except DraftingError as error:
        departs = all(one.code == DEPARTS for one in error.problems)
        known, status = desk.read(asked.names["matter"]), clause.status(error)
        return _page(
            asked, known, asked.typed("words"), _said(error, text, known.drafted), departs=departs, status=status
        )
    return clause.went(desk, asked, known, made)


def _file(asked: Asked) -> str:
    """Return the own wording as its file has it: a head with its label and what it concedes, and the words."""
    head = {name: asked.typed(name).strip() for name in ("label", "concedes")}
    lines = [f"{name}: {yaml_text.scalar(' '.join(words.split()))}" for name, words in head.items() if words]
    met = ", ".join(word.strip() for word in asked.typed("satisfies").split(",") if word.strip())
    return "\n".join(
        ["---", *lines, *([f"satisfies: [{met}]"] if met else []), "---", asked.typed("words").strip(), ""]
    )


def _said(error: DraftingError, text: str, made: Draft) -> str:
    """Return what is wrong, with the line of the words that it is in; what is typed there is called as it is typed."""
    names, before = called.by_headings(made.selection, made.contract), text.split("\n").index("---", 1) + 1
    found = []
    for one in error.problems:
        line = one.place.line - before if one.place.path.endswith(".md") else 0
        where = f"Line {line}: " if line > 0 else ""
        found.append(f"{where}{wrong.said(DraftingError(one), called.BY_IDS if where else names)}")
    return " ".join(found)


def _begin(made: Draft, name: str) -> str:
    """Return the wording of a clause as it is now, as a file of the library has it."""
    section = next((one for one in contract.sections(made.contract) if one.id == name), None)
    if section is None:
        return ""
    text = wording.text(section, "", made, made.selection.choices[name].alternative)
    return text.split("---\n", 2)[2].strip()


def _page(  # noqa: PLR0913  # what its page is made of
    asked: Asked, known: Known, words: str, error: str, *, departs: bool = False, status: int = 200
) -> Reply:  # fmt: skip
    made = known.drafted
    given = {
        "name": called.by_headings(made.selection, made.contract).clause(asked.names["clause"]),
        "clause": asked.names["clause"],
        "words": words,
        "error": error,
        "departs": departs,
        "was": made.selection.in_force.get(asked.names["clause"], ""),
        **{name: asked.typed(name) for name in ("label", "concedes", "satisfies", "because", "for_board")},
    }
    return Shown("own.html", given, status)
