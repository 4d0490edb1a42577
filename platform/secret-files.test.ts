import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { redact, secretsOf } from "./redact.ts";
import { SECRET_SETTINGS, withSecretFiles } from "./secret-files.ts";
import { parseSettings } from "./settings.ts";

const SECRET = "hunter2-hunter2-hunter2-hunter2-hunter2";
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "latchkey-secrets-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function secretFile(text: string): string {
  const path = join(folder, "secret");
  writeFileSync(path, text);
  return path;
}

test("each secret can be read from a file, without the line break that editors add", () => {
  const path = secretFile(`${SECRET}\n`);
  for (const name of SECRET_SETTINGS) {
    expect(withSecretFiles({ [`${name}_FILE`]: path }, () => {})[name]).toBe(SECRET);
  }
  expect(parseSettings({ AUTH_SECRET_FILE: path }).authSecret).toBe(SECRET);
});

test("a secret from a file is redacted like one from the environment", () => {
  const url = secretFile("postgres://latchkey:hunter2hunter2@db/latchkey");
  const secrets = secretsOf(withSecretFiles({ DATABASE_URL_FILE: url }, () => {}));
  expect(redact("the password hunter2hunter2 is wrong", secrets)).not.toContain("hunter2hunter2");
});

test("a file that can't be used stops the start with the name of its setting", () => {
  const path = secretFile(SECRET);
  const missing = join(folder, "missing");
  expect(() => parseSettings({ AUTH_SECRET_FILE: missing })).toThrow(
    /^AUTH_SECRET_FILE: .*it does not exist$/,
  );
  expect(() => parseSettings({ AUTH_SECRET_FILE: secretFile("\n") })).toThrow(/^AUTH_SECRET_FILE: .*empty/);
  expect(() => parseSettings({ AUTH_SECRET: SECRET, AUTH_SECRET_FILE: path })).toThrow(
    "AUTH_SECRET_FILE: must not be set together with AUTH_SECRET",
  );
});

test("only secrets can be read from files", () => {
  expect(() => parseSettings({ LATCHKEY_URL_FILE: secretFile("https://keys.example") })).toThrow(
    /^LATCHKEY_URL_FILE: is not a setting/,
  );
});
