"""What a Chinese Windows needs of a command line: arguments, encodings, locales, widths and editors.

Most of it holds of every system, and is tested there too.
"""

import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

import systems
from chengguo.cli import edit
from chengguo.errors import WrongUsage
from chengguo.files import programs, reasons
from chengguo.text.source import decode
from conftest import Run

ANNEX = Path(__file__).with_name("annex.txt")
AS_OF = ("--as-of", "2020-01-01")


# -- arguments -----------------------------------------------------------------------------------


@pytest.mark.parametrize("note", ["~", "预算 $OS", "%OS%", "*.yaml", "tasks.*"])
def test_a_note_is_taken_as_it_is_typed(run: Run, registry: Path, note: str) -> None:
    assert run("update", "4", "--note", note, "--date", "2019-12-20", OS="Windows_NT").code == 0
    line = next(line for line in registry.read_text(encoding="utf-8").splitlines() if "note:" in line)
    assert line.partition("note: ")[2].strip("'\"") == note


@systems.windows
def test_validate_looks_for_files_by_a_pattern(run: Run, registry: Path) -> None:
    registry.with_name("b [1].yaml").write_bytes(registry.read_bytes())
    assert run("validate", "*.yaml").out == "b [1].yaml, tasks.yaml: no findings\n"
    assert run("validate", "b [1].yaml").out == "b [1].yaml: no findings\n"  # a name, not a pattern
    assert "*.yml has no registries\n" in run("validate", "*.yml").out


# -- encodings -----------------------------------------------------------------------------------


IMPORT = ("import", str(ANNEX), "-o", "-")
INIT = ("init", "-", "--title", "某方案㊣€")


@pytest.mark.parametrize(
    ("encoding", "words"), [("gbk", IMPORT), ("gbk", INIT), ("cp1252", INIT), ("ascii", INIT)]
)
def test_a_registry_on_standard_output_is_utf_8(
    run: Run, tmp_path: Path, encoding: str, words: tuple[str, ...]
) -> None:
    expected = run(*words).out
    assert expected.startswith("format: 1\n") or words[0] == "init"
    file = tmp_path / "r.yaml"
    with file.open("wb") as redirected:
        code = run_into(words, redirected.fileno(), encoding)
    assert (code, file.read_text(encoding="utf-8")) == (0, expected)


def run_into(words: tuple[str, ...], descriptor: int, encoding: str) -> int:
    """Run a command in a process of its own, with standard output redirected to a file."""
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "LANG": "C.UTF-8"}
    command = [sys.executable, "-m", "chengguo", *words]
    return subprocess.run(
        command, stdout=descriptor, stderr=subprocess.DEVNULL, env=environment, check=False
    ).returncode


@systems.windows
@pytest.mark.parametrize(("page", "encoding"), [("936", "gbk"), ("65001", "utf-8")])
def test_text_is_in_the_code_page_of_the_console(registry: Path, page: str, encoding: str) -> None:
    program = f'"{sys.executable}" -m chengguo'
    typed = [f"chcp {page} >nul"]
    typed += [
        f"{program} stats >file.txt",
        f"{program} stats | more >pipe.txt",
        f"{program} init - >new.yaml",
    ]
    done = subprocess.run(
        f'cmd /d /c "{" & ".join(typed)}"',
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),  # a console, which nobody sees
        cwd=registry.parent,
        env={**os.environ, "LANG": "zh_CN"},
        capture_output=True,
        check=True,
    )
    assert done.stderr == b""
    for name in ("file.txt", "pipe.txt"):
        assert registry.with_name(name).read_bytes().startswith("24 项，统计日期".encode(encoding))
    assert "任务分工" in registry.with_name("new.yaml").read_text(encoding="utf-8")


# -- the language --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["zh_CN.UTF-8", "zh_TW.UTF-8", "zh_HK", "zh", "zh-Hans-CN", "zh_SG.GBK"])
def test_every_chinese_locale_is_chinese(run: Run, name: str) -> None:
    assert run("list", LANG=name).err.startswith("chengguo: 当前目录")
    assert "用法" in run("list", "-h", LANG=name).out
    assert "没有" in run("list", "--nothing", LANG=name).err  # Click's own words


