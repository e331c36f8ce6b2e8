"""Whatever stands among the lines of a shape that is put together anew, it is read or told."""

from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from conftest import Run

TITLE = "某市2026年为农服务要点"
# The lines of each shape, parted by a stroke.
SHAPES = {
    "list": "【农资】/● 储备化肥/○ 市甲局、市乙局/○ 6月底前/"
    "● 扩建门店/○ 牵头：市甲局　配合：市乙局/○ 时限：年底前",
    "flat list": "- 储备化肥/- 责任单位：市甲局/- 时限：6月底前/- 扩建门店/- 责任单位：市乙局/- 时限：年底前",
    "cards": "整治环境/做什么：清理死角。/谁牵头：市甲局/何时完成：年底前/"
    "便民服务/做什么：建成便民圈。/谁牵头：市乙局/何时完成：长期",
    "labels alone": "整治环境/做什么/清理死角。/谁牵头/市甲局/何时完成/年底前//"
    "便民服务/做什么/建成便民圈。/谁牵头/市乙局/何时完成/长期",
    "cell a line": "任务/责任部门/配合部门/进度/1.包装/市甲局/市乙局/年底前/- 1 -/"
    "任务/责任部门/配合部门/进度/2.减量/市丙局/市丁局/长期",
    "turned": "任务\t包装\t减量/责任部门\t市甲局\t市乙局/配合部门\t市丙局\t市丁局/进度\t年底前\t长期",
}
WORDS = ("另附", "请补报", "见说明", "须知照")
STRANGE = st.sampled_from(
    [
        "{}",
        "● {}",
        "- {}",
        "○ {}。",
        "一、{}",
        "3. {}",
        "{}：{}",
        "（{}）",
        "【{}】",
        "{}、{}",
        "\n{}\n",
        "注：{}",
        "{}\t{}",
        "| {} |",
        "{},{}",
        "{}（",
        "【{}",
        "+{}",
        "责任單位：{}",
        "\ufeff{}\u200b",
        "{}\u2028{}\x0b",
    ]
)


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    shape=st.sampled_from(list(SHAPES)),
    kind=st.sampled_from(("txt", "csv", "md")),
    forms=st.lists(st.tuples(STRANGE, st.integers(0, 20)), min_size=1, max_size=3),
)
@example("list", "csv", [("| {} |", 0)])
def test_strange_lines_are_read_or_told(
    run: Run, tmp_path: Path, shape: str, kind: str, forms: list[tuple[str, int]]
) -> None:
    lines = SHAPES[shape].split("/")
    for place, (form, at) in enumerate(forms):
        lines.insert(at % (len(lines) + 1), form.format(*[WORDS[place]] * 2))
    (tmp_path / f"表.{kind}").write_text(f"{TITLE}\n\n" + "\n".join(lines) + "\n", encoding="utf-8")
    outcome = run("import", f"表.{kind}", "-o", "-")
    assert outcome.code in {0, 1}
    if not outcome.code:
        said = outcome.out + outcome.err
        lost = [word for word in WORDS[: len(forms)] if word not in said]
        lost += [name for name in ("市甲局", "市乙局") if name not in said]
        assert not lost, said
