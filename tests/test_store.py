"""The file on disk: found, read, and replaced whole or not at all (``store`` and ``saving``)."""

import contextlib
import errno
import os
import signal
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from difflib import ndiff
from pathlib import Path
from typing import Any

import pytest

import systems
from chengguo import load
from chengguo.errors import CannotOpen, Refused
from chengguo.files import locks, posix, saving, scratch, store, swapping
from chengguo.text.source import Source
from conftest import Run

BEFORE, AFTER = "状态: 未启动\r\n".encode(), "状态: 已完成\r\n".encode()
UPDATE = ("update", "4", "--status", "done", "--date", "2019-12-20")
ENVIRONMENT = {**os.environ, "LANG": "C.UTF-8", "LANGUAGE": "", "LC_ALL": "", "CHENGGUO_FILE": ""}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "tasks.yaml"
    path.write_bytes(BEFORE)
    return path


USER = os.geteuid() if hasattr(os, "geteuid") else 0
FOLDER = f".chengguo-{USER}"


@pytest.fixture
def no_exchange(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do without the exchange of two files, as many systems must."""
    monkeypatch.setattr(swapping, "_exchange", lambda _one, _other: False)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# -- find ----------------------------------------------------------------------------------------


def test_the_chosen_file_comes_first(file: Path) -> None:
    assert store.find("other.yaml", {"CHENGGUO_FILE": "named.yaml"}, file.parent) == "other.yaml"


def test_the_variable_comes_before_the_folder(file: Path) -> None:
    assert store.find(None, {"CHENGGUO_FILE": "named.yaml"}, file.parent) == "named.yaml"


@pytest.mark.parametrize("environment", [{}, {"CHENGGUO_FILE": ""}])
def test_the_folder_comes_before_its_parents(file: Path, environment: dict[str, str]) -> None:
    (file.parent / "sub").mkdir()
    (file.parent / "sub" / "tasks.yaml").write_bytes(AFTER)
    assert store.find(None, environment, file.parent / "sub") == "tasks.yaml"


@pytest.mark.parametrize(("folder", "found"), [("", ""), ("一", "../"), ("一/二 三", "../../")])
def test_a_parent_is_written_as_people_would(file: Path, folder: str, found: str) -> None:
    (file.parent / folder).mkdir(parents=True, exist_ok=True)
    assert store.find(None, {}, file.parent / folder) == str(Path(found + "tasks.yaml"))


def test_a_folder_of_the_name_is_passed_over(file: Path) -> None:
    (file.parent / "sub" / "tasks.yaml").mkdir(parents=True)
    assert store.find(None, {}, file.parent / "sub") == str(Path("../tasks.yaml"))


def test_no_file_anywhere_cannot_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "DEFAULT_NAME", "nowhere-to-be-found.yaml")
    with pytest.raises(CannotOpen) as error:
        store.find(None, {}, tmp_path)
    assert error.value.message == "no nowhere-to-be-found.yaml here or in a parent folder"
    assert error.value.hint == "Name the registry with -f FILE, or set CHENGGUO_FILE."


def test_a_command_finds_the_file_above_and_writes_it(run: Run, registry: Path) -> None:
    folder = registry.parent / "一" / "二"
    folder.mkdir(parents=True)
    outcome = run(*UPDATE, folder=folder)
    assert outcome.out.endswith(f"1 item updated in {Path('../../tasks.yaml')}\n")
    assert (outcome.code, outcome.err) == (0, "")
    assert b"2019-12-20" in registry.read_bytes()


def test_a_command_takes_the_file_of_the_variable(run: Run, registry: Path) -> None:
    other = registry.rename(registry.with_name("其他.yaml"))
    assert run(*UPDATE, CHENGGUO_FILE="其他.yaml").out.endswith("1 item updated in 其他.yaml\n")
    assert b"2019-12-20" in other.read_bytes()


@pytest.mark.parametrize("words", [("-f", "b.yaml", *UPDATE), (*UPDATE, "-f", "b.yaml")])
def test_the_option_stands_before_the_command_or_after_it(
    run: Run, registry: Path, words: tuple[str, ...]
) -> None:
    other = registry.with_name("b.yaml")
    other.write_bytes(registry.read_bytes())
    assert run(*words, CHENGGUO_FILE="c.yaml").code == 0
    assert b"2019-12-20" in other.read_bytes()
    assert b"2019-12-20" not in registry.read_bytes()


# -- read ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        ("list", "-f", ""),
        ("-f", "", "update", "4", "--note", "x"),
        ("init", ""),
        ("import", "annex.txt", "-o", ""),
        ("merge", "", "", ""),
    ],
    ids=" ".join,
)
def test_an_empty_name_is_no_name(run: Run, registry: Path, words: tuple[str, ...]) -> None:
    before = registry.read_bytes()
    registry.with_name("annex.txt").write_bytes(Path(__file__).with_name("annex.txt").read_bytes())
    outcome = run(*words)
    assert (outcome.code, outcome.out, registry.read_bytes()) == (2, "", before)
    assert outcome.err.startswith("chengguo: the name of the file is empty\n")


def test_bytes_are_read_as_they_are(file: Path) -> None:
    assert store.read_bytes(file) == BEFORE
    assert store.read_source(file).encode() == BEFORE


@pytest.mark.parametrize("command", [("list",), UPDATE], ids=["list", "update"])
def test_a_missing_file_cannot_be_opened(run: Run, command: tuple[str, ...]) -> None:
    assert run(*command, "-f", "没有.yaml") == (
        2,
        "",
        (
            "chengguo: there is no file 没有.yaml\n"
            "  hint: Check the path, or name the registry with -f FILE.\n"
        ),
    )


@pytest.mark.parametrize("command", [("list",), UPDATE], ids=["list", "update"])
def test_a_folder_without_registries_is_told(run: Run, tmp_path: Path, command: tuple[str, ...]) -> None:
    (tmp_path / "文件夹").mkdir()
    told = "chengguo: 文件夹 has no registries\n"
    told += '  hint: Those of a folder and all below it: -f "FOLDER/**/*.yaml".\n'
    assert run(*command, "-f", "文件夹") == (2, "", told)


@systems.links
def test_a_link_to_nothing_cannot_be_opened(run: Run, tmp_path: Path) -> None:
    (tmp_path / "link.yaml").symlink_to("gone.yaml")
    outcome = run(*UPDATE, "-f", "link.yaml")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("chengguo: there is no file link.yaml\n")
    assert names(tmp_path) == ["link.yaml"]


@systems.links
def test_a_link_to_itself_cannot_be_opened(run: Run, tmp_path: Path) -> None:
    (tmp_path / "link.yaml").symlink_to("link.yaml")
    outcome = run(*UPDATE, "-f", "link.yaml")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("chengguo: link.yaml cannot be opened: ")


def test_a_path_with_a_zero_byte_cannot_be_opened(run: Run) -> None:
    outcome = run("list", "-f", "a\0b")
    assert outcome == (2, "", "chengguo: a\\x00b cannot be opened: no file can have this name\n")


@systems.fifos
@pytest.mark.parametrize("command", [("list",), UPDATE], ids=["list", "update"])
def test_a_fifo_is_told_at_once(tmp_path: Path, command: tuple[str, ...]) -> None:
    os.mkfifo(tmp_path / "fifo")
    run = subprocess.run(
        [sys.executable, "-m", "chengguo", *command, "-f", "fifo"],
        cwd=tmp_path,
        env=ENVIRONMENT,
        capture_output=True,
        timeout=20,
        check=False,
    )
    assert (run.returncode, run.stdout) == (2, b"")
    assert run.stderr.splitlines() == [b"chengguo: fifo is not a regular file"]


@systems.devices
@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null"])
def test_a_device_is_not_read(run: Run, device: str) -> None:
    assert run("list", "-f", device) == (2, "", f"chengguo: {device} is not a regular file\n")


@systems.somebody
def test_an_unreadable_file_cannot_be_opened(run: Run, registry: Path) -> None:
    registry.chmod(0o200)
    assert run("list") == (2, "", "chengguo: tasks.yaml cannot be opened: Permission denied\n")


@systems.memory
def test_an_error_while_reading_is_named(run: Run) -> None:
    outcome = run("list", "-f", "/proc/self/mem")
    assert outcome == (2, "", "chengguo: /proc/self/mem cannot be opened: Input/output error\n")


TOO_LARGE = (
    "chengguo: {file} is larger than {limit} MB\n"
    "  hint: Is this the right file? Split a registry of that size, a plan a file;"
    " 'chengguo validate --max-size {needed} {file}' checks it as it is.\n"
)


@pytest.mark.parametrize("command", [("list",), UPDATE], ids=["list", "update"])
def test_a_file_that_is_too_large_is_not_read(run: Run, file: Path, command: tuple[str, ...]) -> None:
    os.truncate(file, store.LARGEST + 1)  # a hole: it takes no room
    assert run(*command) == (2, "", TOO_LARGE.format(file="tasks.yaml", limit=64, needed=65))


def test_standard_input_that_is_too_large_is_not_read(run: Run) -> None:
    outcome = run("validate", "--max-size", "1", "-", stdin=b"#" * (store.MEGABYTE + 1))
    assert (outcome.code, outcome.err) == (2, "")
    assert outcome.out.startswith("-:1:1: Y100 <stdin> is larger than 1 MB\n")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("没有.yaml", "there is no file 没有.yaml"),
        ("文件夹", "文件夹 has no registries"),
        ("large.yaml", "large.yaml is larger than 64 MB"),
    ],
)
def test_what_cannot_be_opened_is_found_by_validate(
    run: Run, tmp_path: Path, name: str, message: str
) -> None:
    (tmp_path / "文件夹").mkdir()
    (tmp_path / "large.yaml").touch()
    os.truncate(tmp_path / "large.yaml", store.LARGEST + 1)
    outcome = run("validate", name)
    assert (outcome.code, outcome.err) == (2, "")
    assert outcome.out.startswith(f"{name}:1:1: Y100 {message}\n")


def test_a_file_of_just_the_largest_size_is_read(file: Path) -> None:
    assert store.read_bytes(file, len(BEFORE)) == BEFORE
    with pytest.raises(CannotOpen):
        store.read_bytes(file, len(BEFORE) - 1)


# -- replace -------------------------------------------------------------------------------------


def done(source: Source) -> tuple[Source, None]:
    """Plan an edit that another hand's words survive."""
    return source._replace(text=source.text.replace("未启动", "已完成")), None


def never(_source: Source) -> tuple[Source, None]:
    pytest.fail("nothing may be planned")


def fail(*_arguments: object) -> None:
    raise OSError(28, "No space left on device")


def once(action: Callable[[], object]) -> Callable[..., None]:
    """Give a stand-in for a call of ``os`` that does something else the first time, then nothing."""
    calls: list[object] = []

    def stand_in(*_arguments: object) -> None:
        if not calls:
            calls.append(action)
            action()

    return stand_in


def test_the_content_is_replaced_and_nothing_left_behind(file: Path) -> None:
    saving.edit(file, done)
    assert file.read_bytes() == AFTER
    assert names(file.parent) == ["tasks.yaml"]


def test_the_byte_order_mark_stays(file: Path) -> None:
    file.write_bytes(b"\xef\xbb\xbf" + BEFORE)
    saving.edit(file, done)
    assert file.read_bytes() == b"\xef\xbb\xbf" + AFTER


def test_where_nothing_changes_nothing_is_written(file: Path) -> None:
    before = file.stat()
    saving.edit(file, lambda source: (source, None))
    assert (file.stat().st_ino, file.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert names(file.parent) == ["tasks.yaml"]


@systems.modes
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o666, 0o755])
def test_the_mode_is_kept(file: Path, mode: int) -> None:
    file.chmod(mode)
    saving.edit(file, done)
    assert stat.S_IMODE(file.stat().st_mode) == mode


