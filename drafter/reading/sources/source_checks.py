"""What must be true of a source by itself: what is quoted is there, and each requirement has what its level needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from drafter.base import english, spelling, yaml_tree
from drafter.base.problems import Place, Problem
from drafter.reading.sources.source import NAMES, Requirement, Source, squeezed


def problems(source: Source, node: yaml_tree.Node) -> Iterator[Problem]:
    """Find what is wrong in a source by itself, each at its line."""
    if source.name:
        place = yaml_tree.locate(node, ("name",))
        yield Problem("unknown-key", place, "'name' is not known here", "the name of its file is the source's name")
    yield from _listed_twice("paragraph", [p.id for p in source.paragraphs], node)
    yield from _listed_twice("requirement", [r.id for r in source.requirements], node)
    texts = {paragraph.id: squeezed(paragraph.text) for paragraph in source.paragraphs}
    for number, requirement in enumerate(source.requirements):
        place = yaml_tree.locate(node, ("requirements", number))
        if requirement.paragraph not in texts:
            yield Problem("unknown-paragraph", place, f"the policy has no paragraph '{requirement.paragraph}'")
        elif squeezed(requirement.quote) not in texts[requirement.paragraph]:
            what = f"the quoted words of {requirement.id} are not in paragraph {requirement.paragraph}"
            yield Problem("misquoted-policy", place, what, "quote the policy word for word, mistakes included")
        asks_nothing, has = requirement.level == "info", (bool(requirement.home), bool(requirement.says))
        if requirement.same_as:
            yield from _not_its_own(requirement, place)
        elif any(has) if asks_nothing else not all(has):
            asked = "asks nothing, but has" if asks_nothing else "needs"
            what = f"{requirement.id} {asked} a home clause and what is said there (home, says)"
            yield Problem("bad-requirement", place, what)
        yield from _unsaid(requirement, place)
        if not requirement.same_as and (requirement.level == "if") != bool(requirement.applies_when):
            condition = "has no" if requirement.level == "if" else "has an"
            what = f"{requirement.id} is '{requirement.level}', but {condition} applies_when"
            yield Problem("bad-requirement", place, what)
    yield from _misquoted(source, texts, node)
    yield from _untrue(source, node)
    for number, anomaly in enumerate(source.anomalies):
        for wanted in anomaly.paragraphs:
            if wanted not in texts:
                place = yaml_tree.locate(node, ("anomalies", number))
                yield Problem("unknown-paragraph", place, f"the policy has no paragraph '{wanted}'")


def _not_its_own(requirement: Requirement, place: Place) -> Iterator[Problem]:
    """Find what a requirement that asks the same as others has and must leave to them."""
    keys = {"home": requirement.home, "says": requirement.says, "checks": requirement.checks}
    has = [key for key, value in {**keys, "applies_when": requirement.applies_when}.items() if value]
    if has or requirement.level == "info":
        named = english.listing(has) if has else "the level info"
        what = f"{requirement.id} asks the same as {english.listing(requirement.same_as)}, but has {named} of its own"
        yield Problem("bad-same-as", place, what, "take it out: what meets the others meets this one")


def _unsaid(requirement: Requirement, place: Place) -> Iterator[Problem]:
    """Find an entry under says that is neither a sentence nor rows, or both."""
    for said in requirement.says:
        if bool(said.sentence) == bool(said.rows):
            what = f"{requirement.id} has an entry under says that needs a sentence or rows, and not both"
            yield Problem("bad-requirement", place, what)
        if said.columns and not said.rows:
            yield Problem("bad-requirement", place, f"{requirement.id} has columns under says without their rows")


def _misquoted(source: Source, texts: Mapping[str, str], node: yaml_tree.Node) -> Iterator[Problem]:
    """Find a sentence that asks nothing, or the words of a figure, that the policy does not have."""
    quoted = {
        "asks_nothing": [(one.paragraph, one.sentence) for one in source.asks_nothing],
        "figures": [(one.paragraph, one.quote) for one in source.figures],
    }
    beside = {p.id: (squeezed(p.summary), squeezed(p.heading)) for p in source.paragraphs}
    for key, those in quoted.items():
        for number, (paragraph, words) in enumerate(those):
            place = yaml_tree.locate(node, (key, number))
            if paragraph not in texts:
                yield Problem("unknown-paragraph", place, f"the policy has no paragraph '{paragraph}'")
            elif squeezed(words) not in texts[paragraph] and not (
                key == "asks_nothing" and any(squeezed(words) in one for one in beside[paragraph])
            ):
                what = f"these words are not in paragraph {paragraph}: “{squeezed(words)}”"
                yield Problem("misquoted-policy", place, what, "quote the policy word for word, mistakes included")
    yield from _listed_twice("figure", [figure.id for figure in source.figures], node)
    for number, figure in enumerate(source.figures):
        if not figure.is_quoted:
            place = yaml_tree.locate(node, ("figures", number))
            what = f"the figure '{figure.id}' is {figure.value}, and its words are “{squeezed(figure.quote)}”"
            yield Problem("misquoted-policy", place, what, "give it the value that its words have")
        if f"policy.{figure.id}" in NAMES:
            what = f"'policy.{figure.id}' is a name of every policy"
            yield Problem("duplicate-id", yaml_tree.locate(node, ("figures", number)), what, "give it another id")


def _untrue(source: Source, node: yaml_tree.Node) -> Iterator[Problem]:
    """Find what can't be so: a text verified by nobody or before its own date, and a word for an actor that is none."""
    if source.verified is not None:
        place = yaml_tree.locate(node, ("verified",))
        if source.verified.by.strip(" .-").lower() in _NOBODY:
            hint = "leave 'verified' out until somebody has"
            yield Problem("bad-source", place, f"'{source.verified.by}' can't have compared the words", hint)
        if source.verified.on < source.date:
            what = f"its words were compared on {source.verified.on}, and the text is of {source.date}"
            yield Problem("bad-source", place, what, "correct the day, or have this text compared")
    for number, actor in enumerate(source.actors):
        if actor.strip().lower().partition(" ")[0] in _NO_ACTOR:
            what = f"“{actor}” under actors names nobody whom a duty can bind"
            yield Problem(
                "bad-source", yaml_tree.locate(node, ("actors", number)), what, "name persons, or take it out"
            )


