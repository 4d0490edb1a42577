"""Writes the types of the management client from the portal's OpenAPI document. `--check` only compares."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
TYPES = ROOT / "src" / "latchkey" / "management_types.pyi"
BIN = Path(sys.executable).parent
OPTIONS = [
    *("--input-file-type", "openapi", "--openapi-scopes", "schemas", "paths", "--use-operation-id-as-name"),
    *("--output-model-type", "typing.TypedDict", "--target-python-version", "3.10", "--no-use-closed-typed-dict"),
    *("--use-union-operator", "--use-standard-collections", "--enum-field-as-literal", "all", "--use-title-as-name"),
    *("--formatters", "builtin", "--disable-warnings"),
]
METHODS = ("get", "post", "put", "patch", "delete")
HEADER = '''"""Types of the management API: for `if TYPE_CHECKING`, because this module exists for type checkers only.

Generated from the portal's OpenAPI document by scripts/generate.py. Do not edit.
"""

from collections.abc import Awaitable, Mapping
from typing import Any, Literal, Protocol, TypeAlias, overload

from typing_extensions import NotRequired, TypedDict

Params: TypeAlias = Mapping[str, str]
Query: TypeAlias = Mapping[str, str | int | bool | None]
'''


def main() -> None:
    print_openapi = ["node", "-C", "react-server", str(ROOT / "scripts" / "print-openapi.ts")]
    document = subprocess.run(print_openapi, cwd=ROOT.parents[1], check=True, capture_output=True, text=True).stdout
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "management_types.pyi"
        models = models_of(document, Path(folder))
        path.write_text(HEADER + models + "".join(protocols(json.loads(document), models)))
        subprocess.run([BIN / "ruff", "format", "--quiet", "--config", ROOT / "pyproject.toml", path], check=True)
        text = path.read_text()
    if "--check" not in sys.argv:
        TYPES.write_text(text)
    elif not TYPES.exists() or TYPES.read_text() != text:
        sys.exit("The management client is out of date: run scripts/generate.py (docs/contribute/testing.md).")


def models_of(document: str, folder: Path) -> str:
    """The schemas as typed dictionaries, without their imports."""
    (folder / "openapi.json").write_text(document)
    output = folder / "models.py"
    command: list[str | Path] = [
        BIN / "datamodel-codegen",
        "--input",
        folder / "openapi.json",
        "--output",
        output,
        *OPTIONS,
    ]
    subprocess.run(command, check=True)
    return re.sub(r"^(#|from|import) .*\n", "", output.read_text(), flags=re.MULTILINE)


def protocols(document: dict[str, Any], models: str) -> list[str]:
    """A callable type for each method, sync and async, with an overload for each path."""
    names = set(re.findall(r"^(?:class )?(\w+)(?:\(TypedDict| = TypedDict|: TypeAlias)", models, re.MULTILINE))
    parts = []
    for method in METHODS:
        operations = [(path, item[method]) for path, item in document["paths"].items() if method in item]
        for prefix, wrap in (("", "{}"), ("Async", "Awaitable[{}]")):
            parts.append(f"\nclass {prefix}{method.title()}(Protocol):\n")
            for path, operation in operations:
                body, response = body_type(operation, names), response_type(operation, names)
                parameters = ["self", f'path: Literal["{path}"]', "*"]
                parameters.append("params: Params" if "{" in path else "params: None = None")
                parameters.append("query: Query | None = None")
                parameters.append(f"json: {body}" if body else "json: None = None")
                parameters.append("idempotency_key: str | None = None")
                parts.append(
                    f"    @overload\n    def __call__({', '.join(parameters)}) -> {wrap.format(response)}: ...\n"
                )
    return parts


def body_type(operation: dict[str, Any], names: set[str]) -> str | None:
    content = operation.get("requestBody", {}).get("content", {})
    if not content:
        return None
    if "application/json" not in content:
        return "Any"
    return type_of(content["application/json"]["schema"], operation["operationId"], "Request", names)


def response_type(operation: dict[str, Any], names: set[str]) -> str:
    answers: dict[str, Any] = operation["responses"]
    success: dict[str, Any] = next((answer for status, answer in answers.items() if status.startswith("2")), {})
    schema = success.get("content", {}).get("application/json", {}).get("schema")
    return "Any" if schema is None else type_of(schema, operation["operationId"], "Response", names)


def type_of(schema: dict[str, Any], operation_id: str, suffix: str, names: set[str]) -> str:
    named = schema.get("$ref", "").rpartition("/")[2] or f"{operation_id[0].upper()}{operation_id[1:]}{suffix}"
    return named if named in names else "Any"


main()
