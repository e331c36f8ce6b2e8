"""What people type from the habit of other programs, or of Chinese, where we have another word.

An option that is one of ours by another name is taken for it; one that we answer in another way, a command
and a Taskwarrior filter are refused with what to write instead.
"""

import os
from collections.abc import Iterable, Sequence
from copy import copy
from typing import TYPE_CHECKING, Any

from chengguo.errors import WrongUsage
from chengguo.language import N_, _, listed

if TYPE_CHECKING:
    import click

# Options, by what they are called here. Where a command has several of those, they are named.
OPTIONS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("-d",), ("--dept", "--date")),
    **dict.fromkeys(
        ("--department", "--departments", "--depts", "--dep", "--owner", "--assignee", "--部门", "--单位"),
        ("--dept",),
    ),
    **dict.fromkeys(("--project", "--part", "--板块", "--章节"), ("--section",)),
    **dict.fromkeys(("-s", "--state", "--st", "--状态"), ("--status",)),
    **dict.fromkeys(("--except", "--exclude-status"), ("--not-status",)),
    **dict.fromkeys(("--alerts", "--预警", "--提醒"), ("--alert",)),
    **dict.fromkeys(("--灯", "--灯号"), ("--light",)),
    **dict.fromkeys(("--due", "--deadline", "--due-before", "--by", "--截止", "--截止日期"), ("--due-by",)),
    # What is behind them was reported, or is due.
    **dict.fromkeys(("--before", "--to", "--until", "--截至"), ("--until", "--due-by")),
    **dict.fromkeys(("--after", "--from", "--since", "--自"), ("--since", "--due-after")),
    **dict.fromkeys(("--days", "--in", "--内"), ("--within",)),
    **dict.fromkeys(
        (
            "-S",
            "--search",
            "--query",
            "--keyword",
            "--keywords",
            "--text",
            "--contains",
            "--查找",
            "--关键词",
        ),
        ("--grep",),
    ),
    **dict.fromkeys(("-E", "--regexp", "--pattern"), ("--regex",)),
    **dict.fromkeys(("--order", "--order-by", "--sort-by", "--sortby", "--排序"), ("--sort",)),
    **dict.fromkeys(("-r", "--desc", "--descending", "--倒序"), ("--reverse",)),
    **dict.fromkeys(("--column", "--cols", "--field", "--fields", "--栏目", "--列"), ("--columns",)),
    **dict.fromkeys(("-L", "--max", "--max-count", "--head", "--top", "--first", "--条数"), ("--limit",)),
    **dict.fromkeys(("--output-format", "--fmt", "-F", "--格式"), ("--format",)),
    **dict.fromkeys(("-j",), ("--json",)),
    **dict.fromkeys(("--registry", "--yaml", "--台账", "--文件"), ("--file",)),
    **dict.fromkeys(("--date", "--today", "--now", "--on", "--day", "--日期"), ("--date", "--as-of")),
    **dict.fromkeys(("--rev", "--revision", "--ref", "--commit"), ("--at",)),
    **dict.fromkeys(("-m", "--message", "--comment", "--remark", "--备注", "--说明"), ("--note",)),
    **dict.fromkeys(("--progress", "--完成率"), ("--percent",)),
    **dict.fromkeys(("--dry", "--preview", "--simulate", "--just-print", "--试运行"), ("--dry-run",)),
    **dict.fromkeys(("--overwrite", "--replace", "--覆盖"), ("--force",)),
    **dict.fromkeys(("--colour",), ("--color",)),
    **dict.fromkeys(("--out", "--output-file"), ("--output",)),
    **dict.fromkeys(("--late", "--逾期"), ("--overdue",)),
}

