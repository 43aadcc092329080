"""Every visible text is a message, every message is translated, and numbers are written locally."""

from __future__ import annotations

import ast
import datetime
import itertools
import json
import math
import re
import string
from collections.abc import Callable, Iterable, Iterator, Mapping
from gettext import NullTranslations
from pathlib import Path
from typing import NamedTuple

import pytest
from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.jslexer import Token, tokenize, unquote_string
from hypothesis import given
from hypothesis import strategies as st

import simulator.i18n.language
from simulator import charts
from simulator.analyses import ANALYSES
from simulator.i18n import extract
from simulator.i18n.language import (
    ENGLISH,
    GAP,
    LANGUAGES,
    MINUS,
    N_,
    UNDEFINED,
    Language,
    catalogue_for_browser,
)
from simulator.model.register import REGISTER
from ui.routes import analyses, bootstrap, simulate

DUTCH, DANISH = LANGUAGES["nl"], LANGUAGES["da"]
TRANSLATED = [code for code in LANGUAGES if code != ENGLISH.code]

# --- catalogues ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def template() -> Catalog:
    return extract.template()


def messages(catalogue: Catalog) -> list[Message]:
    return [one for one in catalogue if one.id]


def forms(text: str | Iterable[str] | None) -> tuple[str, ...]:
    return (text or "",) if isinstance(text, str | None) else tuple(text)


def key(message: Message) -> tuple[str | None, tuple[str, ...]]:
    return message.context, forms(message.id)


def zip_forms(message: Message) -> Iterator[tuple[str, str]]:
    """Each form of a translation, and the form of the message that it is one of: a language may
    have one form for all numbers, or several for all but one."""
    meant, said = forms(message.id), forms(message.string)
    yield from zip((*meant[: len(said) - 1], *meant[-1:] * len(said)), said, strict=False)


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def wrong_placeholders(message: Message) -> bool:
    """Whether a translation, form by form, has other placeholders than its message.

    The form for one may do without the number: "one draw".
    """
    plural = len(forms(message.id)) > 1
    return any(
        placeholders(said) - spare != placeholders(meant) - spare
        for place, (meant, said) in enumerate(zip_forms(message))
        for spare in [{"number"} if plural and place == 0 else set()]
    )


def test_catalogues_are_those_of_the_sources(template: Catalog) -> None:
    """New texts and texts that are gone, in the template and in every language."""
    wanted = {extract.TEMPLATE: extract.written(template)}
    for file in extract.catalogue_files():
        catalogue = extract.read(file)
        assert not catalogue.obsolete
        wanted[file] = extract.written(extract.refreshed(catalogue, template))
    stale = [file.name for file, text in wanted.items() if file.read_text(encoding="utf-8") != text]
    known = {key(one) for one in messages(extract.read(extract.TEMPLATE))}
    sources = {key(one) for one in messages(template)}
    assert stale == [], (
        f"run: python3 dev.py refresh (new: {sources - known}, gone: {known - sources})"
    )


def test_every_language_but_english_has_a_catalogue() -> None:
    assert sorted(file.stem for file in extract.catalogue_files()) == sorted(TRANSLATED)


