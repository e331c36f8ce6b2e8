"""Writes: whose a file is stays, nothing half is left, and what cannot be replaced is written over."""

import contextlib
import errno
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from chengguo.errors import Refused
from chengguo.files import backups, journal, locks, metadata, posix, saving, scratch, swapping
from chengguo.text.source import Source
from conftest import TASKS_YAML, Run

resource = pytest.importorskip("resource", reason="looks into POSIX's way of writing")
UPDATE = ("update", "4", "--status", "done", "--date", "2019-12-20")
BEFORE, AFTER = "状态: 未启动\n".encode(), "状态: 已完成，一月\n".encode()
ANNEX = Path(__file__).with_name("annex.txt")


@cache
def others_can_run() -> bool:
    """True where root can be somebody else, who may read the interpreter, the program and temporary files."""
    if os.geteuid() != 0 or shutil.which("setpriv") is None:
        return False
    command = ["setpriv", "--reuid=1002", "--regid=1002", "--clear-groups", sys.executable, "-c"]
    code = f"import os, chengguo.cli.app; os.chdir({tempfile.gettempdir()!r})"
    return subprocess.run([*command, code], check=False, capture_output=True).returncode == 0


OWNER, COLLEAGUE, GROUP = 1001, 1002, 2000
CHENGGUO = """\
import sys
from chengguo.cli import main
main()
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "tasks.yaml"
    path.write_bytes(BEFORE)
    return path


def done(source: Source) -> tuple[Source, None]:
    return source._replace(text=source.text.replace("未启动", "已完成，一月")), None


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def shared() -> Iterator[Path]:
    """A registry of OWNER in a folder that GROUP may write, below one that anybody may enter.

    That is none below pytest's own folder, which each session closes to all others when it begins.
    """
    if not others_can_run():
        pytest.skip("root alone can be anybody, where anybody may run it")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "shared")
        folder.parent.chmod(0o711)
        folder.mkdir()
        registry = folder / "tasks.yaml"
        registry.write_bytes(TASKS_YAML.read_bytes())
        os.chown(registry, OWNER, GROUP)
        registry.chmod(0o664)
        os.chown(folder, OWNER, GROUP)
        folder.chmod(0o775)
        yield registry


def run_as(user: int, registry: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the program as a user of GROUP."""
    state = registry.parent.with_name(f"state{user}")
    state.mkdir(exist_ok=True)
    os.chown(state, user, GROUP)
    command = ["setpriv", f"--reuid={user}", f"--regid={user}", f"--groups={GROUP}"]
    return subprocess.run(
        [*command, sys.executable, "-B", "-c", CHENGGUO, *words],
        cwd=registry.parent,
        env={**os.environ, "LANG": "C.UTF-8", "LANGUAGE": "", "LC_ALL": "", "XDG_STATE_HOME": str(state)},
        check=False,
        capture_output=True,
        encoding="utf-8",
    )


def owners(path: Path) -> tuple[int, int, int]:
    status = path.stat()
    return status.st_uid, status.st_gid, stat.S_IMODE(status.st_mode)


# -- whose it is ---------------------------------------------------------------------------------


@pytest.mark.parametrize("user", [0, OWNER, COLLEAGUE])
def test_owner_group_and_mode_stay_whoever_writes(shared: Path, user: int) -> None:
    inode = shared.stat().st_ino
    done = run_as(user, shared, *UPDATE)
    assert (done.returncode, done.stderr) == (0, "")
    assert b"status: done" in shared.read_bytes()
    assert owners(shared) == (OWNER, GROUP, 0o664)
    assert (shared.stat().st_ino == inode) is (user == COLLEAGUE)  # who may not make it the owner's: in place
    assert names(shared.parent) == ["tasks.yaml"]
    assert run_as(user, shared, "undo").returncode == 0
    assert shared.read_bytes() == TASKS_YAML.read_bytes()
    assert owners(shared) == (OWNER, GROUP, 0o664)


def test_a_folder_that_takes_no_file_is_no_matter_where_the_file_may_be_written(shared: Path) -> None:
    shared.parent.chmod(0o755)
    done = run_as(COLLEAGUE, shared, *UPDATE)
    assert (done.returncode, done.stderr) == (0, "")
    assert b"status: done" in shared.read_bytes()
    assert owners(shared) == (OWNER, GROUP, 0o664)
    assert names(shared.parent) == ["tasks.yaml"]
    left = shared.parent.with_name(f"state{COLLEAGUE}") / "chengguo" / "backup"
    assert names(left) == []


