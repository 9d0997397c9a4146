"""Answers at random, for any library: strategies of Hypothesis, and the two libraries that the laws are tried on.

Every file that `answers` draws is valid: each answer fits its question. Whether the answers make sense
together is not asked, since the laws hold of those too.
"""

from __future__ import annotations

import datetime as dt
import functools
import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import small
import yaml
from hypothesis import strategies as st

from drafter.base import characters
from drafter.reading import loading, readers
from drafter.reading.library import Library
from drafter.reading.questionnaire import Question
from drafter.reading.questionnaire.one_answer import FIRST_DAY, LAST_DAY

ROOT = Path(__file__).resolve().parents[1]
CLAUSE_LIBRARY = ROOT / "clause_library"
TEMPLATE = ROOT / "templates" / "agreement.docx"
EXAMPLE = ROOT / "examples" / "st-louis-park-comprehensive" / "answers.yaml"


@functools.cache
def small_library() -> Library:
    """Load the small library, once."""
    with tempfile.TemporaryDirectory() as folder:
        return small.load(Path(folder))


@functools.cache
def real_library(form: str = "") -> Library:
    """Load the library that is shipped, once; in the form that silence means where none is named."""
    return loading.load(CLAUSE_LIBRARY, "clause_library", form)


def example(name: str) -> str:
    """Return the answers of an example, in the comprehensive form whichever it is in, and without what was chosen."""
    text = (ROOT / "examples" / name / "answers.yaml").read_text("utf-8").partition("\nalternatives:\n")[0]
    return text.replace("form: standard\n", "form: comprehensive\n")


LIBRARIES = {"small": small_library, "real": real_library, "standard": functools.partial(real_library, "standard")}

# -- characters ---------------------------------------------------------------------------------

ODD = (
    "{{ 7*7 }}", "{_{ x }_}", "{% if x %}", "{%p x %}", "{#label}", "{when: bites}", "{policy}", "[[leash]]", "<w:p>",
    "</w:t>", "&amp;", "<!-- -->", "]]>", "*a* **b** _c_", "# a", "1. a", "| a | b |", "\\{{", "a: b # c", "'\"`",
    "---", "no", "null", "~", "01234", "\U0001f415\u200d\U0001f9ba", "\u05e9\u05dc\u05d5\u05dd",
    "\u0645\u0631\u062d\u0628\u0627", "e\u0301",
    "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "Dog", "Section 1.1", "$1,000", "%s {0} $x", "a\u00a0b",
)  # fmt: skip
_SIGNS = st.characters(categories=["P", "S", "Zs"])
_SCRIPTS = (  # the letters of one script each, in which an honest text is written
    (0x41, 0x7A), (0xC0, 0x24F), (0x370, 0x3FF), (0x400, 0x45F), (0x531, 0x587), (0x5D0, 0x5EA), (0x621, 0x64A),
    (0x904, 0x939), (0xE01, 0xE30), (0x3041, 0x3096), (0x4E00, 0x9FFF), (0xAC00, 0xD7A3), (0x1F300, 0x1F64F),
)  # fmt: skip


# A strategy takes far longer to make than to draw from, so each is made once.


@functools.cache
def honest(longest: int = 12, shortest: int = 1) -> st.SearchStrategy[str]:
    """Draw a text of signs and of the letters of one script, as an honest text has them."""
    letters = (st.characters(min_codepoint=low, max_codepoint=high, categories=["L", "So"]) for low, high in _SCRIPTS)
    drawn = (st.text(st.one_of(found, _SIGNS), min_size=shortest, max_size=longest) for found in letters)
    return st.one_of(*drawn).filter(lambda text: not characters.faults(text))


@functools.cache
def lines(longest: int = 12) -> st.SearchStrategy[str]:
    """Draw one line of what an honest text may hold, white space at its ends taken off."""
    drawn = st.one_of(st.sampled_from(ODD), honest(longest)).map(str.strip)
    return drawn.filter(lambda text: bool(text) and not characters.faults(text))


@functools.cache
def paragraphs() -> st.SearchStrategy[str]:
    """Draw one to three lines."""
    return st.lists(lines(), min_size=1, max_size=3).map("\n".join)


