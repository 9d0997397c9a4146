"""A small library about walking dogs, made of text, that a test can change before it is written to a folder.

Nothing in it is law or school: what holds of it holds of the engine.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
import json
import re
from pathlib import Path

from drafter import contract
from drafter.base import yaml_text
from drafter.base.problems import DraftingError
from drafter.drafting import assembly, compliance, selection
from drafter.drafting import draft as drafts
from drafter.matters import answers
from drafter.matters.matter import Matter
from drafter.reading import library, loading
from drafter.reading.reviewing import naming, recording

ROOT = Path(__file__).resolve().parents[1]

POLICY = """\
number: "7"
title: Dogs
citation: Policy 7
body: Town of Bark
status: adopted
date: "2026-01-02"
paragraphs:
  - id: I
    number: I.
    heading: PURPOSE
    text: The town wants dogs walked well. .
  - id: II
    number: II.
    text: A walker must use a leash.
  - id: III
    number: III.
    text: If a dog bites, the walker must use a muzzle.
requirements:
  - id: II
    paragraph: II
    level: must
    asks: The walker uses a leash.
    quote: must use a leash
    home: leash
    says:
      - {sentence: "The walker must use a leash on {{ the_dog }}:", alternatives: [short]}
      - sentence: "The walker must use a leash of {{ length }} {{ length | plural('foot', 'feet') }}:"
        alternatives: [long]
  - id: III
    paragraph: III
    level: if
    applies_when: bites
    applies_text: a dog bites
    asks: The walker uses a muzzle.
    quote: the walker must use a muzzle
    home: muzzle
    says: [The walker must use a muzzle.]
  - id: I
    paragraph: I
    level: info
    asks: Nothing.
    quote: dogs walked well
anomalies:
  - {id: stops, paragraphs: [I], text: Two full stops., handling: Shown.}
asks_nothing:
  - {paragraph: I, sentence: The town wants, because: It says whose wish it is.}
  - {paragraph: II, sentence: A walker, because: It says who.}
  - {paragraph: III, sentence: "If a dog bites,", because: It says when.}
  - {paragraph: I, sentence: PURPOSE, because: It is a heading.}