@pytest.mark.parametrize("code", TRANSLATED)
class TestCatalogue:
    @pytest.fixture
    def file(self, code: str) -> Path:
        return extract.FOLDER / f"{code}.po"

    @pytest.fixture
    def catalogue(self, file: Path) -> Catalog:
        return extract.read(file)

    def test_translates_every_message(self, catalogue: Catalog, code: str) -> None:
        empty = [one.id for one in messages(catalogue) if not all(forms(one.string))]
        assert empty == [], f"translate them in simulator/i18n/{code}.po"

    def test_has_no_guesses(self, catalogue: Catalog) -> None:
        assert [one.id for one in messages(catalogue) if one.fuzzy] == []

    def test_keeps_placeholders(self, catalogue: Catalog) -> None:
        done = [one for one in messages(catalogue) if all(forms(one.string))]
        assert [one.id for one in done if wrong_placeholders(one)] == []

    def test_keeps_lines_and_edges(self, catalogue: Catalog) -> None:
        def shape(text: str) -> tuple[int, str, str]:
            before, after = text.split(text.strip(), 1)
            return text.count("\n"), before, after

        assert [
            one.id
            for one in messages(catalogue)
            if all(forms(one.string))
            for meant, said in zip_forms(one)
            if shape(meant) != shape(said)
        ] == []

    def test_gives_the_browser_what_its_code_says(self, code: str) -> None:
        said = {
            (f"{found.context}\x04" if found.context else "") + forms(found.message)[0]
            for file in extract.sources()
            if file.suffix == ".js"
            for found in extract.in_code(file)
        }
        assert set(catalogue_for_browser(LANGUAGES[code])) == said


@pytest.mark.parametrize(
    ("message", "translation", "wrong"),
    [
        ("{low} to {high}", "{low} tot {high}", False),
        ("{low} to {high}", "{high} vanaf {low}", False),
        ("{low} to {high}", "{low} tot {hoog}", True),
        ("{low} to {high}", "{low}", True),
        ("plain", "{low}", True),
        (("{number} draw", "{number} draws"), ("een trekking", "{number} trekkingen"), False),
        (("{number} draw", "{number} draws"), ("een trekking", "trekkingen"), True),
    ],
)
def test_a_wrong_placeholder_is_noticed(
    message: str | tuple[str, str], translation: str | tuple[str, str], wrong: bool
) -> None:
    assert wrong_placeholders(Message(message, translation)) == wrong


def test_messages_are_found_wherever_they_stand_in_python() -> None:
    source = """
text = f"{language.gettext('In an f-string {x}', x=of('not this'))}: {more}"
label = language.gettext(LABELS["savings" if saved else name])
text = language.gettext("One " "message")
text = language.pgettext("a line", "plan") + language.ngettext("{number} draw", "{number} draws", n)
LABEL = N_("Later")
"""
    assert list(extract.in_python(source)) == [
        ("In an f-string {x}", None),
        ("One message", None),
        ("plan", "a line"),
        (("{number} draw", "{number} draws"), None),
        ("Later", None),
    ]


def test_refreshing_keeps_translations_and_comments_and_drops_what_is_gone() -> None:
    old = extract.read(extract.FOLDER / "nl.po")
    first = messages(old)[0]
    first.string = "vertaald"
    old.add("nowhere any more", "weg")
    new = Catalog()
    new.add(first.id, locations=first.locations)
    new.add("quite new", locations=[("ui/new.py", 0)])
    text = extract.written(extract.refreshed(old, new))
    assert text.startswith("# Dutch")
    assert "vertaald" in text and "quite new" in text
    assert "weg" not in text and "fuzzy" not in text


# --- texts ---------------------------------------------------------------------------------------


def test_a_text_is_translated_and_filled() -> None:
    assert DUTCH.gettext(N_("Customers")) == "Klanten"
    assert DANISH.gettext("Customers") == "Kunder"
    assert ENGLISH.gettext("Customers") == "Customers"
    assert ENGLISH.gettext("{low} to {high}", low="1", high="2") == "1 to 2"


def test_what_has_no_translation_is_shown_in_english() -> None:
    assert DUTCH.gettext("Never heard of {it}", it="this") == "Never heard of this"
    assert DANISH.pgettext("somewhere", "Never heard of it") == "Never heard of it"
    german = Language("de", Locale.parse("de_DE"))
    assert german.gettext("Customers") == "Customers"
    assert german.ngettext("{number} draw", "{number} draws", 2000) == "2.000 draws"


def test_texts_from_data_are_never_filled_nor_taken_for_the_header() -> None:
    for language in LANGUAGES.values():
        assert language.gettext("") == ""
        assert language.gettext("{amount} {") == "{amount} {"


