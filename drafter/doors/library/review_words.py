"""What review says: what nobody has read, whole where it was named, and old words beside new where they changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.console import RenderableType

from drafter.base import english
from drafter.doors import terminal
from drafter.reading.library import Clause, Library
from drafter.reading.reviewing import in_forms, review, written
from drafter.reading.reviewing.in_answers import FreeAnswer
from drafter.reading.reviewing.naming import Named
from drafter.reading.reviewing.review import Change, Unread, UnreadAlone
from drafter.reading.sources.source import Requirement
from drafter.telling.rows import paragraphs

Forms = Sequence[Library]
Links = Sequence[Unread]
Alone = Sequence[UnreadAlone]
Answers = Sequence[FreeAnswer]
Rows = Iterator[tuple[str, RenderableType]]


def recorded(found: Named, answers: Answers, names: Sequence[str]) -> None:
    """Print what was recorded as read."""
    counts = [f"{english.counted(len(found.links), 'reading')} against a requirement"] if found.links else []
    counts += [f"{english.counted(len(found.alone), 'text')} by itself"] if found.alone else []
    counts += [english.counted(len(answers), "answer")] if answers else []
    of = f", by the name of {', '.join(names)}" if names else ""
    terminal.say(f"Recorded as read: {english.listing(counts) or 'nothing'}{of}.")


def shared(found: Iterable[tuple[str, tuple[str, ...]]]) -> None:
    """Print which names were taken as a requirement's though a clause has them too."""
    for name, others in found:
        terminal.say(f"'{name}' is a requirement's name; for the clause of that name say {', '.join(others)}.")


def reviewed(  # noqa: PLR0913  # what is left to read
    links: Links, alone: Alone, answers: Answers, forms: Forms, shown: Named, *, of_matter: bool
) -> None:
    """Print what is named in full, then what has changed since it was read, then what is unread, by clause.

    `forms` has the library in each form of the contract.
    """
    named = [one for one in links if (one.requirement.id, one.wording) in shown.links]
    for one in named:
        heading = terminal.text((one.requirement.id, "bold"), f": {one.requirement.asks}")
        terminal.show(heading, terminal.facts(_link(one, forms)), "")
    singly = [one for one in alone if one.wording in shown.alone]
    for other in singly:
        heading = terminal.text((other.wording, "bold"), ", for whether it takes back what the sources ask")
        terminal.show(heading, terminal.facts(_alone(other, forms)), "")
    if (shown.links or shown.alone) and not named and not singly:
        terminal.say("What you named has been read as it is now.")
    _changes(links, alone)
    _lists(links, alone, forms)
    _answers(answers)
    counts = _counts(links, alone, answers)
    if not counts:
        done = "Every own wording in force, and every answer in words of its own," if of_matter else "Every wording"
        terminal.say(f"{done} has been read as it is now.")
        return
    how = "drafter review NAME shows what to read of a requirement, a clause or a wording;"
    terminal.say(f'{english.listing(counts)} not read, or changed since. {how} --by "WHO" records who has read it.')


def _counts(links: Links, alone: Alone, answers: Answers) -> list[str]:
    wordings, same = sum(bool(one.clause) for one in links), sum(not one.clause for one in links)
    counted = (
        (wordings, "reading", " against a requirement"),
        (same, "comparison", ""),
        (len(alone), "text", " alone"),
        (len(answers), "answer", ""),
    )
    return [f"{english.counted(number, noun)}{after}" for number, noun, after in counted if number]


# -- whole --------------------------------------------------------------------------------------


def _link(one: Unread, forms: Forms) -> Rows:
    loaded = forms[0]
    yield from asked(one.requirement, loaded)
    found = in_forms.wording(forms, one.clause, one.alternative)
    if found is None:
        others = (loaded.requirement(name) for name in one.requirement.same_as)
        other = next((o for o in others if o is not None and review.same_as(o) == one.wording), None)
        yield "Read", "whether it asks the same as this"
        yield from asked(other, loaded) if other is not None else ()
        return
    if one.is_own:
        yield from _sentences(one, found[0])
    yield "Read", f"{one.wording}, in {_file(one, loaded)}"
    yield "Words", terminal.text(written.words(*found))


def _sentences(one: Unread, clause: Clause) -> Rows:
    """Yield the sentences by which the library meets a requirement, and those by which an own wording does."""
    library = dict.fromkeys(
        said.sentence
        for alternative in clause.alternatives
        if not alternative.is_own
        for said in one.requirement.said_in(clause.id, alternative.id)
        if said.sentence
    )
    yield from (("The library says", words) for words in library)
    own = clause.alternative(one.alternative)
    says = dict(own.says).get(one.requirement.id, ()) if own is not None else ()
    yield from (("It says", words) for words in says or ("the same, in the library's words",))