@systems.links
@pytest.mark.parametrize("absolute", [True, False])
def test_a_link_is_followed_and_stays_a_link(file: Path, *, absolute: bool) -> None:
    folder = file.parent / "links"
    folder.mkdir()
    target = str(file) if absolute else "../tasks.yaml"
    (folder / "one.yaml").symlink_to(target)
    (folder / "two.yaml").symlink_to("one.yaml")
    saving.edit(folder / "two.yaml", done)
    assert file.read_bytes() == AFTER
    assert not file.is_symlink()
    assert str((folder / "one.yaml").readlink()) == target
    assert names(folder) == ["one.yaml", "two.yaml"]


def test_spaces_and_chinese_in_the_path_are_no_matter(run: Run, registry: Path) -> None:
    file = registry.parent / "任务 分工" / "台账 (1).yaml"
    file.parent.mkdir()
    registry.rename(file)
    outcome = run(*UPDATE, "-f", "任务 分工/台账 (1).yaml")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.endswith("1 item updated in 任务 分工/台账 (1).yaml\n")
    assert b"2019-12-20" in file.read_bytes()
    assert names(file.parent) == ["台账 (1).yaml"]


def test_what_is_being_written_is_hidden_from_git(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bytes] = []

    def look(_descriptor: int) -> None:
        for folder in set(file.parent.iterdir()) - {file}:
            assert names(folder) == [".git"]
            seen.extend(path.read_bytes() for path in (folder / ".git").glob("new*"))

    monkeypatch.setattr(os, "fsync", look)
    saving.edit(file, done)
    assert seen == [AFTER]
    assert names(file.parent) == ["tasks.yaml"]