"""


# With these, each sentence that is not plainly one more duty is looked at, and the definition of the Dog is held.
ACTORS = "actors: [Town, walker, neighbour]\nphrases: {the_dog: \"dogs | plural('the Dog', 'each Dog')\"}\n"
HELD = "terms: {Dog: ['**Dog** means a dog in [[exhibit:dogs]].', 'See [[leash.hold]].']}\n"


def saying(wanted: str, *says: str | dict[str, object], policy: str = POLICY) -> str:
    """Return the policy with other sentences that its requirement must have said: texts, or mappings of more."""
    found = re.fullmatch(rf"(.*\n  - id: {wanted}\n.*?\n    says:).*?(\n  - id:.*)", policy, re.DOTALL)
    head, rest = found.groups()
    lines = (json.dumps(one, ensure_ascii=False) for one in says)
    return head + "".join(f"\n      - {line}" for line in lines) + rest


def saying_as(wanted: str, written: str) -> str:
    """Return the policy of which a requirement has said the first sentence of each alternative that claims it."""
    head, *texts = re.split(r"\n## ", written)
    claims = re.compile(rf"\n  ([\w-]+):\n(?:    .*\n)*?    satisfies: \[.*?\b{wanted}\b.*\]")
    firsts = {
        name: re.search(r"\n\n(?:\{\w+: [^}]*\} )?(.*?[.:])(?=\s|$)", text) for name, text in _parted(texts).items()
    }
    says = ({"sentence": firsts[name][1], "alternatives": [name]} for name in claims.findall(head))
    return saying(wanted, *says)


def _parted(texts: list[str]) -> dict[str, str]:
    return {text.partition("\n")[0].strip(): text for text in texts}


QUESTIONNAIRE = """\
sections:
  - id: parties
    title: Parties
    questions:
      - {id: town.name, type: text, prompt: What is the town called?, default: Town of Bark}
      - {id: walker, type: text, prompt: Who walks?, blank: Walker's name}
      - {id: starts, type: date, prompt: When does it start?, blank: Start}
      - {id: ends, type: date, prompt: When does it end?, blank: End}
  - id: dogs
    title: Dogs
    questions:
      - id: dogs
        type: records
        prompt: Which dogs?
        singular: dog
        blank: Dogs
        fields:
          - {id: name, type: text, prompt: The dog's name?, blank: Dog's name}
          - id: size
            type: choice
            prompt: How large?
            blank: Size
            options: [{value: small, label: Small, text: a small dog}, {value: large, label: Large}]
          - {id: chain, type: text, prompt: Which chain?, blank: Chain, ask_when: size == 'large'}
      - {id: bites, type: yes-no, prompt: Does one bite?, default: "no"}
      - id: leash
        type: choice
        prompt: What leash?
        default: short
        options: [{value: short, label: Short}, {value: long, label: Long}]
      - {id: length, type: number, prompt: How long?, blank: Length, ask_when: leash == 'long', min: 1, max: 30}
      - {id: fee, type: money, prompt: What fee?, blank: Fee}
      - {id: note, type: paragraph, prompt: Anything else?, optional: true}
checks:
  - {id: order, holds: starts < ends, questions: [starts, ends], message: It ends before it starts.,\
 carries_nothing: No day is asked for.}
  - {id: some, holds: dogs | count >= 1, questions: [dogs], message: No dog is listed.,\
 carries_nothing: No dog is asked for.}
  - {id: biter, holds: not bites, questions: [bites], message: A dog bites., level: reminder}
"""

AGREEMENT = """\
title: Dog Walking Agreement
caption: ["{{ town.name }}"]
phrases:
  the_dog: dogs | plural('the Dog', 'each Dog')
opening: [parties]
recitals: [recital]
articles:
  - {id: walking, title: Walking, clauses: [dog, leash, muzzle, price]}
  - {id: general, title: General, clauses: [notes]}
exhibits:
  - {id: dogs, title: Dogs, clauses: [list]}
  - {id: policy, title: The Policy, clauses: [policy]}
signatures:
  - {party: "{{ town.name }}", note: By its council, signers: d in dogs, name: "{{ d.name }}", title: Dog}
"""

AUTHORITIES = """\
authorities:
  - {id: policy-7, citation: Policy 7, confidence: A, cited_for: Leashes.}
"""


def clause(title: str, *alternatives: str, when: str = "", authority: str = "[policy-7]") -> str:
    """Return a clause file; each alternative is "id|position|when|satisfies|text"."""
    head = [f"title: {title}", f"authority: {authority}", *([f"when: {when}"] if when else []), "alternatives:"]
    body = []
    for alternative in alternatives:
        name, position, condition, satisfies, text = alternative.split("|", 4)
        head += [
            f"  {name}:",
            f"    label: The {name} one",
            f"    position: {position}",
            f"    guidance: Guidance on {name}.",
        ]
        head += [f"    when: {condition}"] if condition else []
        head += [f"    satisfies: [{satisfies}]"] if satisfies else []
        head += ["    concedes: Something."] if position == "fallback" else []
        body.append(f"## {name}\n\n{text}\n")
    return "---\n" + "\n".join(head) + "\n---\n\n" + "\n".join(body)


def noted(*whens: str, text: str = "A.") -> str:
    """Return a clause file, Notes, whose alternatives, one a position, have these conditions."""
    places = ("preferred", "acceptable", "fallback")[: len(whens)]
    made = clause("Notes", *(f"{place}|{place}|WHEN-{number}||{text}" for number, place in enumerate(places)))
    for number, when in enumerate(whens):
        made = made.replace(f"WHEN-{number}", yaml_text.scalar(when))
    return made


CLAUSES = {
    "parties": clause(
        "Parties", "standard|preferred|||This is between {{ town.name }} (the **Town**) and {{ walker }}."
    ),
    "recital": clause("Recital", "standard|preferred|||The Town has dogs.\n\nThe dogs want out."),
    "dog": clause("Dog", "standard|preferred|||**Dog** means a dog in [[exhibit:dogs]]. See [[leash.hold]]."),
    "leash": clause(
        "Leash",
        "short|preferred|leash == 'short'|II|The walker must use a leash on {{ the_dog }}:\n\n"
        "1. {#hold} it is held.\n2. {when: bites} it is strong.\n   1. of steel.",
        "long|fallback|leash == 'long'|II|The walker must use a leash of {{ length }} "
        "{{ length | plural('foot', 'feet') }}:\n\n"
        "1. {#hold} held.",
    ),
    "muzzle": clause("Muzzle", "standard|preferred||III|The walker must use a muzzle. [[leash]] stays.", when="bites"),
    "price": clause("Price", "standard|preferred|||The Town pays {{ fee | money_words }} from {{ starts | date }}."),
    "notes": clause("Notes", "standard|preferred|||{{ note | otherwise('No notes.') }} Dogs and the Town agree."),
    "list": clause(
        "List",
        "standard|preferred|||The Dogs:\n\n| Dog | Size |\n|---|---|\n"
        "| {each: d in dogs} {{ d.name }} | {{ d.size | label }} |",
    ),
    "policy": clause("Policy", "standard|preferred|||As it stands:\n\n{policy}"),
}

ANSWERS = """\
walker: Ann
starts: 2026-08-31
ends: 2027-06-30
dogs:
  - {name: Rex, size: large, chain: iron}
  - {name: Bit, size: small}
fee: 12,500.50
"""


def build(  # noqa: PLR0913  # one for each file of a library
    root: Path,
    *,
    policy: str = POLICY,
    questionnaire: str = QUESTIONNAIRE,
    agreement: str = AGREEMENT,
    authorities: str = AUTHORITIES,
    clauses: dict[str, str | None] | None = None,
) -> Path:
    """Write the library to a folder, with the parts given in place of its own; a clause of None is left out."""
    texts = {**CLAUSES, **(clauses or {})}
    (root / "clauses").mkdir(parents=True, exist_ok=True)
    (root / "sources").mkdir(exist_ok=True)
    for name, text in texts.items():
        if text is None:
            with contextlib.suppress(FileNotFoundError):
                (root / "clauses" / f"{name}.md").unlink()
        else:
            (root / "clauses" / f"{name}.md").write_text(text, encoding="utf-8")
    parts = {
        "sources/policy": policy,
        "questionnaire": questionnaire,
        "agreement": agreement,
        "authorities": authorities,
    }
    for name, text in parts.items():
        (root / f"{name}.yaml").write_text(text, encoding="utf-8")
    return root


def load(root: Path, **parts) -> library.Library:
    """Build the library with the parts given, and load it under the name "lib"."""
    return loading.load(build(root, **parts), "lib")


def in_form(loaded: library.Library, text: str) -> library.Library:
    """Return the library that is shipped in the form of the contract that an answers file's text says; others as is."""
    wanted = answers.form_of(text) or loaded.unsaid
    return loaded if loaded.path != "clause_library" or wanted == loaded.form.id else _shipped(wanted)


@functools.cache
def _shipped(form: str) -> library.Library:
    return loading.load(ROOT / "clause_library", "clause_library", form)


def draft(loaded: library.Library, text: str = ANSWERS):
    """Return the contract, the coverage and the selection of an answers file's text."""
    loaded = in_form(loaded, text)
    given = answers.parse(text, "answers.yaml", loaded.questionnaire)
    selected = selection.select(loaded, given)
    drafted = assembly.assemble(selected)
    return drafted, compliance.check(drafted, selected), selected


def made(loaded: library.Library, text: str = ANSWERS) -> drafts.Draft:
    """Return the draft of an answers file's text."""
    return drafts.draft(Matter(Path("answers.yaml"), text, (), in_form(loaded, text)))


def read(loaded: library.Library, *, alone: bool = True) -> library.Library:
    """Return a library with everything recorded as read, and each of ANSWERS; see `alone`.

    Without what is read by itself where `alone` is false.
    """
    every, on = naming.all_of(loaded), dt.date(2026, 5, 2)
    singly = every.alone if alone else ()
    done = recording.recorded(loaded, every.links, "Counsel", on, alone=singly)
    with contextlib.suppress(DraftingError):  # another library has other questions
        return recording.with_answers(done, made(loaded).left.answers, "Counsel", on)
    return done


ALL_READ = drafts.Left((), (), frozenset(), is_open=False)  # what nobody has read of a contract of which all is read


def section_text(section) -> str:
    """Return a section's words, a paragraph or table row a line, with the numbers of items and without the heading."""
    return "\n".join(line for block in section.blocks for line in _lines(block))


def _lines(block):
    if isinstance(block, contract.Table):
        yield from ("| " + " | ".join(map(contract.words, row)) + " |" for row in (block.header, *block.rows))
    else:
        indent = {"item": "  ", "subitem": "    "}.get(block.style, "")
        yield indent + " ".join(filter(None, (block.number, contract.words(block.runs))))
