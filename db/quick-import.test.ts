import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";

test("another version of a package, which has CommonJS, is loaded as that", () => {
  const root = mkdtempSync(join(tmpdir(), "latchkey-quick-import-"));
  try {
    const folder = join(root, "node_modules/jose");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "package.json"), '{ "name": "jose", "version": "4.0.0" }');
    writeFileSync(join(folder, "index.js"), 'module.exports = require("./version.js");');
    writeFileSync(join(folder, "version.js"), "module.exports = 4;");
    writeFileSync(join(root, "main.cjs"), 'console.log(require("jose"));');
    const args = ["--import", new URL("quick-import.ts", import.meta.url).href, join(root, "main.cjs")];
    expect(execFileSync(process.execPath, args, { encoding: "utf8" })).toBe("4\n");
  } finally {
    rmSync(root, { recursive: true });
  }
});