def _alone(one: UnreadAlone, forms: Forms) -> Rows:
    yield "Read", _file(one, forms[0])
    found = in_forms.wording(forms, one.clause, one.alternative)
    if found is not None:
        yield "Words", terminal.text(written.words(*found))
        return
    every = tuple(in_forms.texts_of_file(forms, one.wording))
    for label, texts in every:
        yield from (("Form", label),) if len(every) > 1 else ()
        yield from ((what.capitalize(), line) for what, words in texts.items() for line in words.split("\n"))


def _file(one: Unread | UnreadAlone, loaded: Library) -> str:
    return one.file if one.is_own else f"{loaded.path}/{one.file}"


def asked(requirement: Requirement, loaded: Library) -> Rows:
    """Yield what a requirement asks, after the kind of its source: its quoted words, or ours, where none are held."""
    source = loaded.source_of(requirement.id)
    quoted = f"“{paragraphs(requirement.quote)}”" if requirement.quote else ""
    yield f"The {source.kind}", quoted or f"{source.cite(requirement)}, in our words: {requirement.asks}"


# -- what changed -------------------------------------------------------------------------------


def _changes(links: Links, alone: Alone) -> None:
    """Print each text that changed since it was read, once, with all that rests on it."""
    rests: dict[tuple[str, Change], list[str]] = {}
    every: tuple[Unread | UnreadAlone, ...] = (*links, *alone)
    for one in every:
        if one.mark is not None:
            read = f"read by {one.mark.by} on {english.long_date(one.mark.on)}"
            name = f"{one.wording} ({one.requirement.id})" if isinstance(one, Unread) else one.wording
            for change in one.changes:
                rests.setdefault((read, change), []).append(name)
    for (read, change), names in rests.items():
        shown = dict.fromkeys(names)
        terminal.show(
            terminal.text((change.what, "bold"), f", {read}; since then changed:"),
            terminal.text("  before: ", (change.before or "(none)", "red")),
            terminal.text("  now:    ", (change.now or "(none)", "green")),
            terminal.text("  unread because of it: ", _few(tuple(shown))),
            "",
        )


MOST = 8  # names after a changed text; the lists below have them all


def _few(names: Sequence[str]) -> str:
    left = len(names) - MOST
    return ", ".join(names[:MOST]) + (f", and {left} more" if left > 0 else "")


# -- the lists ----------------------------------------------------------------------------------


def _lists(links: Links, alone: Alone, forms: Forms) -> None:
    """Print what is unread in a few lines of names: a clause of which every wording is, by its own name."""
    against: dict[str, dict[str, None]] = {}
    for one in links:
        if one.clause:
            against.setdefault(one.wording, {}).setdefault(one.requirement.id)
    same = [f"{one.requirement.id} ({one.wording})" for one in links if not one.clause]
    groups = (
        ("Not read against what requirements ask", [f"{w} ({', '.join(ids)})" for w, ids in against.items()]),
        ("Not read for whether they ask the same", same),
        ("Not read for whether they take back what the sources ask", list(_by_clause(alone, forms))),
    )
    for heading, names in groups:
        if names:
            terminal.show(terminal.text((heading, "bold")), terminal.beside("", terminal.text("; ".join(names)), 2), "")


def _by_clause(alone: Alone, forms: Forms) -> Iterable[str]:
    """Yield the names of wordings, own ones first, those of one clause together: "leash", "muzzle.long"."""
    own = [one.wording for one in alone if one.is_own]
    found: dict[str, list[str]] = {}
    for one in alone:
        if not one.is_own:
            found.setdefault(one.clause or one.wording, []).append(one.wording)
    yield from own
    for name, wordings in found.items():
        clauses = (one.clauses[name] for one in forms if name in one.clauses)
        every = {one.id for clause in clauses for one in clause.alternatives if not one.is_own}
        yield from (name,) if len(wordings) == len(every) else wordings


def _answers(answers: Answers) -> None:
    """Print the answers that nobody has read as they are now, whole, with words that could take something back."""
    if answers:
        terminal.show(terminal.text(("Answers in free text that the contract prints", "bold")))
        marked = ((one, f" ({', '.join(one.loose)})" if one.loose else "") for one in answers)
        rows = ((one.name, f"{paragraphs(one.words)}{loose}") for one, loose in marked)
        terminal.show(terminal.facts(rows), "")


# -- for scripts --------------------------------------------------------------------------------


def review_json(links: Links, alone: Alone, answers: Answers) -> list[dict[str, object]]:
    """Return what is unread, for scripts; what is read by itself has no requirement, and an answer is a `question`."""
    of_library = [_json(one, one.requirement.id) for one in links] + [_json(one, None) for one in alone]
    return of_library + [{"question": one.name, "answer": one.words, "words": list(one.loose)} for one in answers]


def _json(one: Unread | UnreadAlone, requirement: str | None) -> dict[str, object]:
    last = {"by": one.mark.by, "on": one.mark.on.isoformat()} if one.mark is not None else None
    changes = [{"what": change.what, "before": change.before, "now": change.now} for change in one.changes]
    return {
        "requirement": requirement, "wording": one.wording, "file": one.file, "last_read": last, "changes": changes,
    }  # fmt: skip