def test_where_no_backup_can_be_kept_nothing_is_written_over(shared: Path) -> None:
    shared.parent.chmod(0o755)
    state = shared.parent.with_name(f"state{COLLEAGUE}")
    state.write_bytes(b"")  # a file: no folder can be made there
    command = ["setpriv", f"--reuid={COLLEAGUE}", f"--regid={GROUP}", "--clear-groups"]
    done = subprocess.run(
        [*command, sys.executable, "-B", "-c", CHENGGUO, *UPDATE],
        cwd=shared.parent,
        env={**os.environ, "LANG": "C.UTF-8", "LC_ALL": "", "LANGUAGE": "", "XDG_STATE_HOME": str(state)},
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "chengguo: tasks.yaml can only be written over in place, and no backup can be kept: Not a directory\n"
        "  hint: Nothing was changed. Mount its folder, not the file alone.\n"
    )
    assert shared.read_bytes() == TASKS_YAML.read_bytes()


def test_a_leftover_of_another_user_is_in_nobodys_way_and_stays(shared: Path) -> None:
    theirs = shared.parent / f".chengguo-{COLLEAGUE}" / ".git" / "new-0123456789abcdef"
    theirs.parent.mkdir(parents=True)
    theirs.touch()
    done = run_as(COLLEAGUE, shared, "export", "table.md")  # the folder of that name is root's
    assert (done.returncode, done.stderr) == (0, "")
    assert theirs.exists()
    assert names(shared.parent) == [f".chengguo-{COLLEAGUE}", "table.md", "tasks.yaml"]


@pytest.mark.skipif(shutil.which("setfacl") is None, reason="there are no ACLs here")
@pytest.mark.parametrize("user", [0, OWNER, COLLEAGUE])
def test_the_acl_and_the_attributes_stay(shared: Path, user: int) -> None:
    subprocess.run(["setfacl", "-m", "u:1234:rw", shared], check=True)  # noqa: S607
    os.setxattr(shared, "user.来源", b"printed")
    before = [(name, os.getxattr(shared, name)) for name in sorted(os.listxattr(shared))]
    assert len(before) == 2
    assert run_as(user, shared, *UPDATE).returncode == 0
    assert [(name, os.getxattr(shared, name)) for name in sorted(os.listxattr(shared))] == before
    assert owners(shared) == (OWNER, GROUP, 0o664)


@pytest.mark.skipif(shutil.which("setfacl") is None, reason="there are no ACLs here")
def test_an_acl_that_the_folder_bequeaths_is_not_taken_on(run: Run, registry: Path) -> None:
    subprocess.run(["setfacl", "-d", "-m", "u:1234:rw", registry.parent], check=True)  # noqa: S607
    before = owners(registry)
    assert run(*UPDATE).code == 0
    assert (os.listxattr(registry), owners(registry)) == ([], before)
    assert run("init", "new.yaml").code == 0  # but by a new file, as by any
    assert os.listxattr(registry.with_name("new.yaml")) == ["system.posix_acl_access"]


def test_a_mode_that_cannot_be_set_but_fits_is_no_error(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_descriptor: int, _mode: int) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "fchmod", refuse)
    file.chmod(0o600)  # what a new file has: as where all files have one mode
    inode = file.stat().st_ino
    saving.edit(file, done)
    assert (file.read_bytes(), file.stat().st_ino != inode) == (AFTER, True)
    file.chmod(0o664)
    saving.edit(file, lambda source: (source._replace(text="后\n"), None))
    assert (file.read_text(encoding="utf-8"), owners(file)[2]) == ("后\n", 0o664)  # in place


