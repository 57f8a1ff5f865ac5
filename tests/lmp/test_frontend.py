"""The copy of front-end files that are served."""

from pathlib import Path

import pytest

from lmp.frontend import SERVED, copy_packages


def install(folder: Path) -> None:
    """Make a node_modules with one small file for each that is served."""
    for package, patterns in SERVED.values():
        for pattern in [*patterns, "LICENSE"]:
            path = folder / package / pattern.replace("*", "-ext")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("x\n//# sourceMappingURL=x.js.map\n")


def test_copies_what_templates_name(tmp_path: Path) -> None:
    install(tmp_path / "node_modules")

    count = copy_packages(tmp_path / "node_modules", tmp_path / "vendor")

    copied = sorted(str(p.relative_to(tmp_path)) for p in tmp_path.glob("vendor/*/*"))
    assert count == len(copied) == 10
    assert {"vendor/designsystemet/index.css", "vendor/htmx/htmx.min.js"} <= set(copied)


def test_drops_the_line_that_names_a_missing_source_map(tmp_path: Path) -> None:
    install(tmp_path / "node_modules")

    copy_packages(tmp_path / "node_modules", tmp_path / "vendor")

    assert (tmp_path / "vendor/htmx/htmx.min.js").read_text() == "x\n"


def test_forgets_what_an_earlier_copy_left(tmp_path: Path) -> None:
    install(tmp_path / "node_modules")
    (tmp_path / "vendor/old").mkdir(parents=True)

    copy_packages(tmp_path / "node_modules", tmp_path / "vendor")

    assert not (tmp_path / "vendor/old").exists()


def test_names_the_package_that_is_not_installed(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"@digdir/designsystemet-css: .* make setup"):
        copy_packages(tmp_path / "node_modules", tmp_path / "vendor")
