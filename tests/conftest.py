"""What the tests share: the real table, and a command line that runs in this process."""

import gc
import io
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from random import Random
from typing import Any, ClassVar, NamedTuple

import click
import pytest
import yaml
from _pytest.runner import runtestprotocol
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

import systems
from chengguo import cli, language
from chengguo.cli import app, settings
from chengguo.cli.commands import COMMANDS as MODULES
from chengguo.output.papers import templates

gc.disable()  # up to the first test: nothing that is loaded for the tests is garbage

# How quick the machine is at this moment is nothing that a test asks.
hypothesis.register_profile("tests", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis.load_profile("tests")


def texts(*kinds: Sequence[str], most: int) -> st.SearchStrategy[list[str]]:
    """Draw fifty texts, each of up to ``most`` words: drawing one by one takes longer than reading."""

    def drawn(chance: Random) -> list[str]:
        lengths = (chance.randint(0, most) for _text in range(50))
        return ["".join(chance.choice(chance.choice(kinds)) for _word in range(each)) for each in lengths]

    return st.randoms(use_true_random=True).map(drawn)


def values_of(path: Path) -> Any:
    """Return what a YAML file holds, by PyYAML alone."""
    return yaml.load(path.read_bytes(), yaml.CSafeLoader)


TASKS_YAML = Path(__file__).parents[1] / "tasks.yaml"
TABLE = values_of(TASKS_YAML)
# What else the JSON of a report has, where nothing was said of it.
UNSAID: dict[str, Any] = {
    "milestone": None,
    "period": None,
    "percent": None,
    "problem": None,
    "next": None,
    "evidence": [],
    "by": None,
    "extra": {},
}
# What would make a run depend on the machine that it is on.
_UNSET = {
    "LANGUAGE",
    "LC_ALL",
    "LC_MESSAGES",
    "COLUMNS",
    "LINES",
    "PAGER",
    "NO_COLOR",
    "FORCE_COLOR",
    "CHENGGUO_DEBUG",
    *map(settings.variable, settings.SETTINGS),
    "GITHUB_ACTIONS",
}


def _write_in_memory() -> None:
    """Keep what the tests write in memory where there is room: they make and remove thousands of files."""
    memory = Path("/dev/shm")  # noqa: S108 - what is made in it is pytest's, in a folder of its own
    if "TMPDIR" in os.environ or not memory.is_dir():
        return
    found = os.statvfs(memory)
    if found.f_bavail * found.f_frsize >= 4 << 30 and not found.f_flag & os.ST_NOEXEC:
        os.environ["TMPDIR"] = tempfile.tempdir = str(memory)


_write_in_memory()
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # hundreds of starts of the program would each compile it


@pytest.fixture(autouse=True, scope="session")
def _state(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what the program remembers between runs out of the tester's home."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_STATE_HOME", "LOCALAPPDATA", "XDG_CONFIG_HOME", "APPDATA"):
            patch.setenv(name, str(tmp_path_factory.mktemp("state")))
        yield


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    """Run a test, and tell the first of several processes only what it counts: each report costs both."""
    if not hasattr(item.config, "workerinput"):
        return None
    for report in runtestprotocol(item, log=False, nextitem=nextitem):
        if report.when == "call" or not report.passed:
            item.ihook.pytest_runtest_logreport(report=report)
    return True


def pytest_runtest_setup() -> None:
    """Let each test begin in English, and no run in Chinese before it decide what it reads."""
    language.choose("en")


def _build_commands_once() -> None:
    """Build no command twice.

    Their modules are imported first: what they say of themselves would stay in the language of the run that
    imports them.
    """
    for module in set(MODULES.values()):
        import_module(f"chengguo.cli.{module}")
    built: dict[tuple[str, type], click.Command | None] = {}
    build = app.Commands.get_command

    def once(self: app.Commands, context: click.Context, name: str) -> click.Command | None:
        key = (name, type(language._chosen))
        if key not in built:
            built[key] = build(self, context, name)
        return built[key]

    app.Commands.get_command = once  # type: ignore[assignment, method-assign]


def _compile_templates_once() -> None:
    """Compile no template of a paper twice."""
    compiled: dict[tuple[Any, ...], Any] = {}
    make = templates.environment

    def environment(**options: Any) -> Any:
        made = make(**options)

        def once(source: str) -> Any:
            key = (made.autoescape, source)
            if key not in compiled:
                compiled[key] = type(made).compile(made, source)
            return compiled[key]

        made.compile = once  # type: ignore[assignment, method-assign]
        return made

    templates.environment = environment


def pytest_configure(config: pytest.Config) -> None:
    """Take from the runs in this process what a process of its own does not pay for."""
    if not config.getoption("numprocesses"):  # else others run the tests
        _build_commands_once()
        _compile_templates_once()


@pytest.fixture(autouse=True, scope="session")
def _quick() -> None:
    """Collect no garbage of a heap that holds all that the tests loaded."""
    gc.freeze()
    gc.set_threshold(100_000)
    gc.enable()


class Drills:
    """How long the drills are, and what came of them."""

    found: ClassVar[dict[str, list[int]]] = {}

    def __init__(self, times: int) -> None:
        self.times = times

    def report(self, drill: str, runs: int, losses: int) -> None:
        """Count the runs of a drill, and what was lost in them."""
        counts = self.found.setdefault(drill, [0, 0])
        counts[0] += runs
        counts[1] += losses


@pytest.fixture
def drills(request: pytest.FixtureRequest) -> Drills:
    return Drills(request.config.getoption("--drills"))


def pytest_addoption(parser: pytest.Parser) -> None:
    about = "run the drills of test_drills.py so many times as long"
    parser.addoption("--drills", type=int, default=1, metavar="TIMES", help=about)


collect_ignore = [*systems.POSIX_MODULES] if systems.WINDOWS else []


def pytest_sessionfinish(session: pytest.Session) -> None:
    if hasattr(session.config, "workeroutput"):  # one of several processes: the first one tells
        session.config.workeroutput["drills"] = Drills.found


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    for drill, (runs, losses) in getattr(node, "workeroutput", {}).get("drills", {}).items():
        Drills(0).report(drill, runs, losses)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for name in collect_ignore:
        terminalreporter.write_line(f"left out: {name}: {systems.POSIX_MODULES[name]}")
    for drill, (runs, losses) in Drills.found.items():
        terminalreporter.write_line(f"drill: {drill}: {runs} runs, {losses} losses")


class Outcome(NamedTuple):
    """What a command left behind: its exit code and the bytes of both streams, decoded."""

    code: int
    out: str
    err: str


Run = Callable[..., Outcome]


class Screen(io.BytesIO):
    """An output that says that it is a terminal."""

    def isatty(self) -> bool:
        return True


@contextmanager
def environment(**said: str) -> Iterator[None]:
    """Set variables, beside none of those that a run depends on, and take back whatever is set meanwhile."""
    before = os.environ.copy()
    for name in before.keys() & _UNSET:
        del os.environ[name]
    os.environ.update(said)
    try:
        yield
    finally:
        for name in os.environ.keys() - before.keys():
            del os.environ[name]
        for name, value in before.items():
            if os.environ.get(name) != value:
                os.environ[name] = value


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run ``chengguo`` with the words given, in English, in an empty folder, without a terminal.

    Keywords: ``stdin`` (bytes), ``encoding`` of both output streams, ``folder`` to run in, ``terminal`` for
    an output of so many columns and lines, such as "80x24", that says it is one (without colours and without
    a pager); anything else is an environment variable.
    """

    def run(
        *words: str,
        stdin: bytes = b"",
        encoding: str = "utf-8",
        folder: Path | None = None,
        terminal: str = "",
        **variables: str,
    ) -> Outcome:
        columns, _x, lines = terminal.partition("x")
        screen = {"COLUMNS": columns, "LINES": lines, "TERM": "dumb"} if terminal else {}
        with environment(**({"LANG": "C.UTF-8"} | screen | variables)), monkeypatch.context() as patch:
            patch.chdir(folder or tmp_path)
            patch.setattr(sys, "argv", ["chengguo", *words])
            if terminal and systems.WINDOWS:  # not an old one, which is a column narrower
                patch.setattr("rich.console.detect_legacy_windows", lambda: False)
            out, err = Screen() if terminal else io.BytesIO(), io.BytesIO()
            patch.setattr(sys, "stdout", io.TextIOWrapper(out, encoding=encoding, newline=""))
            patch.setattr(sys, "stderr", io.TextIOWrapper(err, encoding=encoding, newline=""))
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
            code = cli.run()
            sys.stdout.flush()
            sys.stderr.flush()
            return Outcome(code, out.getvalue().decode(encoding), err.getvalue().decode(encoding))

    return run


@pytest.fixture
def registry(tmp_path: Path) -> Path:
    """A copy of the real table, in the folder that commands run in."""
    copy = tmp_path / "tasks.yaml"
    copy.write_bytes(TASKS_YAML.read_bytes())
    return copy
