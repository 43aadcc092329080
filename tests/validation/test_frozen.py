"""Evidence, model, scenarios and cases are as they were when the validation was run."""

from __future__ import annotations

import pytest

from tests.validation import freeze

WAY = (
    "what the validation rests on has changed: if that is meant, work through 'Freezing again' in "
    "docs/VALIDATION.md, which ends with: python -m tests.validation.freeze"
)


def differing() -> set[str]:
    now, then = freeze.hashes(), freeze.frozen()
    return {name for name in {*now, *then} if now.get(name) != then.get(name)}


def test_nothing_has_changed_since_it_was_frozen() -> None:
    assert sorted(differing()) == [], WAY


def test_the_register_the_equations_the_scenarios_and_the_cases_are_among_it() -> None:
    names = freeze.frozen()
    assert "simulator/model/register.csv" in names
    assert "simulator/model/equations/service.py" in names
    assert "scenarios/balanced-shift.json" in names
    assert sum(name.startswith("simulator/validation/cases/") for name in names) == 5


def test_a_change_of_one_sign_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    name, digest = next(iter(freeze.hashes().items()))
    other = ("0" if digest[0] != "0" else "1") + digest[1:]
    monkeypatch.setattr(freeze, "hashes", lambda: {**freeze.frozen(), name: other})
    assert differing() == {name}