@pytest.mark.parametrize(("umask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_a_new_file_has_the_mode_of_any_new_file(run: Run, tmp_path: Path, umask: int, mode: int) -> None:
    before = os.umask(umask)
    try:
        assert run("init").code == 0
    finally:
        os.umask(before)
    assert owners(tmp_path / "tasks.yaml")[2] == mode


def test_export_keeps_the_mode_of_what_it_replaces(run: Run, registry: Path) -> None:
    table = registry.with_name("table.md")
    table.write_bytes(b"old\n")
    table.chmod(0o640)
    assert run("export", "table.md", "--force").code == 0
    assert (owners(table)[2], table.read_bytes() != b"old\n") == (0o640, True)
    assert names(registry.parent) == ["table.md", "tasks.yaml"]


@pytest.mark.parametrize("kind", ["fifo", "device"])
def test_export_replaces_no_pipe_and_no_device(run: Run, registry: Path, kind: str) -> None:
    table = registry.with_name("table.md")
    if kind == "fifo":
        os.mkfifo(table)
    else:
        table.symlink_to("/dev/null")
    outcome = run("export", "table.md", "--force")
    assert outcome == (2, "", "chengguo: table.md is not a regular file\n")
    assert not stat.S_ISREG(table.stat().st_mode)


# -- in place ------------------------------------------------------------------------------------


@pytest.fixture
def in_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no new file be like the old one, so that this one is written over."""
    monkeypatch.setattr(metadata, "copy", lambda _old, _new: False)


@pytest.mark.parametrize("number", [errno.EBUSY, errno.EXDEV, errno.EACCES, errno.EPERM, errno.EROFS])
def test_what_cannot_be_replaced_is_written_over(
    file: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refuse(*_words: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(swapping, "_exchange_or_fail", refuse)
    monkeypatch.setattr(os, "replace", refuse)
    inode = file.stat().st_ino
    saving.edit(file, done)
    assert (file.read_bytes(), file.stat().st_ino, names(file.parent)) == (AFTER, inode, ["tasks.yaml"])


@pytest.mark.skipif(shutil.which("unshare") is None, reason="nothing can be mounted here")
def test_a_file_that_is_mounted_by_itself_is_written_over(registry: Path) -> None:
    mounted = registry.parent / "container" / "tasks.yaml"
    mounted.parent.mkdir()
    mounted.touch()
    script = f"mount --bind {registry} {mounted} && exec {sys.executable} -B -m chengguo {' '.join(UPDATE)}"
    done = subprocess.run(
        ["unshare", "--mount", "sh", "-c", script],  # noqa: S607
        cwd=mounted.parent,
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    if "mount" in done.stderr or "unshare" in done.stderr:
        pytest.skip(done.stderr)
    assert (done.returncode, done.stderr) == (0, "")
    assert b"status: done" in registry.read_bytes()
    assert (names(mounted.parent), mounted.read_bytes()) == (["tasks.yaml"], b"")


@pytest.mark.usefixtures("in_place")
def test_without_a_lock_nothing_is_written_over(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locks, "take", lambda _descriptor: locks.Lock.NONE)
    with pytest.raises(Refused, match="no lock under which to write over it"):
        saving.edit(file, done)
    assert (file.read_bytes(), names(file.parent)) == (BEFORE, ["tasks.yaml"])


@pytest.mark.usefixtures("in_place")
@pytest.mark.parametrize("after", [AFTER, BEFORE[:-3], BEFORE * 3])
def test_an_error_on_the_way_puts_the_old_bytes_back(
    file: Path, monkeypatch: pytest.MonkeyPatch, after: bytes
) -> None:
    real, left = os.fsync, [1, 1]

    def fail(descriptor: int) -> None:
        if os.fstat(descriptor).st_ino == file.stat().st_ino and left.pop() and len(left) == 1:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(Refused, match="No space left on device") as told:
        saving.replace(file, lambda _before: after)
    assert told.value.hint == "The old file is unchanged."
    assert (file.read_bytes(), names(file.parent)) == (BEFORE, ["tasks.yaml"])


@pytest.mark.parametrize("after", [AFTER, "状：短\n".encode(), BEFORE * 2 + AFTER])
def test_a_killed_write_in_place_is_made_good_wherever_it_stopped(file: Path, after: bytes) -> None:
    """Every state that ``overwrite`` goes through, in its order."""
    longer = [BEFORE + after[len(BEFORE) : end] for end in range(len(BEFORE), len(after) + 1)]
    grown = BEFORE + after[len(BEFORE) :]
    states = [*longer, *(after[:end] + grown[end:] for end in range(min(len(after), len(BEFORE)) + 1))]
    told = 0
    for state in states:
        file.write_bytes(state)
        change = journal.Change(BEFORE, after, "2019-12-20 09:00")
        with file.open("rb+") as opened:
            backups.keep(file, opened.fileno(), change)
        if state in (BEFORE, after):
            saving.replace(file, lambda before: before)
            assert file.read_bytes() == state
        else:
            told += 1
            with pytest.raises(Refused, match="had been left half written by a run that was killed"):
                saving.replace(file, lambda _before: b"never")
            assert file.read_bytes() == BEFORE
        assert names(file.parent) == ["tasks.yaml"]
    assert told > 2


def test_what_was_changed_since_a_killed_write_in_place_is_left_and_the_old_text_kept(file: Path) -> None:
    with file.open("rb+") as opened:
        backups.keep(file, opened.fileno(), journal.Change(BEFORE, AFTER, "2019-12-20 09:00"))
    file.write_bytes(b"mended\n")
    with pytest.raises(Refused, match="and was changed since") as told:
        saving.edit(file, done)
    kept = Path(told.value.hint.removeprefix("Hold it against ").removesuffix(", which has it as it was."))
    assert (file.read_bytes(), kept.read_bytes()) == (b"mended\n", BEFORE)
    saving.edit(file, lambda source: (source._replace(text="后\n"), None))
    assert kept.exists()


# -- nothing half --------------------------------------------------------------------------------


@contextlib.contextmanager
def small_files(size: int) -> Iterator[None]:
    """Let no file grow larger, as ``ulimit -f`` does."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (("import", str(ANNEX), "-o", "half.yaml"), "half.yaml"),
        (("init", "half.yaml"), "half.yaml"),
        (("export", "half.md"), "half.md"),
    ],
)
def test_a_new_file_is_made_whole_or_not_at_all(
    run: Run, registry: Path, words: tuple[str, ...], name: str
) -> None:
    with small_files(1024):
        outcome = run(*words)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == f"chengguo: {name} could not be written: File too large\n"
    assert names(registry.parent) == ["tasks.yaml"]
    assert run(*words).code == 0


