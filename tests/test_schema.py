"""The packaged schema: made from the reader's fields, and telling sound registries from others."""

import json
import os
from importlib.resources import files
from typing import Any

import jsonschema
import pytest
import yaml

from chengguo import schema
from conftest import TASKS_YAML

PACKAGED = files("chengguo") / "registry.schema.json"


def written() -> str:
    return json.dumps(schema.build(), ensure_ascii=False, indent=2) + "\n"


def test_packaged_schema_is_made_from_the_fields() -> None:
    if os.environ.get("CHENGGUO_UPDATE_SCHEMA"):
        (TASKS_YAML.parent / "src/chengguo/registry.schema.json").write_text(written(), encoding="utf-8")
    assert PACKAGED.read_text(encoding="utf-8") == written()


@pytest.fixture
def tasks() -> Any:
    return yaml.safe_load(TASKS_YAML.read_text(encoding="utf-8"))


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
