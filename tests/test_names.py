"""names: what people write for a department, to the entry of the register."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chengguo import load
from chengguo.departments import names
from chengguo.errors import UnknownDepartment
from chengguo.model import Department
from chengguo.text.source import Span
from conftest import TASKS_YAML

REGISTER = load(TASKS_YAML).departments
NAMES = names.index(REGISTER)


def department(name: str, full: str | None = None, *aliases: str) -> Department:
    return Department(name, full, aliases, group=False, successor=None, until=None, span=Span(0, 0))


@pytest.mark.parametrize("entry", [pytest.param(department, id=department.name) for department in REGISTER])
def test_every_spelling_of_the_register_finds_its_entry(entry: Department) -> None:
    spellings = names.spellings(entry)
    assert spellings == tuple(filter(None, (entry.name, entry.full, *entry.aliases)))
    assert {names.resolve(spelling, NAMES) for spelling in spellings} == {entry.name}


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("市科委", "市科委"),
        ("市发改委", "市发展改革委"),
        ("市 科 委", "市科委"),
        (" 市科委\u3000", "市科委"),
        ("市\u00a0科委", "市科委"),
        ("市科委\n", "市科委"),
        ("上海市人力资源和社会保障局", "市人力资源社会保障局"),
    ],
)
def test_spaces_do_not_tell_names_apart(written: str, name: str) -> None:
    assert names.find(written, NAMES) == name
    assert names.resolve(written, NAMES) == name


def test_width_does_not_tell_names_apart() -> None:
    index = names.index([department("国家开发银行(上海)", None, "\uff23\uff24\uff22")])
    assert names.find("国家开发银行（上海）", index) == "国家开发银行(上海)"
    assert names.find("CDB", index) == "国家开发银行(上海)"


@pytest.mark.parametrize("written", ["", " ", "市", "科委", "市科技委", "市科委、", "市科委市教委"])
def test_no_name_is_guessed(written: str) -> None:
    assert names.find(written, NAMES) is None


def test_a_registered_name_goes_before_an_alias_of_an_earlier_entry() -> None:
    index = names.index([department("市科委", None, "市教委"), department("市教委")])
    assert names.find("市教委", index) == "市教委"
    assert names.find("市 教委", index) == "市教委"


def test_of_two_entries_that_claim_an_alias_the_first_has_it() -> None:
    index = names.index([department("市科委", None, "委"), department("市教委", None, "委")])
    assert names.find("委", index) == "市科委"


def test_of_two_entries_of_one_name_the_first_counts() -> None:
    first, second = department("市科委", "上海市科学技术委员会"), department("市科委", "别的")
    index = names.index([first, second])
    assert index.registered == {"市科委": first}
    assert names.find("别的", index) is None


def test_an_empty_register_knows_nothing() -> None:
    assert names.find("市科委", names.index([])) is None
    assert names.nearest("市科委", names.index([])) == ()


@pytest.mark.parametrize(
    ("written", "near"),
    [
        ("市科技委", ("市科委",)),
        ("市科委、市教委", ("市科委", "市教委")),
        ("知识产权局", ("市知识产权局",)),
        ("发改委", ("市发展改革委",)),
        ("人社局", ("市人力资源社会保障局",)),
        ("区政府", ("各相关区政府",)),
    ],
)
def test_the_likeliest_names_come_first(written: str, near: tuple[str, ...]) -> None:
    assert names.nearest(written, NAMES)[: len(near)] == near


def test_at_most_three_names_are_near_and_none_twice() -> None:
    near = names.nearest("上海", NAMES)
    assert len(near) == len(set(near)) == 3


@pytest.mark.parametrize("written", ["", "\u3000", "xyz", "😀"])
def test_nothing_is_near_what_is_like_nothing(written: str) -> None:
    assert names.nearest(written, NAMES) == ()


def test_an_unknown_name_is_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownDepartment) as caught:
        names.resolve("市知识局", NAMES)
    assert caught.value.message == "no department '市知识局' in the register"
    assert caught.value.hint.startswith("Did you mean 市知识产权局")
    assert caught.value.exit_code == 3


def test_where_nothing_is_near_the_hint_names_the_command() -> None:
    with pytest.raises(UnknownDepartment) as caught:
        names.resolve("xyz", NAMES)
    assert caught.value.hint == "'chengguo depts' lists the departments."


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters()) | st.text(st.sampled_from("市科教委局發展改革知识产权政府、 （）\u200b")))
def test_no_name_raises_and_what_is_found_is_registered(written: str) -> None:
    assert {names.find(written, NAMES), *names.nearest(written, NAMES)} <= {None, *NAMES.registered}
