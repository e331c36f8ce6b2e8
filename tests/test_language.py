"""The language: which one is chosen, that the Chinese catalogue is whole, and that nothing escapes it."""

import gettext
import io
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from rich.cells import cell_len

import catalogue
from chengguo.cli.commands import COMMANDS
from chengguo.language import CATALOGUES, DOMAIN, LIBRARIES, Catalogue
from conftest import TASKS_YAML, Run

SOURCE = Path(CATALOGUES).parent
# What would make a run depend on the machine that it is on, the language first of all.
AMBIENT = ("LANG", "LC_", "COLUMNS", "CHENGGUO_", "NO_COLOR", "FORCE_COLOR", "PY_COLORS", "GITHUB_")
Language = dict[str, str]
CHINESE: Language = {"LANG": "zh_CN.UTF-8"}
ENGLISH: Language = {"LANG": "C.UTF-8"}
Outcome = subprocess.CompletedProcess[str]


def python(
    *arguments: str, folder: Path = TASKS_YAML.parent, language: Language = CHINESE, encoding: str = "utf-8"
) -> Outcome:
    """Run Python anew: a process chooses its language but once."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(AMBIENT)}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=kept | {"PYTHONIOENCODING": encoding, "COLUMNS": "80"} | language,
        encoding=encoding,
        capture_output=True,
        check=False,
    )


def chengguo(*words: str, language: Language = CHINESE, encoding: str = "utf-8") -> Outcome:
    return python("-m", "chengguo", *words, language=language, encoding=encoding)


EACH = """
import os, sys
from chengguo import cli
for line in sys.argv[1:]:
    os.environ["COLUMNS"], *words = line.split()
    sys.argv = ["chengguo", *words]
    cli.run()
    print(end="\\f")
"""


def each(lines: list[str], language: Language) -> dict[str, str]:
    """Run commands, each behind the columns that it has, in one process; give what each prints."""
    outcome = python("-c", EACH, *lines, language=language)
    assert outcome.stderr == ""
    return dict(zip(lines, outcome.stdout.split("\f")[:-1], strict=True))


def stripped(text: str) -> list[str]:
    return [line.rstrip() for line in text.splitlines()]


# -- the catalogues ------------------------------------------------------------------------------


def compiled(domain: str) -> gettext.GNUTranslations:
    with catalogue.mo(domain).open("rb") as file:
        return gettext.GNUTranslations(file)


@pytest.fixture(scope="module")
def chinese() -> gettext.GNUTranslations:
    return compiled(DOMAIN)


@pytest.fixture(scope="module", params=catalogue.DOMAINS)
def words(request: pytest.FixtureRequest) -> dict[catalogue.MessageId, str]:
    """Every message of a catalogue with what stands in its .mo, our own and the libraries'."""
    chinese = compiled(request.param)
    ids = {*catalogue.messages(request.param), *catalogue.ids(catalogue.read(request.param))}
    return {message: translated(message, chinese) for message in ids}


def plural(message: catalogue.MessageId) -> str:
    return message if isinstance(message, str) else message[1]


def translated(message: catalogue.MessageId, chinese: gettext.NullTranslations) -> str:
    return (
        chinese.ngettext(message[0], message[1], 2)
        if isinstance(message, tuple)
        else chinese.gettext(message)
    )


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{[^{} ]*\}|%\(\w+\)\w", text))


def test_nothing_is_missing_fuzzy_obsolete_or_not_compiled() -> None:
    assert catalogue.problems() == []


def test_messages_of_typer_and_click_are_taken_in() -> None:
    files = {catalogue.singular(id_): set(found) for id_, found in catalogue.messages(LIBRARIES).items()}
    assert "typer/rich_utils.py" in files["[default: {}]"]
    assert "typer/rich_utils.py" in files["(deprecated) "]
    assert "click/exceptions.py" in files["Missing argument"]
    assert "click/core.py" in files["Got unexpected extra argument ({args})"]