_NOBODY = ("", "nobody", "no one", "none", "unknown", "tbd", "n/a")
_NO_ACTOR = ("", "it", "this", "that", "these", "those", "such", "nothing", "nobody", "none", "no", "there")


def _listed_twice(what: str, ids: list[str], node: yaml_tree.Node) -> Iterator[Problem]:
    places: dict[str, Place] = {}
    for number, wanted in enumerate(ids):
        place = yaml_tree.locate(node, (f"{what}s", number))
        if wanted in places:
            yield Problem(
                "duplicate-id", place, f"{what} {wanted} is listed twice (first on line {places[wanted].line})"
            )
        places.setdefault(wanted, place)


# -- the sources together -----------------------------------------------------------------------


def together(sources: tuple[Source, ...], places: Mapping[str, Place], library: str) -> Iterator[Problem]:
    """Find what is wrong between the sources of a library: names taken twice, what asks the same as nothing.

    `places` has the place of each requirement by its id, `library` is what messages call the folder.
    """
    policy, *others = sources
    if others and not policy.governs:
        what = "there are several sources, and nothing says which governs where two of them differ"
        yield Problem("bad-source", Place(f"{library}/{policy.file}"), what, "say it under governs")
    for source in others:
        keys = ("governs", "can_undo", "figures", "actors", "terms", "phrases")
        kept = {key: getattr(source, key) for key in keys}
        for key in (key for key, value in kept.items() if value):
            what = f"'{key}' belongs to the policy's file, not to a further source"
            yield Problem("bad-source", Place(f"{library}/{source.file}"), what, f"move it to {policy.file}")
    if policy.terms and not policy.actors:
        what = "definitions are held under terms, and no actors are named, so that nothing is looked at"
        hint = "name those whom a duty can bind under actors"
        yield Problem("bad-source", Place(f"{library}/{policy.file}"), what, hint)
    of = {requirement.id: (requirement, source) for source in sources for requirement in source.requirements}
    first: dict[str, str] = {}
    for requirement, source in of.values():
        other = first.setdefault(requirement.lasting, requirement.id)
        if other != requirement.id:
            what = f"{requirement.id} and {other} have the same name, '{requirement.lasting}'"
            yield Problem("duplicate-id", places[requirement.id], what, "a name belongs to one requirement alone")
        for wanted in requirement.same_as:
            yield from _not_the_same(requirement, source, wanted, of, places[requirement.id])


def _not_the_same(
    requirement: Requirement, source: Source, wanted: str, of: Mapping[str, tuple[Requirement, Source]], place: Place
) -> Iterator[Problem]:
    """Find why a requirement can't be said to ask the same as the one with an id."""
    if wanted not in of:
        hint = spelling.meant(wanted, of, "'drafter clauses --by requirement' lists them")
        yield Problem(
            "unknown-requirement", place, f"{requirement.id} asks the same as '{wanted}', which is none", hint
        )
        return
    other, its = of[wanted]
    wrong = (
        "which is of the same source"
        if its is source
        else "which itself asks the same as another"
        if other.same_as
        else "which asks nothing"
        if other.level == "info"
        else ""
    )
    if wrong:
        hint = "name the requirements of another source that a clause says"
        yield Problem("bad-same-as", place, f"{requirement.id} asks the same as {wanted}, {wrong}", hint)
