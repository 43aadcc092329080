"""No visible text stands in the code outside messages."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from simulator.i18n import extract
from tests.support.visible_text import (
    Literal,
    beginning,
    looks_visible,
    visible_in,
    visible_in_javascript,
    visible_in_python,
)

_POLICY = "a header of the answer, for the browser"

ALLOWED: Mapping[tuple[str, str], str] = {
    ("app.py", "export default () => location.reload();"): "code",
    ("ui/routes/pages.py", "Vary"): _POLICY,
    ("ui/http/bundle.py", "const $url = (name) => new URL(name, imp"): "code",
    ("ui/http/bundle.py", "export const { {} } = {};"): "code",
    ("ui/http/bundle.py", "export const pages = { {} };"): "code",
    ("ui/http/bundle.py", "export const modules = { {} };"): "code",
    ("ui/http/bundle.py", "{}{} const {} = (() => { {}return { {} }"): "code",
    ("ui/http/bundle.py", "functions, of modules that import each o"): "for who changes a module",
    ("ui/http/bundle.py", "const {} = (...given) => {}.{}(...given)"): "code",
    ("ui/http/bundle.py", "imports and exports by name"): "for who changes a module",
    ("ui/http/headers.py", "sites with commas, such as https://intra"): "for who starts the server",
    ("ui/routes/library_replies.py", "view only"): "a code for the browser",
    ("ui/routes/links.py", 'python -m simulator run "{}?{}"'): "a command",
    ("simulator/charts/figure.py", "Inter, system-ui, sans-serif"): "names of fonts",
    ("simulator/charts/kinds/money_flow.py", "{}px {}px 1px {}"): "style",
    ("ui/routes/files.py", "public, max-age=31536000, immutable"): _POLICY,
    ("ui/http/headers.py", "img-src 'self' data: blob:"): _POLICY,
    ("ui/http/headers.py", "font-src 'self' data:"): _POLICY,
    ("ui/routes/files.py", 'attachment; filename="evidence.csv"'): _POLICY,
    ("ui/web/server/http.js", "status {}"): "for developers",
    ("ui/web/library/parts.js", "For a short link"): "as it is kept; shown translated",
    ("ui/web/charts/frame.js", "Inter, system-ui, sans-serif"): "names of fonts",
    ("ui/web/app/keys.js", "input:not([type=range], [type=checkbox])"): "a selector",
    ("ui/web/scenarios/drop.js", "Files"): "what the browser calls files that are dragged",
}
"""Literals that look like text and are none: file and beginning (see :func:`beginning`), and why.
"""


@cache
def seen_in(file: Path) -> list[Literal]:
    """What is found in a file as it is, for those who look at all of them."""
    return [*visible_in(file)]


def test_no_visible_text_stands_in_the_code() -> None:
    literals = [one for file in extract.sources() for one in seen_in(file)]
    assert [one for one in literals if (one.file, beginning(one.text)) not in ALLOWED] == []


def test_codes_are_no_text() -> None:
    assert not looks_visible("EUR DKK USD ")
    assert looks_visible("EUR DKK and more") and looks_visible("EUR DKK")


def test_every_exception_is_still_needed() -> None:
    literals = {
        (one.file, beginning(one.text)) for file in extract.sources() for one in seen_in(file)
    }
    assert set(ALLOWED) - literals == set()


@pytest.mark.parametrize(
    "line",
    [
        'label = "Take from"',
        'label = "Reset"',
        'note = f"over {months} months"',
        'note = f"{months} months"',
        'note = f"about {months}"',
        'note = "all of it, and more"',
        'title = st.title("Budget shift simulator")',
        'rows = {"What dropping it does": 1}',
        'text = "<p>Close the page</p>"',
        "text = '<button aria-label=\"Close\">x</button>'",
        'text = language.gettext("Rests on " + kind)',
        'text = language.gettext(f"Rests on {kind}")',
        'text = language.gettext("more" if rises else "less")',
        "text = f\"{one} {other.gettext(sure, it='It rests on this')}\"",
        'show(text="It is late")',
        'text = names.get(name, names["other"]) or "Something else"',
    ],
)
def test_a_text_in_python_is_noticed(line: str) -> None:
    assert visible_in_python(f"def made():\n    {line}\n")


@pytest.mark.parametrize(
    "line",
    [
        '"""A docstring with words."""',
        'raise ValueError(f"months: found {months}, allowed: at least 1")',
        'text = language.gettext("Take from")',
        'text = language.ngettext("{number} draw", "{number} draws", 2)',
        'LABEL = N_("Take from")',
        'text = language.gettext(LABELS["savings" if saved else name])',
        'text = language.gettext(N_("More of it") if rises else N_("Less of it"))',
        "text = f\"{language.gettext('Take from')}\"",
        'path = "plan.training.share_moved"',
        'kind = "text/html; charset=utf-8"',
        'headers = {"Content-Type": "no-cache"}',
        'layout = {"hovermode": "x unified"}',
        'kind = headers.get("Origin") == "Some thing"',
        'pattern = re.compile("two words")',
        'name: Literal["Two words"] = path',
        'colour = "#FBFAF7"',
        'address = f"board/{name}"',
        '__all__ = ["Figure"]',
    ],
)
def test_what_is_no_text_in_python_is_left_alone(line: str) -> None:
    assert visible_in_python(f"def made():\n    {line}\n") == []


@pytest.mark.parametrize(
    "line",
    [
        'const label = "Take from";',
        'h("button", { class: "quiet" }, "Close");',
        'h("button", { "aria-label": "Close" });',
        'h("button", { class: a ? "b c" : "d", title: "Close it" });',
        "setText(node, `${months} months`);",
        "setText(node, `<b>Nothing here</b>`);",
        "setText(node, `${wide ? 'Very wide' : narrow}`);",
        'setText(node, _("Rests on " + kind));',
        'setText(node, _(kind + "of it" + "rests here"));',
        "setText(node, _(`Rests on ${kind}`));",
        'setText(node, _("{name} is here", { name: "Nobody else" }));',
        'node.title = "Close it";',
        'if (a < b && c > d) show("It is late");',
    ],
)
def test_a_text_in_javascript_is_noticed(line: str) -> None:
    assert visible_in_javascript(line)


@pytest.mark.parametrize(
    "line",
    [
        'import { h } from "./dom.js";',
        '// Do not say "Take from" here.',
        'setText(node, _("Take from"));',
        'setText(node, _("Take " + "from this"));',
        'setText(node, ngettext("{number} draw", "{number} draws", draws, { name }));',
        'h("div", { class: wide ? "dialog wide" : "dialog" });',
        'h("div", { class: ["lever row", more].join(" ") });',
        "const node = h('p', { class: `toast ${kind}` }, text);",
        'node.className = "lever row";',
        'board.querySelector(".lever input[type=range]");',
        'if (event.key === "Escape") close();',
        'if (["Home", "End"].includes(event.key)) jump();',
        'throw new Error("no answer came");',
        'const quoted = text.replace(/["\']/g, "");',
        'const path = "plan.training.share_moved";',
        'matchMedia("(max-width: 700px) and (pointer: coarse)");',
    ],
)
def test_what_is_no_text_in_javascript_is_left_alone(line: str) -> None:
    assert visible_in_javascript(line) == []


def test_what_babel_cannot_read_is_refused() -> None:
    with pytest.raises(ValueError, match="inside another"):
        visible_in_javascript("const text = `a ${wide ? `b` : _('Close')} c`;")


def test_a_text_put_into_a_real_file_is_noticed() -> None:
    for file in extract.sources():
        source = file.read_text(encoding="utf-8")
        added = (
            '\nexport const shown = "Somebody wrote this";\n'
            if file.suffix == ".js"
            else '\nSHOWN = "Somebody wrote this"\n'
        )
        before, after = seen_in(file), [*visible_in(file, source + added)]
        assert [one.text for one in after[len(before) :]] == ["Somebody wrote this"], file


def test_sources_are_read_in_a_stable_order() -> None:
    files = extract.sources()
    assert files == extract.sources()
    assert {".py"} <= {file.suffix for file in files} <= {".py", ".js"}
    for earlier, later in itertools.pairwise(files):
        assert (earlier.suffix, later.suffix) != (".js", ".py")