# -- answers ------------------------------------------------------------------------------------


def _bounded(question: Question, low: int, high: int) -> st.SearchStrategy[int]:
    return st.integers(int(question.min or low), int(question.max or high))


def _date(question: Question) -> st.SearchStrategy[str]:
    low, high = (
        dt.date.fromisoformat(day) if day else limit
        for day, limit in ((question.min, FIRST_DAY), (question.max, LAST_DAY))
    )
    near = st.dates(max(low, dt.date(2025, 1, 1)), min(high, dt.date(2027, 12, 31)))
    return st.one_of(near, st.dates(low, high)).map(str)


def _record(question: Question) -> st.SearchStrategy[dict[str, object]]:
    return st.fixed_dictionaries({}, optional={entry.id: answer(entry) for entry in question.fields})


def answer(question: Question) -> st.SearchStrategy[object]:
    """Draw an answer that fits a question."""
    match question.type:
        case "yes-no":
            return st.sampled_from(("yes", "no", "true", "Off"))
        case "choice":
            return st.sampled_from([option.value for option in question.options])
        case "choices":
            return st.lists(st.sampled_from([option.value for option in question.options]), min_size=1, unique=True)
        case "number":
            return _bounded(question, -1000, 10**12).map(str)
        case "money" | "percent":
            return st.tuples(_bounded(question, 0, 10**6), st.sampled_from(("", ".00"))).map(
                lambda parts: f"{parts[0]:,}{parts[1]}"
            )
        case "date":
            return _date(question)
        case "email":
            return st.sampled_from(("a@b.example", "x+{{y}}@school.example"))
        case "phone":
            return st.sampled_from(("952-555-0100", "(952) 555-0100", "+1 952 555 0100 ext. 7"))
        case "records":
            low = int(question.min or 0)
            return st.lists(_record(question), min_size=low, max_size=min(int(question.max or 9), low + 2))
        case "paragraph" | "address":
            return paragraphs()
        case _:
            return lines()


def given_answers(questions: Iterable[Question]) -> st.SearchStrategy[dict[str, object]]:
    """Draw answers by question id; none, some, many or most of the questions stay unanswered."""
    return _given({question.id: answer(question) for question in questions})


@st.composite
def _given(draw: st.DrawFn, asked: Mapping[str, st.SearchStrategy[object]]) -> dict[str, object]:
    chance = draw(st.sampled_from((0, 50, 128, 220)))  # of 256
    luck = draw(st.binary(min_size=len(asked), max_size=len(asked)))
    return {name: draw(one) for (name, one), drawn in zip(asked.items(), luck, strict=True) if drawn >= chance}


def free_choices(drafted: Library) -> list[str]:
    """Return the clauses whose wording a negotiator chooses freely, since nothing else reads what decides it."""
    known = readers.readers(drafted)
    several = (clause for clause in drafted.clauses.values() if len(clause.alternatives) > 1)
    return sorted(c.id for c in several if readers.decided(drafted, c, known).by == "choice")


def alternatives(drafted: Library) -> st.SearchStrategy[dict[str, str]]:
    """Draw alternatives that a negotiator chooses for up to three clauses: free choices, and own wordings."""
    free = free_choices(drafted)
    offered = {c.id: [a.id for a in c.alternatives if a.is_own or c.id in free] for c in drafted.clauses.values()}
    open_to_choice = sorted(clause for clause, listed in offered.items() if listed)
    if not open_to_choice:
        return st.just({})
    return st.lists(st.sampled_from(open_to_choice), max_size=3, unique=True).flatmap(
        lambda ids: st.fixed_dictionaries({i: st.sampled_from(offered[i]) for i in ids})
    )


def answers(drafted: Library, *, negotiated: bool = True) -> st.SearchStrategy[str]:
    """Draw the text of an answers file; with alternatives that a negotiator chose, unless told not to.

    It says the library's form where silence means another.
    """
    said = {} if drafted.form.id == drafted.unsaid else {"form": drafted.form.id}
    found = given_answers(drafted.questionnaire.questions.values()).map(lambda given: said | given)
    if not negotiated:
        return found.map(to_yaml)
    return st.tuples(found, alternatives(drafted)).map(
        lambda pair: to_yaml(pair[0] | ({"alternatives": pair[1]} if pair[1] else {}))
    )


