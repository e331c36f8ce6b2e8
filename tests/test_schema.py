"""The packaged schema: made from the reader's fields, and telling sound registries from others."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from chengguo.registry import schema
from chengguo.registry.field_kinds import Fields
from chengguo.registry.fields import REGISTRY
from conftest import TASKS_YAML, Run, values_of

PACKAGED = files("chengguo") / "registry.schema.json"
SCHEMA = str(PACKAGED)


def written() -> str:
    return json.dumps(schema.build(), ensure_ascii=False, indent=2) + "\n"


def test_packaged_schema_is_made_from_the_fields() -> None:
    if os.environ.get("CHENGGUO_UPDATE_SCHEMA"):
        (TASKS_YAML.parent / "src/chengguo/registry.schema.json").write_text(written(), encoding="utf-8")
    assert PACKAGED.read_text(encoding="utf-8") == written()


@pytest.fixture
def tasks() -> Any:
    return values_of(TASKS_YAML)


@pytest.fixture
def validator() -> jsonschema.Draft7Validator:
    jsonschema.Draft7Validator.check_schema(schema.build())
    return jsonschema.Draft7Validator(json.loads(PACKAGED.read_text(encoding="utf-8")))


def test_tasks_yaml_fits_the_schema(tasks: Any, validator: jsonschema.Draft7Validator) -> None:
    assert list(validator.iter_errors(tasks)) == []


def test_faults_of_shape_do_not_fit(tasks: Any, validator: jsonschema.Draft7Validator) -> None:
    item = tasks["tasks"][0]["items"][0]
    item["leed"] = item.pop("lead")
    item["status"] = "finished"
    item["id"] = "one"
    item["support"] = "市教委"
    places = sorted("/".join(map(str, error.absolute_path)) for error in validator.iter_errors(tasks))
    at = "tasks/0/items/0"
    assert places == [at, at, f"{at}/id", f"{at}/status", f"{at}/support"]


def test_the_modeline_of_tasks_yaml_names_the_schema() -> None:
    first = TASKS_YAML.read_text(encoding="utf-8").partition("\n")[0]
    path = first.removeprefix("# yaml-language-server: $schema=")
    assert json.loads((TASKS_YAML.parent / path).read_text(encoding="utf-8"))["$schema"] == schema.DRAFT


# -- the words that editors show -----------------------------------------------------------------


def properties(node: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Go through every property of a schema, at any depth."""
    for name, child in node.get("properties", {}).items():
        yield f"{path}/{name}", child
        yield from properties(child, f"{path}/{name}")
    for either in node.get("anyOf", ()):
        yield from properties(either, path)
    for inner in (node.get("items"), node.get("additionalProperties")):
        if isinstance(inner, dict):
            yield from properties(inner, f"{path}/*")


PROPERTIES = dict(properties(json.loads(PACKAGED.read_text(encoding="utf-8"))))


def count(fields: Fields) -> int:
    return sum(1 + count(field.fields or {}) for field in fields.values())


def test_every_property_is_looked_at() -> None:
    assert len(PROPERTIES) == count(REGISTRY)
    assert {"/plan/issued", "/departments/*/until", "/tasks/*/items/*/progress/*/note"} < PROPERTIES.keys()


@pytest.mark.parametrize("path", PROPERTIES)
def test_titles_and_descriptions_are_in_both_languages(path: str) -> None:
    for words, mark in ((PROPERTIES[path]["title"], " · "), (PROPERTIES[path]["description"], "\n")):
        english, chinese = words.split(mark)
        assert re.search("[a-z]{2}", english)
        assert re.search("[\u4e00-\u9fff]{2}", chinese)
        assert not re.search(r"[a-z]{3,} [a-z]{2,}", chinese)


# -- the command ---------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["C.UTF-8", "zh_CN.UTF-8"])
def test_the_command_prints_the_packaged_schema(run: Run, language: str) -> None:
    assert run("schema", LANG=language) == (0, PACKAGED.read_text(encoding="utf-8"), "")


