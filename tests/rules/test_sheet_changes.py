"""What changed between two score sheets: exact, the same on every run, seen alike from both sides."""

from dataclasses import fields, replace
from unicodedata import normalize

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.rules.sheets import checklist72, leaf, section, sheets, small_sheet
from thidua.rules.sheet import Band, Cluster, Criterion, Gate, Level, Sheet
from thidua.rules.sheet_change_words import CRITERION_LABELS, word_changes
from thidua.rules.sheet_changes import SETTINGS, SheetChanges, compare
from thidua.rules.sheet_matching import likeness, longest_run, match


def told(changes: SheetChanges) -> list[str]:
    return [change.sentence for change in changes.all]


def one(number: str, text: str, maximum: int = 1000, **settings: object) -> Criterion:
    return replace(leaf(hash(number) % 10**6, maximum), number=number, text=text, **settings)


def two_sections(*first: Criterion, second: tuple[Criterion, ...] = (), **settings: object) -> Sheet:
    return small_sheet(
        replace(section(901, *first), number="1", text="Công tác tổ chức"),
        replace(section(902, *second), number="2", text="Phong trào thi đua"),
        **settings,
    )


A = one("1.1", "Thành lập Hội đồng Thi đua – Khen thưởng")
B = one("1.2", "Ban hành quy chế khen thưởng của Hội")
C = one("1.3", "Bồi dưỡng nghiệp vụ cho cán bộ chi hội")
D = one("2.1", "Phát động phong trào từng năm")


# ---- exactly what differs


def test_a_maximum_that_grew_is_told_with_both_values() -> None:
    changes = compare(two_sections(A, B), two_sections(A, replace(B, maximum=1200)))
    assert told(changes) == ["Tiêu chí 1.2: điểm tối đa 10 → 12."]
    assert changes.summary == "1 tiêu chí sửa"
    assert [group.title for group in changes.groups] == ["Mục 1. Công tác tổ chức"]


def test_an_added_criterion_renumbers_those_behind_it_and_is_not_taken_for_them() -> None:
    new = replace(one("1.1", "Phân công cán bộ chuyên trách"), id=55)
    changes = compare(two_sections(A, B), two_sections(new, replace(A, number="1.2"), replace(B, number="1.3")))
    assert (changes.criteria("added"), changes.criteria("removed"), changes.criteria("changed")) == (1, 0, 0)
    assert told(changes)[0] == "Thêm tiêu chí 1.1: Phân công cán bộ chuyên trách."
    [group] = changes.groups
    assert [(change.before, change.after) for change in group.renumbered] == [("1.1", "1.2"), ("1.2", "1.3")]
    assert changes.summary == "1 tiêu chí thêm, 2 đổi số"


def test_a_removed_criterion_stands_where_it_stood() -> None:
    changes = compare(two_sections(A, B, C), two_sections(A, replace(C, number="1.2")))
    assert told(changes) == [
        "Bỏ tiêu chí 1.2: Ban hành quy chế khen thưởng của Hội.",
        "Tiêu chí 1.2: số thứ tự 1.3 → 1.2.",
    ]


def test_a_criterion_in_another_section_has_moved_and_is_the_same_one() -> None:
    changes = compare(two_sections(A, B, second=(D,)), two_sections(A, second=(D, replace(B, number="2.2"))))
    assert told(changes) == ["Tiêu chí 2.2: chuyển chỗ (1.2, thứ 2 trong mục 1 → 2.2, thứ 2 trong mục 2)."]
    assert changes.groups[0].title == "Mục 2. Phong trào thi đua"


def test_what_changed_places_within_its_section_has_moved_and_the_others_have_not() -> None:
    changes = compare(two_sections(A, B, C), two_sections(C, A, B))
    assert [(change.kind, change.text) for change in changes.all] == [("moved", C.text)]


