"""The hooks that other repositories get: run by real pre-commit, on a repository made here."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import systems
from conftest import TASKS_YAML

pytestmark = systems.git

ROOT = TASKS_YAML.parent


def git(folder: Path, *words: str) -> str:
    command = ["git", "-c", "user.name=Somebody", "-c", "user.email=somebody@example.org", *words]
    return subprocess.run(command, cwd=folder, capture_output=True, check=True, encoding="utf-8").stdout


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Commit this checkout as it stands into a repository that pre-commit can install from."""
    folder = tmp_path_factory.mktemp("chengguo")
    for name in git(
        ROOT, "ls-files", "-z", "src", "pyproject.toml", "README.md", ".pre-commit-hooks.yaml"
    ).split("\0"):
        if name and (ROOT / name).exists():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes((ROOT / name).read_bytes())
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "hooks")
    return folder


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory, hooks: Path) -> Path:
    """A repository of somebody's that uses the hook."""
    folder = tmp_path_factory.mktemp("user")
    (folder / "tasks.yaml").write_bytes(TASKS_YAML.read_bytes())
    (folder / "督办.yaml").write_bytes(TASKS_YAML.read_bytes())
    (folder / "other.yaml").write_text("a: [\n", encoding="utf-8")
    revision = git(hooks, "rev-parse", "HEAD").strip()
    config = f"repos:\n- repo: {hooks}\n  rev: {revision}\n  hooks:\n  - id: chengguo-validate\n"
    (folder / ".pre-commit-config.yaml").write_text(config, encoding="utf-8")
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    return folder


def pre_commit(repository: Path) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "PRE_COMMIT_HOME": str(repository.parent / "cache"),
        "PIP_COMPILE": "0",  # what the two runs import, they compile
        "LANG": "C.UTF-8",
    }
    command = [sys.executable, "-m", "pre_commit", "run", "--all-files", "--color", "never"]
    return subprocess.run(
        command, cwd=repository, capture_output=True, check=False, encoding="utf-8", env=environment
    )


def test_a_sound_registry_passes_and_a_broken_one_does_not(repository: Path) -> None:
    passed = pre_commit(repository)
    assert passed.returncode == 0, passed.stdout + passed.stderr
    assert "Passed" in passed.stdout

    tasks = repository / "督办.yaml"  # a registry of any name
    tasks.write_bytes(tasks.read_bytes().replace("lead: [市国资委]".encode(), "lead: [市国资伟]".encode(), 1))
    failed = pre_commit(repository)
    assert failed.returncode == 1, failed.stdout + failed.stderr
    assert "督办.yaml:" in failed.stdout
    assert "N301" in failed.stdout
    assert "other.yaml" not in failed.stdout


def test_two_branches_that_both_add_task_16_merge_in_git_and_are_found(tmp_path: Path) -> None:
    tasks = tmp_path / "tasks.yaml"
    table = TASKS_YAML.read_text(encoding="utf-8").rstrip("\n")
    tasks.write_text(table + "\n", encoding="utf-8")
    git(tmp_path, "init", "--quiet", "--initial-branch", "main")
    git(tmp_path, "add", "--all")
    git(tmp_path, "commit", "--quiet", "--message", "table")
    added = (
        "\n- id: 16\n  section: 四\n  title: {title}\n  items:\n  - id: 1\n    content: {title}。\n"
        "    lead: [市科委]\n    schedule: 2020 年底\n    status: pending\n"
    )
    first = table.index("\n- id: 15\n")
    git(tmp_path, "checkout", "--quiet", "-b", "ours")
    tasks.write_text(table + "\n" + added.format(title="甲"), encoding="utf-8")
    git(tmp_path, "commit", "--quiet", "--all", "--message", "at the end")
    git(tmp_path, "checkout", "--quiet", "-b", "theirs", "main")
    tasks.write_text(table[:first] + added.format(title="乙") + table[first:] + "\n", encoding="utf-8")
    git(tmp_path, "commit", "--quiet", "--all", "--message", "before the last")
    git(tmp_path, "merge", "--quiet", "--no-edit", "ours")

    command = [sys.executable, "-m", "chengguo", "validate", "tasks.yaml"]
    outcome = subprocess.run(
        command,
        cwd=tmp_path,
        capture_output=True,
        check=False,
        encoding="utf-8",
        env={**os.environ, "LANG": "C.UTF-8"},
    )
    merged = tasks.read_text(encoding="utf-8").split("\n")
    before, after = (number for number, line in enumerate(merged, 1) if line == "- id: 16")
    assert outcome.returncode == 1
    assert f"tasks.yaml:{after}:7: T601 task 16 stands twice\n" in outcome.stdout
    assert f"  see also: tasks.yaml:{before}:7\n" in outcome.stdout
