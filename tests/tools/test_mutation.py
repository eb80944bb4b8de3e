"""The mutants that are found, the draw, which tests are tried, and the verdict on mutants whose fate is known."""

from __future__ import annotations

import ast
import textwrap
from pathlib import Path

import pytest
from tools.mutation.__main__ import EXPLAINED, explained, main, table, told
from tools.mutation.copies import Copies
from tools.mutation.covering import Covering, batches, chosen
from tools.mutation.mutants import Mutant, lines_inside, mutants_of
from tools.mutation.sample import draw, meaning, shares
from tools.mutation.trial import Court, Verdict

PATH = "src/ovning/measures/sums.py"


def found(source: str) -> list[Mutant]:
    return mutants_of(textwrap.dedent(source), PATH, "measures")


def changes(source: str) -> set[tuple[str, str]]:
    return {(mutant.before, mutant.after) for mutant in found(source)}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a < b", {("a < b", "a <= b"), ("a < b", "a >= b")}),
        ("a == b", {("a == b", "a != b")}),
        ("a is not b", {("a is not b", "a is b")}),
        ("a in b", {("a in b", "a not in b")}),
        ("a < b <= c", {("a < b <= c", "a < b < c"), ("a < b <= c", "a >= b <= c")}),
        ("a + b", {("a + b", "a - b")}),
        ("a // b", {("a // b", "a * b")}),
        ("a and b", {("a and b", "a or b"), ("a and b", "a"), ("a and b", "b")}),
        ("not a", {("not a", "a")}),
        ("-a", {("-a", "a")}),
        ("7", {("7", "8"), ("7", "6")}),
        ("True", {("True", "False")}),
        ("min(a, b)", {("min(a, b)", "max(a, b)")}),
        ("math.floor(a)", {("math.floor(a)", "math.ceil(a)")}),
        ("any(a)", {("any(a)", "all(a)")}),
        ("sorted(a)", {("sorted(a)", "sorted(a, reverse=True)")}),
        ("sorted(a, reverse=True)", {("sorted(a, reverse=True)", "sorted(a)")}),
        ("b if a else c", {("a", "not a")}),
        ("[a for a in b if a]", {("a", "not a")}),
    ],
)
def test_expressions(source: str, expected: set[tuple[str, str]]) -> None:
    assert expected <= changes(f"x = {source}")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("return a", {("return a", "return None")}),
        ("return", {("return", "pass")}),
        ("return None", {("return None", "pass")}),
        ("call(a)", {("call(a)", "pass")}),
        ("a.b = c", {("a.b = c", "pass")}),
        ("a += b", {("a += b", "pass"), ("a += b", "a -= b")}),
        ("raise ValueError(1)", {("raise ValueError(1)", "pass")}),
        ("yield a", {("yield a", "pass")}),
        ("if a:\n        b = c", {("a", "not a")}),
    ],
)
def test_statements(source: str, expected: set[tuple[str, str]]) -> None:
    assert changes(f"def f(a):\n    {source}\n") == expected


@pytest.mark.parametrize(
    "source",
    [
        '"""A module of 1 word."""',
        "x: Literal[1, 2] | None",
        "x = cast(Literal[1], y)",
        "Either = int | str",
        "import a",
        "@cache(1)\nclass A(B, n=1):\n    '''Not 1.'''\n    x: int",
        "assert a > 1",
        "if TYPE_CHECKING:\n    x = 1",
        "x = zip(a, strict=True)",
        "x = f'{a + 1}'",
        "x = 'a' + b",
    ],
)
def test_what_describes_or_guards_is_left_alone(source: str) -> None:
    assert changes(source) == set()


def test_a_match_is_mutated_in_guards_and_bodies_but_not_in_its_patterns() -> None:
    source = "match a:\n    case 1 if b:\n        x = 5\n"
    assert changes(source) == {("b", "not b"), ("5", "6"), ("5", "4")}


def test_applied_changes_only_its_own_bytes_beyond_letters_of_two_bytes() -> None:
    source = 'def f(a):\n    return "åäö", a * 2, "ö"\n'
    mutant = next(one for one in found(source) if one.operator == "arithmetic")
    assert mutant.applied(source.encode()).decode() == 'def f(a):\n    return "åäö", (a / 2), "ö"\n'


def test_every_mutant_of_a_real_module_is_a_program() -> None:
    path = Path(__file__).parents[2] / "src" / "ovning" / "measures" / "spans.py"
    source = path.read_bytes()
    mutants = mutants_of(source.decode(), "spans.py", "measures")
    assert len(mutants) > 30
    for mutant in mutants:
        ast.parse(mutant.applied(source))