def to_yaml(answered: dict[str, object]) -> str:
    """Write answers by question id as the text of an answers file."""
    nested: dict[str, object] = {}
    for name, value in answered.items():
        head, _, rest = name.partition(".")
        if rest:
            nested.setdefault(head, {})[rest] = value
        else:
            nested[head] = value
    return yaml.dump(nested, Dumper=yaml.CSafeDumper, sort_keys=False, width=10**6)


# -- damage -------------------------------------------------------------------------------------

SPLINTERS = (
    b"{{", b"}}", b"{{ walker }}", b"{%", b"[[", b"[[x]]", b"{when: ", b"{each: d in dogs}", b"{#x}",
    b"{policy}", b"**", b"*",
    b"# ", b"## x\n", b"---\n", b": ", b"- ", b"  ", b"\t", b"\n\n", b"\n",
    b"|", b"|---|\n", b"1. ", b"> ", b"```\n", b"&a ",
    b"*a", b"!!python/object:os.system ", b"<<: ",
    b"'", b'"', b"[", b"]", b"{", b"}", b"[" * 40, b"\x00", b"\x1b", b"\xff",
    b"\xc3", b"\xed\xa0\x80",
    b"\xef\xbb\xbf", b"\xee\x80\x80", b"\xe2\x80\xa8", b"9" * 50, b"-1", b"1e999", b"nan",
    b"0x1",
    b"null", b"true", b"no", b"~", b"[]", b"{}", b"2026-02-30", b" | words",
    b" | add_days(99999999999)", b" and ", b" not ",
)  # fmt: skip


@st.composite
def damaged(draw: st.DrawFn, content: bytes) -> bytes:
    """Draw what becomes of a file that is damaged once or twice: bytes, words or lines changed, lost or moved."""
    for _ in range(draw(st.integers(1, 2))):
        content = _DAMAGES[draw(st.sampled_from(sorted(_DAMAGES)))](draw, content)
    return content


def _place(draw: st.DrawFn, content: bytes) -> int:
    return draw(st.integers(0, len(content)))


def _changed(draw: st.DrawFn, content: bytes) -> bytes:
    place = _place(draw, content)
    return content[:place] + bytes([draw(st.integers(0, 255))]) + content[place + 1 :]


def _cut(draw: st.DrawFn, content: bytes) -> bytes:
    return content[: _place(draw, content)]


def _lost(draw: st.DrawFn, content: bytes) -> bytes:
    place = _place(draw, content)
    return content[:place] + content[place + draw(st.integers(1, 40)) :]


def _struck(draw: st.DrawFn, content: bytes) -> bytes:
    place = _place(draw, content)
    return content[:place] + draw(st.sampled_from(SPLINTERS)) + content[place:]


def _on_lines(change: Callable[[list[bytes], int, int], None]) -> Callable[[st.DrawFn, bytes], bytes]:
    def damage(draw: st.DrawFn, content: bytes) -> bytes:
        lines = content.split(b"\n")
        change(lines, draw(st.integers(0, len(lines) - 1)), draw(st.integers(0, len(lines) - 1)))
        return b"\n".join(lines)

    return damage


def _doubled(lines: list[bytes], one: int, _: int) -> None:
    lines.insert(one, lines[one])


def _swapped(lines: list[bytes], one: int, other: int) -> None:
    lines[one], lines[other] = lines[other], lines[one]


def _indented(lines: list[bytes], one: int, _: int) -> None:
    lines[one] = b"  " + lines[one]


def _worded(lines: list[bytes], one: int, other: int) -> None:
    """Put what stands after a line's first colon in place of what stands after another's."""
    lines[one] = lines[one].partition(b":")[0] + b":" + lines[other].partition(b":")[2]


_DAMAGES: Mapping[str, Callable[[st.DrawFn, bytes], bytes]] = {
    "changed": _changed,
    "cut": _cut,
    "lost": _lost,
    "struck": _struck,
    "doubled": _on_lines(_doubled),
    "swapped": _on_lines(_swapped),
    "indented": _on_lines(_indented),
    "worded": _on_lines(_worded),
}