def test_the_command_prints_ascii_where_the_console_is_not_unicode(run: Run) -> None:
    outcome = run("schema", encoding="gbk")
    assert (outcome.code, outcome.err, outcome.out.isascii()) == (0, "", True)
    assert json.loads(outcome.out) == json.loads(PACKAGED.read_text(encoding="utf-8"))


def test_the_command_needs_no_registry_and_takes_no_words(run: Run) -> None:
    assert run("schema", CHENGGUO_FILE="nowhere.yaml").code == 0
    outcome = run("schema", "tasks.yaml")
    assert (outcome.code, outcome.out) == (2, "")


# -- check-jsonschema ----------------------------------------------------------------------------

# Every field of the format, and values that a YAML reader might take for something else.
SOUND = """\
format: 1
plan:
  title: 示例方案
  table: 2017
  years: 2017-2020
  issued: 2017-05-01
departments:
  市科委:
    full: 上海市科学技术委员会
    aliases: [市科学技术委员会]
  市金融办: {successor: 市地方金融监管局, until: 2018-11}
  各相关区政府: {group: true}
  市教委:
sections: {一: 第一部分}
tasks:
- id: 1
  section: 一
  title: 示例任务
  items:
  - id: 1
    content: 示例内容。
    lead: [市科委]
    support: [市金融办, 各相关区政府]
    schedule: 2019-12-31
    due: 2019-12-31
    status: done
    progress:
    - date: 2019-12-20
      status: done
      note: 12:30
  - {id: 2, content: 其他内容。, lead: [市教委], support: [], schedule: 持续推进, status: pending}
"""
ITEM = "$.tasks[0].items[0]"
ENTRY = f"{ITEM}.progress[0]"
# A fault of shape: what stands in the place of what, where check-jsonschema sees it, and our own code.
FAULTS = {
    "unknown key in the file": ("sections: {", "note: 无\nsections: {", "$", "S201"),
    "unknown key in the plan": ("  table: ", "  tabel: ", "$.plan", "S201"),
    "unknown key in a department": ("    full: ", "    name: ", "$.departments.市科委", "S201"),
    "unknown key in a task": ("  section: 一\n", "  section: 一\n  lead: 无\n", "$.tasks[0]", "S201"),
    "unknown key in an item": ("    support: [市金", "    supports: [市金", ITEM, "S201"),
    "unknown key in an entry": ("      note: ", "      text: ", ENTRY, "S201"),
    "a list for a text": ("title: 示例任务", "title: [示例任务]", "$.tasks[0].title", "S202"),
    "a mapping for a text": ("schedule: 持续推进", "schedule: {}", "$.tasks[0].items[1].schedule", "S202"),
    "a text for a list of names": ("lead: [市科委]", "lead: 市科委", f"{ITEM}.lead", "S202"),
    "a text for a mapping": ("{一: 第一部分}", "一", "$.sections", "S202"),
    "a list for the register": ("  市教委:\n", "  市教委: [市教育委员会]\n", "$.departments.市教委", "S202"),
    "a mapping for a list": (
        "    - date: 2019-12-20\n   ",
        "      date: 2019-12-20\n   ",
        f"{ITEM}.progress",
        "S202",
    ),
    "a word for a number": ("  - id: 1\n", "  - id: one\n", f"{ITEM}.id", "S204"),
    "zero for a number": ("- id: 1\n  section", "- id: 0\n  section", "$.tasks[0].id", "S204"),
    "a word for a flag": ("group: true", "group: 是", "$.departments.各相关区政府.group", "S204"),
    "a day that is a month": ("due: 2019-12-31", "due: 2019-12", f"{ITEM}.due", "S204"),
    "a month that is a day": ("until: 2018-11", "until: 2018-11-01", "$.departments.市金融办.until", "S204"),
    "a month that is none": ("until: 2018-11", "until: 2018-13", "$.departments.市金融办.until", "S204"),
    "years that are none": ("years: 2017-2020", "years: 四年", "$.plan.years", "S204"),
    "a status that is none": (
        "    status: done\n    p",
        "    status: 差不多\n    p",
        f"{ITEM}.status",
        "S204",
    ),
    "a Chinese status": ("      status: done", "      status: 已完成", f"{ENTRY}.status", "S204"),
    "an empty field": ("    lead: [市科委]", "    lead:", f"{ITEM}.lead", "S203"),
    "no format": ("format: 1\n", "", "$", "S203"),
    "no plan title": ("  title: 示例方案\n", "", "$.plan", "S203"),
    "no sections": ("sections: {一: 第一部分}\n", "", "$", "S203"),
    "no task id": ("- id: 1\n  section", "- section", "$.tasks[0]", "S203"),
    "no section": ("  section: 一\n", "", "$.tasks[0]", "S203"),
    "no task title": ("  title: 示例任务\n", "", "$.tasks[0]", "S203"),
    "no item id": ("  - id: 1\n    content", "  - content", ITEM, "S203"),
    "no content": ("    content: 示例内容。\n", "", ITEM, "S203"),
    "no lead": ("    lead: [市科委]\n", "", ITEM, "S203"),
    "no schedule": ("    schedule: 2019-12-31\n", "", ITEM, "S203"),
    "no status": ("    status: done\n    p", "    p", ITEM, "S203"),
    "no day": ("    - date: 2019-12-20\n      status", "    - status", ENTRY, "S203"),
}