def test_marked_messages_and_docstrings_of_commands_are_taken_in() -> None:
    files = {catalogue.singular(id_): found for id_, found in catalogue.messages(DOMAIN).items()}
    assert files["done late"] == ["chengguo/queries/alerts.py"]
    assert "chengguo/output/counts.py" in files["{count} item"]
    listing = "List items, all or chosen ones: those that have every WORD, whatever its width or case."
    assert files[listing] == ["chengguo/cli/items.py"]


def test_every_message_is_in_the_compiled_catalogue(words: dict[catalogue.MessageId, str]) -> None:
    assert [message for message, chinese in words.items() if chinese == plural(message)] == []


IN_ENGLISH_ONLY = {"{number_type}"}  # Click fills it with a word that it does not translate: integer range


def test_placeholders_agree(words: dict[catalogue.MessageId, str]) -> None:
    differing = {
        message: chinese
        for message, chinese in words.items()
        if placeholders(plural(message)) - IN_ENGLISH_ONLY != placeholders(chinese)
    }
    assert differing == {}


def test_line_breaks_and_markup_agree(words: dict[catalogue.MessageId, str]) -> None:
    marks = re.compile(r"[\n\t]|\[blue\]|\[/\]")
    differing = {
        message: chinese
        for message, chinese in words.items()
        if marks.findall(catalogue.singular(message)) != marks.findall(chinese)
    }
    assert differing == {}


def test_punctuation_of_chinese_text_is_full_width(words: dict[catalogue.MessageId, str]) -> None:
    texts = [chinese for message, chinese in words.items() if message != "Usage:"]
    assert [text for text in texts if re.search(r"[一-鿿][,;:!?()]|[,;:!?()][一-鿿]", text)] == []


def test_every_translation_can_be_written_in_gbk(words: dict[catalogue.MessageId, str]) -> None:
    text = "".join(words.values())
    assert text.encode("gbk").decode("gbk") == text


@pytest.mark.parametrize(
    ("english", "word"),
    [
        ("pending", "未启动"),
        ("in progress", "进行中"),
        ("blocked", "受阻"),
        ("done", "已完成"),
        ("cancelled", "已终止"),
        ("overdue", "逾期"),
        ("due soon", "临期"),
        ("done late", "逾期完成"),
        ("not reported on", "久未报告"),
    ],
)
def test_statuses_and_alerts_have_their_official_words(
    english: str, word: str, chinese: gettext.GNUTranslations
) -> None:
    assert chinese.gettext(english) == word


@pytest.mark.parametrize("count", [0, 1, 2])
def test_chinese_has_one_form_for_every_number(count: int, chinese: gettext.GNUTranslations) -> None:
    assert chinese.ngettext("{count} item", "{count} items", count) == "{count} 项"


def read_twice(data: bytes) -> tuple[Catalogue, gettext.GNUTranslations]:
    return Catalogue(io.BytesIO(data)), gettext.GNUTranslations(io.BytesIO(data))


@pytest.mark.parametrize("domain", catalogue.DOMAINS)
def test_a_catalogue_says_what_gettext_reads_in_it(domain: str) -> None:
    ours, theirs = read_twice(catalogue.mo(domain).read_bytes())
    assert ours.info() == theirs.info()
    for message in (*catalogue.messages(domain), "no message", ("no message", "no messages"), "yes\0no"):
        assert translated(message, ours) == translated(message, theirs)


@pytest.mark.parametrize("locale", ["en", "pl", "ar", "ja"])
def test_a_language_has_as_many_forms_as_its_catalogue_says(locale: str) -> None:
    out, words = io.BytesIO(), Catalog(locale)
    words.add(("{count} item", "{count} items"), [f"{form}. form" for form in range(words.num_plurals)])
    write_mo(out, words)
    ours, theirs = read_twice(out.getvalue())
    for count in range(120):
        assert ours.ngettext("{count} item", "{count} items", count) == theirs.ngettext(
            "{count} item", "{count} items", count
        )


