"""A questionnaire with a question of every type, as text, and a function that loads such a text."""

from __future__ import annotations

import tempfile
from pathlib import Path

from drafter.reading import questionnaire

QUESTIONNAIRE = """\
sections:
  - id: all
    title: All
    questions:
      - {id: text, type: text, prompt: Text?, blank: Text}
      - {id: paragraph, type: paragraph, prompt: Paragraph?, blank: Paragraph}
      - {id: agree, type: yes-no, prompt: Yes or no?, blank: Agreement}
      - id: choice
        type: choice
        prompt: Which?
        blank: Choice
        options: [{value: one, label: One, text: the first}, {value: two, label: Two}]
      - id: choices
        type: choices
        prompt: Which ones?
        blank: Choices
        options: [{value: one, label: One, text: the first}, {value: two, label: Two}, {value: three, label: Three}]
      - {id: number, type: number, prompt: How many?, blank: Number}
      - {id: few, type: number, prompt: How few?, blank: Few, min: 2, max: 4}
      - {id: money, type: money, prompt: How much?, blank: Money}
      - {id: budget, type: money, prompt: What budget?, blank: Budget, min: -100, max: 99.50}
      - {id: percent, type: percent, prompt: What share?, blank: Percent}
      - {id: date, type: date, prompt: When?, blank: Date}
      - {id: soon, type: date, prompt: How soon?, blank: Soon, min: 2026-07-01, max: 2027-06-30}
      - {id: email, type: email, prompt: E-mail?, blank: E-mail}
      - {id: phone, type: phone, prompt: Phone?, blank: Phone}
      - {id: address, type: address, prompt: Address?, blank: Address}
      - {id: group.one, type: text, prompt: One?, default: first}
      - {id: group.two.deep, type: text, prompt: Two?}
      - {id: group.three, type: text, prompt: Three?, ask_when: agree}
      - id: people
        type: records
        prompt: Who?
        singular: person
        blank: People
        fields:
          - {id: name, type: text, prompt: Name?, blank: Name}
          - {id: born, type: date, prompt: Born?, blank: Birthday}
          - id: role
            type: choice
            prompt: Role?
            default: one
            options: [{value: one, label: One}, {value: two, label: Two}]
          - {id: reason, type: text, prompt: Why?, blank: Reason, ask_when: role == 'two'}
      - {id: pair, type: records, prompt: Which two?, min: 2, max: 2, fields: [{id: name, type: text, prompt: Name?}]}
"""


def load(text=QUESTIONNAIRE, name="questionnaire.yaml"):
    """Load a questionnaire's text, as if it stood in a file of this name."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "questionnaire.yaml"
        path.write_text(text, encoding="utf-8")
        return questionnaire.load(path, name)


def asking(*questions, checks=()):
    """Load a questionnaire of these questions and checks, each a YAML mapping on one line."""
    lines = ["sections:", "  - id: s", "    title: S", "    questions:"]
    lines += [f"      - {question}" for question in questions]
    lines += ["checks:", *(f"  - {check}" for check in checks)] if checks else []
    return load("\n".join(lines) + "\n")