@pytest.mark.usefixtures("no_exchange")
def test_the_content_is_on_the_disk_before_the_name(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[str] = []
    real = os.replace

    def replace(source: Path, target: Path) -> None:
        steps.append("replace")
        real(source, target)

    monkeypatch.setattr(os, "fsync", lambda _descriptor: steps.append("fsync"))
    monkeypatch.setattr(os, "replace", replace)
    saving.edit(file, done)
    assert steps[:2] == ["fsync", "replace"]


@systems.posix_protocol
@pytest.mark.usefixtures("no_exchange")
@pytest.mark.parametrize("name", ["replace", "fsync"])
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()], ids=repr)
def test_a_failure_leaves_the_file_and_nothing_else(
    file: Path, monkeypatch: pytest.MonkeyPatch, name: str, error: BaseException
) -> None:
    def give_up(*_arguments: object) -> None:
        assert names(file.parent) == [FOLDER, "tasks.yaml"]
        raise error

    monkeypatch.setattr(os, name, give_up)
    with pytest.raises((Refused, KeyboardInterrupt)):
        saving.edit(file, done)
    assert file.read_bytes() == BEFORE
    assert names(file.parent) == ["tasks.yaml"]


@systems.posix_protocol
@pytest.mark.parametrize(("call", "end"), [("mkdir", ".git"), ("open", "new-")])
def test_a_disk_that_takes_no_new_name_is_left_as_it_was(
    run: Run, registry: Path, monkeypatch: pytest.MonkeyPatch, call: str, end: str
) -> None:
    real = getattr(os, call)

    def full(path: Any, *words: Any, **options: Any) -> Any:
        if Path(str(path)).name.startswith(end):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(path, *words, **options)

    with monkeypatch.context() as patch:
        patch.setattr(os, call, full)
        assert run(*UPDATE).code == 1
    assert names(registry.parent) == ["tasks.yaml"]


