"""The built wheel does the main job outside the checkout."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
def test_the_demo_runs_from_the_wheel(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d",
                    str(tmp_path / "dist")], cwd=ROOT, check=True, capture_output=True)
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    environment = tmp_path / "environment"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(environment)], check=True)
    python = environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    site = Path(subprocess.run(
        [str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True, capture_output=True, text=True).stdout.strip())
    shutil.unpack_archive(wheel, site, "zip")
    # The locked libraries come from the environment of these tests, its own .pth files do not.
    (site / "libraries.pth").write_text(
        f"import sys; sys.path.append({sysconfig.get_path('purelib')!r})\n", "utf-8")
    outside = tmp_path / "elsewhere"
    outside.mkdir()

    def run(*words: str) -> str:
        done = subprocess.run([str(python), *words], cwd=outside, check=False,
                              capture_output=True, text=True)
        assert done.returncode == 0, done
        return done.stdout

    assert str(site) in run("-c", "import optout; print(optout.__file__)")
    demo = json.loads(run("-m", "optout", "demo", "--out", "out", "--json"))
    assert len({request["broker"] for request in demo["requests"]}) >= 60
    for document in demo["documents"]:
        assert Path(document["path"]).is_relative_to(outside)
        assert Path(document["path"]).stat().st_size > 0
    assert {path.name for path in outside.iterdir()} == {"out"}
