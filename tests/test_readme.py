"""The README's examples run and say what it claims."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_python_example_runs(capsys: object) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL)
    exec(compile(example, "README.md", "exec"), {})


def test_every_local_link_leads_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / target).exists(), f"README links to {target}, which does not exist"


def test_every_direct_dependency_is_explained() -> None:
    direct = (ROOT / "requirements.txt").read_text(encoding="utf-8").partition("\n\n")[0]
    for name in re.findall(r"^([A-Za-z][\w-]*)==", direct, flags=re.MULTILINE):
        assert re.search(rf"\b{re.escape(name)}\b", README), f"{name} has no reason in the README"