@pytest.mark.usefixtures("no_exchange")
def test_a_failure_is_named(run: Run, registry: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = registry.read_bytes()
    monkeypatch.setattr(os, "replace", fail)
    assert run(*UPDATE) == (
        1,
        "",
        (
            "chengguo: tasks.yaml could not be written: No space left on device\n"
            "  hint: The old file is unchanged.\n"
        ),
    )
    assert registry.read_bytes() == before
    assert names(registry.parent) == ["tasks.yaml"]


def test_a_plan_that_fails_leaves_the_file_and_nothing_else(file: Path) -> None:
    def refuse(_source: Source) -> tuple[Source, None]:
        raise Refused("no")

    with pytest.raises(Refused, match="no"):
        saving.edit(file, refuse)
    assert file.read_bytes() == BEFORE
    assert names(file.parent) == ["tasks.yaml"]


def test_a_folder_that_cannot_be_flushed_is_no_failure(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flushed: list[bool] = []

    def fsync(descriptor: int) -> None:
        flushed.append(stat.S_ISDIR(os.fstat(descriptor).st_mode))
        if flushed[-1]:
            raise OSError(22, "Invalid argument")

    monkeypatch.setattr(os, "fsync", fsync)
    saving.edit(file, done)
    assert file.read_bytes() == AFTER
    assert flushed in ([False, True], [False])  # Windows opens no folder


@systems.posix_protocol
def test_what_a_killed_run_left_is_removed(file: Path) -> None:
    hidden = file.parent / FOLDER / ".git"
    hidden.mkdir(parents=True)
    for number in range(2):
        (hidden / f"new-{number:016x}").write_bytes(b"half a fi")
    saving.create(file.with_name("other.yaml"), AFTER)  # whatever is written next in that folder
    assert names(file.parent) == ["other.yaml", "tasks.yaml"]


@systems.posix_protocol
def test_what_a_run_that_lives_is_writing_stays(file: Path) -> None:
    with scratch.new_file(file.parent, b"half a fi") as new:
        saving.edit(file, done)
        assert new.path.read_bytes() == b"half a fi"
    assert (file.read_bytes(), names(file.parent)) == (AFTER, ["tasks.yaml"])


@pytest.mark.parametrize("days", [0, 2])
def test_without_locks_only_what_is_old_is_taken_for_a_leftover(
    file: Path, monkeypatch: pytest.MonkeyPatch, days: int
) -> None:
    monkeypatch.setattr(locks, "take", lambda _descriptor: locks.Lock.NONE)
    left = file.parent / FOLDER / ".git" / "new-0123456789abcdef"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"half a fi")
    then = left.stat().st_mtime - days * 24 * 3600
    os.utime(left, (then, then))
    saving.create(file.with_name("other.yaml"), AFTER)
    assert (file.with_name("other.yaml").read_bytes(), left.exists()) == (AFTER, not days)


@pytest.mark.parametrize("where", ["", ".git"])
def test_what_others_put_into_our_folder_stays_and_is_in_nobodys_way(file: Path, where: str) -> None:
    theirs = file.parent / FOLDER / where / "desktop.ini"
    theirs.parent.mkdir(parents=True)
    theirs.touch()
    saving.edit(file, done)
    assert file.read_bytes() == AFTER
    assert names(theirs.parent) == ["desktop.ini"]


@systems.posix_protocol
@pytest.mark.parametrize("where", [FOLDER, f"{FOLDER}/.git"])
def test_a_link_in_the_place_of_our_folder_is_not_followed(file: Path, where: str) -> None:
    theirs = file.parent / "theirs"
    (theirs / ".git").mkdir(parents=True)
    for folder in (theirs, theirs / ".git"):
        (folder / "new-0123456789abcdef").touch()
    link = file.parent / where
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(theirs)
    saving.edit(file, done)
    assert file.read_bytes() == AFTER
    assert names(theirs) == [".git", "new-0123456789abcdef"]
    assert names(theirs / ".git") == ["new-0123456789abcdef"]
    assert link.is_symlink()
    assert names(file.parent) == [FOLDER, "tasks.yaml", "theirs"]


def test_a_file_in_the_place_of_our_folder_is_in_nobodys_way(file: Path) -> None:
    (file.parent / FOLDER).touch()
    saving.edit(file, done)
    assert (file.read_bytes(), names(file.parent)) == (AFTER, [FOLDER, "tasks.yaml"])


@systems.posix_protocol
@pytest.mark.usefixtures("no_exchange")
def test_sigterm_leaves_the_file_and_nothing_else(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "replace", once(lambda: signal.raise_signal(signal.SIGTERM)))
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        with pytest.raises(SystemExit) as end:
            saving.edit(file, done)
        assert signal.getsignal(signal.SIGTERM) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGTERM, before)
    assert end.value.code == 128 + signal.SIGTERM
    assert file.read_bytes() == BEFORE
    assert names(file.parent) == ["tasks.yaml"]