def test_a_mutant_keeps_its_name_when_something_is_written_above_it() -> None:
    source = "def f(a):\n    return a + 1\n"
    assert [one.name for one in found(source)] == [one.name for one in found(f"import b\n\n\n{source}")]


def test_equal_mutants_have_names_of_their_own() -> None:
    names = [one.name for one in found("def f(a):\n    call(1)\n    call(1)\n")]
    assert len(names) == len(set(names)) == 6


def test_meaning_is_what_runs() -> None:
    assert meaning(b"x = 1\n") == meaning(b"# one\n\nx = (1)\n")
    assert meaning(b"x = 1\n") != meaning(b"x = True\n")
    assert meaning(b"x = 1\n") != meaning(b"x = 1.0\n")
    assert meaning(b"def f(): return 1\n") != meaning(b"def f(): return 2\n")
    assert meaning(b"x = a in {1, 2}\n") == meaning(b"x = a in {2, 1}\n")
    assert meaning(b"x = (\n") is None


def test_shares_are_in_proportion_and_sum() -> None:
    assert shares({"engine": 600, "measures": 300, "experiment": 100}, 10) == {
        "engine": 6,
        "measures": 3,
        "experiment": 1,
    }
    for n in range(30):
        assert sum(shares({"engine": 7, "measures": 5, "experiment": 3}, n).values()) == n


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A repository with one module, and tests that are strict on one function and ask nothing of another."""
    root = tmp_path / "house"
    files = {
        "src/ovning/__init__.py": "",
        "src/ovning/measures/__init__.py": "",
        PATH: """\
            LIMIT = 3


            def tell(a: int) -> int:
                return a + LIMIT


            def forget(a: int) -> int:
                return a * 2


            def never(a: int) -> int:
                return a - 1


            def wait(a: int) -> int:
                while a < 4:
                    a += 1
                return a
            """,
        "tests/measures/test_sums.py": """\
            from ovning.measures.sums import forget, tell, wait

            def test_tell():
                assert tell(4) == 7

            def test_forget():
                forget(1)

            def test_wait():
                assert wait(1) == 4
            """,
        "exercises/none.yaml": "",
    }
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text), encoding="utf-8")
    return root


def test_the_draw_is_the_same_each_time_and_a_small_one_is_a_part_of_a_large_one(house: Path) -> None:
    every = draw(house, ["measures"], 100, 1)
    few = draw(house, ["measures"], 6, 1)
    assert few == draw(house, ["measures"], 6, 1) == every[:6]
    assert few != draw(house, ["measures"], 6, 2)
    assert len({meaning(one.applied((house / PATH).read_bytes())) for one in every}) == len(every)


def covering(file: str, seconds: float, *lines: int) -> Covering:
    return Covering(file, "", seconds, True, {PATH: lines})


def mutant_at(line: int) -> Mutant:
    return Mutant("measures", PATH, "f", line, 0, 0, "", "", "", "")


def test_the_rooms_own_tests_come_first_then_the_quickest_as_long_as_the_budget_lasts() -> None:
    known = [
        covering("tests/report/test_a.py", 2, 5),
        covering("tests/report/test_b.py", 9, 5),
        covering("tests/engine/test_c.py", 1, 5),
        covering("tests/measures/test_d.py", 4, 5),
        covering("tests/measures/test_e.py", 1, 6),
    ]
    inside = frozenset({5, 6})
    order = [one.file[-4] for one in chosen(mutant_at(5), inside, known, 100)]
    assert order == ["d", "c", "a", "b"]
    assert [one.file[-4] for one in chosen(mutant_at(5), inside, known, 5)] == ["d", "c", "a"]
    assert [one.file[-4] for one in chosen(mutant_at(5), inside, known, 0)] == ["d"]
    assert chosen(mutant_at(7), frozenset({5, 6, 7}), known, 100) == []


def test_the_modules_own_tests_come_before_the_rooms_and_the_second_programmes_are_the_engines_own() -> None:
    known = [
        covering("tests/measures/test_a.py", 1, 5),
        covering("tests/measures/test_sums.py", 9, 5),
        covering("tests/report/test_sums.py", 1, 5),
    ]
    assert [one.file for one in chosen(mutant_at(5), frozenset({5}), known, 100)] == [
        "tests/measures/test_sums.py",
        "tests/measures/test_a.py",
        "tests/report/test_sums.py",
    ]
    known = [covering("tests/independent/test_plain.py", 9, 5), covering("tests/measures/test_a.py", 1, 5)]
    engines = mutant_at(5)._replace(room="engine")
    assert chosen(engines, frozenset({5}), known, 100) == known


def test_who_runs_much_of_the_module_comes_before_who_only_passes_by() -> None:
    known = [covering("tests/measures/test_a.py", 3, 5), covering("tests/measures/test_b.py", 8, *range(1, 9))]
    assert [one.file[-4] for one in chosen(mutant_at(5), frozenset({5}), known, 100)] == ["b", "a"]


def test_a_line_outside_functions_is_tried_by_those_that_run_a_function_of_the_module() -> None:
    known = [covering("tests/a.py", 1, 1), covering("tests/b.py", 1, 1, 5)]
    assert [one.file for one in chosen(mutant_at(1), frozenset({5}), known, 100)] == ["tests/b.py"]


def test_batches_are_all_of_the_plan_and_the_first_is_short() -> None:
    plan = [covering(f"tests/{n}.py", seconds) for n, seconds in enumerate((1, 2, 3, 9))]
    first, rest = batches(plan, 4)
    assert [*first, *rest] == plan
    assert len(first) == 3
    assert batches(plan[:1], 4) == [plan[:1]]
    assert batches([], 4) == []


def test_lines_inside_functions() -> None:
    assert lines_inside("A = 1\n\n\ndef f(\n    a=2,\n):\n    b = a\n    return b\n") == {7, 8}


ASKED = {"a - LIMIT": "killed", "4": "killed", "a / 2": "survived", "a + 1": "not covered", "a -= 1": "timeout"}


def contents(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_verdicts_in_copies_are_kept_for_as_long_as_program_and_tests_are_the_same(house: Path, tmp_path: Path) -> None:
    tests = house / "tests/measures/test_sums.py"
    known = [covering("tests/measures/test_sums.py", 0.2, 5, 9, 17, 18, 19)]
    mutants = [one for one in draw(house, ["measures"], 100, 1) if one.after in ASKED and one.before != "4"]
    mutants = [one for one in mutants if (one.after, one.function) != ("4", "wait")]
    assert {one.after for one in mutants} == set(ASKED)
    tried: list[str] = []

    def judged(folder: str, mutants: list[Mutant]) -> dict[str, str]:
        tried.clear()
        court = Court(house, tmp_path / "kept" / "verdicts.jsonl", known, 60, grace=5)
        with Copies(house, tmp_path / folder, 2) as copies:
            found = court.judge(mutants, copies, 2, lambda mutant, _: tried.append(mutant.after))
        return {one.after: found[one.name].verdict for one in mutants}

    untouched = contents(house)
    assert judged("first", mutants) == ASKED
    assert sorted(tried) == sorted(ASKED)
    assert contents(house) == untouched
    assert judged("second", mutants) == ASKED
    assert tried == []

    tests.write_text(tests.read_text().replace("forget(1)", "assert forget(1) == 2"))
    assert judged("third", [one for one in mutants if one.after == "a / 2"]) == {"a / 2": "killed"}


def test_the_table_counts_by_room_and_tells_why_survivors_survive() -> None:
    killed, lived = (mutant_at(line)._replace(before="a < b", after=after) for line, after in ((1, "a"), (2, "b")))
    verdicts = {
        one.name: Verdict(one.name, "", "", verdict, 2.0, "")
        for one, verdict in ((killed, "killed"), (lived, "survived"))
    }
    said = table([killed, lived], verdicts, {lived.name: "they are never equal"})
    assert "measures           2            1            0            1            0     50.0%" in said
    assert told(lived) in said
    assert told(killed) not in said
    assert "they are never equal" in said
    assert f"NOT EXPLAINED: {lived.name}" in table([killed, lived], verdicts, {})


def test_every_explanation_is_of_a_mutant_there_is() -> None:
    root = EXPLAINED.parents[2]
    for name in explained():
        path = name.split("|")[0]
        assert name in {one.name for one in mutants_of((root / path).read_text(encoding="utf-8"), path, "")}


def test_the_command_lists_what_it_would_try(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--list", "--rooms", "experiment", "--sample", "4"]) == 0
    rows = capsys.readouterr().out.splitlines()
    assert len(rows) == 4
    assert all(row.startswith("src/ovning/experiment/") for row in rows)