def test_a_reworded_criterion_is_the_same_one_even_with_another_number() -> None:
    reworded = replace(B, number="1.1", text="Ban hành quy chế khen thưởng của Hội và các chi hội")
    changes = compare(two_sections(A, B), two_sections(reworded, replace(A, number="1.2")))
    assert (changes.criteria("added"), changes.criteria("removed")) == (0, 0)
    text = next(change for change in changes.all if change.field == "text")
    assert (text.before, text.after) == (B.text, reworded.text) and text.sentence == "Tiêu chí 1.1: sửa nội dung."


def test_quite_another_text_under_the_same_number_is_another_criterion() -> None:
    changes = compare(two_sections(A, B), two_sections(A, one("1.2", "Thực hiện chế độ báo cáo đúng hạn")))
    assert (changes.criteria("added"), changes.criteria("removed"), changes.criteria("changed")) == (1, 1, 0)
    known = compare(
        two_sections(A, B), two_sections(A, one("1.2", "Thực hiện chế độ báo cáo", id=77)), known={B.id: 77}
    )
    assert (known.criteria("added"), known.criteria("changed")) == (0, 1)


def test_a_renamed_section_is_the_same_one_because_of_what_stands_below_it() -> None:
    old, new = two_sections(A, B, C), two_sections(A, B, C)
    new = replace(new, roots=(replace(new.roots[0], text="Bộ máy, con người, quy định"), new.roots[1]))
    assert [(change.kind, change.field) for change in compare(old, new).all] == [("changed", "text")]


def test_a_new_section_with_its_criteria_is_counted_once_as_a_section() -> None:
    changes = compare(small_sheet(section(1, A)), small_sheet(section(1, A), replace(section(2, D, C), text="Mục mới")))
    assert (changes.criteria("added", sections=True), changes.criteria("added")) == (1, 2)
    assert changes.summary == "2 tiêu chí thêm; 1 mục thêm"


def test_numbers_used_in_every_section_are_told_with_their_section() -> None:
    old = two_sections(replace(A, number="1"), second=(replace(D, number="1"),))
    new = two_sections(replace(A, number="1"), second=(replace(D, number="1", maximum=500),))
    assert told(compare(old, new)) == ["Tiêu chí 2.1: điểm tối đa 10 → 5."]


def test_every_field_of_a_criterion_and_of_a_sheet_is_compared() -> None:
    assert {field.name for field in fields(Criterion)} == {"id", "number", "children", *CRITERION_LABELS}
    assert {field.name for field in fields(Sheet)} == {"id", "roots", "bands", "gates", *SETTINGS}
    others = {
        "guidance": "Xem sổ khen thưởng",
        "kind": "note",
        "polarity": "bonus",
        "minimum": -100,
        "step": 25,
        "levels": (Level("Đủ", 1000),),
        "points_per_count": 50,
        "critical": True,
        "refs": ("36/HD-HTS",),
        "cap": 500,
        "only_highest": True,
        "either_or": True,
        "starts_full": True,
        "applies_to": ("hoi_tinh",),
        "text": A.text + " của Hội",
        "maximum": 900,
    }
    assert set(others) == set(CRITERION_LABELS)
    for name, value in others.items():
        [change] = compare(two_sections(A), two_sections(replace(A, **{name: value}))).all
        assert (change.field, change.before == change.after) == (name, False)
        assert change.sentence.startswith("Tiêu chí 1.1: ")


def test_kinds_of_unit_are_told_by_their_names() -> None:
    changed = replace(A, applies_to=("hoi_nu", "su_doan"))
    [change] = compare(two_sections(A), two_sections(changed), kind_names={"hoi_nu": "Hội Nữ"}).all
    assert (change.before, change.after) == ("mọi đơn vị", "Hội Nữ, su_doan")