def test_a_thread_may_write_too(file: Path) -> None:
    thread = threading.Thread(target=saving.edit, args=(file, done))
    thread.start()
    thread.join()
    assert file.read_bytes() == AFTER


# -- what is refused -----------------------------------------------------------------------------


def test_a_write_protected_file_is_refused(run: Run, registry: Path) -> None:
    before = registry.read_bytes()
    registry.chmod(0o444)
    refused = "chengguo: tasks.yaml is write-protected\n  hint: Nothing was changed.\n"
    assert run(*UPDATE) == (1, "", refused)
    assert registry.read_bytes() == before
    assert names(registry.parent) == ["tasks.yaml"]


def test_a_file_that_only_others_may_write_is_refused(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda _path, mode: mode != os.W_OK)
    with pytest.raises(Refused, match="is write-protected"):
        saving.edit(file, never)
    assert file.read_bytes() == BEFORE


@systems.posix_protocol
@systems.somebody
def test_a_folder_that_takes_no_file_is_refused(run: Run, registry: Path) -> None:
    registry.parent.chmod(0o555)
    try:
        outcome = run(*UPDATE)
    finally:
        registry.parent.chmod(0o755)
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith("chengguo: tasks.yaml could not be written: Permission denied\n")


def test_a_file_with_a_second_name_is_refused(run: Run, registry: Path) -> None:
    registry.with_name("second.yaml").hardlink_to(registry)
    before = registry.read_bytes()
    assert run(*UPDATE) == (
        1,
        "",
        (
            "chengguo: tasks.yaml has 2 hard links\n"
            "  hint: Replacing it would leave the others behind; make it a file of its own.\n"
        ),
    )
    assert registry.read_bytes() == before