def test_a_forgotten_value_is_an_error() -> None:
    with pytest.raises(KeyError, match="high"):
        ENGLISH.gettext("{low} to {high}", low="1")


def test_an_abbreviated_amount_at_the_end_of_a_sentence_ends_it() -> None:
    saved = DUTCH.money(1.2e6, "EUR")
    assert ENGLISH.gettext("It saves {x}.", x=saved) == f"It saves {saved}"
    assert ENGLISH.gettext("It saves {x}. More {y}.", x=saved, y="...").endswith("mln. More ....")


@pytest.mark.parametrize(("number", "said"), [(0, "0 draws"), (1, "1 draw"), (1200, "1,200 draws")])
def test_plural(number: int, said: str) -> None:
    assert ENGLISH.ngettext("{number} draw", "{number} draws", number) == said


class Noting(NullTranslations):
    """Translates nothing and notes what it was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[tuple[str | None, tuple[str, ...]]] = set()

    def gettext(self, message: str) -> str:
        self.asked.add((None, (message,)))
        return message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        self.asked.add((None, (msgid1, msgid2)))
        return msgid1 if n == 1 else msgid2

    def pgettext(self, context: str, message: str) -> str:
        self.asked.add((context, (message,)))
        return message


def test_all_that_the_server_says_is_in_the_template(
    template: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also what was marked nowhere, and what no search in the code can find."""
    noting = Noting()
    unheard = Language("xx", Locale.parse("nl_NL"))  # In no cache.
    monkeypatch.setattr(simulator.i18n.language, "_translations", lambda file: noting)
    monkeypatch.setattr(simulate, "LANGUAGES", {"nl": unheard})

    presets = [one["doc"] for one in bootstrap.start.__wrapped__(unheard)["presets"]]
    shown = [*charts.CHARTS]
    pairs = [shown[place : place + 2] for place in range(0, len(shown), 2)]
    calm = {"overload_minutes": 180}
    for doc, drawn in itertools.zip_longest(presets, pairs, fillvalue=None):
        body = {
            "language": "nl",
            "scenario": doc or presets[0],
            "charts": drawn or pairs[0],
            "reference": calm,
            "pins": [{"name": "Another", "slot": 1, "scenario": presets[-1]}],
        }
        assert simulate.answer(json.dumps(body).encode()).status == 200
    changed = {"language": "nl", "scenario": presets[0], "base": presets[1]}
    assert simulate.file(json.dumps(changed).encode()).status == 200
    for name in (one.id for one in ANALYSES.values() if one.page):
        asked = {"language": "nl", "scenario": presets[0], "analysis": name}
        assert analyses.analysis(json.dumps(asked).encode()).status == 200

    known = {key(one) for one in messages(template)}
    assert len(noting.asked) > len(REGISTER)
    assert noting.asked - known == set()


# --- numbers, money, dates -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "number", "percent", "short", "date"),
    [
        (ENGLISH, "1,234.5", "12.5%", "361K", "22 November 2026"),
        (DUTCH, "1.234,5", "12,5%", "361.000", "22 november 2026"),
        (DANISH, "1.234,5", f"12,5{GAP}%", "361.000", "22. november 2026"),
    ],
    ids=lambda value: value.code if isinstance(value, Language) else "",
)
def test_numbers_and_dates(
    language: Language, number: str, percent: str, short: str, date: str
) -> None:
    assert language.number(1234.5, decimals=2) == number
    assert language.number(-1234.5, decimals=1) == MINUS + number
    assert language.percent(0.125, decimals=1) == percent
    assert language.percent(0.125, decimals=1, sign=True) == f"+{percent}"
    assert language.short(361_234) == short
    assert language.date(datetime.date(2026, 11, 22)) == date


