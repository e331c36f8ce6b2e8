"""What a stranger looks for: licence, how to contribute, the hooks of this repository."""

import re
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import metadata
from pathlib import Path

import yaml

import systems
from chengguo.cli.commands import COMMANDS
from conftest import TASKS_YAML

ROOT = TASKS_YAML.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_the_licence_is_in_the_file_and_in_what_is_installed() -> None:
    holder = PROJECT["authors"][0]["name"]
    first, _, copyright_, *_rest = (ROOT / "LICENSE").read_text(encoding="utf-8").splitlines()
    assert (first, PROJECT["license"]) == ("MIT License", "MIT")
    assert re.fullmatch(rf"Copyright \(c\) \d{{4}} {re.escape(holder)}", copyright_)
    installed = metadata("chengguo")
    assert (installed["License-Expression"], installed["License-File"]) == ("MIT", "LICENSE")


def test_contributing_names_every_package_and_files_that_there_are() -> None:
    text = (ROOT / ".github" / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([^`]*)`", text))
    packages = {path.parent.name for path in (ROOT / "src" / "chengguo").glob("*/__init__.py")}
    assert packages - named == set()
    files = [
        name
        for name in named
        if re.fullmatch(r"[\w./]+(?:/\w+|\.\w+)", name) and not name.startswith(".venv")
    ]
    assert len(files) > 4
    assert [name for name in files if not (ROOT / name).exists()] == []


def test_changes_name_only_commands_that_there_are() -> None:
    named = re.findall(r"`([a-z]+)`", (ROOT / "CHANGES.md").read_text(encoding="utf-8"))
    assert len(named) > 9
    assert [name for name in named if name not in COMMANDS] == []


@systems.checkers
def test_hooks_of_this_repository_run_tools_of_its_environment_and_fetch_nothing() -> None:
    path = ROOT / ".pre-commit-config.yaml"
    subprocess.run([sys.executable, "-m", "pre_commit", "validate-config", str(path)], check=True)
    repositories = yaml.safe_load(path.read_text(encoding="utf-8"))["repos"]
    hooks = [hook for repository in repositories for hook in repository["hooks"]]
    assert [repository["repo"] for repository in repositories] == ["local"]
    assert {hook["language"] for hook in hooks} == {"system"}
    folder, tools = Path(sys.executable).parent, [Path(hook["entry"].split()[0]) for hook in hooks]
    assert [tool for tool in tools if not shutil.which(tool.name, path=folder)] == []
    assert {str(tool.parent) for tool in tools} == {".venv/bin"}
