"""The shape of the code, read from the code itself: see docs/architecture.md.

Nothing is imported or run: each file is parsed and walked.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APPS = ["actors", "cohorts", "meetings", "reports"]
"""Each may import those before it, never those after."""

ROOMS = {
    "programme": 0,
    "rules": 1,
    "queries": 2,
    "models": 3,
    "access": 4,
    "actions": 5,
    "forms": 6,
    "views": 7,
    "adapter": 7,
    "context": 7,
    "mailbox": 7,
    "middleware": 7,
    "openid": 7,
    "tasks": 8,
    "admin": 8,
    "demo": 8,
    "management": 8,
    "templatetags": 8,
    "urls": 9,
}
"""Each room may import its own and those with a lower number."""

MAY_READ_THE_CLOCK = {"views", "mailbox", "middleware", "tasks", "management", "admin"}
CLOCK = {
    "timezone.now",
    "date.today",
    "datetime.now",
    "datetime.today",
    "datetime.utcnow",
    "datetime.date.today",
    "datetime.datetime.now",
    "time.time",
}
CLOCK_WITHOUT_ARGUMENTS = {"timezone.localdate", "timezone.localtime"}
VAGUE = {"utils", "util", "helpers", "helper", "common", "base", "misc"}
RELATIONS = {"ForeignKey", "OneToOneField", "ManyToManyField"}


def files(*folders: str) -> list[Path]:
    """Return our Python files below ``folders``, without migrations."""
    found = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    return [path for path in found if "migrations" not in path.parts]


def room(path: Path) -> str:
    """Return the room of a file of an app: ``models`` for ``actors/models/people.py``."""
    return path.relative_to(ROOT).parts[1].removesuffix(".py")


def walk(node: ast.AST) -> Iterator[ast.AST]:
    """Walk ``node``, but not into what only the type checker reads."""
    yield node
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test):
            continue
        yield from walk(child)


def nodes(path: Path) -> Iterator[ast.AST]:
    return walk(ast.parse(path.read_text(), str(path)))


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Yield (line, dotted name) of everything ``path`` imports, inside functions too."""
    for node in nodes(path):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            if node.level:
                package = path.relative_to(ROOT).parts[: -node.level]
                module = ".".join([*package, *filter(None, [module])])
            yield from ((node.lineno, f"{module}.{alias.name}") for alias in node.names)


