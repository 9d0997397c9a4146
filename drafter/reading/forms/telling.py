"""Tells the problems of several forms of a contract once each, and of which form one is that not all of them have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from drafter.base import english
from drafter.base.problems import Problem


def once(by_form: Mapping[str, Iterable[Problem]]) -> tuple[Problem, ...]:
    """Return the problems of each form, by its id, each once; one that only some forms have says which."""
    return tuple(told(by_form).values())


def told(by_form: Mapping[str, Iterable[Problem]]) -> Mapping[Problem, Problem]:
    """Return each problem of some forms as `once` tells it, by what it is in its form."""
    found: dict[Problem, list[str]] = {}
    for form, problems in by_form.items():
        for problem in dict.fromkeys(problems):
            found.setdefault(problem, []).append(form)
    return {p: p if len(forms) == len(by_form) else _of(p, forms) for p, forms in found.items()}


def _of(problem: Problem, forms: list[str]) -> Problem:
    named = english.listing([f"'{form}'" for form in forms])
    return replace(problem, message=f"{problem.message} (in the form {named})")