# Options of which we have none: what to do instead. A name in front is that of the command that is meant.
ANSWERS: dict[str, str] = {
    **dict.fromkeys(
        ("-q", "--quiet", "--silent"), N_("A command says no more than its answer; > /dev/null silences it.")
    ),
    **dict.fromkeys(
        ("-v", "--verbose"), N_("All about an item: chengguo show ID. More columns: --columns NAMES.")
    ),
    "update --due-by": N_("A later day is agreed on by: chengguo extend ID --to DATE --reason TEXT."),
    **dict.fromkeys(("-a", "--all"), N_("Everything is listed that no option leaves out.")),
    **dict.fromkeys(("--done", "--completed", "--closed", "--finished"), N_("Write --status done.")),
    **dict.fromkeys(("--open", "--pending", "--active", "--todo"), N_("Write --not-status done,cancelled.")),
    "--overdue": N_("Write: chengguo overdue."),
    "--within": N_("Write: chengguo due --within 30d."),
    "--filter": N_("Write --dept, --status, --where COLUMN=VALUE or another of chengguo list -h."),
    **dict.fromkeys(
        ("--tag", "--tags", "--label", "--priority"),
        N_("For a column of the office's own write --where COLUMN=VALUE: chengguo help reports."),
    ),
    **dict.fromkeys(("--csv", "--tsv", "--md", "--jsonl"), N_("Write --format csv, tsv, md or jsonl.")),
    **dict.fromkeys(("--language", "--locale", "--语言"), N_("Write --lang zh, or --lang en.")),
    "--markdown": N_("Write --format md."),
    **dict.fromkeys(
        ("--xlsx", "--excel", "--docx", "--word"), N_("Write: chengguo export FILE.xlsx or FILE.docx.")
    ),
    **dict.fromkeys(("--output", "-o"), N_("Write > FILE behind the command, or chengguo export FILE.")),
    **dict.fromkeys(("--no-color", "--no-colour"), N_("Write --color never, or set NO_COLOR=1.")),
    **dict.fromkeys(
        ("-y", "--yes", "--no-confirm"), N_("Nothing is asked; --dry-run shows what would change.")
    ),
    "--version": N_("Write: chengguo --version."),
    "-V": N_("Write: chengguo --version."),
    **dict.fromkeys(
        ("export --columns", "export --sort", "export --limit", "export --json"),
        N_("The official table keeps its columns and order; for others: chengguo list --format csv."),
    ),
    **dict.fromkeys(
        ("report --columns", "report --sort", "report --json"),
        N_("The paper has a form of its own; for a table: chengguo list --format csv."),
    ),
    "diff --at": N_("Name the versions: chengguo diff HEAD~1."),
    **dict.fromkeys(
        (
            *("export --output", "report --output", "notice --output", "collect --output"),
            *("export -o", "report -o", "notice -o", "collect -o"),
        ),
        N_("Name the file or folder by itself, without an option in front."),
    ),
}

# Commands: what to write.
COMMANDS: dict[str, str] = {
    **dict.fromkeys(
        ("done", "close", "complete", "finish", "办结", "完成"), "chengguo update ID --status done"
    ),
    **dict.fromkeys(("start", "begin", "启动"), "chengguo update ID --status in_progress"),
    **dict.fromkeys(("reopen", "重开"), "chengguo update ID --status in_progress"),
    **dict.fromkeys(
        ("modify", "set", "annotate", "report-progress", "登记", "更新", "上报"), "chengguo update"
    ),
    **dict.fromkeys(("ls", "all", "tasks", "items", "issue", "列表", "清单"), "chengguo list"),
    **dict.fromkeys(("search", "find", "grep", "query", "查询", "查找"), "chengguo list WORD"),
    **dict.fromkeys(("next", "todo", "upcoming", "ready", "到期", "待办"), "chengguo due"),
    **dict.fromkeys(("late", "逾期", "超期"), "chengguo overdue"),
    **dict.fromkeys(("view", "info", "get", "cat", "open", "查看", "详情"), "chengguo show ID"),
    **dict.fromkeys(("status", "summary", "count", "burndown", "统计", "汇总"), "chengguo stats"),
    **dict.fromkeys(("departments", "dept", "部门"), "chengguo depts"),
    **dict.fromkeys(("history", "日志", "进展"), "chengguo log"),
    **dict.fromkeys(("compare", "changes", "比较", "变化"), "chengguo diff"),
    **dict.fromkeys(("check", "lint", "test", "校验", "检查"), "chengguo validate"),
    **dict.fromkeys(("fix", "format", "fmt"), "chengguo validate --fix"),
    **dict.fromkeys(("new", "create", "新增", "添加"), "chengguo add"),
    **dict.fromkeys(("rm", "delete", "remove", "修改", "编辑", "删除"), "chengguo edit"),
    **dict.fromkeys(("postpone", "delay", "延期"), "chengguo extend ID --to DATE --reason TEXT"),
    **dict.fromkeys(("approve", "accept", "销号"), "chengguo verify ID"),
    **dict.fromkeys(("reject", "退回"), "chengguo return ID"),
    **dict.fromkeys(("导入",), "chengguo import FILE"),
    **dict.fromkeys(("导出", "save", "excel"), "chengguo export FILE.xlsx"),
    **dict.fromkeys(("通报", "报告"), "chengguo report FILE.html"),
    **dict.fromkeys(("通知", "通知单", "督办", "mail"), "chengguo notice FOLDER"),
    **dict.fromkeys(("填报", "填报表"), "chengguo form FOLDER"),
    **dict.fromkeys(("收集", "收表"), "chengguo collect FOLDER"),
    **dict.fromkeys(("setup", "新建"), "chengguo init"),
    **dict.fromkeys(("settings", "options", "设置", "配置"), "chengguo config"),
    **dict.fromkeys(("撤销", "rollback", "revert"), "chengguo undo"),
    **dict.fromkeys(("合并",), "chengguo merge"),
    **dict.fromkeys(("version", "版本"), "chengguo --version"),
    **dict.fromkeys(("man", "帮助", "/?", "/h", "/help", "?"), "chengguo -h"),
}