def test_every_setting_of_the_sheet_is_told() -> None:
    old = two_sections(A)
    new = replace(
        old,
        name="Bảng mới",
        note="Đã họp bàn",
        declared_max=9000,
        declared_max_by_kind=(("hoi_nu", 8000),),
        not_applicable="full_marks",
        bonus_cap=500,
        total_cap=10000,
        clusters=(Cluster("I", "Cụm Tây Bắc", ("Sơn La", "Lai Châu")),),
    )
    changes = compare(old, new)
    assert [change.field for change in changes.all] == list(SETTINGS)
    assert "Tổng điểm: 100 → 90." in told(changes)
    assert "Tổng điểm theo loại đơn vị: không ghi → hoi_nu 80." in told(changes)
    assert changes.summary == "8 thay đổi về cách tính, xếp loại hoặc tên gọi"


def test_ratings_are_the_same_by_name_then_by_minimum() -> None:
    old = two_sections(A, bands=(Band("Tốt", 8000), Band("Khá", 6500), Band("Yếu", 0)))
    new = two_sections(A, bands=(Band("Yếu", 0), Band("Tốt", 8500), Band("Hoàn thành", 6500), Band("Xuất sắc", 9500)))
    assert told(compare(old, new)) == [
        "Xếp loại: Tốt: từ 80 điểm → Tốt: từ 85 điểm.",
        "Xếp loại: Khá: từ 65 điểm → Hoàn thành: từ 65 điểm.",
        "Thêm Xuất sắc: từ 95 điểm.",
    ]


def test_gates_are_told_as_they_read_before_and_after() -> None:
    bands = (Band("Tốt", 8000), Band("Khá", 6500))
    zero, discipline = (
        Gate("critical_zero", "1.1", None, "at_most", "Khá"),
        Gate("manual", text="Có đơn thư tố cáo đúng"),
    )
    old = two_sections(A, B, bands=bands, gates=(zero, discipline))
    new = two_sections(
        A, B, bands=bands, gates=(replace(discipline, effect="not_rated"), replace(zero, criterion="1.2"))
    )
    changes = compare(old, new)
    assert [(change.kind, change.field) for change in changes.all] == [("changed", "gates")] * 2
    assert {change.after for change in changes.all} == {
        "Có đơn thư tố cáo đúng: không xếp loại.",
        f"Tiêu chí 1.2 ({B.text}) bị 0 điểm: xếp loại không quá Khá.",
    }
    assert compare(old, replace(old, gates=(discipline, zero))).is_empty


def test_a_gate_that_names_nothing_is_told_too() -> None:
    old = two_sections(A, gates=(Gate("critical_zero", "9.9", None, "lower_one"),))
    [change] = compare(old, two_sections(A)).all
    assert change.kind == "removed" and "9.9" in change.before


def test_the_same_gate_about_a_renumbered_criterion_reads_differently() -> None:
    gate = Gate("critical_zero", "1.2", None, "lower_one")
    old = two_sections(A, B, gates=(gate,))
    new = two_sections(replace(B, number="1.1"), replace(A, number="1.2"), gates=(gate,))
    assert [change.field for change in compare(old, new).all if not change.label] == ["gates"]


def test_words_that_came_and_went_are_marked() -> None:
    assert word_changes("Ban hành quy chế", "Ban hành kịp thời quy định") == (
        ("same", "Ban hành"),
        ("come", "kịp thời"),
        ("same", "quy"),
        ("gone", "chế"),
        ("come", "định"),
    )


def test_nothing_different_is_said_in_words() -> None:
    assert compare(checklist72(), checklist72()).summary == "không có gì khác"


def test_how_an_accent_is_written_makes_no_other_criterion_of_it() -> None:
    apart = one("1.1", normalize("NFD", "Hòa giải ở chi hội"))
    changes = compare(two_sections(apart, B), two_sections(B, one("1.2", "Hòa  GIẢI ở chi hội")))
    assert (changes.criteria("added"), changes.criteria("removed"), changes.criteria("changed")) == (0, 0, 1)


# ---- for any two sheets

at_leisure = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # on a busy machine, too


def plain(criteria: tuple[Criterion, ...]) -> tuple[object, ...]:
    """The tree without ids."""
    return tuple((replace(one, id=0, children=()), plain(one.children)) for one in criteria)