def check(*paths: Path) -> tuple[int, dict[str, list[str]]]:
    """Run check-jsonschema; give its exit code and, by file, the places of its errors."""
    words = [sys.executable, "-m", "check_jsonschema", "--schemafile", SCHEMA, "--output-format", "json"]
    done = subprocess.run([*words, *map(str, paths)], capture_output=True, encoding="utf-8", check=False)
    places: dict[str, list[str]] = {}
    for error in json.loads(done.stdout).get("errors", []):
        place = re.sub(r"\['(.+?)'\]", r".\1", error["path"])  # some versions put Chinese keys in brackets
        places.setdefault(Path(error["filename"]).name, []).append(place)
    return done.returncode, places


def text_of(fault: str) -> str:
    old, new, _place, _code = FAULTS[fault]
    assert SOUND.count(old) == 1
    return SOUND.replace(old, new)


@pytest.fixture(scope="module")
def errors(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Give the places of the errors in a file for each fault, all checked in one run."""
    folder = tmp_path_factory.mktemp("faults")
    for fault in FAULTS:
        (folder / f"{fault}.yaml").write_text(text_of(fault), encoding="utf-8")
    code, places = check(*folder.iterdir())
    assert code == 1
    return places


def test_check_jsonschema_passes_sound_files(tmp_path: Path) -> None:
    sound = tmp_path / "sound.yaml"
    sound.write_text(SOUND, encoding="utf-8")
    assert check(TASKS_YAML, sound) == (0, {})


@pytest.mark.parametrize("fault", FAULTS)
def test_check_jsonschema_finds_faults_of_shape(errors: dict[str, list[str]], fault: str) -> None:
    _old, _new, place, _code = FAULTS[fault]
    assert errors[f"{fault}.yaml"] == [place]


@pytest.mark.parametrize("fault", FAULTS)
def test_validate_finds_the_same_faults(run: Run, fault: str) -> None:
    _old, _new, _place, code = FAULTS[fault]
    outcome = run("validate", "-", "--format", "concise", "--select", "S", stdin=text_of(fault).encode())
    assert (outcome.code, {line.split()[1] for line in outcome.out.splitlines()}) == (1, {code})


def test_the_sound_file_of_these_tests_is_sound(run: Run) -> None:
    assert run("validate", "-", stdin=SOUND.encode()) == (0, "<stdin>: no findings\n", "")
