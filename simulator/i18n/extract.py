"""Messages from the sources, and catalogues brought up to date with them.

Messages come from the Python and JavaScript of the app, from what the simulator says of input that
cannot be used, and from data that is shown: outcomes, verdicts, evidence grades, the register of
assumptions and the shipped scenarios.
"""

from __future__ import annotations

import ast
import csv
from collections.abc import Iterator, Mapping
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

from simulator import exports, scenario, validation
from simulator.analyses import ANALYSES
from simulator.i18n import nouns
from simulator.i18n.plain_words import PLAIN
from simulator.model import figures
from simulator.model.register import GRADES, REGISTER
from simulator.results import NOTHING_CHANGED, VERDICTS
from simulator.results.catalogue import texts as outcome_texts
from simulator.results.saved import EDITION
from simulator.scenario import levers, units, walk
from simulator.scenario.evidence import is_worded

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = Path(__file__).resolve().parent
TEMPLATE = FOLDER / "messages.pot"
REFERENCE_VALUES = ROOT / "ui" / "text" / "reference_values.csv"
_TOOLS = tuple(
    FOLDER / name for name in ("extract.py", "__main__.py", "nouns.py", "plain_words.py")
)
"""Say nothing by themselves; the forms of nouns, and plain words for terms, are data."""

PYTHON: Mapping[str, int] = {
    "gettext": 1,
    "N_": 1,
    "ngettext": 2,
    "pgettext": 2,
    "Message": 1,
    "Statement": 1,
    "counted": 2,
}
"""Functions whose first arguments are messages, and how many; of pgettext the first is a context.
"""
JAVASCRIPT = {"_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
"""The same in JavaScript, as Babel describes it."""


class Found(NamedTuple):
    """A message and where it stands."""

    file: str
    """Relative to the repository."""
    message: str | tuple[str, ...]
    """The text, or its two plural forms."""
    context: str | None = None


def sources() -> list[Path]:
    """The files whose texts are shown in the app: Python, then JavaScript, each by name."""
    shown = (ROOT / "ui", ROOT / "simulator" / "charts", FOLDER)
    ours = [ROOT / "app.py", *(file for folder in shown for file in folder.rglob("*.py"))]
    ours = [file for file in ours if file not in _TOOLS]
    web = ROOT / "ui" / "web"
    return [*sorted(ours), *sorted(set(web.rglob("*.js")) - set((web / "plotly").iterdir()))]


def problem_sources() -> list[Path]:
    """The other files of the simulator, by name: what is wrong with input is said there, in
    :class:`simulator.errors.Message`; the rest of their texts is for programmers."""
    return sorted(set((ROOT / "simulator").rglob("*.py")) - {*sources(), *_TOOLS})


def in_code(file: Path) -> Iterator[Found]:
    """The messages of a Python or JavaScript file, in their order there."""
    name = file.relative_to(ROOT).as_posix() if file.is_relative_to(ROOT) else file.name
    if file.suffix == ".py":
        yield from (
            Found(name, *message) for message in in_python(file.read_text(encoding="utf-8"))
        )
        return
    # What looks like JSX in plain JavaScript is a comparison.
    options = {"jsx": False, "parse_template_string": True}
    for _, message, _, context in extract_from_file(
        "javascript", file, JAVASCRIPT, options=options
    ):
        yield Found(name, message, context)


def in_python(source: str) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    """Messages and their contexts; what is no literal is somebody else's to mark.

    Babel's own extractor takes literals anywhere in a call for parts of its message, and does not
    look into f-strings.
    """
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
        name = called(call)
        texts = [
            argument.value
            for argument in call.args[: PYTHON.get(name, 0)]
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
        ]
        if not texts or len(texts) < PYTHON[name]:
            continue
        if name == "pgettext":
            yield texts[1], texts[0]
        else:
            yield texts[0] if len(texts) == 1 else tuple(texts), None


def called(call: ast.Call) -> str:
    """The name of the function or method that is called; empty if it has none."""
    function = call.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def in_data() -> Iterator[Found]:
    """The messages of the data that the app shows."""
    for context, noun in nouns.texts():
        yield Found("simulator/i18n/nouns.py", noun, context)
    for text in outcome_texts():
        yield Found("simulator/results/catalogue.py", text)
    for text in (*(words for _, words in VERDICTS), NOTHING_CHANGED):
        yield Found("simulator/results/headline.py", text)
    yield Found("simulator/results/saved.py", EDITION)
    for text in figures.texts():
        yield Found("simulator/model/figures.py", text)
    for meaning in GRADES.values():
        yield Found("simulator/model/register.py", meaning)
    for parameter in REGISTER:
        for text in parameter.texts():
            yield Found("simulator/model/register.csv", PLAIN.get(text, text))
        if is_worded(parameter):
            yield Found("simulator/model/register.csv", parameter.citation)
    with REFERENCE_VALUES.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            yield Found("ui/text/reference_values.csv", row["reported_figure"])
    for text in levers.texts():
        yield Found("simulator/scenario/levers.py", text)
    for text in units.texts():
        yield Found("simulator/scenario/units.py", text)
    for model in walk.models(scenario.Scenario):
        for label in filter(None, map(walk.label, model.model_fields.values())):
            for text in filter(None, (label.name, label.help)):
                yield Found(f"{model.__module__.replace('.', '/')}.py", text)
    for analysis in ANALYSES.values():
        for text in analysis.texts():
            yield Found(f"simulator/analyses/{analysis.id}.py", text)
    for text in validation.texts():
        yield Found("simulator/validation/cases", text)
    for text in exports.texts():
        yield Found("simulator/exports/texts.py", text)
    for file in scenario.shipped():
        shipped = scenario.load(file)
        for text in (shipped.name, shipped.story, shipped.organisation.name):
            if text:
                yield Found(f"scenarios/{file.name}", text)


def template() -> Catalog:
    """All messages, without translations."""
    catalogue = Catalog()
    code = (use for file in (*sources(), *problem_sources()) for use in in_code(file))
    for file, message, context in chain(code, in_data()):
        catalogue.add(message, locations=[(file, 0)], context=context)
    return catalogue


def refreshed(catalogue: Catalog, messages: Catalog) -> Catalog:
    """``catalogue`` with the messages of the template: new ones empty, obsolete ones gone."""
    catalogue.update(messages, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    return catalogue


def read(file: Path) -> Catalog:
    """A catalogue from its file, whose name is the language's code."""
    with file.open("rb") as content:
        return read_po(content, locale=file.stem)


def written(catalogue: Catalog) -> str:
    """A catalogue as the text of its file.

    Nothing in it changes but the messages, which stand in order: no dates, no line numbers, no
    versions.
    """
    head: Mapping[str, str] = {"Content-Type": "text/plain; charset=utf-8"}
    if catalogue.locale:
        head = {
            "Language": str(catalogue.locale),
            **head,
            "Content-Transfer-Encoding": "8bit",
            "Plural-Forms": catalogue.plural_forms,
        }
    comment = f"{catalogue.header_comment}\n" if catalogue.locale else ""
    fields = "".join(f'"{name}: {value}\\n"\n' for name, value in head.items())
    entries = BytesIO()
    write_po(
        entries, catalogue, width=100, omit_header=True, include_lineno=False, sort_output=True
    )
    return f'{comment}msgid ""\nmsgstr ""\n{fields}\n{entries.getvalue().decode()}'


def catalogue_files() -> list[Path]:
    """The translations that there are."""
    return sorted(FOLDER.glob("*.po"))
