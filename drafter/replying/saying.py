"""Says a change of a return in words: what was changed, what it is in the library, and what it does to the policy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from drafter.base import english
from drafter.base.problems import short
from drafter.contract import Contract
from drafter.drafting.changes import Moved
from drafter.replying.deciding.sent import Sent
from drafter.replying.decisions import Answer, Decision
from drafter.replying.kept import Told
from drafter.replying.meaning import NOT_MET, Meaning
from drafter.replying.valued import standing
from drafter.returned.markup import Change, Comment, Return, is_unreadable

SILENT, MARKED, COMMENTS = "Without a mark", "Marked", "Comments"
BY_WORDS = "This is a PDF: only its words were compared, and nothing in it can be a tracked change."
ANSWERED: Mapping[Answer, str] = {
    "accept": "accepted", "reject": "rejected", "counter": "countered", "later": "left for later", "reply": "answered",
}  # fmt: skip
MOST = 160  # characters of a quotation
MOST_PLACES = 5  # that are named; of more, how many


def count(found: Return) -> str:
    """Return "9 changes by Riley Counsel and Pat Example, 1 without a mark, 3 comments"."""
    changes = found.changes
    if not changes and not found.comments:
        return "nothing was changed"
    authors = list(dict.fromkeys(author for change in changes for author in change.authors))
    by = f" by {english.listing(authors)}" if authors else ""
    silent = sum(not change.marked for change in changes)
    parts = [f"{english.counted(len(changes), 'change')}{by}"]
    parts += [f"{silent} without a mark"] if silent else []
    parts += [english.counted(len(found.comments), "comment")] if found.comments else []
    return ", ".join(parts)


def older(told: Told) -> str:
    """Say that a return is of a round which is not the last that the party was sent."""
    return f"This is a return of round {told.of}, which is not the last that was sent."


def by_marks(changes: Sequence[Change]) -> Iterator[tuple[str, list[int]]]:
    """Yield each head with the places of its changes among some; the silent ones first."""
    for head, marked in ((SILENT, False), (MARKED, True)):
        if found := [at for at, change in enumerate(changes) if change.marked is marked]:
            yield head, found


def heads(told: Told) -> Iterator[tuple[str, tuple[tuple[str, Change, Meaning], ...]]]:
    """Yield each head with its changes: their short names, what was changed, and what it is; the silent ones first."""
    rows = tuple(zip(told.names, told.markup.changes, told.meanings, strict=True))
    for head, places in by_marks(told.markup.changes):
        yield head, tuple(rows[at] for at in places)


def by(change: Change) -> str:
    """Return who made a change, in brackets after it: " (Riley Counsel)"; nothing where nobody is known."""
    return f" ({', '.join(change.authors)})" if change.authors else ""


def where(change: Change) -> str:
    """Return "14.2 Termination on Notice"."""
    return " ".join(filter(None, (change.section, change.heading if len(change.sections) == 1 else "")))


def what(change: Change, becomes: str = "->") -> str:
    """Say what was changed; `becomes` stands between the words as sent and the new ones."""
    if change.kind == "format":
        return f"only its look changed: {quoted(change.before or change.after)}"
    if change.kind == "move":
        return f"{'the section' if change.whole else quoted(change.before)} moved {change.place}"
    if is_unreadable(change.possible):
        return _unreadable(change, becomes)
    if change.whole and change.kind == "delete":
        return "the section is deleted"
    if (change.before.strip(), change.after.strip()) == ("¶", ""):
        return "joined with the paragraph after it"
    if (change.before.strip(), change.after.strip()) == ("", "¶"):
        return "split into two paragraphs"
    if said := _cut(change):
        return said
    if change.before and change.after:
        return f"{quoted(change.before)} {becomes} {quoted(change.after)}"
    if change.before:
        return f"deleted {quoted(change.before)}"
    return f"new, {change.place}: {quoted(change.after)}" if change.place else f"new: {quoted(change.after)}"


def _cut(change: Change) -> str:
    """Say where a paragraph was split, or joined with the next; nothing where words were changed as well."""
    before, after = (text.strip().split("\n") for text in (change.before, change.after))
    if len(before) == len(after) or "".join(change.before.split()) != "".join(change.after.split()):
        return ""
    if len(before) < len(after):
        return f"split into {english.counted(len(after), 'paragraph')} before {quoted(after[1])}"
    return f"joined with the paragraph after it: {quoted(before[1])}"


def _unreadable(change: Change, becomes: str) -> str:
    """Say of words that are in the file, and that no reader sees, what was done to them."""
    if change.before and change.after:
        words = f"{quoted(change.before)} {becomes} {quoted(change.after)}"
        return f"{words}; words of it were {change.possible}, so that nobody reads them"
    if change.before:
        return f"{quoted(change.before)} was {change.possible}, so that nobody reads it"
    return f"new, {change.place}, {change.possible}, so that nobody reads it: {quoted(change.after)}"


def means(meaning: Meaning, names: Mapping[str, str]) -> Iterator[str]:
    """Yield what a change is and does, for our own side; `names` gives the short names of changes by their keys."""
    match meaning.kind:
        case "alternative":
            also = [names.get(key, key) for key in meaning.together]
            beside = f" together with {english.listing(also)}" if also else ""
            yield f"is {meaning.alternative} ({meaning.position}){beside}"
            if meaning.concedes:
                yield f"concedes: {meaning.concedes}"
        case "answer":
            said = [f"{name} = {value}" if value else f"{name} taken out" for name, value in meaning.answers]
            also = [names.get(key, key) for key in meaning.together]
            yield f"is the answer {'; '.join(said)}{f', as is {english.listing(also)}' if also else ''}"
        case "own wording":
            near = f"; nearest: {meaning.alternative} ({meaning.position})" if meaning.alternative else ""
            yield f"own wording{near}"
            if meaning.missing and meaning.alternative:
                yield f"missing from {meaning.alternative}: {' '.join(map(quoted, meaning.missing))}"
            yield from (
                f"the words and the figures disagree: {word}, but {figure}" for word, figure in meaning.disagree
            )
        case "moved":
            yield "its words stay; only its place is another, and the library decides the order of the contract"
        case "beside the clauses":
            yield "no clause of the library says this"
        case _:
            yield "no word of the clause is other than it was sent"
    if meaning.unlike:
        yield f"another answer to the same question: {', '.join(names.get(key, key) for key in meaning.unlike)}"
    yield from _left(meaning)
    yield from effects(meaning)
    if meaning.refers:
        yield f"refers to what goes: {', '.join(meaning.refers)}"


def _left(meaning: Meaning) -> Iterator[str]:
    """Yield where the value of a change also stands, and what they left there."""
    places: dict[str, list[str]] = {}
    for one in meaning.left:
        places.setdefault(one.words, []).append(one.place)
    for said, where in places.items():
        more = [english.counted(len(where) - MOST_PLACES, "more place")] if len(where) > MOST_PLACES else []
        yield f"also stands in {english.listing([*where[:MOST_PLACES], *more])}, where they left {short(said)}"


def accepted(meaning: Meaning, made: Contract) -> Iterator[str]:
    """Yield where a contract follows a value that was accepted, though they left the old one there."""
    for one, now in standing.following(meaning.left, made):
        yield f"{one.place} follows: {short(one.words)} -> {short(now)}"


def effects(meaning: Meaning) -> Iterator[str]:
    """Yield what a change does to requirements: "IV.F(b) unmet", "IV.D(c): to read"."""
    for one in meaning.effects:
        yield f"{one.requirement} unmet" if one.status == NOT_MET else f"{one.requirement}: {one.status}"


def answered(one: Decision) -> str:
    """Say what was answered to a change, when, why, and what they are told."""
    is_put = one.answer in ("accept", "counter")
    with_ = one.wording or "; ".join(f"{name} = {value}" for name, value in one.questions if is_put)
    said = ANSWERED[one.answer]
    why = f" Because: {one.because}" if one.because else ""
    reply = f" Reply: {one.reply}" if one.reply else ""
    return f"{said}{f' ({with_})' if with_ else ''}, {english.long_date(one.on)}.{why}{reply}"


def told_before(name: str, one: Sent, now: Decision | None) -> str:
    """Say what the other side was told of a change before it was answered anew, and in which round."""
    was = f"{name} was {ANSWERED[one.answer.answer]} in round {one.number}, sent on {english.long_date(one.on)}"
    is_same = now is not None and one.says(now)
    return f"{was}; {'this tells them nothing new' if is_same else 'the new answer goes with the next round'}"


def moved(one: Moved) -> str:
    """Say in which sections a requirement was said, in which it is now, and what is to be read."""
    now = f"in {english.listing(one.after)}{' alone' if len(one.after) == 1 else ''}"
    are = "is" if len(one.to_read) == 1 else "are"
    read = [f"{english.listing(one.to_read)} {are} to be read"] if one.to_read else []
    gone = [f"{english.listing(one.left_out)} left the contract"] if one.left_out else []
    return "; ".join((f"{one.requirement} was said in {english.listing(one.before)}", f"now {now}", *read, *gone))


def comment(one: Comment) -> Iterator[str]:
    """Yield a comment with its replies."""
    state = "resolved" if one.done else "open"
    replies = f"{english.counted(len(one.replies), 'reply', 'replies')}, " if one.replies else ""
    on = f", on {quoted(one.words)}" if one.words else ""
    yield f"{one.section} comment by {one.author}{on}: {quoted(one.text)} ({replies}{state})"
    for reply in one.replies:
        yield f"    {reply.author}: {quoted(reply.text)}"


def comments(told: Told, replies: Mapping[str, Decision]) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield the short name of each comment, and its lines: with its replies, and with what was answered to it."""
    for name, key in told.comment_names.items():
        said = [f"    {answered(replies[key])}"] if key in replies else []
        yield name, [*comment(told.comments[key]), *said]


def rest(found: Return) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield what is said below changes and comments, each under its head: possible proposals, what has no place."""
    if found.possible:
        yield (
            "Perhaps meant as a proposal, though it is not tracked",
            [f"{one.section}: {one.what}: {quoted(one.words)}" for one in found.possible],
        )
    if found.unplaced:
        lines = [f"{quoted(one.text)}, after {quoted(one.before)}" for one in found.unplaced]
        yield "Not found in what was sent", lines


def quoted(text: str) -> str:
    """Return words in quotation marks, on one line, and not too many."""
    said = " ".join(text.split())
    return f'"{said if len(said) <= MOST else said[: MOST - 3] + "..."}"'