@pytest.mark.parametrize(
    ("value", "english", "dutch", "danish"),
    [
        (361_234, "€361K", f"€{GAP}361.000", f"361.000{GAP}€"),
        (9_074, "€9.07K", f"€{GAP}9.070", f"9.070{GAP}€"),
        (1_234_000, "€1.23M", f"€{GAP}1,23{GAP}mln.", f"1,23{GAP}mio.{GAP}€"),
        (-999_700, f"{MINUS}€1M", f"{MINUS}€{GAP}1{GAP}mln.", f"{MINUS}1{GAP}mio.{GAP}€"),
        (850, "€850", f"€{GAP}850", f"850{GAP}€"),
        (8.4, "€8.40", f"€{GAP}8,40", f"8,40{GAP}€"),
        (-0.004, "€0", f"€{GAP}0", f"0{GAP}€"),
    ],
)
def test_money(value: float, english: str, dutch: str, danish: str) -> None:
    said = [language.money(value, "EUR") for language in (ENGLISH, DUTCH, DANISH)]
    assert said == [english, dutch, danish]


def test_a_currency_of_letters_stands_apart_from_its_figures() -> None:
    assert ENGLISH.money(2e6, "DKK") == f"DKK{GAP}2M"
    assert ENGLISH.money(-8.4, "CHF") == f"{MINUS}CHF{GAP}8.40"
    assert DANISH.money(2e6, "DKK", sign=True) == f"+2{GAP}mio.{GAP}kr."


def test_a_number_that_rounds_to_nothing_has_no_sign() -> None:
    for language in LANGUAGES.values():
        assert language.number(-0.4) == language.number(0.4, sign=True) == "0"
        assert language.percent(-0.004) == language.percent(0.0, sign=True)
        assert language.short(0.0, sign=True) == "0"


def test_halves_are_rounded_as_browsers_round_them() -> None:
    assert [ENGLISH.number(value) for value in (0.5, 1.5, 2.5)] == ["1", "2", "3"]
    assert ENGLISH.percent(0.125) == "13%"


def test_what_is_no_number_is_still_shown() -> None:
    for language in LANGUAGES.values():
        for written in (
            language.number,
            language.percent,
            language.short,
            lambda value, language=language: language.money(value, "EUR"),
        ):
            assert written(float("nan")) == UNDEFINED
            assert written(float("inf")) == "∞"
            assert written(float("-inf")) == f"{MINUS}∞"


@pytest.mark.parametrize(
    ("written", "english", "dutch", "danish"),
    [
        (lambda one: one.number(1.5e23, 2), "1.5E23", "1,5E23", "1,5E23"),
        (lambda one: one.number(-1.23456e18), f"{MINUS}1.23E18", f"{MINUS}1,23E18", None),
        (lambda one: one.number(99e16), "990,000,000,000,000,000", None, None),
        (lambda one: one.percent(1.5e23), "1.5E25%", "1,5E25%", f"1,5E25{GAP}%"),
        (lambda one: one.short(1e308), "1E308", "1E308", "1E308"),
        (lambda one: one.short(-3e-13), f"{MINUS}3E{MINUS}13", None, None),
        (lambda one: one.money(1e15, "EUR"), "€1000T", None, None),
        (lambda one: one.money(1e27, "EUR"), "€1E27", f"€{GAP}1E27", f"1E27{GAP}€"),
        (
            lambda one: one.money(1.234e300, "DKK", sign=True),
            f"+DKK{GAP}1.23E300",
            f"+DKK{GAP}1,23E300",
            f"+1,23E300{GAP}kr.",
        ),
    ],
)
def test_a_huge_number_has_a_power_of_ten(
    written: Callable[[Language], str], english: str, dutch: str | None, danish: str | None
) -> None:
    for language, text in zip((ENGLISH, DUTCH, DANISH), (english, dutch, danish), strict=True):
        assert text in (None, written(language))


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES.keys())
def test_what_cannot_be_counted_is_plural(language: Language) -> None:
    two, endless, undefined, huge = (
        language.ngettext("{number} more problem", "{number} more problems", number)
        for number in (2, math.inf, math.nan, 1e300)
    )
    assert endless == two.replace("2", "∞") and undefined == two.replace("2", UNDEFINED)
    assert huge == two.replace("2", "1E300")


