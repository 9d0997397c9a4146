"""Measures the proof on generated libraries of 100, 1,000 and 10,000 clauses: cases, processor time, growth.

    python benchmarks/proof.py [CLAUSES]...

One clause in two has three alternatives: of these, every second one is a free choice, and the answers decide the
others. One in five has a condition; one in ten meets a requirement. Each has a list whose ending follows what is left
out, references to the clause before it, a field and a defined term. So clauses and questions grow together.
"""

from __future__ import annotations

import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from drafter.proving import proof
from drafter.reading import loading

SIZES = (100, 1_000, 10_000)
GROUP = 50  # clauses of an article


def choice(name: str) -> str:
    """Return a question between three options."""
    options = ", ".join(f"{{value: {v}, label: {v.capitalize()}}}" for v in ("one", "two", "three"))
    return f"      - {{id: {name}, type: choice, prompt: Which?, default: one, options: [{options}]}}"


def question(number: int) -> str:
    """Return a question of the generated questionnaire: a choice, a yes-no, a number, or a list."""
    match number % 4:
        case 0:
            return choice(f"q{number}")
        case 1:
            return f'      - {{id: q{number}, type: yes-no, prompt: Yes?, default: "no"}}'
        case 2:
            return f"      - {{id: q{number}, type: number, prompt: How many?, default: 3, min: 1, max: 90}}"
        case _:
            kinds = "[{value: new, label: New}, {value: old, label: Old}]"
            kind = f"{{id: kind, type: choice, prompt: Kind?, options: {kinds}}}"
            fields = f"[{{id: name, type: text, prompt: Name?}}, {kind}]"
            return f"      - {{id: q{number}, type: records, prompt: Who?, blank: Who, fields: {fields}}}"


def clause(number: int) -> str:
    """Return the text of a clause file."""
    base = number - number % 4
    head = [f"title: Clause {number}", "authority: [a]"]
    when = f"q{base + 1}" if number % 5 == 4 else ""  # noqa: PLR2004
    head += [f"when: {when}"] if when else []
    before = number - 1
    linked = f" See [[c{before}]]." if number and before % 5 != 4 else ""  # noqa: PLR2004
    text = (
        f"The **Term {number}** binds {{{{ q{base + 2} }}}} days, and Term {number} is kept.{linked}\n\n"
        f"It is:\n\n1. kept{{{{ '; and' if q{base + 2} > 30 else '.' }}}}\n2. {{when: q{base + 2} > 30}} long.\n\n"
        f"{{when: q{base + 3} | having('kind', 'new')}} It is new.\n"
    )
    if number % 2:
        text += f"\n{{when: q{base} == 'two'}} It is the second.\n"  # so that the answers decide the clause of q{base}
    satisfies = f"    satisfies: [R{number}]\n" if number % 10 == 0 else ""
    applies = f"{{when: q{base + 1}}} " if number % 20 else ""  # as the requirement's own condition
    words = f"{text}\n{applies}It must hold {number}.\n" if satisfies else text
    if number % 2:
        entries, bodies = [("standard", "preferred", "")], ["standard"]
    else:
        values = zip(("one", "two", "three"), ("preferred", "acceptable", "fallback"), strict=True)
        decides = f"p{number}" if number % 4 else f"q{base}"  # nothing else reads a question p
        entries = [(value, place, f"{decides} == '{value}'") for value, place in values]
        bodies = [value for value, _, _ in entries]
    head.append("alternatives:")
    for name, place, condition in entries:
        head.append(f"  {name}:\n    label: {name}\n    position: {place}\n    concedes: Some.\n    guidance: Some.")
        head += [f"    when: {condition}"] if condition else []
        head += [satisfies.rstrip("\n")] if satisfies else []
    return "---\n" + "\n".join(head) + "\n---\n\n" + "\n".join(f"## {name}\n\n{words}\n" for name in bodies)


def build(root: Path, size: int) -> Path:
    """Write a library of that many clauses to a folder."""
    (root / "clauses").mkdir(parents=True)
    (root / "sources").mkdir()
    for number in range(size):
        (root / "clauses" / f"c{number}.md").write_text(clause(number), encoding="utf-8")
    numbers = [n for n in range(size) if n % 10 == 0]
    requirements = "\n".join(
        f"  - {{id: R{n}, paragraph: P, level: {'if' if n % 20 else 'must'}, asks: It., quote: It must,"
        f" home: c{n}, says: [It must hold {n}.]{f', applies_when: q{n - n % 4 + 1}' if n % 20 else ''}}}"
        for n in numbers
    )
    policy = (
        'number: "1"\ntitle: T\ncitation: Policy 1\nbody: D\nstatus: adopted\ndate: "2026-01-01"\n'
        f"paragraphs:\n  - {{id: P, text: It must hold.}}\nrequirements:\n{requirements}\n"
    )
    groups = [range(start, min(start + GROUP, size)) for start in range(0, size, GROUP)]
    articles = "\n".join(
        f"  - {{id: a{i}, title: A, clauses: [{', '.join(f'c{n}' for n in group)}]}}" for i, group in enumerate(groups)
    )
    asked = "\n".join([*(question(n) for n in range(size + 4)), *(choice(f"p{n}") for n in range(2, size, 4))])
    (root / "sources" / "policy.yaml").write_text(policy, encoding="utf-8")
    (root / "agreement.yaml").write_text(f"title: Agreement\narticles:\n{articles}\n", encoding="utf-8")
    (root / "authorities.yaml").write_text("authorities:\n  - {id: a, citation: A, confidence: A}\n", encoding="utf-8")
    (root / "questionnaire.yaml").write_text(
        f"sections:\n  - id: s\n    title: S\n    questions:\n{asked}\n", encoding="utf-8"
    )
    return root


@dataclass(frozen=True, slots=True)
class Row:
    """What the proof of a generated library took: counts, and seconds of processor time to load and to prove it."""

    clauses: int
    questions: int
    claims: int
    cases: int
    loading: float
    proving: float
    holes: int

    @property
    def each(self) -> float:
        """Return the microseconds that a clause takes."""
        return self.proving / self.clauses * 1e6


def measured(size: int) -> Row:
    """Prove a generated library of that many clauses."""
    with tempfile.TemporaryDirectory() as folder:
        root = build(Path(folder) / "library", size)
        started = time.process_time()
        loaded = loading.load(root, "library")
        read = time.process_time()
        made = proof.prove(loaded)
        ended = time.process_time()
    claims = sum(finding.claims for finding in made.findings)
    wrong = len(made.holes) + len(made.undecided)
    counts = size, len(loaded.questionnaire.questions), claims, made.cases
    return Row(*counts, read - started, ended - read, wrong)


def main(sizes: tuple[int, ...]) -> None:
    """Print a line for each size: questions, claims, cases, seconds to load and to prove, and microseconds a clause."""
    print(f"{'clauses':>8} {'questions':>9} {'claims':>8} {'cases':>8} {'load s':>8} {'prove s':>8} {'us/clause':>10}")
    for row in map(measured, sizes):
        counts = f"{row.clauses:>8} {row.questions:>9} {row.claims:>8} {row.cases:>8}"
        print(f"{counts} {row.loading:>8.2f} {row.proving:>8.2f} {row.each:>10.0f}")
        if row.holes:
            print(f"  {row.holes} holes or undecided: a generated library has none")


if __name__ == "__main__":
    main(tuple(map(int, sys.argv[1:])) or SIZES)
