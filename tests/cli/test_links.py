"""``link`` and ``open``: a scenario as a link and back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import simulator
from simulator import cli, results, scenario
from simulator.cli import links as link_commands
from simulator.cli import numbers
from simulator.cli.main import INTERRUPTED
from simulator.results.saved import EDITION

pytestmark = pytest.mark.usefixtures("known_runs")


def printed(capsysbinary: pytest.CaptureFixture[bytes], *arguments: str) -> tuple[int, str, str]:
    """Exit status, output and errors of a command in this process."""
    status = cli.main(arguments)
    out, errors = capsysbinary.readouterr()
    return status, out.decode(), errors.decode()


def test_a_file_becomes_a_link_and_a_file_again(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    plan = simulator.load("balanced-shift").changed(
        name="Wij & zij 100 %", **{"plan.training.share_moved": 0.3}
    )
    source, target = tmp_path / "source.json", tmp_path / "target.json"
    scenario.save(plan, source)
    status, link, errors = printed(capsysbinary, "link", str(source))
    assert (status, errors) == (0, "")
    assert link.startswith("http://localhost:8501/?v=5&from=balanced-shift.")
    assert "&training=0.3&" in link and f"&model={simulator.MODEL_VERSION}&draws=1024&" in link
    assert printed(capsysbinary, "open", link.strip(), "--out", str(target)) == (0, "", "")
    opened = scenario.load(target)
    assert opened.without_results() == plan
    assert printed(capsysbinary, "open", link)[1] == scenario.file_text(opened)
    # A link says what its file says.
    again = printed(capsysbinary, "link", str(target), "--address", "https://example.org/")
    assert again[1] == link.replace("http://localhost:8501/", "https://example.org/")
    assert printed(capsysbinary, "link", link.strip())[1] == link


def test_a_link_stands_where_a_file_can(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    link = printed(capsysbinary, "link", "balanced-shift")[1].strip()
    by_name = printed(capsysbinary, "run", "balanced-shift")
    assert printed(capsysbinary, "run", link) == by_name
    target = tmp_path / "out.txt"
    assert printed(capsysbinary, "run", link, "--out", str(target)) == (0, "", "")
    assert target.read_text(encoding="utf-8") == by_name[1]
    assert printed(capsysbinary, "check", link) == (0, f"{link}: ok\n", "")
    assert printed(capsysbinary, "check", f"{link}x", "v=6") == (
        1,
        "",
        "link: check: found a link that was changed by hand or damaged, allowed the link as it was "
        "made\nlink: v: found 6, made by a newer version, allowed 2 to 5\n",
    )


def test_open_tells_then_and_now(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    from simulator import links

    plan = simulator.load("balanced-shift")
    results = link_commands.results_now(plan, 64)
    assert results is not None
    same = links.encode(plan.changed(results=results))
    assert printed(capsysbinary, "open", same)[2] == ""
    then = results.model_copy(
        update={"model_version": "2.0.9", "worst_case": -5.0, "probability_payback": None}
    )
    status, out, errors = printed(capsysbinary, "open", links.encode(plan.changed(results=then)))
    assert (status, scenario.parse(out).results) == (0, then)
    assert errors.split("\n") == [
        f"simulator: the results are others now (model 2.0.9 then, {simulator.MODEL_VERSION} now):",
        "  Worst tenth of all cases, on average: -5.00 then, "
        f"{numbers.plain(results.worst_case)} now",
        "  Probability that the money is back: n/a then, "
        f"{100 * results.probability_payback:.1f} % now",
        "",
    ]
    first_edition = then.model_copy(update={"model_version": "1.0.0"})
    errors = printed(capsysbinary, "open", links.encode(plan.changed(results=first_edition)))[2]
    assert errors.splitlines()[-1] == f"  {EDITION}"


def test_open_tells_why_a_link_of_the_first_edition_comes_to_something_else(
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    from simulator import links
    from simulator.results.saved import EDITION

    plan = simulator.load("balanced-shift")
    now = link_commands.results_now(plan, 64)
    assert now is not None
    first = now.model_copy(update={"model_version": "1.0.0", "worst_case": -5.0})
    errors = printed(capsysbinary, "open", links.encode(plan.changed(results=first)))[2]
    assert errors.splitlines()[-1] == f"  {EDITION}"


def test_open_writes_first_and_does_not_compare_for_hours(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    from simulator import links

    plan = simulator.load("balanced-shift")
    now = link_commands.results_now(plan, 64)
    assert now is not None
    then = now.model_copy(update={"draws": 1_000_000})
    draws_compared = []

    def interrupted(_: object, draws: int) -> None:
        draws_compared.append(draws)
        raise KeyboardInterrupt

    monkeypatch.setattr(link_commands, "results_now", interrupted)
    link, target = links.encode(plan.changed(results=then)), tmp_path / "target.json"
    assert printed(capsysbinary, "open", link, "--out", str(target))[0] == INTERRUPTED
    assert scenario.load(target).results == then
    assert draws_compared == [results.DEFAULT_DRAWS]


def test_links_that_are_refused(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    long = tmp_path / "long.json"
    scenario.save(simulator.load("balanced-shift").changed(notes="Too long. " * 300), long)
    status, out, errors = printed(capsysbinary, "link", str(long))
    assert (status, out) == (2, "")
    assert re.fullmatch(
        r"simulator: error: \S+long\.json: found a link of 3,\d{3} characters, allowed fewer than "
        r"2,000, which every program passes on; hand on the file instead\n",
        errors,
    )
    for arguments in (["open", "balanced-shift"], ["open", ""], ["open", "http://x/"]):
        assert printed(capsysbinary, *arguments)[0] == 2
    assert printed(capsysbinary, "open", "v=2", "--out", str(tmp_path))[2].startswith(
        "simulator: error: --out: found"
    )
    for address in (
        "ftp://x/",
        "http://x/?a=b",
        "http://x/$(ls)",
        "javascript:alert(1)",
        "http://",
    ):
        status, out, errors = printed(capsysbinary, "link", "balanced-shift", "--address", address)
        assert (status, out) == (2, "") and "allowed an address such as http://" in errors