@pytest.mark.parametrize(
    ("value", "currency", "said"),
    [
        (0.0049, "EUR", "€0"),
        (0.005, "EUR", "+€0.01"),
        (0.49, "JPY", "JP¥0"),
        (0.5, "JPY", "+JP¥1"),
        (1234.0, "JPY", "+JP¥1.23K"),
    ],
)
def test_an_amount_below_the_smallest_coin_is_nothing(
    value: float, currency: str, said: str
) -> None:
    assert ENGLISH.money(value, currency, sign=True) == said


def read(text: str, language: Language) -> float:
    """The number in ``text``, which has no words but a unit's."""
    found = re.search(r"[\d.,]*\d(E\u2212?\d+)?", text)
    assert found, text
    group, point = (",", ".") if language is ENGLISH else (".", ",")
    size = found[0].replace(group, "").replace(point, ".").replace(MINUS, "-")
    return float(f"-{size}" if text.startswith(MINUS) else size)


@given(
    value=st.floats(allow_nan=False, allow_infinity=False) | st.floats(1e15, 1e30),
    language=st.sampled_from(list(LANGUAGES.values())),
    decimals=st.integers(0, 6),
    currency=st.sampled_from(["EUR", "DKK", "JPY", "XTS"]),
)
def test_any_number_can_be_written(
    value: float, language: Language, decimals: int, currency: str
) -> None:
    number, percent = language.number(value, decimals), language.percent(value, decimals)
    short, money = language.short(value), language.money(value, currency)
    for text in (number, percent, short, money):
        assert "-" not in text and re.search(r"\d", text) and len(text) <= 40
    rounding, huge = 0.51 * 10.0**-decimals, abs(value) >= 1e18
    if abs(value) > 1e306:  # rounded up, it may be more than any float
        return
    near = 5.01e-3 if huge else 1e-15
    assert read(number, language) == pytest.approx(value, rel=near, abs=rounding)
    assert read(percent, language) == pytest.approx(100.0 * value, rel=near, abs=rounding)
    if huge:
        for text in (short, money):
            assert read(text, language) == pytest.approx(value, rel=5.01e-3) and len(text) <= 15


@given(
    value=st.floats(allow_nan=False, allow_infinity=False, min_value=-1e14, max_value=1e14),
    code=st.sampled_from(list(LANGUAGES)),
    currency=st.sampled_from(["EUR", "DKK", "USD", "JPY", "XTS"]),
)
def test_any_amount_has_at_most_three_figures_and_its_sign(
    value: float, code: str, currency: str
) -> None:
    language = LANGUAGES[code]
    for text in (language.money(value, currency, sign=True), language.short(value, sign=True)):
        assert "-" not in text
        figures = re.sub(r"E.*|[^\d.,]", "", text).strip(".")
        assert len(re.sub(r"[.,]0*$|\D", "", figures).strip("0")) <= 3
        nothing = not re.search("[1-9]", text)
        assert text.startswith(MINUS) == (value < 0.0 and not nothing)
        assert text.startswith("+") == (value > 0.0 and not nothing)


# --- no visible text outside messages ------------------------------------------------------------

_TAB = "what the tab says until the page sets its title in the visitor's language"
_POLICY = "a header of the answer, for the browser"