@pytest.mark.parametrize("names", ["en_US:zh_CN", "C:zh", "fr:en:zh"])
def test_the_first_language_that_is_there_is_taken(run: Run, names: str) -> None:
    assert run("list", LANGUAGE=names, LANG="zh_CN.UTF-8").err.startswith("chengguo: no tasks.yaml")


@pytest.mark.usefixtures("registry")
def test_an_editor_gets_the_language_as_it_was(run: Run, tmp_path: Path) -> None:
    script = tmp_path / "editor.py"
    script.write_text(
        "import os; print(os.environ.get('LANGUAGE'), os.environ.get('LANG'),"
        f" file=open({str(tmp_path / 'seen')!r}, 'w'))",
        encoding="utf-8",
    )
    assert run("edit", EDITOR=f'"{sys.executable}" "{script}"', LANG="zh_TW.UTF-8").code == 0
    assert (tmp_path / "seen").read_text(encoding="utf-8") == "None zh_TW.UTF-8\n"


# -- messages ------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 2, 5, 13, 17, 20, 21, 22, 24, 28, 30, 36, 12345])
def test_a_reason_has_nothing_of_the_system_in_it(
    run: Run, registry: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    before = registry.read_bytes()

    def fail(*_arguments: object) -> None:
        raise OSError(number, "What the System Says")

    monkeypatch.setattr(os, "fsync", fail)
    outcome = run("update", "4", "--status", "done", "--date", "2019-12-20", LANG="zh_CN")
    assert (outcome.code, registry.read_bytes()) == (1, before)
    assert "What the System Says" not in outcome.err
    assert reasons.reason(OSError(number, "What the System Says")) != "What the System Says"


@pytest.mark.parametrize("words", [("list", "-f"), ("validate",), ("import",), ("export", "-f")])
def test_a_zero_byte_in_a_path_is_told_in_chinese(run: Run, words: tuple[str, ...]) -> None:
    more = ("x.xlsx",) if words[0] == "export" else ()
    outcome = run(*words, "a\0b.csv", *more, LANG="zh_CN")
    assert outcome.code == 2
    assert "a\\x00b.csv 无法打开：文件不可能叫这个名字" in outcome.out + outcome.err


# -- widths --------------------------------------------------------------------------------------


def columns(text: str) -> int:
    """Return how wide a text is in the fonts of code page 936."""
    return sum(1 + (unicodedata.east_asian_width(each) in "WFA") for each in text)


@pytest.mark.parametrize("width", ["105", "120", ""])
def test_columns_are_straight_in_code_page_936(run: Run, registry: Path, width: str) -> None:
    text = registry.read_text(encoding="utf-8").replace("title: 充分", "title: “充分”——…·", 1)
    registry.write_text(text, encoding="utf-8", newline="")
    out = run("list", *AS_OF, encoding="gbk", COLUMNS=width).out
    lines = [line for line in out.splitlines() if line.startswith(("|", "+"))]
    assert "——" in out
    assert len({columns(line) for line in lines}) == 1
    bars = {tuple(columns(line[:at]) for at, each in enumerate(line) if each in "|+") for line in lines}
    assert len({bar for bar in bars if len(bar) == max(map(len, bars))}) == 1


@pytest.mark.usefixtures("registry")
def test_a_table_is_as_wide_as_the_terminal(run: Run) -> None:
    lines = run("list", *AS_OF, encoding="gbk", COLUMNS="80").out.splitlines()
    assert max(map(columns, lines)) == 80


def test_a_caret_stands_under_its_place_in_code_page_936(run: Run, registry: Path) -> None:
    text = registry.read_text(encoding="utf-8").replace("title: 充分", "title: “——”充分", 1)
    registry.write_text(text.replace("status: pending", "“——”: 1", 1), encoding="utf-8", newline="")
    out = run("validate", encoding="gbk").out
    block = next(block for block in out.split("\n\n") if "“——”" in block)
    source, carets = block.splitlines()[1:3]
    assert columns(carets.rstrip("^")) == columns(source.partition("“——”")[0])
    assert carets.count("^") == columns("“——”")


def test_the_bar_says_something_without_colour_and_lines(run: Run, registry: Path) -> None:
    run("update", "4", "--status", "done", "--date", "2019-12-20")
    assert registry.exists()
    line = next(
        line for line in run("stats", "--by", "year", encoding="gbk").out.splitlines() if "2019" in line
    )
    assert " 14% #........... |" in line.replace("|", " |")


# -- editors -------------------------------------------------------------------------------------


def command(editor: str, folder: Path, line: int = 7) -> list[str]:
    return edit._command(folder / "copy.yaml", line, {"EDITOR": editor})


def program(folder: Path, name: str) -> Path:
    """Make a program of that name."""
    path = folder / (f"{name}.cmd" if systems.WINDOWS else name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("", encoding="ascii")
    path.chmod(0o755)
    return path


def test_an_editor_on_the_path_is_found_with_its_suffix(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = program(tmp_path / "bin", "code")
    monkeypatch.setenv("PATH", str(code.parent))
    copy = f"{tmp_path / 'copy.yaml'}:7"
    found, *rest = command("code", tmp_path)
    assert (Path(found).name.lower(), rest) == (code.name, ["--wait", "--goto", copy])
    assert command("code --wait", tmp_path)[1:] == ["--wait", "--goto", copy]


@pytest.mark.parametrize("quoted", ['"{}"', "{}"])
def test_an_editor_may_have_spaces_in_its_path(tmp_path: Path, quoted: str) -> None:
    path = program(tmp_path / "Program Files" / "VS", "code")
    assert command(quoted.format(path), tmp_path)[0] == str(path)


def test_a_quoted_path_may_have_words_behind_it(tmp_path: Path) -> None:
    path = program(tmp_path / "Program Files", "code")
    assert command(f'"{path}" --wait -n', tmp_path)[:3] == [str(path), "--wait", "-n"]


def test_no_program_of_the_folder_is_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, "code")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", os.pathsep.join([os.curdir, str(tmp_path / "bin")]))
    assert programs.find("code") is None
    with pytest.raises(WrongUsage):
        command("code", tmp_path)


@pytest.mark.parametrize("editor", ["  ", '""'])
def test_no_editor_at_all_is_told(tmp_path: Path, editor: str) -> None:
    with pytest.raises(WrongUsage):
        command(editor, tmp_path)


def test_an_editor_that_ends_at_once_is_waited_for(
    run: Run, registry: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(edit, "_command", lambda copy, *_rest: ["notepad", str(copy)])
    monkeypatch.setattr(edit, "_run", lambda _command, copy: opened.append(copy))

    def save() -> str:
        text = decode(opened[0].read_bytes(), "copy").text
        opened[0].write_bytes(text.replace("2017 年底", "2018 年底", 1).encode())
        return "\n"

    wait = edit._wait_for_the_window
    monkeypatch.setattr(edit, "_wait_for_the_window", lambda: (wait(), save()))
    outcome = run("edit", stdin=b"\n")
    assert (outcome.code, outcome.out) == (0, "tasks.yaml was written.\n")
    assert outcome.err == "Nothing is saved yet. Save, close the editor, then press Enter here. "
    assert registry.read_text(encoding="utf-8").count("schedule: 2017 年底") == 0


@pytest.mark.usefixtures("registry")
def test_the_copy_has_no_name_that_cmd_would_run(run: Run, registry: Path, tmp_path: Path) -> None:
    named = registry.rename(registry.with_name("a&b%OS%^!.yaml"))
    script = tmp_path / "editor.py"
    script.write_text(
        f"import sys; open({str(tmp_path / 'seen')!r}, 'w').write(sys.argv[1])", encoding="utf-8"
    )
    assert run("edit", "-f", named.name, EDITOR=f'"{sys.executable}" "{script}"').code == 0
    assert Path((tmp_path / "seen").read_text(encoding="utf-8")).name == "a_b_OS___.yaml"
