"""All modules are served as one, which does what they do."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.support.node import node
from ui.http import bundle, sources
from ui.pages import PAGES

MODULES = {page.id: page.module for page in PAGES.values()}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of other modules."""
    monkeypatch.setattr(sources, "FOLDER", tmp_path)
    sources.imports.cache_clear()
    bundle.in_order.cache_clear()
    return tmp_path


@pytest.fixture(autouse=True)
def _forget() -> None:
    sources.imports.cache_clear()
    bundle.in_order.cache_clear()


def run(program: str, tmp_path: Path) -> str:
    """What a program writes."""
    file = tmp_path / "program.mjs"
    file.write_text(program, encoding="utf-8")
    done = subprocess.run([node(), file], capture_output=True, encoding="utf-8", timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_modules_do_what_they_do_apart(folder: Path) -> None:
    (folder / "kit").mkdir()
    (folder / "kit" / "sum.js").write_text(
        "let asked = 0;\n"
        "export const ONE = 1;\n"
        "export class Sum {}\n"
        "export async function later() {\n  return asked;\n}\n"
        "export function add(a, b) {\n  asked += 1;\n  return a + b;\n}\n"
    )
    (folder / "page.js").write_text(
        'import {\n  add as plus,\n  ONE,\n  Sum,\n} from "./kit/sum.js";\n'
        "export function make() {\n"
        "  return [plus(ONE, 2), new Sum().constructor.name, import.meta.url];\n}\n"
    )
    (folder / "main.js").write_text(
        'import { later } from "./kit/sum.js";\nexport function open(page) {\n'
        "  return [page.make(), later()];\n}\n"
    )
    program = bundle.bundle("main.js", {"only": "page.js"})
    shown = "const [made, asked] = open(pages.only);\nconsole.log(made.join(), await asked);\n"
    shown += 'console.log(Object.keys(modules).join(), modules["kit/sum.js"].ONE);\n'
    first, second = run(program + shown, folder).splitlines()
    assert first == f"3,Sum,{(folder / 'page.js').as_uri()} 1"
    assert second == "kit/sum.js,main.js,page.js 1"


@pytest.mark.parametrize(
    "line",
    [
        'export * from "./other.js";',
        "export default 3;",
        "export let count = 0;",
        'import * as other from "./other.js";',
        "export { one };",
    ],
)
def test_what_it_does_not_know_keeps_the_server_from_starting(folder: Path, line: str) -> None:
    (folder / "main.js").write_text(f"{line}\n")
    with pytest.raises(ValueError, match="allowed: imports and exports by name"):
        bundle.bundle("main.js", {})


def test_modules_may_import_functions_of_each_other(folder: Path) -> None:
    (folder / "main.js").write_text(
        'import { odd } from "./odd.js";\nexport function open(n) {\n  return odd(n);\n}\n'
    )
    (folder / "odd.js").write_text(
        'import { even as is } from "./even.js";\n'
        "export function odd(n) {\n  return n > 0 && is(n - 1);\n}\n"
    )
    (folder / "even.js").write_text(
        'import { odd } from "./odd.js";\n'
        "export function even(n) {\n  return n === 0 || odd(n - 1);\n}\nexport const ONE = 1;\n"
    )
    program = bundle.bundle("main.js", {})
    assert run(f"{program}console.log(open(7), open(8));\n", folder).strip() == "true false"
    (folder / "odd.js").write_text('import { ONE } from "./even.js";\nexport const odd = ONE;\n')
    with pytest.raises(ValueError, match="allowed: functions"):
        bundle.bundle("main.js", {})


def test_every_module_is_in_it() -> None:
    there = set(bundle.in_order("main.js", *MODULES.values()))
    files = {file.relative_to(sources.FOLDER).as_posix() for file in sources.FOLDER.rglob("*.js")}
    opening = {"app/opening.js"}  # stands in the page itself
    assert files - opening - {sources.PLOTLY} == there
    program = bundle.bundle("main.js", MODULES)
    for name in there:
        assert f"{bundle.HEAD}{name}\n" in program
