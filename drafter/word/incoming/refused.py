"""The third list: what can't be unpacked, isn't a Word document, or would do harm while it is read. It is refused.

What can't be unpacked, `oxml.package` says: it reads the zip within its limits. A file that is refused is not kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from drafter.values import dataclass
from drafter.word.incoming import passed
from drafter.word.incoming.file import MOST_MARKS, TOO_MUCH, File, UnreadableError, damaged, marks, quoted
from drafter.word.oxml import elements, package

DEEPEST_STYLE = 50  # styles based on each other; Word's own menus lead to some ten
DEEPEST = 100  # elements within elements; five tables in each other make about 25

_WORD = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    "application/vnd.ms-word.document.macroenabled.main+xml",
    "application/vnd.ms-word.template.macroenabledtemplate.main+xml",
)
_OTHERS: Mapping[str, str] = {
    "spreadsheetml": "it is an Excel workbook",
    "ms-excel": "it is an Excel workbook",
    "presentationml": "it is a PowerPoint presentation",
    "ms-powerpoint": "it is a PowerPoint presentation",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A reason to refuse a file: why it is one, and what says, of a file with it, what to tell whoever sent it."""

    why: str
    find: Callable[[File], Iterator[str]]


def _markup(file: File) -> Iterator[str]:
    """Find XML that is unsafe or too much; the later checks rely on this."""
    count = 0
    for name in filter(file.is_xml, file.parts):
        count += marks(file.parts[name])
        if count > MOST_MARKS:
            yield TOO_MUCH
        if file.is_whole(name) and file.tree(name).xpath("/*" * (DEEPEST + 1)):
            yield f"its part {quoted(name)} is nested deeper than {DEEPEST} levels"


def _kind(file: File) -> Iterator[str]:
    """Find a main part that isn't a Word document's. UnreadableError where it isn't known, or is damaged."""
    _stop_at_damage(file, package.rels(""))
    mains = package.find(file.parts, "officeDocument")
    if len(mains) != 1:
        yield package.NOT_WORD
        return
    found = file.type(mains[0])
    if found not in _WORD:
        yield next((reason for kind, reason in _OTHERS.items() if kind in found), package.NOT_WORD)
    _stop_at_damage(file, package.rels(mains[0]))
    if file.is_xml(mains[0]) and file.tree(mains[0]).tag != elements.w("document"):
        yield package.NOT_WORD


def _stop_at_damage(file: File, name: str) -> None:
    if name in file.parts:
        file.tree(name)


def _damage(file: File) -> Iterator[str]:
    """Find nothing; UnreadableError where a part that is read is damaged, or isn't XML."""
    for name in sorted(passed.needed(file)):
        if not file.is_xml(name):
            raise UnreadableError(damaged(name))
        file.tree(name)
    yield from ()


def _styles(file: File) -> Iterator[str]:
    """Find styles that are based on one another too deep: whoever asks how words look goes through all of them."""
    roots = [root for _, root in file.stories() if root.tag == elements.w("styles")]
    nodes = [node for root in roots for node in root.iter(elements.w("style"))]
    bases = [(node.get(elements.w("styleId"), ""), node.find(elements.w("basedOn"))) for node in nodes]
    based = [(name, base.get(elements.w("val"), "")) for name, base in bases if base is not None]
    for one in (dict(based), dict(reversed(based))):  # two may have the same id
        if _depth(one) > DEEPEST_STYLE:
            yield f"its styles are based on one another more than {DEEPEST_STYLE} levels deep"


def _depth(based: Mapping[str, str]) -> int:
    """Return the length of the longest chain of what is based on what; one that is a circle counts once round."""
    known: dict[str, int] = {}
    for name in based:
        chain: dict[str, None] = {}
        while name in based and name not in known and name not in chain:
            chain[name] = None
            name = based[name]  # noqa: PLW2901  # one step up
        start = 0 if name in chain else known.get(name, 0)
        known |= {one: start + up for up, one in enumerate(reversed(chain), 1)}
    return max(known.values(), default=0)


# Each row relies on those before it. The first reason found is the one that is given.
ROWS: Mapping[str, Row] = {
    "unsafe or too much XML": Row("to parse it would fetch files, or take all the memory or the time", _markup),
    "not a Word document": Row("there is no contract in it", _kind),
    "damaged": Row("no words can be read in it; such a file may be kept, and isn't read", _damage),
    "deep styles": Row("to ask how its words look would take all the time", _styles),
}