# -- other hands ---------------------------------------------------------------------------------


@contextlib.contextmanager
def held(file: Path) -> Iterator[None]:
    """Hold the lock of a file, as another process would."""
    import fcntl

    with file.open("rb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        yield


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saving, "PATIENCE", 0.1)


@systems.posix_protocol
@pytest.mark.usefixtures("impatient")
def test_a_file_that_is_held_is_busy(run: Run, registry: Path) -> None:
    before = registry.read_bytes()
    with held(registry):
        outcome = run(*UPDATE)
    assert outcome == (
        75,
        "",
        (
            "chengguo: another process holds tasks.yaml\n"
            "  hint: It may be another chengguo or an editor; try again.\n"
        ),
    )
    assert registry.read_bytes() == before
    assert names(registry.parent) == ["tasks.yaml"]


@systems.posix_protocol
@pytest.mark.parametrize(
    "command", [("list",), ("validate",), (*UPDATE, "--dry-run")], ids=lambda words: words[0]
)
def test_reading_waits_for_no_lock(run: Run, registry: Path, command: tuple[str, ...]) -> None:
    with held(registry):
        assert run(*command).code == 0


@systems.posix_protocol
def test_a_lock_that_is_let_go_is_waited_for(file: Path) -> None:
    with contextlib.ExitStack() as stack:
        stack.enter_context(held(file))
        timer = threading.Timer(0.1, stack.pop_all().close)
        timer.start()
        saving.edit(file, done)
        timer.join()
    assert file.read_bytes() == AFTER


