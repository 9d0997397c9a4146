"""Says which of the questionnaire's checks refuse some answers, looking only at those that the answers concern."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from drafter import language
from drafter.language import Value
from drafter.matters import checks, scope
from drafter.matters.answers import Answers
from drafter.reading.library import Library
from drafter.reading.questionnaire import Check
from drafter.reading.sources import source


@dataclass(slots=True)
class Refusals:
    """The checks of a library's questionnaire that refuse answers, with the questions that each depends on."""

    library: Library
    _checks: tuple[Check, ...] = ()
    _needs: list[frozenset[str]] = field(default_factory=list)
    _about: dict[str, list[int]] = field(default_factory=dict)
    _unanswered: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        """Note which checks depend on which questions, and which of them the defaults alone fail."""
        asked = self.library.questionnaire
        self._checks = tuple(check for check in asked.checks if check.entry.level == "problem")
        for number, check in enumerate(self._checks):
            self._needs.append(frozenset(self._needed(check)))
            for name in self._needs[-1]:
                self._about.setdefault(name, []).append(number)
        self._unanswered = frozenset(self._failing(range(len(self._checks)), {}))

    def of(self, given: Mapping[str, Value]) -> list[Check]:
        """Return the checks that refuse these answers, each other question having its default or none."""
        concerned = {number for name in given for number in self._about.get(name, ())}
        found = (self._unanswered - concerned).union(self._failing(sorted(concerned), given))
        return [self._checks[number] for number in sorted(found)]

    def _needed(self, check: Check) -> Iterator[str]:
        """Yield each question that decides whether a check holds, those included that decide what is asked."""
        asked = self.library.questionnaire
        expressions = [check.holds, *([check.when] if check.when else []), *([check.each[1]] if check.each else [])]
        seen: set[str] = set()
        waiting = [name for expression in expressions for name in language.names(expression)]
        while waiting:
            name = waiting.pop()
            if name not in seen and name in asked.questions:
                seen.add(name)
                yield name
                waiting.extend(language.names(asked.ask_when[name]) if name in asked.ask_when else ())

    def _failing(self, numbers: Iterable[int], given: Mapping[str, Value]) -> Iterator[int]:
        others = {**source.values(self.library.policy), **checks.UNKNOWN}
        for number in numbers:
            asked = scope.values(self.library.questionnaire, Answers(given, {}, ""), self._needs[number])
            if any(True for _ in checks.failing(self._checks[number], {**asked, **others})):
                yield number
