"""The built wheel in a fresh environment: its contents, the README's service and the examples."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import sysconfig
import time
import venv
import zipfile
from email import message_from_bytes
from pathlib import Path

import httpx
import pytest
from deployment import deployment

SDK = Path(__file__).parents[1]
README = (SDK / "README.md").read_text()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    source, built = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(SDK / name, source)
    shutil.copytree(SDK / "src", source / "src", ignore=shutil.ignore_patterns("__pycache__"))
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", built], cwd=source, check=True)
    [path] = built.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def project(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of someone else that has installed the wheel; frameworks come from the environment of the tests."""
    root = tmp_path_factory.mktemp("project")
    venv.create(root / ".venv", with_pip=False)
    python = root / ".venv" / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "--python", str(python)]
    subprocess.run([*pip, "install", "--no-deps", "--no-index", str(wheel)], check=True)
    [packages] = (root / ".venv" / "lib").glob("python*/site-packages")
    (packages / "frameworks.pth").write_text(sysconfig.get_path("purelib"))
    shutil.copytree(SDK / "examples", root / "examples", ignore=shutil.ignore_patterns("__pycache__"))
    [code] = re.findall(r"```python\n(# server\.py\n.*?)```", README, re.DOTALL)
    (root / "server.py").write_text(code)
    return root


def test_the_wheel_holds_the_package_with_its_types_and_license(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        metadata = message_from_bytes(archive.read(next(name for name in names if name.endswith("/METADATA"))))
    assert "latchkey/py.typed" in names
    assert [
        name for name in names if not re.match(r"latchkey/\w+\.(pyi?|typed)$|latchkey-[\w.]+\.dist-info/", name)
    ] == []
    assert any(name.endswith("/licenses/LICENSE") for name in names)
    required = metadata.get_all("Requires-Dist", [])
    assert [text.split(">")[0].split("<")[0] for text in required if "extra ==" not in text] == ["httpx"]


def test_the_package_imports_nothing_but_httpx_and_the_standard_library(project: Path) -> None:
    code = (
        "import sys, httpx; before = set(sys.modules); "
        "import latchkey, latchkey.asgi, latchkey.wsgi, latchkey.testing, latchkey.webhooks; "
        "print(latchkey.__file__); "
        "print(*{name.split('.')[0] for name in set(sys.modules) - before} - sys.stdlib_module_names)"
    )
    python = project / ".venv" / "bin" / "python"
    output = subprocess.run([python, "-c", code], cwd=project, check=True, capture_output=True, text=True).stdout
    file, modules = output.splitlines()
    assert Path(file).is_relative_to(project)
    assert modules.split() == ["latchkey"]


@pytest.mark.parametrize(
    "command",
    [
        pytest.param("-m uvicorn server:app --port {port}", id="README"),
        pytest.param("-m uvicorn --app-dir examples fastapi_app:app --port {port}", id="FastAPI"),
        pytest.param("-m uvicorn --app-dir examples asgi_app:app --port {port}", id="ASGI"),
        pytest.param("-m uvicorn --app-dir examples django_app:app --port {port}", id="Django"),
        pytest.param("examples/wsgi_app.py", id="WSGI"),
    ],
)
def test_the_service_answers_401_without_a_key_and_200_with_one(project: Path, command: str) -> None:
    real = deployment()
    port = free_port()
    env = {
        **os.environ,
        "LATCHKEY_VERIFIER_URL": real.verifierUrl,
        "LATCHKEY_TOKEN": real.serviceToken,
        "PORT": str(port),
    }
    arguments = [str(project / ".venv" / "bin" / "python"), *command.format(port=port).split()]
    with subprocess.Popen(arguments, cwd=project, env=env) as service:
        try:
            url = f"http://127.0.0.1:{port}/badges"
            assert wait_for_status(url, service) == 401
            for headers in ({"X-Api-Key": real.secrets["valid"]}, {"Authorization": f"Bearer {real.secrets['valid']}"}):
                response = httpx.get(url, headers=headers)
                assert (response.status_code, list(response.json())) == (200, ["caller"])
                assert response.json()["caller"] != "unverified"
            assert httpx.get(url, headers={"X-Api-Key": real.secrets["restrictedToIps"]}).status_code == 403
        finally:
            service.terminate()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


def wait_for_status(url: str, service: subprocess.Popen[bytes]) -> int:
    ends_at = time.monotonic() + 30
    while time.monotonic() < ends_at and service.poll() is None:
        try:
            return httpx.get(url).status_code
        except httpx.TransportError:
            time.sleep(0.05)
    raise AssertionError("The service did not start.")