ALLOWED: Mapping[tuple[str, str], str] = {
    ("app.py", "Budget shift simulator"): _TAB,
    ("ui/component.py", "export default function (component) { co"): "code",
    ("ui/component.py", "/* Streamlit's own dialog tells of a los"): "style",
    ("ui/routes/library.py", "view only"): "a code for the browser",
    ("ui/routes/links.py", 'python -m simulator run "{}?{}"'): "a command",
    ("simulator/charts/figure.py", "Inter, system-ui, sans-serif"): "names of fonts",
    ("simulator/charts/kinds/money_flow.py", "{}px {}px 1px {}"): "style",
    ("ui/routes/files.py", "public, max-age=31536000, immutable"): _POLICY,
    ("ui/http/headers.py", "script-src 'self' blob:"): _POLICY,
    ("ui/http/headers.py", "img-src 'self' data: blob:"): _POLICY,
    ("ui/http/headers.py", "font-src 'self' data:"): _POLICY,
    ("ui/http/headers.py", "worker-src 'self' blob:"): _POLICY,
    ("ui/routes/files.py", 'attachment; filename="evidence.csv"'): _POLICY,
    ("ui/web/server/http.js", "status {}"): "for developers",
    ("ui/web/scenarios/drop.js", "Files"): "what the browser calls files that are dragged",
}
"""Literals that look like text and are none: file and beginning (see :func:`beginning`), and why.
"""


class Literal(NamedTuple):
    """A piece of source that looks like text that somebody sees."""

    file: str
    line: int
    text: str


def beginning(text: str) -> str:
    """By which a literal is named in :data:`ALLOWED`."""
    return " ".join(text.split())[:40]


_WORD = r"(?<![\w.#/@-])[^\W\d_]+"
_PROSE = re.compile(
    rf"""
    {_WORD}['’]?[^\W\d_]*[,;:.!?…)]?\s+[^\W\d_]{{2,}}  # two words
    | ^\s*[A-Z][a-z]+[.:!?…]?\s*$                      # one, with a capital
    | \{{\}}[,;:]?\s+[^\W\d_]{{2,}}(?![\w-]*[:(/=])    # one after something filled in
    | {_WORD}[,;:]?\s+\{{\}}                           # or before it
    """,
    re.VERBOSE,
)
_CODES = re.compile(r"(?:[A-Z]{3}\s+){2,}[A-Z]{3}\s*")
_TAG = re.compile(r"<[a-zA-Z/!][^<>]*>")
_SPOKEN = re.compile(r"""\b(?:aria-label|title|placeholder|alt)=["']([^"']*)["']""")


def looks_visible(text: str) -> bool:
    """Whether a literal reads like prose or a label; of HTML what stands between and in tags.

    ``{}`` stands for what is filled in. Lists of codes such as those of currencies are no text.
    """
    if _CODES.fullmatch(text):
        return False
    spoken = [value for tag in _TAG.findall(text) for value in _SPOKEN.findall(tag)]
    return any(_PROSE.search(part) for part in (*_TAG.split(text), *spoken))


# Python