# -- libraries ----------------------------------------------------------------------------------

HUES = ("red", "blue", "green")
HUE = (
    "      - id: hue\n        type: choice\n        prompt: Which hue?\n        default: red\n        options: "
    "[{value: red, label: Red}, {value: blue, label: Blue}, {value: green, label: Green}]\n"
)
HUED = small.QUESTIONNAIRE.replace("checks:\n", f"{HUE}checks:\n")
WHENS = (
    "bites", "not bites", "leash == 'long'", "length > 5", "length <= 7", "fee > 2.5", "fee < 5", "starts < ends",
    "starts > '2026-01-01'", "dogs | having('size', 'small')", "not (dogs | having('size', 'large'))",
    "(dogs | count) > 1", "dogs | answered", "walker == 'Ann'", "hue == 'red'", "hue in ['red', 'blue']",
    "walker | mentions('Ann', 'van Ann')", "starts | weekday == 'Sunday'", "dogs | distinct('name')",
    "bites and leash == 'short'", "bites or hue == 'green'", "dogs | having('chain', 'iron')",
)  # fmt: skip
ENDINGS = (";", "; and", "; or", " or", ".", "{{ '; and' if bites else '.' }}")


@st.composite
def prose(draw: st.DrawFn) -> str:
    """Draw the text of a wording that may break: a lead-in, a list, a table, references, fields and a term."""
    when = st.sampled_from(("", *(f"{{when: {condition}}} " for condition in WHENS)))
    each = st.sampled_from(("", "", "{each: d in dogs} ", "{each: d in dogs | having('size', 'small')} "))
    lines = []
    if draw(st.booleans()):
        lines.append(draw(when) + "The walker must:")
        items = draw(st.lists(st.tuples(when, each, st.sampled_from(ENDINGS)), min_size=1, max_size=3))
        lines.append("\n".join(f"{n}. {c}{e}do {n}{end}" for n, (c, e, end) in enumerate(items, 1)))
    said = (
        "It is {{ length }} feet.",
        "See [[muzzle]].",
        "A leash (the **Lead**).",
        "The Lead is held.",
        "**Grip** means a hold on a Rope.",
        "**Rope** means a rope with a Grip. A Rope is long.",
        "The Grip is firm.",
        "See [[price]].",
    )
    texts = draw(
        st.lists(
            st.tuples(when, st.sampled_from(said)),
            min_size=0 if lines else 1,
            max_size=3,
            unique_by=lambda pair: pair[1],
        )
    )
    lines += [condition + words for condition, words in texts]
    if draw(st.booleans()):
        lines.append(f"| Dog |\n|---|\n| {draw(each)}{draw(when)}A dog |")
    return "\n\n".join(lines)


@st.composite
def broken_libraries(draw: st.DrawFn) -> dict[str, object]:
    """Draw parts of the small library whose notes, price and muzzle may break any law of the proof."""
    whens = [draw(st.sampled_from(WHENS)) for _ in range(draw(st.integers(0, 2)))]
    whens += [""] if draw(st.booleans()) or not whens else []
    places = draw(
        st.lists(st.sampled_from(("preferred", "acceptable", "fallback")), min_size=len(whens), max_size=len(whens))
    )
    made = [
        f"a{n}|{place}|WHEN-{n}||{draw(prose())}" if when else f"a{n}|{place}|||{draw(prose())}"
        for n, (when, place) in enumerate(zip(whens, places, strict=True))
    ]
    notes = small.clause("Notes", *made, when=draw(st.sampled_from(("", *WHENS))))
    for number, when in enumerate(whens):
        notes = notes.replace(f"WHEN-{number}", when)
    use = draw(st.sampled_from(("", *(f"{{when: {when}}} " for when in WHENS))))
    muzzle = f"standard|preferred||III|{use}The walker must use a muzzle. [[leash]] stays."
    clauses = {
        "notes": notes,
        "muzzle": small.clause("Muzzle", muzzle, when=draw(st.sampled_from(("bites", "bites", *WHENS)))),
    }
    return {"clauses": clauses, "questionnaire": HUED}


