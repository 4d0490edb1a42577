import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import openapiTS, { astToString, type OpenAPI3 } from "openapi-typescript";
import { portalDocument } from "../../../server/api/openapi.ts";

/** Writes the types of the management client from the portal's OpenAPI document. `--check` only compares. */
const PATH = fileURLToPath(new URL("../src/management-schema.ts", import.meta.url));
const EXAMPLE = { url: "https://keys.example.com", verifierUrl: "https://verify.example.com" };
const HEADER =
  "// Generated from the portal's OpenAPI document: npm run generate -w @latchkey/sdk. Do not edit.\n\n";

const document = JSON.parse(JSON.stringify(portalDocument(EXAMPLE, "1"))) as OpenAPI3;
const text = HEADER + astToString(await openapiTS(document, { alphabetize: true }));
if (!process.argv.includes("--check")) {
  writeFileSync(PATH, text);
} else if (readFileSync(PATH, "utf8") !== text) {
  console.error(
    "The management client is out of date: run npm run generate -w @latchkey/sdk and commit the result.",
  );
  process.exitCode = 1;
}
