"""Which part may know of which, and that every part is tested."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from guard import GUARD_S

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "paradigm_gui"
TESTS = ROOT / "tests"
QT = ("PySide6", "shiboken6", "qasync")


def modules(folder):
    return sorted(path for path in (PACKAGE / folder).glob("*.py") if path.name != "__init__.py")


def imports_of(path):
    """Every module that a file imports, wherever in it; `from a import b` gives `a` and `a.b`."""
    found = set()
    for node in ast.walk(ast.parse(path.read_bytes(), path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            found |= {str(node.module), *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def forbidden(path, *prefixes):
    """What a file imports of modules that it may not know."""
    return sorted(
        name for name in imports_of(path) if any(f"{name}.".startswith(f"{prefix}.") for prefix in prefixes)
    )


def test_no_core_module_loads_qt():
    names = [f"paradigm_gui.core.{path.stem}" for path in modules("core")]
    assert len(names) > 10
    # with all of the modules at once, the one at fault is named by the imports of the files below
    program = f"""
import importlib, sys
for name in {names!r}:
    importlib.import_module(name)
    loaded = sorted({{module.partition(".")[0] for module in sys.modules}} & set({QT!r}))
    assert not loaded, (name, loaded)
print("clean")
"""
    ended = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=GUARD_S, check=False
    )
    assert (ended.stdout, ended.stderr) == ("clean\n", "")


@pytest.mark.parametrize("path", modules("core"), ids=lambda path: path.stem)
def test_core_knows_core_alone(path):
    assert forbidden(path, *QT) == []
    assert all(name.startswith("paradigm_gui.core") for name in forbidden(path, "paradigm_gui"))


@pytest.mark.parametrize("path", modules("demo"), ids=lambda path: path.stem)
def test_the_demo_stands_alone(path):
    assert all(name.startswith("paradigm_gui.demo") for name in forbidden(path, "paradigm_gui"))
    assert forbidden(path, *QT) == []


@pytest.mark.parametrize("path", modules("widgets"), ids=lambda path: path.stem)
def test_widgets_do_not_know_the_engine(path):
    engine = [f"paradigm_gui.core.{name}" for name in ("runner", "client", "keys")]
    assert forbidden(path, *engine, "openai", "aiohttp", "httpx2", "keyring") == []
    assert forbidden(path, "paradigm_gui.app", "paradigm_gui.controller") == []


@pytest.mark.parametrize("path", modules("models"), ids=lambda path: path.stem)
def test_models_do_not_know_widgets(path):
    assert forbidden(path, "paradigm_gui.widgets", "PySide6.QtWidgets", "openai") == []
    assert forbidden(path, "paradigm_gui.app", "paradigm_gui.controller") == []


def test_data_folders_are_no_packages():
    for name in ("resources", "packaging"):
        assert (ROOT / name).is_dir()
        assert not list((ROOT / name).rglob("__init__.py"))


@pytest.mark.parametrize(
    "path", [*modules("core"), *modules("models")], ids=lambda path: f"{path.parent.name}.{path.stem}"
)
def test_every_module_has_a_test_file_that_names_it(path):
    places = [TESTS / kind / f"test_{path.stem}.py" for kind in ("unit", "gui")]
    name = re.compile(rf"\bparadigm_gui\.{path.parent.name}(\.| import .*\b){path.stem}\b")
    assert [place for place in places if place.exists() and name.search(place.read_text("utf-8"))]
