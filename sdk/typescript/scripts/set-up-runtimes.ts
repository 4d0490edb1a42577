import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Installs Deno, Bun, the runtime of Workers and old versions of Node for the tests, unless they are there already. Not as
 * dependencies of the project: they have 650 MB, which `npm ci` would download for everyone.
 */
const LOCKED = join(import.meta.dirname, "../test/runtimes");
const FOLDER = join(import.meta.dirname, "../../../node_modules/.cache/latchkey-runtimes");
const MARKER = join(FOLDER, "installed");

const wanted = readFileSync(join(LOCKED, "package-lock.json"), "utf8");
if (!existsSync(MARKER) || readFileSync(MARKER, "utf8") !== wanted) {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  for (const name of ["package.json", "package-lock.json"])
    copyFileSync(join(LOCKED, name), join(FOLDER, name));
  const install = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"];
  execFileSync("npm", install, { cwd: FOLDER, stdio: "inherit" });
  writeFileSync(MARKER, wanted);
}