# What stands before the : of a Taskwarrior filter, and what is an option here.
ATTRIBUTES: dict[str, str] = {
    "status": "--status",
    "project": "--section",
    "section": "--section",
    "dept": "--dept",
    "due": "--due-by",
    "due.before": "--due-by",
    "due.by": "--due-by",
    "due.after": "--due-after",
    "limit": "--limit",
    "sort": "--sort",
}
_VIRTUAL = {"+overdue": "--alert overdue", "+completed": "--status done", "+pending": "--status pending"}


_NEAR = 0.7  # of 1, how like a name is to one that is suggested


def add_options(command: "click.Command", parser: Any, context: "click.Context") -> None:
    """Let the parser of a command take the customary names of its options."""
    ours = _options(command, context)
    for typed in OPTIONS:
        meant = _meant(typed, ours)
        if typed not in ours and len(meant) == 1:
            other = copy(ours[meant[0]])
            other.opts, other.secondary_opts = [typed], []
            other.add_to_parser(parser, context)


def is_known(command: "click.Command", context: "click.Context", typed: str) -> bool:
    """True if an option that a command has not is one of its own by a customary name.

    Raises ``WrongUsage`` where it may be several, and for one of which we know what else to say.
    """
    ours = _options(command, context)
    there = _meant(typed, ours)
    if len(there) == 1:
        return True
    others = OPTIONS.get(typed, ())
    keys = (*(f"{command.name} {name}" for name in (typed, *others)), typed, *others)
    if there:
        answer = _("It may be one of: {names}.").format(names=listed(there))
    elif key := next((key for key in keys if key in ANSWERS), None):
        answer = _(ANSWERS[key])
    else:
        return False
    raise WrongUsage(_("there is no option {typed} here").format(typed=typed), answer)


def near(typed: str, names: Iterable[str]) -> list[str]:
    """Return the names that a word may be a slip of; Click takes --json for one of --due_soon."""
    from difflib import get_close_matches  # only a wrong name pays for it

    return get_close_matches(typed, names, cutoff=_NEAR)


def _options(command: "click.Command", context: "click.Context") -> dict[str, "click.Parameter"]:
    return {name: each for each in command.get_params(context) for name in each.opts}


def _meant(typed: str, ours: Iterable[str]) -> list[str]:
    return [name for name in OPTIONS.get(typed, ()) if name in ours]


def refuse_command(group: "click.Group", context: "click.Context", word: str) -> None:
    """Raise ``WrongUsage`` for a command that there is not and that we know what to write for."""
    if context.parent is None:
        meant = COMMANDS.get(word.lower())
        hint = _("Write: {command}").format(command=meant) if meant else ""
    else:
        hint = _("Write --dept {word} or --grep {word}; the commands are: {names}.")
        hint = "" if word.isascii() else hint.format(word=word, names=listed(group.list_commands(context)))
    if hint:
        raise WrongUsage(_("there is no command '{word}'").format(word=word), hint)


def refuse_filters(words: Sequence[str]) -> None:
    """Raise ``WrongUsage`` for a word to search for that is a filter of Taskwarrior: status:done."""
    for word in words:
        name, colon, value = word.partition(":")
        meant = _VIRTUAL.get(word.lower())
        if colon and value and name in ATTRIBUTES:
            meant = f"{ATTRIBUTES[name]} {value}"
        if meant:
            hint = _("Write: {meant}. To search for the word itself: --grep '{word}'")
            raise WrongUsage(
                _("'{word}' is no filter here").format(word=word), hint.format(meant=meant, word=word)
            )


def refuse_files(words: Sequence[str]) -> None:
    """Raise ``WrongUsage`` for a word to search for that a shell has made of a pattern behind -f."""
    for word in words:
        if word.lower().endswith((".yaml", ".yml")) and os.path.isfile(word):  # noqa: PTH113 - as typed
            hint = _('Write -f before each file, or the pattern in quotes: -f "FOLDER/*.yaml".')
            raise WrongUsage(_("'{word}' is a file, not a word to search for").format(word=word), hint)
