"""The examples of the README and of docs/VALIDATION.md: ``python -m tests.support.readme`` writes
again what they print.

A block of ``console`` holds commands, each after ``$``, and below each what it prints; a line
``...`` stands for the rest. A block of ``python`` is followed by one with what it prints, if any.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from simulator import cli

ROOT = Path(__file__).resolve().parent.parent.parent
README = ROOT / "README.md"
PAGES = (README, ROOT / "docs" / "VALIDATION.md")
"""What has examples."""
FILES = {"my-scenario.json": "too-promotional.json", "other.json": "wait-and-see.json"}
"""What the commands find in their folder: shipped scenarios under these names."""
REST = "..."
OURS = ".venv/bin/python -m simulator "
"""What a command of ours begins with: it runs in this process, which has loaded all it needs."""
HERE = """ours() {
  printf '%s\\0' "$@" >asked
  cat printed
}
"""
"""Has the shell do all that it does for a program: take its arguments apart, and put somewhere
what it prints. Both go through a pipe."""

_BLOCK = re.compile(r"```(console|python)\n(.*?)```(?:\n\n```\n(.*?)```)?", re.DOTALL)


@dataclass(frozen=True)
class Example:
    """A command or a piece of Python, and what the README says that it prints."""

    language: str
    source: str
    shown: str
    """Ends with a line ``...`` if more is printed."""

    def printed(self, folder: Path) -> str:
        """What it prints, run in ``folder``, as the README would show it.

        Raises ``AssertionError`` if a command fails.
        """
        if self.language == "python":
            text = self._run(folder)
        elif self.source.startswith(OURS) and os.name != "nt":  # which has no such pipes
            text = self._run_ours(folder)
        else:
            text = self._run_command(folder)
        lines = [line.rstrip() for line in text.splitlines()]
        if self.shown.endswith(f"{REST}\n"):
            lines = [*lines[: self.shown.count("\n") - 1], REST]
        return "".join(f"{line}\n" for line in lines)

    def _run_command(self, folder: Path) -> str:
        done = subprocess.run(
            self.source.replace(".venv/bin/python", shlex.quote(sys.executable)),
            shell=True,  # as for whoever reads it
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            encoding="utf-8",
        )
        assert done.returncode == 0, f"{self.source}: {done.stderr}"
        return done.stdout

    def _run_ours(self, folder: Path) -> str:
        asked, printed = folder / "asked", folder / "printed"
        os.mkfifo(asked)
        os.mkfifo(printed)
        command = HERE + self.source.replace(OURS, "ours ")
        with subprocess.Popen(
            command, shell=True, cwd=folder, stdout=subprocess.PIPE, encoding="utf-8"
        ) as shell:
            arguments = asked.read_text(encoding="utf-8").split("\0")[:-1]
            try:
                with contextlib.chdir(folder):
                    content = _printed(arguments)
            except BaseException:
                shell.kill()  # it waits for what is printed
                raise
            printed.write_bytes(content)
            text, _ = shell.communicate()
        asked.unlink()
        printed.unlink()
        assert shell.returncode == 0, self.source
        return text

    def _run(self, folder: Path) -> str:
        with contextlib.chdir(folder), contextlib.redirect_stdout(io.StringIO()) as output:
            exec(compile(self.source, "README.md", "exec"), {})
        return output.getvalue()


def _printed(arguments: Sequence[str]) -> bytes:
    """What ``python -m simulator`` prints. Raises ``AssertionError`` if it fails."""
    said, complained = io.TextIOWrapper(io.BytesIO(), encoding="utf-8"), io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(complained):
        status = cli.main(arguments)
    assert status == 0, f"{arguments}: {complained.getvalue()}"
    said.flush()
    content: bytes = said.buffer.getvalue()
    return content


def examples(text: str) -> Iterator[tuple[re.Match[str], list[Example]]]:
    """Every block of examples, with what is in it."""
    for block in _BLOCK.finditer(text):
        language, content, shown = block.groups()
        if language == "python":
            yield block, [Example(language, content, shown or "")]
        else:
            commands = re.split(r"^\$ ", content, flags=re.MULTILINE)[1:]
            parts = (command.partition("\n") for command in commands)
            yield block, [Example(language, source, rest) for source, _, rest in parts]


@contextlib.contextmanager
def folder() -> Iterator[Path]:
    """A folder with what the commands need."""
    with tempfile.TemporaryDirectory() as name:
        for copy, shipped in FILES.items():
            Path(name, copy).write_bytes((ROOT / "scenarios" / shipped).read_bytes())
        yield Path(name)


def refreshed(text: str) -> str:
    """A page with what its examples print today."""
    with folder() as place:
        pieces, end = [], 0
        for block, content in examples(text):
            if block[1] == "python":
                (example,) = content
                output = example.printed(place)
                code = f"```python\n{example.source}```"
                new = f"{code}\n\n```\n{output}```" if output else code
            else:
                lines = (f"$ {example.source}\n{example.printed(place)}" for example in content)
                new = f"```console\n{''.join(lines)}```"
            pieces += [text[end : block.start()], new]
            end = block.end()
    return "".join([*pieces, text[end:]])


if __name__ == "__main__":
    for page in PAGES:
        page.write_text(refreshed(page.read_text(encoding="utf-8")), encoding="utf-8")