def dotted(node: ast.AST) -> str:
    """Return ``timezone.now`` for that expression, an empty string for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (front := dotted(node.value)):
        return f"{front}.{node.attr}"
    return ""


def reads_the_clock(node: ast.AST) -> bool:
    """Return whether ``node`` names the clock; ``localtime(value)`` only converts."""
    if isinstance(node, ast.Call):
        return dotted(node.func) in CLOCK_WITHOUT_ARGUMENTS and not node.args and not node.keywords
    return isinstance(node, ast.Attribute) and dotted(node) in CLOCK


def at(path: Path, line: int, what: str) -> str:
    return f"{path.relative_to(ROOT)}:{line}: {what}"


def allowed(app: str) -> set[str]:
    return set(APPS[: APPS.index(app) + 1])


@pytest.mark.parametrize("app", APPS)
def test_app_imports_only_apps_below_it(app: str) -> None:
    wrong = [
        at(path, line, name)
        for path in files(app)
        for line, name in imports(path)
        if name.split(".")[0] in APPS and name.split(".")[0] not in allowed(app)
    ]

    assert wrong == []


@pytest.mark.parametrize("app", APPS)
def test_app_takes_nothing_but_the_library_from_the_project(app: str) -> None:
    wrong = [
        at(path, line, name)
        for path in files(app)
        for line, name in imports(path)
        if name.startswith("lmp.") and not name.startswith("lmp.lib")
    ]

    assert wrong == []


@pytest.mark.parametrize("app", APPS)
def test_relations_point_the_same_way_as_imports(app: str) -> None:
    wrong = [
        at(path, node.lineno, argument.value)
        for path in files(app)
        for node in nodes(path)
        if isinstance(node, ast.Call) and dotted(node.func).split(".")[-1] in RELATIONS
        for argument in node.args[:1]
        if isinstance(argument, ast.Constant) and "." in str(argument.value)
        if str(argument.value).split(".")[0] not in allowed(app)
    ]

    assert wrong == []


def test_library_imports_no_app_and_nothing_else_of_the_project() -> None:
    wrong = [
        at(path, line, name)
        for path in files("lmp/lib")
        for line, name in imports(path)
        if name.split(".")[0] in APPS
        or (name.startswith("lmp.") and not name.startswith("lmp.lib"))
    ]

    assert wrong == []


@pytest.mark.parametrize("app", APPS)
def test_every_file_has_a_room(app: str) -> None:
    known = {*ROOMS, "__init__", "apps", "data", "demo", "programmes"}

    assert sorted({room(path) for path in files(app)} - known) == []


def queries_below_models(app: str) -> set[Path]:
    """Return the modules of queries that the app's models are built on, themselves or through each
    other: the querysets. The other modules of queries find across several models."""
    found: set[Path] = set()
    waiting = [path for path in files(app) if room(path) == "models"]
    while waiting:
        for _line, name in imports(waiting.pop()):
            parts = name.split(".")
            path = ROOT.joinpath(*parts[:3]).with_suffix(".py")
            if parts[:2] == [app, "queries"] and path.exists() and path not in found:
                found.add(path)
                waiting.append(path)
    return found


@pytest.mark.parametrize("app", APPS)
def test_rooms_import_only_rooms_before_them(app: str) -> None:
    wrong = []
    below = queries_below_models(app)
    for path in files(app):
        rank = ROOMS.get(room(path), max(ROOMS.values()))
        if room(path) == "queries" and path not in below:
            rank = ROOMS["models"]
        for line, name in imports(path):
            owner, _, rest = name.partition(".")
            if owner == app and ROOMS.get(rest.split(".")[0], 0) > rank:
                wrong.append(at(path, line, name))

    assert wrong == []


def test_no_signals_and_no_generic_foreign_keys() -> None:
    banned = ("django.dispatch", "django.db.models.signals", "django.contrib.contenttypes.fields")

    wrong = [
        at(path, line, name)
        for path in files(*APPS, "lmp")
        for line, name in imports(path)
        if name.startswith(banned)
    ]

    assert wrong == []


def test_no_module_has_a_vague_name() -> None:
    named = [path for path in files(*APPS, "lmp", "tests") if path.stem in VAGUE]
    inside = [path for path in files(*APPS, "lmp", "tests") if VAGUE & set(path.parts[:-1])]

    assert named + inside == []


def test_only_the_doors_read_the_clock() -> None:
    lower = [path for path in files(*APPS) if room(path) not in MAY_READ_THE_CLOCK]

    wrong = [
        at(path, node.lineno, ast.unparse(node))
        for path in [*lower, *files("lmp/lib")]
        for node in nodes(path)
        if reads_the_clock(node)
    ]

    assert wrong == []


def test_no_model_overrides_save() -> None:
    wrong = [
        at(path, item.lineno, f"{node.name}.{item.name}")
        for path in files(*APPS)
        if room(path) == "models"
        for node in nodes(path)
        if isinstance(node, ast.ClassDef)
        for item in node.body
        if isinstance(item, ast.FunctionDef) and item.name in {"save", "delete", "clean_fields"}
    ]

    assert wrong == []


def test_below_the_views_nothing_takes_a_request() -> None:
    lower = [path for path in files(*APPS) if ROOMS.get(room(path), 99) < ROOMS["views"]]

    wrong = [
        at(path, node.lineno, node.name)
        for path in lower
        for node in nodes(path)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and "request" in {argument.arg for argument in [*node.args.args, *node.args.kwonlyargs]}
    ]

    assert wrong == []