# -- the script that keeps them -------------------------------------------------------------------


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Copies of the catalogues that the script works on."""
    for domain in catalogue.DOMAINS:
        for path in (catalogue.po(domain), catalogue.mo(domain)):
            (tmp_path / path.name).write_bytes(path.read_bytes())
    monkeypatch.setattr(catalogue, "FOLDER", tmp_path)
    return tmp_path / "chengguo.po"


def whole() -> list[object]:
    """Return what both catalogues hold, written and compiled: how a release of Babel writes it is its own."""
    held = [catalogue.held(catalogue.read(domain)) for domain in catalogue.DOMAINS]
    return [
        *held,
        *(catalogue.translations(catalogue.mo(domain).read_bytes()) for domain in catalogue.DOMAINS),
    ]


BLOCKED = 'msgid "blocked"\nmsgstr "受阻"\n'


@pytest.mark.parametrize(
    ("changed", "problems"),
    [
        ('msgid "blocked"\nmsgstr ""\n', ["missing: 'blocked'", "out of date: chengguo.mo"]),
        ('msgid "blokked"\nmsgstr "受阻"\n', ["missing: 'blocked'", "obsolete: 'blokked'"]),
        ("#, fuzzy\n" + BLOCKED, ["fuzzy: 'blocked'", "out of date: chengguo.mo"]),
        ('#~ msgid "stuck"\n#~ msgstr "受阻"\n\n' + BLOCKED, ["obsolete: 'stuck'"]),
        ('msgid "blocked"\nmsgstr "停滞"\n', ["out of date: chengguo.mo"]),
    ],
)
def test_check_names_what_is_wrong(changed: str, problems: list[str], copy: Path) -> None:
    text = copy.read_text(encoding="utf-8")
    assert text.count(BLOCKED) == 1
    copy.write_text(text.replace(BLOCKED, changed), encoding="utf-8")
    assert [problem for problem in catalogue.problems() if problem in problems] == problems


def test_no_message_stands_in_an_f_string_where_older_pythons_hide_it_from_the_catalogue() -> None:
    hidden = re.compile(r"""[{]\s*(_|N_|plural)\(\s*['"]""")
    found = {file.name: hidden.findall(file.read_text(encoding="utf-8")) for file in SOURCE.rglob("*.py")}
    assert {name: calls for name, calls in found.items() if calls} == {}


@pytest.mark.usefixtures("copy")
def test_update_of_whole_catalogues_changes_nothing() -> None:
    before = whole()
    catalogue.update()
    assert whole() == before


def test_update_drops_what_is_gone_and_keeps_the_rest(copy: Path) -> None:
    before = whole()
    copy.write_text(copy.read_text(encoding="utf-8") + '\nmsgid "gone"\nmsgstr "已删"\n', encoding="utf-8")
    assert "obsolete: 'gone'" in catalogue.problems()
    catalogue.update()
    assert whole() == before


def libraries_say(monkeypatch: pytest.MonkeyPatch, message: catalogue.MessageId) -> None:
    """Let a release of Click say this beside what it says today."""
    real = catalogue.messages
    monkeypatch.setattr(
        catalogue,
        "messages",
        lambda domain: real(domain) | ({message: ["click/core.py"]} if domain == "libraries" else {}),
    )


def test_a_release_that_says_less_changes_nothing(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = whole()
    real = catalogue.messages
    monkeypatch.setattr(catalogue, "messages", lambda domain: real(domain) if domain == "chengguo" else {})
    assert catalogue.problems() == []
    catalogue.update()
    assert whole() == before
    assert "Missing argument" in copy.with_name("libraries.po").read_text(encoding="utf-8")


@pytest.mark.usefixtures("copy")
def test_a_release_that_says_more_is_missing_a_translation_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    libraries_say(monkeypatch, "Try another day.")
    assert catalogue.problems() == ["missing: 'Try another day.'"]
    catalogue.update()
    assert catalogue.problems() == ["missing: 'Try another day.'"]


def test_a_release_that_says_it_in_the_plural_is_missing_that(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    libraries_say(monkeypatch, ("Missing argument", "Missing arguments"))
    assert catalogue.problems() == ["missing: ('Missing argument', 'Missing arguments')"]
    catalogue.update()
    assert 'msgid_plural "Missing arguments"' in copy.with_name("libraries.po").read_text(encoding="utf-8")


def test_how_babel_writes_is_its_own_affair(copy: Path) -> None:
    compiled = copy.with_suffix(".mo")
    compiled.write_bytes(compiled.read_bytes() + b"\0")  # a padding that gettext does not see
    assert catalogue.mo(DOMAIN).read_bytes() != catalogue.compiled(DOMAIN)
    assert catalogue.problems() == []


@pytest.mark.parametrize("domain", catalogue.DOMAINS)
def test_catalogue_has_no_line_numbers_and_no_dates(domain: str) -> None:
    text = catalogue.po(domain).read_text(encoding="utf-8")
    assert re.findall(r"^#: .*:\d+|.*Date:.*", text, re.MULTILINE) == []
    assert ("#: " in text) == (domain == DOMAIN)
    assert b"Date:" not in catalogue.mo(domain).read_bytes()


# -- the choice of the language ------------------------------------------------------------------

IN_CHINESE = "'--status' 的值无效：“x”不是状态"  # the first half is Click's, the second our own
IN_ENGLISH = "Invalid value for '-s' / '--status': 'x' is not a status"


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, IN_ENGLISH),
        ({"LC_MESSAGES": "zh_CN.UTF-8", "LANG": "en_US.UTF-8"}, IN_CHINESE),
        ({"LC_MESSAGES": "zh_CN.UTF-8", "LC_ALL": "C.UTF-8"}, IN_ENGLISH),
        ({"LC_ALL": "zh_CN.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, IN_CHINESE),
        ({"LC_ALL": "zh_CN.UTF-8", "LANGUAGE": "en"}, IN_ENGLISH),
        ({"LANGUAGE": "zh_CN:en", "LC_ALL": "en_US.UTF-8"}, IN_CHINESE),
        ({"LANGUAGE": "", "LC_ALL": "", "LANG": "zh_CN"}, IN_CHINESE),
        ({"LANG": "fr_FR.UTF-8"}, IN_ENGLISH),
    ],
    ids=str,
)
def test_first_variable_that_is_set_chooses(run: Run, language: Language, expected: str) -> None:
    outcome = run("list", "--status", "x", **{"LANG": ""} | language)
    assert expected in outcome.err
    assert (outcome.out, outcome.code) == ("", 2)


def test_a_language_is_its_catalogue_and_its_topics(tmp_path: Path) -> None:
    place = tmp_path / "program"
    shutil.copytree(
        Path(catalogue.__file__).parents[1] / "src/chengguo",
        place / "chengguo",
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    folder = place / "chengguo/locale/fr/LC_MESSAGES"
    folder.mkdir(parents=True)
    french = Catalog("fr")
    french.add("there is no task {task}", "aucune tâche {task}")
    with (folder / "chengguo.mo").open("wb") as file:
        write_mo(file, french)
    topics = place / "chengguo/help"
    shutil.copytree(topics / "en", topics / "fr")
    (topics / "fr/exit-codes.md").write_text("# Codes de sortie\n", encoding="utf-8")
    spoken = {"LANG": "fr_FR.UTF-8", "PYTHONPATH": str(place)}
    outcome = chengguo("show", "99", language=spoken)
    assert (outcome.stderr.splitlines()[0], outcome.returncode) == ("chengguo: aucune tâche 99", 3)
    assert "Codes de sortie" in chengguo("help", "exit-codes", language=spoken).stdout
    assert "可" not in chengguo("help", "exit-codes", language={**spoken, "LANG": "de_DE.UTF-8"}).stdout


# -- Chinese on the command line -----------------------------------------------------------------


@pytest.mark.usefixtures("registry")
def test_due_is_chinese(run: Run) -> None:
    words = "--before", "2019年底", "--dept", "市国资委", "--role", "lead", "--as-of", "2019-12-20"
    outcome = run("due", *words, **CHINESE, COLUMNS="120")
    assert outcome.err == ""
    lines = stripped(outcome.out)
    assert lines[:3] == [
        "上海市促进科技成果转移转化行动方案(2017—2020) 任务分工与进度表",
        "截至 2019-12-31，含当日",
        "1 项，统计日期 2019-12-20；市国资委：负责 1 项，配合 0 项",
    ]
    headings = ["截止日期", "编号", "重点任务", "重点任务主要内容", "责任部门", "计划进度", "状态"]
    assert lines[4].split() == headings
    assert re.findall(r"未启动|剩 \d+ 天", outcome.out) == ["未启动", "剩 11 天"]
    assert lines[-1] == "预警：临期 1 项（30 天内到期：3.1）"


def test_list_is_chinese_on_a_gbk_console() -> None:
    words = "--dept", "市国资委", "--role", "lead", "--year", "2019", "--as-of", "2020-01-05"
    outcome = chengguo("list", *words, language={"LANG": "zh_CN.GBK", "COLUMNS": "120"}, encoding="gbk")
    assert outcome.stderr == ""
    lines = stripped(outcome.stdout)
    assert lines[1] == "1 项，统计日期 2020-01-05；市国资委：负责 1 项，配合 0 项"
    assert lines[-1] == "预警：逾期 1 项（3.1）"
    assert "逾期 5 天" in outcome.stdout
    assert "\\" not in outcome.stdout


BROKEN = """\
format: 1
plan: {title: 方案}
departments: {市科委: {}}
sections: {一: 主体}
tasks:
- id: 1
  section: 一
  title: 任务
  items:
  - id: 1
    content: 内容
    lead: [市科委]
    schedule: 2019 年底
    status: 完成
"""
FINDINGS = """\
broken.yaml:14:13: S204 此处不能填“完成”
  14 |     status: 完成
     |             ^^^^
  提示：应填：done。

broken.yaml:14:13: P504 警告：状态为 done，但没有进展记录说明是哪天报来的
  14 |     status: 完成
     |             ^^^^
  提示：请补登日期：chengguo update 1.1 --status done --date 日期

1 个错误、1 个警告
"""


def test_validate_is_chinese(run: Run, tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text(BROKEN, encoding="utf-8")
    assert run("validate", "broken.yaml", **CHINESE) == (1, FINDINGS, "")


USAGE_ERROR = """\
用法: chengguo show [OPTIONS] ID
运行 'chengguo show -h' 查看帮助。
╭─ 错误 ───────────────────────────────────────────────────────────────────────╮
│ 缺少参数 'ID'.                                                               │
╰──────────────────────────────────────────────────────────────────────────────╯
"""


def unframed(text: str) -> str:
    """Return a text without its frame, which has other corners and a column less on Windows."""
    return re.sub("[╭╮╰╯┌┐└┘─│ ]+", " ", text)


def test_usage_error_is_chinese() -> None:
    outcome = chengguo("show")
    assert (outcome.stdout, unframed(outcome.stderr), outcome.returncode) == ("", unframed(USAGE_ERROR), 2)


@pytest.mark.usefixtures("registry")
def test_refusal_is_chinese(run: Run) -> None:
    assert run("show", "99", **CHINESE) == (3, "", "chengguo: 没有任务 99\n  提示：现有任务：1–15。\n")


@pytest.mark.parametrize(
    ("command", "count"),
    [("list", 24), ("due", 12), ("depts", 24), ("stats", 4), ("show 3", 5), ("stats --by status", 1)],
)
@pytest.mark.usefixtures("registry")
def test_json_is_the_same_in_both_languages(run: Run, command: str, count: int) -> None:
    words = (*command.split(), "--as-of", "2020-01-05", "--format", "json")
    english = run(*words)
    assert json.loads(english.out)["count"] == count
    assert run(*words, **CHINESE) == english


@pytest.mark.parametrize(
    ("by", "heading"),
    [("status", "状态"), ("year", "年份")],
)
@pytest.mark.usefixtures("registry")
def test_headings_of_stats_are_chinese(run: Run, by: str, heading: str) -> None:
    said = run("stats", "--by", by, **CHINESE, COLUMNS="80").out.splitlines()
    headings = [heading, "事项", "已完成", "未办结", "逾期", "节点逾期", "完成率"]
    assert headings in [each.split() for each in said]


# -- help ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def helps() -> dict[str, str]:
    """The help of the program (under "") and of every command, in Chinese, 80 columns wide."""
    texts = each([f"80 {name} -h" for name in ("", *COMMANDS)], CHINESE)
    return {line.removeprefix("80 ").removesuffix(" -h"): text for line, text in texts.items()}


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_help_has_no_english_word_of_typer(name: str, helps: dict[str, str]) -> None:
    words = r"Usage|Options|Arguments|Commands|Install|Show this|\[default|\[required"
    assert re.findall(words, helps[name]) == []
    assert helps[name].strip().startswith(f"用法: {f'chengguo {name}'.strip()} [OPTIONS]")
    assert "\n选项：\n" in helps[name]
    assert re.search(r"-h, --help +显示此帮助并退出。", helps[name])


def test_help_of_the_program_is_chinese(helps: dict[str, str]) -> None:
    assert "任务分工与进度表的台账管理、校验与督办。" in helps[""]
    assert "\n命令：\n" in helps[""]
    assert "示例：chengguo list --dept 市教委" in helps[""]


def test_help_has_no_english_sentence(helps: dict[str, str]) -> None:
    lines = [line for text in helps.values() for line in text.splitlines() if "chengguo" not in line]
    assert [line for line in lines if re.search(r"[A-Za-z]+ [a-z]+ [a-z]+", line)] == []


def test_help_is_not_cut_off(helps: dict[str, str]) -> None:
    assert [line for text in helps.values() for line in text.splitlines() if "…" in line] == []


def test_help_tells_of_arguments(helps: dict[str, str]) -> None:
    assert "ID 是 3.2 之类的事项编号" in helps["show"]


WIDTHS = ("80", "100", "160")
LONGEST = ("list", "due", "overdue", "export", "update")
SNAPSHOT = Path(__file__).parent / "snapshots" / "help.txt"


@pytest.fixture(scope="module")
def pages() -> dict[tuple[str, str, str], list[str]]:
    """The lines of the longest helps, by the width, the language and the command."""
    lines = [f"{width} {command} -h" for width in WIDTHS for command in LONGEST]
    return {
        (width, name, command): text.strip("\n").splitlines()
        for name, language in (("English", ENGLISH), ("Chinese", CHINESE))
        for line, text in each(lines, language).items()
        for width, command, _help in [line.split()]
    }


def test_an_option_takes_a_line_of_the_help(pages: dict[tuple[str, str, str], list[str]]) -> None:
    """Where there are 100 columns; but for those whose values do not go on one."""
    for (width, _name, _command), lines in pages.items():
        heads = re.findall(r"(?m)^  (-.*\S  +\S.*)\n {8,}\S", "\n".join(lines))
        if width != "80":
            assert [head for head in heads if not head.startswith(("--alert", "--format"))] == []
            assert len(lines) < 50
        assert max(map(cell_len, lines)) <= int(width)


def test_the_help_is_as_it_was(pages: dict[tuple[str, str, str], list[str]]) -> None:
    """CHENGGUO_UPDATE_SNAPSHOTS=1 writes it anew; read it before it is committed."""
    kept = [page for page in pages if page[2] in {"list", "update"}]
    kept.sort(key=lambda page: WIDTHS.index(page[0]))
    lines = [each for page in kept for each in (f"== {', '.join(page)}", *pages[page])]
    if os.environ.get("CHENGGUO_UPDATE_SNAPSHOTS"):
        SNAPSHOT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert lines == SNAPSHOT.read_text(encoding="utf-8").splitlines()
