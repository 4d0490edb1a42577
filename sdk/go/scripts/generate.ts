import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { portalDocument } from "../../../server/api/openapi.ts";
import { type Operation, operationCode } from "./operation-code.ts";
import type { Schema } from "./type-writer.ts";
import { TypeWriter } from "./type-writer.ts";

/**
 * Writes the types and methods of the management client from the portal's OpenAPI document. `--check` only compares.
 * No generator of Go clients reads OpenAPI 3.1 and writes code without dependencies (docs/decisions/0041-sdks.md).
 */
const PATH = fileURLToPath(new URL("../management/generated.go", import.meta.url));
const EXAMPLE = { url: "https://keys.example.com", verifierUrl: "https://verify.example.com" };
const HEADER = `// Code generated from the portal's OpenAPI document by sdk/go/scripts/generate.ts. DO NOT EDIT.

package management

import (
	"context"
	"io"
	"time"
)
`;

interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}

const document = JSON.parse(JSON.stringify(portalDocument(EXAMPLE, "1"))) as Document;
const types = new TypeWriter();
for (const [name, schema] of Object.entries(document.components.schemas)) types.declare(name, schema);
const methods = Object.entries(document.paths).flatMap(([path, operations]) =>
  Object.entries(operations)
    .filter(([, { security = [] }]) => security.some((scheme) => "managementToken" in scheme))
    .map(([method, operation]) => operationCode({ method, path, operation, types })),
);
const text = format([HEADER, ...types.declarations(), ...methods].join("\n"));
if (!process.argv.includes("--check")) {
  writeFileSync(PATH, text);
} else if (readFileSync(PATH, "utf8") !== text) {
  console.error(
    "The Go management client is out of date: run npm run generate -w @latchkey/sdk and commit the result.",
  );
  process.exitCode = 1;
}

function format(code: string): string {
  const { status, stdout, stderr, error } = spawnSync("gofmt", [], { input: code, encoding: "utf8" });
  if (error) throw error;
  if (status !== 0) throw new Error(`The generated code is not Go: ${stderr}`);
  return stdout;
}