def test_merge_on_a_full_disk_leaves_ours_as_it_is(run: Run, registry: Path) -> None:
    for name, item in (("ours", "4"), ("theirs", "3.2")):
        shutil.copy(registry, registry.with_name(f"{name}.yaml"))
        run("update", item, "--note", name, "-f", f"{name}.yaml")
    ours = registry.with_name("ours.yaml")
    before = ours.read_bytes()
    with small_files(1024):
        outcome = run("merge", "tasks.yaml", "ours.yaml", "theirs.yaml")
    assert outcome.code == 1
    assert (
        "ours.yaml could not be written: File too large\n  hint: The old file is unchanged.\n" in outcome.err
    )
    assert ours.read_bytes() == before
    assert names(registry.parent) == ["ours.yaml", "tasks.yaml", "theirs.yaml"]


def test_merge_install_on_a_full_disk_leaves_gitattributes_as_it_is(run: Run, registry: Path) -> None:
    subprocess.run(["git", "init", "--quiet"], cwd=registry.parent, check=True)  # noqa: S607
    attributes = registry.with_name(".gitattributes")
    before = b"*.md text\n" * 200
    attributes.write_bytes(before)
    with small_files(1024):
        outcome = run("merge", "--install")
    assert outcome.code == 1
    assert ".gitattributes could not be written: File too large" in outcome.err
    assert attributes.read_bytes() == before