def hued(*hues: str, last: bool) -> str:
    """Return a clause, Notes, with an alternative for each hue, the last of them without a condition where `last`."""
    places = ("preferred", "acceptable", "fallback")
    whens = [f"hue == '{hue}'" for hue in hues[:-1]] + ["" if last else f"hue == '{hues[-1]}'"]
    made = (f"{hue}|{place}|{when}||It is {hue}." for hue, place, when in zip(hues, places, whens, strict=True))
    return small.clause("Notes", *made)


MEMO = """\
---
to: All
from: All
subject: A walk
meeting: Meeting
term: [starts, ends]
year_starts: 01-01
each_year: Each year
partial: at most
statuses:
  met: Met
  said: Said
  met by a fallback: Met
  needs a person's judgement: To judge
  does not apply: Does not apply
  deviates: Not met
  missing: Not met
  nothing to draft:
MORE
---
PARTS
"""
PARTS = ("request", "motion", "cost", "changes", "differences", "compliance", "policy", "blanks")


def memo(more: str = "", facts: str = "| Dogs | See. |", **parts: str) -> str:
    """Return a memo.md for the small library: more of its front matter, rows of its facts, and parts by name."""
    texts = [f"## {part}\n\n{parts.get(part, '')}\n" for part in PARTS]
    tables = [
        f"## {name}\n\n| a | b |\n|---|---|\n{rows}\n"
        for name, rows in (("facts", facts), ("dates", "| Today | It is. |"))
    ]
    return MEMO.replace("MORE", more.rstrip("\n") or "costs: []").replace("PARTS", "\n".join(texts + tables))


def _with(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


def _checked(check: str) -> dict[str, object]:
    return {"questionnaire": f"{HUED}  - {{id: red, message: Not red., level: reminder, {check}}}\n"}


def _in_outline(old: str, new: str) -> dict[str, object]:
    return {"agreement": _with(small.AGREEMENT, old, new)}


SHADE = "      - {id: shade, type: text, prompt: Shade?, ask_when: hue == 'red'}\n"


def _price(text: str, when: str = "") -> dict[str, object]:
    return {"clauses": {"price": small.clause("Price", f"standard|preferred|||{text}", when=when)}}


# What else can read the answer behind a clause: for each, the parts of the small library that do.
READERS: Mapping[str, dict[str, object]] = {
    "field": _price("The lead is {{ hue | label }}."),
    "paragraph": _price("Words.\n\n{when: hue == 'red'} Red."),
    "item": _price("Words:\n\n1. one.\n2. {when: hue == 'red'} red."),
    "row": _price("| a |\n|---|\n| b |\n| {when: hue == 'red'} c |"),
    "clause": _price("Words.", when="hue != 'green'"),
    "wording": {"clauses": {"price": small.clause("Price", "a|preferred|hue == 'red'||A.", "b|fallback|||B.")}},
    "check": _checked("holds: hue == 'red'"),
    "check when": _checked("holds: bites, when: hue == 'red'"),
    "requirement": {"policy": _with(small.POLICY, "applies_when: bites", "applies_when: bites and hue | answered")},
    "ask_when": {"questionnaire": _with(HUED, "checks:\n", f"{SHADE}checks:\n")},
    "caption": _in_outline("{{ town.name }}", "{{ town.name }} in {{ hue | label }}"),
    "signature": _in_outline("note: By its council", 'note: "By its {{ hue | label }} council"'),
    "phrase": {
        **_in_outline("opening:", "  tint: hue == 'red'\nopening:"),
        **_price("{when: tint} Red.\n\nWords."),
    },
    "memo text": {"memo": memo(request="{when: hue == 'red'} Red.")},
    "memo row": {"memo": memo(facts="| Dogs | {{ hue | label }} |")},
    "memo sentence": {"memo": memo("sections:\n  - {clause: leash, when: hue == 'red', text: Red.}")},
    "memo cost": {"memo": memo("costs:\n  - {label: Fee, when: hue == 'red', factors: [fee], basis: Much.}")},
    "memo anomaly": {"memo": memo("anomalies:\n  - {id: stops, when: hue == 'red'}")},
    "own wording": {"own": "The lead is {{ hue | label }}."},
}  # fmt: skip
