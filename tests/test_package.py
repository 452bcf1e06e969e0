"""The package says plainly when something hides a part of it."""

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize("hiding", ["models.py", "models/__init__.py"])
def test_another_models_on_the_path_is_named(hiding: str, tmp_path: Path) -> None:
    path = tmp_path / hiding
    path.parent.mkdir(exist_ok=True)
    path.write_text("")
    root = Path(__file__).parent.parent
    code = f"import sys; sys.path[:0] = [{str(tmp_path)!r}, {str(root)!r}]\n"
    code += "import scheduler"
    done = subprocess.run(
        [sys.executable, "-S", "-c", code], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "another 'models' on the path hides Ringfence's own" in done.stderr