@pytest.mark.parametrize("number", [errno.EPERM, errno.ENOTSUP])
def test_a_file_system_without_links_takes_new_files_too(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refuse(*_words: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "link", refuse)
    assert run("init").code == 0
    assert names(tmp_path) == ["tasks.yaml"]
    assert run("init").code == 1  # and overwrite none


def test_two_that_make_the_same_file_make_it_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "new.yaml"
    real = os.fsync

    def fsync(descriptor: int) -> None:
        target.write_bytes(b"theirs")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(FileExistsError):
        saving.create(target, b"ours")
    assert (target.read_bytes(), names(tmp_path)) == (b"theirs", ["new.yaml"])


def test_what_comes_after_the_replace_fails_no_write(
    run: Run, registry: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = swapping.swap

    def swap(*words: object) -> bool:
        swapped = real(*words)  # type: ignore[arg-type]
        for name in ("unlink", "rmdir", "fsync", "close"):
            monkeypatch.setattr(os, name, refuse)
        return swapped

    def refuse(*_words: object, **_options: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as patch:
        patch.setattr(swapping, "swap", swap)
        outcome = run(*UPDATE)
    monkeypatch.undo()
    assert (outcome.code, outcome.err) == (0, "")
    assert b"status: done" in registry.read_bytes()


def test_a_name_of_250_bytes_can_be_written(run: Run, registry: Path) -> None:
    name = "台" * 81 + "12.yaml"
    assert len(name.encode()) == 250
    registry.rename(registry.with_name(name))
    assert run(*UPDATE, "-f", name).code == 0
    assert run("undo", "-f", name).code == 0
    assert names(registry.parent) == [name]


# -- names and Ctrl-C ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        UPDATE,
        (*UPDATE, "--dry-run"),
        ("undo",),
        ("redo",),
        ("edit",),
        ("list",),
        ("validate", "--fix", "NAME"),
    ],
    ids=" ".join,
)
def test_what_a_terminal_would_obey_in_a_name_is_spelt_out(
    run: Run, registry: Path, words: tuple[str, ...]
) -> None:
    name = "t\x1b]0;x\x07\x1b[31m.yaml"
    registry.rename(registry.with_name(name))
    editor = f"\"{sys.executable}\" -c \"import sys; open(sys.argv[1], 'a').write('# end\\n')\""
    earlier: dict[str, list[tuple[str, ...]]] = {"undo": [UPDATE], "redo": [UPDATE, ("undo",)]}
    for each in earlier.get(words[0], []):
        assert run(*each, CHENGGUO_FILE=name).code == 0
    text = registry.with_name(name).read_bytes()
    if words[0] == "list":
        text = text.replace(b"status: pending", b"status: what", 1)
    if words[0] == "validate":
        text = text.replace(b"status: pending", "status: 未启动".encode(), 1)
    registry.with_name(name).write_bytes(text)
    outcome = run(*(name if word == "NAME" else word for word in words), CHENGGUO_FILE=name, EDITOR=editor)
    assert outcome.code == 0
    said = outcome.out + outcome.err
    assert "\x1b" not in said
    assert "\x07" not in said
    assert "t\\x1b]0;x\\x07\\x1b[31m.yaml" in said


CALM = """\
import signal, sys, time
from pathlib import Path
copy, marks = Path(sys.argv[2]), Path(sys.argv[1])
def calm(number, frame):
    (marks / "interrupted").touch()
assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
signal.signal(signal.SIGINT, calm)
(marks / "open").touch()
while not (marks / "interrupted").exists():
    time.sleep(0.02)
time.sleep(0.2)
copy.write_bytes(copy.read_bytes().replace(b"status: pending", b"status: done", 1))
"""


@pytest.mark.parametrize("status", ["done", "dnoe"])
def test_ctrl_c_is_the_editors_and_what_was_typed_stays(registry: Path, tmp_path: Path, status: str) -> None:
    script = tmp_path / "editor.py"
    script.write_text(CALM.replace('b"status: done"', f'b"status: {status}"'), encoding="utf-8")
    signal.signal(signal.SIGINT, signal.default_int_handler)  # what runs in a shell's background ignores it
    program = subprocess.Popen(
        [sys.executable, "-m", "chengguo", "edit"],
        cwd=registry.parent,
        env={
            **os.environ,
            "LANG": "C.UTF-8",
            "LANGUAGE": "",
            "EDITOR": f'"{sys.executable}" "{script}" "{tmp_path}"',
        },
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )
    try:
        until(tmp_path / "open")
        os.killpg(program.pid, signal.SIGINT)  # as the terminal does
        if status == "dnoe":
            assert program.stderr is not None
            while program.stderr.read(1) != "?":  # until it asks: What now?
                pass
            program.send_signal(signal.SIGINT)
        out, err = program.communicate(timeout=30)
    finally:
        program.kill()
    assert (tmp_path / "interrupted").exists()
    if status == "done":
        assert (program.returncode, out, err) == (0, "tasks.yaml was written.\n", "")
    else:
        assert program.returncode == 130, err
        kept = Path(err.rpartition("kept in ")[2].strip())
        assert b"status: dnoe" in kept.read_bytes()


def until(path: Path) -> None:
    """Wait for a file."""
    deadline = time.monotonic() + 30
    while not path.exists():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_the_scratch_folder_of_a_file_is_not_the_name_of_the_file(tmp_path: Path) -> None:
    with scratch.new_file(tmp_path, b"x") as new:
        assert len(new.path.parent.parent.name) < 40
    assert names(tmp_path) == []
    assert posix.ATTEMPTS > 1
