"""Whether two programs are the same is told by their code, and by nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

from ovning.experiment.program import code_of


def test_the_same_code_in_another_place_is_the_same_program(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for name, text in {"a.py": "x = 1", "room/b.py": "y = 2", "room/page.j2": "<p>", "notes.txt": "nothing"}.items():
        (one / name).parent.mkdir(parents=True, exist_ok=True)
        (one / name).write_text(text, encoding="utf-8")
    shutil.copytree(one, other)
    (other / "notes.txt").write_text("something", encoding="utf-8")
    assert code_of(one) == code_of(other) != code_of(tmp_path)


def test_other_words_another_name_or_another_cut_between_files_is_another_program(tmp_path: Path) -> None:
    wholes = []
    for n, files in enumerate(
        (
            {"a.py": "x = 1", "b.py": "y = 2"},
            {"a.py": "x = 1", "b.py": "y = 3"},
            {"a.py": "x = 1", "c.py": "y = 2"},
            {"a.py": "x = 1y", "b.py": " = 2"},
            {"a.py": "x = 1"},
        )
    ):
        folder = tmp_path / str(n)
        folder.mkdir()
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8")
        wholes.append(code_of(folder))
    assert len(set(wholes)) == len(wholes)