class _PythonTexts(ast.NodeVisitor):
    """Collects the literals of a module that nobody translates and that look visible."""

    def __init__(self) -> None:
        self.found: list[tuple[int, str]] = []

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str) and looks_visible(node.value):
            self.found.append((node.lineno, node.value))

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        whole = "".join(
            str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values
        )
        if looks_visible(whole):
            self.found.append((node.lineno, whole))
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                self.visit(part.value)

    def visit_Call(self, node: ast.Call) -> None:
        name = extract.called(node)
        module = node.func.value if isinstance(node.func, ast.Attribute) else None
        if isinstance(module, ast.Name) and module.id in {"re", "logger"}:
            return  # Patterns, and what only who runs the server reads.
        self.visit(node.func)
        messages = extract.PYTHON.get(name, 0)
        keys = 1 if name in {"get", "pop", "getattr", "hasattr", "cast", "TypeVar"} else 0
        for place, argument in enumerate(node.args):
            if place < messages and isinstance(argument, ast.BinOp | ast.IfExp | ast.JoinedStr):
                self.found += pieces(argument)
            elif place >= max(messages, keys) or not isinstance(argument, ast.Constant):
                self.visit(argument)
        for named in node.keywords:
            self.visit(named.value)

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):  # A docstring.
            self.visit(node.value)

    def visit_Raise(self, node: ast.Raise) -> None:
        """Errors are for developers; what people see of them is made elsewhere."""

    def visit_Assert(self, node: ast.Assert) -> None:
        """The same."""

    def visit_Compare(self, node: ast.Compare) -> None:
        for part in (node.left, *node.comparators):
            if not isinstance(part, ast.Constant):
                self.visit(part)

    def visit_Dict(self, node: ast.Dict) -> None:
        for name, value in zip(node.keys, node.values, strict=True):
            if not (isinstance(name, ast.Constant) and name.value in TECHNICAL_KEYS):
                self.visit(value)
            if name is not None:
                self.visit(name)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        self.visit(node.value)  # A key is not shown.
        if not isinstance(node.slice, ast.Constant):
            self.visit(node.slice)

    def visit_Assign(self, node: ast.Assign) -> None:
        if not any(isinstance(one, ast.Name) and one.id == "__all__" for one in node.targets):
            self.generic_visit(node)  # And not the names that a package offers.

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value:  # And not the annotation.
            self.visit(node.value)

    def visit_arg(self, node: ast.arg) -> None:
        """An annotation."""

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        node.returns = None
        self.generic_visit(node)

    visit_AsyncFunctionDef = visit_FunctionDef


def pieces(message: ast.expr) -> Iterator[tuple[int, str]]:
    """The literals that a message is put together from, where nobody can extract it."""
    if isinstance(message, ast.BinOp):
        parts = [message.left, message.right]
    elif isinstance(message, ast.IfExp):
        parts = [message.body, message.orelse]
    else:
        parts = list(message.values) if isinstance(message, ast.JoinedStr) else []
    if isinstance(message, ast.Constant) and isinstance(message.value, str):
        yield message.lineno, message.value
    for part in parts:
        yield from pieces(part)


def visible_in_python(source: str) -> list[tuple[int, str]]:
    texts = _PythonTexts()
    texts.visit(ast.parse(source))
    return texts.found


# JavaScript

TECHNICAL_CALLS = {
    *("querySelector", "querySelectorAll", "closest", "matches", "matchMedia"),
    *("addEventListener", "removeEventListener", "setProperty", "createElementNS"),
    *("Error", "TypeError", "RangeError", "RegExp", "warn", "debug"),
}
"""What they are given is no text for people: selectors, names, patterns, messages in the log."""

TECHNICAL_KEYS = {
    *("class", "className", "style", "cssText", "d", "points", "viewBox", "transform", "font"),
    *("type", "role", "rel", "hovermode", "textposition", "transition", "preserveAspectRatio"),
    *("gridTemplateColumns", "rootMargin", "Accept", "method", "credentials", "cache"),
}
"""Attributes and properties whose value is no text for people."""

PRESSED = {"Escape", "Enter", "Home", "End", "Tab", "Backspace", "Delete", "Shift", "Control"}
"""Names of keys, as the browser reports them."""


class _Bracket(NamedTuple):
    sign: str
    call: str
    """The function whose arguments these are, or nothing."""


