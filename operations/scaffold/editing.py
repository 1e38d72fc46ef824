"""Editing a clone: new files from templates, and additions to files that are there, each found by what the code is and not by its lines."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from string import Template

TEMPLATES = Path(__file__).parent / "templates"


class CannotAdd(Exception):
    """What cannot be added as it was asked for, in a sentence for whoever asked; nothing has been written."""


class Edits:
    """What is to be written into the clone at `root`: all of it or, where something does not fit, nothing."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._texts: dict[Path, str] = {}
        # What was there before this was written; None where nothing was.
        self._before: dict[Path, str | None] = {}

    def create(self, path: str, template: str, names: Mapping[str, str]) -> None:
        """Make a file from a template; CannotAdd where one is there."""
        file = self.root / path
        if file in self._texts or file.exists():
            raise CannotAdd(f"{path} is there already")
        self._texts[file] = fill_template(template, names)

    def append(self, path: str, text: str) -> None:
        """Add to the end of a file."""
        self._change(path, lambda was: was.rstrip("\n") + "\n" + text)

    def add_import(self, path: str, module: str, name: str) -> None:
        """Import a name; where it is imported twice, or stands in the wrong place, the formatter sees to that."""

        def add(was: str) -> str:
            after = next(node for node in ast.parse(was).body if isinstance(node, ast.Import | ast.ImportFrom))
            lines = was.splitlines(keepends=True)
            lines.insert(after.lineno - 1, f"from {module} import {name}\n")
            return "".join(lines)

        self._change(path, add)

    def add_to_class(self, path: str, suffix: str, text: str) -> None:
        """Add a line at the end of the class whose name ends so; CannotAdd where there is none."""

        def add(was: str) -> str:
            classes = [node for node in ast.parse(was).body if isinstance(node, ast.ClassDef) and node.name.endswith(suffix)]
            if not classes:
                raise CannotAdd(f"{path} has no class …{suffix}")
            lines = was.splitlines(keepends=True)
            lines.insert(classes[-1].end_lineno or len(lines), f"    {text}\n")
            return "".join(lines)

        self._change(path, add)

    def add_after(self, path: str, pattern: str, text: str) -> None:
        """Add a line after the last one that the pattern finds; CannotAdd where it finds none."""

        def add(was: str) -> str:
            lines = was.splitlines(keepends=True)
            found = [n for n, line in enumerate(lines) if re.search(pattern, line)]
            if not found:
                raise CannotAdd(f"{path} has no line like {pattern}")
            lines.insert(found[-1] + 1, f"    {text}\n")
            return "".join(lines)

        self._change(path, add)

    def open_meanwhile(self, path: str, stage: str, form: str) -> None:
        """Let a form be handed in at that stage without leaving it; CannotAdd where the lifecycle has no such stage."""
        self._change(path, lambda was: _open_at_stage(was, path, stage, form))

    def write(self) -> list[Path]:
        """Write everything and lay it out; the files, as the clone calls them. Where that fails, nothing is written."""
        try:
            return self._write_files()
        except BaseException:
            self.take_back()
            raise

    def take_back(self) -> None:
        """Leave the clone as it was before anything was written."""
        for file, text in self._before.items():
            if text is None:
                file.unlink(missing_ok=True)
            else:
                file.write_text(text, encoding="utf-8")

    def ask(self, why: str, code: str, *words: str) -> str:
        """What the clone prints, with what has been written, when it runs that code; CannotAdd, and nothing is written, where it fails.

        `why` begins the sentence that then says which of its errors was the last.
        """
        asked = [sys.executable, "-c", code, *words]
        here = os.environ | {"PYTHONPATH": str(self.root)}
        run = subprocess.run(asked, cwd=self.root, env=here, capture_output=True, text=True, check=False)
        if run.returncode:
            self.take_back()
            said = (run.stderr.strip() or run.stdout.strip()).splitlines()
            raise CannotAdd(f"{why}: {said[-1] if said else run.returncode}")
        return run.stdout

    def _write_files(self) -> list[Path]:
        for file, text in self._texts.items():
            self._before.setdefault(file, file.read_text(encoding="utf-8") if file.exists() else None)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        code = [str(file) for file in self._texts if file.suffix == ".py"]
        for command in (["check", "--quiet", "--fix", *code], ["format", "--quiet", *code]):
            subprocess.run([sys.executable, "-m", "ruff", *command], cwd=self.root, capture_output=True, check=False)
        return [file.relative_to(self.root) for file in self._texts]

    def read(self, path: str) -> str:
        """A file as it will be; CannotAdd where it is not there."""
        file = self.root / path
        try:
            return self._texts.get(file) or file.read_text(encoding="utf-8")
        except FileNotFoundError:
            raise CannotAdd(f"there is no {path}") from None

    def _change(self, path: str, change: Callable[[str], str]) -> None:
        self._texts[self.root / path] = change(self.read(path))


def fill_template(template: str, names: Mapping[str, str]) -> str:
    """A template with the names put in; KeyError where it wants one that is not there."""
    return Template((TEMPLATES / f"{template}.txt").read_text(encoding="utf-8")).substitute(names)


def build_class_name(id_: str) -> str:
    """How a class is called whose id is `thank-witness`."""
    return "".join(part.capitalize() for part in id_.split("-"))


def build_module_name(id_: str) -> str:
    """How its module is."""
    return id_.replace("-", "_")


def _open_at_stage(was: str, path: str, stage: str, form: str) -> str:
    stages = _find_stages(ast.parse(was))
    if stage not in stages:
        raise CannotAdd(f"{path} has no stage {stage}; its stages are {', '.join(stages)}")
    call = stages[stage]
    meanwhile = next((each.value for each in call.keywords if each.arg == "meanwhile"), None)
    if meanwhile is None:
        return _replace_node(was, call, ast.unparse(call)[:-1] + f", meanwhile=({form},))")
    known = [ast.unparse(each) for each in meanwhile.elts] if isinstance(meanwhile, ast.Tuple) else [f"*{ast.unparse(meanwhile)}"]
    return _replace_node(was, meanwhile, f"({', '.join((*known, form))})")


def _find_stages(lifecycle: ast.Module) -> dict[str, ast.Call]:
    """By its name, what declares each stage of a lifecycle's file, in their order."""
    return {
        node.name: each
        for node in ast.walk(lifecycle)
        if isinstance(node, ast.FunctionDef)
        for each in node.decorator_list
        if isinstance(each, ast.Call) and isinstance(each.func, ast.Name) and each.func.id == "stage"
    }


def _replace_node(was: str, node: ast.expr, text: str) -> str:
    lines = was.splitlines(keepends=True)
    last = (node.end_lineno or node.lineno) - 1
    # The tree counts bytes, and a title is Chinese.
    head = lines[node.lineno - 1].encode()[: node.col_offset].decode()
    tail = lines[last].encode()[node.end_col_offset :].decode()
    lines[node.lineno - 1 : last + 1] = [head + text + tail]
    return "".join(lines)