@st.composite
def edited_pairs(draw: st.DrawFn) -> tuple[Sheet, Sheet]:
    """A sheet and what a few changes made of it; texts that tell the criteria apart, some of them twice."""
    sheet = draw(sheets())
    words = st.sampled_from(("quy chế khen thưởng", "hồ sơ lưu trữ", "phong trào thi đua", "họp bình xét", "báo cáo"))

    def named(criteria: tuple[Criterion, ...]) -> tuple[Criterion, ...]:
        return tuple(replace(one, text=f"{draw(words)} {one.id % 4}", children=named(one.children)) for one in criteria)

    def edited(criteria: tuple[Criterion, ...]) -> tuple[Criterion, ...]:
        made: list[Criterion] = []
        for one in criteria:
            how = draw(st.integers(0, 9))
            if how == 0:
                continue
            changed = replace(one, children=edited(one.children))
            if how == 1:
                changed = replace(changed, text=draw(words))
            if how == 2:
                changed = replace(changed, number=f"{one.number}b")
            if how == 3 and not one.is_section:
                made.append(replace(changed, id=one.id + 1000))
            made.insert(0 if how == 4 else len(made), changed)
        return tuple(made)

    sheet = replace(sheet, roots=named(sheet.roots))
    return sheet, replace(sheet, roots=edited(sheet.roots))


def names(changes: SheetChanges, kind: str) -> set[int | None]:
    return {one.old_id if kind == "removed" else one.new_id for one in changes.all if one.kind == kind and one.label}


@at_leisure
@given(sheets())
def test_nothing_changes_between_a_sheet_and_itself(sheet: Sheet) -> None:
    assert compare(sheet, sheet).is_empty


@at_leisure
@given(edited_pairs())
def test_seen_from_the_other_side_added_and_removed_change_places(pair: tuple[Sheet, Sheet]) -> None:
    old, new = pair
    there, back = compare(old, new), compare(new, old)
    assert names(there, "added") == names(back, "removed")
    assert names(there, "removed") == names(back, "added")
    assert there == compare(old, new)


@at_leisure
@given(sheets(), sheets())
def test_two_strange_sheets_are_paired_alike_from_both_sides(old: Sheet, new: Sheet) -> None:
    there, back = match(old, new).pairs, match(new, old).pairs
    assert {after: before for before, after in there.items()} == back


@at_leisure
@given(edited_pairs())
def test_there_is_a_change_exactly_when_the_trees_differ(pair: tuple[Sheet, Sheet]) -> None:
    old, new = pair
    assert compare(old, new).is_empty == (plain(old.roots) == plain(new.roots))


@at_leisure
@given(edited_pairs())
def test_every_criterion_is_kept_added_or_removed_and_never_two_of_them(pair: tuple[Sheet, Sheet]) -> None:
    old, new = pair
    changes, pairs = compare(old, new), match(old, new).pairs
    added = changes.criteria("added") + changes.criteria("added", sections=True)
    removed = changes.criteria("removed") + changes.criteria("removed", sections=True)
    assert len(pairs) + removed == len(old.all) and len(pairs) + added == len(new.all)


@at_leisure
@given(st.lists(st.sampled_from("abcd"), max_size=8), st.lists(st.sampled_from("abcd"), max_size=8))
def test_likeness_does_not_depend_on_which_text_comes_first(one: list[str], other: list[str]) -> None:
    assert likeness(tuple(one), tuple(other)) == likeness(tuple(other), tuple(one))


@at_leisure
@given(st.permutations(range(7)))
def test_what_kept_its_order_is_a_longest_rising_run(order: list[int]) -> None:
    run = longest_run(order)
    in_order = [value for value in order if value in run]
    assert in_order == sorted(in_order)
    assert len(run) == longest_by_force(order)


def longest_by_force(order: list[int]) -> int:
    lengths: list[int] = []
    for at, value in enumerate(order):
        lengths.append(1 + max((lengths[i] for i in range(at) if order[i] < value), default=0))
    return max(lengths)