def visible_in_javascript(source: str, line: int = 1) -> list[tuple[int, str]]:
    """The literals that nobody translates and that look visible.

    Raises ``ValueError`` for template strings inside template strings, which Babel cannot read:
    neither could it find messages there.
    """
    tokens = [
        token
        for token in tokenize(source, jsx=False, dotted=False, lineno=line)
        if not token.type.endswith("comment")
    ]
    found: list[tuple[int, str]] = []
    open_brackets: list[_Bracket] = []
    keys: list[str | None] = [None]  # For every open bracket the property that it stands in.
    nothing = Token("", "", 0)
    for place, token in enumerate(tokens):
        before, last = (tokens[place - back] if place >= back else nothing for back in (2, 1))
        following = tokens[place + 1] if place + 1 < len(tokens) else nothing
        inner = open_brackets[-1] if open_brackets else _Bracket("", "")
        if token.type == "operator":
            if token.value in "([{":
                call = last.value if token.value == "(" and last.type == "name" else ""
                open_brackets.append(_Bracket(token.value, call))
                keys.append(keys[-1])
            elif token.value in ")]}" and open_brackets:
                open_brackets.pop()
                keys.pop()
            elif token.value == "," and inner.sign == "{":
                keys[-1] = None
            continue
        opens = last.type == "operator" and last.value in "{,"
        if opens and inner.sign == "{" and following.value == ":":
            keys[-1] = unquoted(token.value)
            continue
        if token.type not in {"string", "template_string"}:
            continue
        is_template = token.type == "template_string"
        text, filled = parts(token.value[1:-1]) if is_template else (unquoted(token.value), [])
        for expression in filled:
            found += visible_in_javascript(expression, token.lineno)
        is_message = inner.call in extract.JAVASCRIPT and whole(tokens, place)
        compared = (
            last.value in {"==", "!=", "case"}
            or (last.value == "=" and before.value in {"==", "!="})
            or following.value in {"==", "!="}
        )
        set_to = before.value if last.value == "=" else ""
        technical = inner.call in TECHNICAL_CALLS or {keys[-1], set_to} & TECHNICAL_KEYS
        if is_message or compared or technical or text in PRESSED:
            continue
        if looks_visible(text):
            found.append((token.lineno, text))
    return found


def unquoted(text: str) -> str:
    return unquote_string(text) if text[:1] in {'"', "'"} else text


def whole(tokens: list[Token], place: int) -> bool:
    """Whether a literal is an argument, by itself or with other literals added to it."""

    def ends(step: int, end: str) -> bool:
        at = place
        while tokens[at].type == "string":
            if tokens[at + step].value in {end, ","}:
                return True
            if tokens[at + step].value != "+":
                return False
            at += 2 * step
        return False

    return ends(-1, "(") and ends(1, ")")


def parts(template: str) -> tuple[str, list[str]]:
    """A template string as text with ``{}`` for what is filled in, and those expressions."""
    text, expressions, place = "", [], 0
    while (bootstrap := template.find("${", place)) >= 0:
        text += template[place:bootstrap] + "{}"
        depth, place = 1, bootstrap + 2
        while depth:
            if place == len(template):
                raise ValueError(f"{template!r}: found a template string inside another")
            depth += {"{": 1, "}": -1}.get(template[place], 0)
            place += 1
        expressions.append(template[bootstrap + 2 : place - 1])
    return text + template[place:], expressions


def visible_in(file: Path, source: str | None = None) -> Iterator[Literal]:
    source = file.read_text(encoding="utf-8") if source is None else source
    look = visible_in_javascript if file.suffix == ".js" else visible_in_python
    for line, text in look(source):
        yield Literal(file.relative_to(extract.ROOT).as_posix(), line, text)


def test_no_visible_text_stands_in_the_code() -> None:
    literals = [one for file in extract.sources() for one in visible_in(file)]
    assert [one for one in literals if (one.file, beginning(one.text)) not in ALLOWED] == []


def test_codes_are_no_text() -> None:
    assert not looks_visible("EUR DKK USD ")
    assert looks_visible("EUR DKK and more") and looks_visible("EUR DKK")


def test_every_exception_is_still_needed() -> None:
    literals = {
        (one.file, beginning(one.text)) for file in extract.sources() for one in visible_in(file)
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
        before, after = (list(visible_in(file, text)) for text in (source, source + added))
        assert [one.text for one in after[len(before) :]] == ["Somebody wrote this"], file


def test_sources_are_read_in_a_stable_order() -> None:
    files = extract.sources()
    assert files == extract.sources()
    assert {".py"} <= {file.suffix for file in files} <= {".py", ".js"}
    for one, other in itertools.pairwise(files):
        assert (one.suffix, other.suffix) != (".js", ".py")