@systems.posix_protocol
def test_a_file_that_was_replaced_while_waiting_is_read_anew(file: Path) -> None:
    new = file.with_name("new.yaml")
    new.write_bytes(b"# " + BEFORE)
    with contextlib.ExitStack() as stack:
        stack.enter_context(held(file))
        let_go = stack.pop_all().close

        def save() -> None:
            new.replace(file)
            let_go()

        timer = threading.Timer(0.1, save)
        timer.start()
        saving.edit(file, done)
        timer.join()
    assert file.read_bytes() == b"# " + AFTER


@systems.posix_protocol
def test_who_comes_after_the_replace_waits_until_all_is_cleared_up(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, seen = scratch._remove_empty, []

    def remove(folder: Path) -> None:
        with file.open("rb+") as target:
            seen.append(locks.take(target.fileno()))
        real(folder)

    monkeypatch.setattr(scratch, "_remove_empty", remove)
    saving.edit(file, done)
    assert (file.read_bytes(), seen) == (AFTER, [locks.Lock.HELD])


NO_LOCKS = ("ENOLCK", "ENOSYS", "ENOTSUP", "EINVAL", "EBADF", "EIO", "EACCES", "EPERM")


@systems.posix_protocol
@pytest.mark.parametrize("name", NO_LOCKS)
def test_a_system_without_locks_goes_without(file: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    def flock(_descriptor: int, _operation: int) -> None:
        number = getattr(errno, name)
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("fcntl.flock", flock)
    saving.edit(file, done)
    assert (file.read_bytes(), names(file.parent)) == (AFTER, ["tasks.yaml"])


@systems.posix_protocol
def test_a_stale_handle_is_opened_anew(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [errno.ESTALE, errno.ESTALE]

    def flock(_descriptor: int, _operation: int) -> None:
        if answers:
            raise OSError(answers.pop(), "Stale file handle")

    monkeypatch.setattr("fcntl.flock", flock)
    saving.edit(file, done)
    assert (file.read_bytes(), answers) == (AFTER, [])


@systems.posix_protocol
def test_the_lock_is_asked_of_a_file_that_is_open_for_writing(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fcntl

    modes = []
    monkeypatch.setattr(
        "fcntl.flock",
        lambda descriptor, _how: modes.append(fcntl.fcntl(descriptor, fcntl.F_GETFL) & os.O_ACCMODE),
    )
    saving.edit(file, done)
    assert set(modes) == {os.O_RDWR}


# -- an editor in the moment of the replace ------------------------------------------------------


def saved(file: Path, how: str) -> None:
    """Save as editors do, with words of their own: into the file, or by a new one that takes its name."""
    text = "# 编者\n".encode() + file.read_bytes()
    target = file if how == "in place" else file.with_name("editor.tmp")
    target.write_bytes(text)
    target.replace(file)


@pytest.mark.parametrize("how", ["in place", "by a new file"])
@pytest.mark.parametrize("saves", [1, 2])
@systems.exchange
def test_what_an_editor_saves_in_the_moment_of_the_replace_is_kept(
    file: Path, monkeypatch: pytest.MonkeyPatch, how: str, saves: int
) -> None:
    real, left = swapping._exchange_or_fail, [how] * saves

    def exchange(one: Path, other: Path) -> None:
        if left:
            saved(file, left.pop())
        real(one, other)

    monkeypatch.setattr(swapping, "_exchange_or_fail", exchange)
    if saves == 1:
        saving.edit(file, done)
        assert file.read_bytes() == "# 编者\n".encode() + AFTER
        assert names(file.parent) == ["tasks.yaml"]
        return
    # The second one, while the first is being put back, is a save of what we wrote, and the newer of the two.
    with pytest.raises(Refused, match="was saved by another program meanwhile") as told:
        saving.edit(file, done)
    kept = Path(told.value.hint.rpartition(" is in ")[2])
    assert kept.read_bytes() == "# 编者\n".encode() + BEFORE
    assert file.read_bytes() == "# 编者\n".encode() + AFTER


@systems.posix_protocol
@pytest.mark.usefixtures("no_exchange")
def test_without_an_exchange_what_an_editor_wrote_into_the_file_is_kept(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, left = os.replace, [1]

    def replace(one: Path, other: Path) -> None:
        if left:
            left.pop()
            file.write_bytes("# 编者\n".encode() + file.read_bytes())
        real(one, other)

    monkeypatch.setattr(os, "replace", replace)
    saving.edit(file, done)
    assert file.read_bytes() == "# 编者\n".encode() + AFTER


@systems.exchange
def test_what_cannot_be_put_back_is_kept_and_told(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, calls = swapping._exchange_or_fail, []

    def exchange(one: Path, other: Path) -> None:
        calls.append(one)
        if len(calls) > 1:
            raise OSError(errno.EIO, "Input/output error")
        saved(file, "by a new file")
        real(one, other)

    monkeypatch.setattr(swapping, "_exchange_or_fail", exchange)
    with pytest.raises(Refused, match="could not be put back: Input/output error") as told:
        saving.edit(file, done)
    kept = Path(told.value.hint.rpartition(" is in ")[2])
    assert kept.read_bytes() == "# 编者\n".encode() + BEFORE
    saving.edit(file, lambda source: (source._replace(text=source.text + "# 后\n"), None))
    assert kept.exists()  # no later run takes it for a leftover


@pytest.mark.parametrize("how", ["in place", "by a new file"])
def test_what_another_hand_saved_meanwhile_is_kept(
    run: Run, registry: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    theirs = registry.read_bytes().replace(b"status: pending", b"status: blocked # theirs", 1)

    def save() -> None:
        target = registry if how == "in place" else registry.with_name("theirs.yaml")
        target.write_bytes(theirs)
        target.replace(registry)

    monkeypatch.setattr(os, "fsync", once(save))
    outcome = run(*UPDATE)
    assert (outcome.code, outcome.err) == (0, "")
    lines, mine = theirs.decode().splitlines(), registry.read_text(encoding="utf-8").splitlines()
    assert [line for line in ndiff(lines, mine) if line[0] in "+-"] == [
        "-     status: pending",
        "+     status: done",
        "+     progress:",
        "+     - date: 2019-12-20",
        "+       status: done",
    ]
    assert names(registry.parent) == ["tasks.yaml"]


def test_a_file_that_keeps_being_changed_is_busy(
    run: Run, registry: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saves: list[int] = []
    before = registry.read_bytes()

    def save(_descriptor: int) -> None:
        saves.append(registry.write_bytes(before + b"# %d\n" % len(saves)))

    monkeypatch.setattr(os, "fsync", save)
    assert run(*UPDATE) == (
        75,
        "",
        (
            "chengguo: tasks.yaml keeps being changed by another hand\n"
            "  hint: Nothing was written; try again.\n"
        ),
    )
    assert len(saves) == posix.ATTEMPTS
    assert registry.read_bytes() == before + b"# 4\n"
    assert names(registry.parent) == ["tasks.yaml"]


def test_an_update_that_is_impossible_after_a_change_is_refused(
    run: Run, registry: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", once(lambda: registry.write_bytes(b"# nothing left\n")))
    outcome = run(*UPDATE)
    assert (outcome.code, outcome.out) == (1, "")
    assert "Y109 no registry in tasks.yaml\n" in outcome.err
    assert registry.read_bytes() == b"# nothing left\n"


def test_a_file_that_was_taken_away_meanwhile_stays_away(
    run: Run, registry: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", once(registry.unlink))
    outcome = run(*UPDATE)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("chengguo: there is no file tasks.yaml\n")
    assert names(registry.parent) == []


def test_processes_that_write_at_once_lose_nothing(registry: Path) -> None:
    items = ("4.1", "5.1", "9.1", "10.1")
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "chengguo", "update", item, *UPDATE[2:]],
            cwd=registry.parent,
            env=ENVIRONMENT,
            stdout=subprocess.DEVNULL,
        )
        for item in items
    ]
    assert [process.wait(timeout=60) for process in processes] == [0] * len(items)
    assert tuple(item.address for item in load(registry).items if item.status == "done") == items
    assert names(registry.parent) == ["tasks.yaml"]
