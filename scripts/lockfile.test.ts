import { execFileSync, spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import {
  type Lockfile,
  lockedNodeVersions,
  makePortable,
  missingDependencies,
  withoutIntegrity,
} from "./lockfile.ts";

const readLock = (): Lockfile => JSON.parse(readFileSync("package-lock.json", "utf8"));
const folder = mkdtempSync(join(tmpdir(), "latchkey-lockfile-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("every package is compared with a hash when it is installed", () => {
  expect(withoutIntegrity(readLock())).toEqual([]);
  expect(withoutIntegrity({ packages: { "": {}, "node_modules/a": { version: "1.0.0" } } })).toEqual([
    "node_modules/a",
  ]);
});

test("every dependency of the product is locked, including those for other platforms", () => {
  expect(missingDependencies(readLock())).toEqual([]);
  const packages = {
    "": { dependencies: { a: "1.0.0" } },
    "node_modules/a": {
      dependencies: { b: "1.0.0", c: "1.0.0" },
      optionalDependencies: { "a-linux": "1.0.0" },
    },
    "node_modules/a/node_modules/b": { dependencies: { c: "1.0.0" } },
    "node_modules/c": {},
    "node_modules/d": { dev: true, optionalDependencies: { "d-linux": "1.0.0" } },
  };
  expect(missingDependencies({ packages })).toEqual(["a-linux of node_modules/a"]);
});

test("npm prints no warning on the oldest supported Node.js", () => {
  expect(makePortable(readLock())).toEqual([]);
});

test("a package's install script does not run", () => {
  const [packed, project] = [join(folder, "packed"), join(folder, "project")];
  const scripts = Object.fromEntries(
    ["preinstall", "install", "postinstall", "prepare"].map((name) => [name, `touch '${folder}/${name}'`]),
  );
  writePackage(packed, { name: "packed", version: "1.0.0", scripts });
  execFileSync("npm", ["pack", "--ignore-scripts", "--pack-destination", folder], {
    cwd: packed,
    stdio: "ignore",
  });
  writePackage(project, { private: true, dependencies: { packed: "file:../packed-1.0.0.tgz" } });
  copyFileSync(".npmrc", join(project, ".npmrc"));
  execFileSync("npm", ["install", "--offline"], { cwd: project, stdio: "ignore" });

  expect(existsSync(join(project, "node_modules/packed/package.json"))).toBe(true);
  expect(Object.keys(scripts).filter((name) => existsSync(join(folder, name)))).toEqual([]);
  // Nor is there one here that a user would have to allow.
  const own: { scripts: object; allowScripts?: unknown } = JSON.parse(readFileSync("package.json", "utf8"));
  expect(Object.keys(own.scripts).filter((name) => name in scripts)).toEqual([]);
  expect(own.allowScripts).toBeUndefined();
});

test("npm scripts, tools and child processes run on the locked Node.js", () => {
  const print = "[process.version, process.execPath]";
  const child = `require("node:child_process").execFileSync(process.execPath, ["-p", "process.version"], {encoding: "utf8"})`;
  const output = execFileSync("npm", ["exec", "--", "node", "-p", `[...${print}, ${child}].join("|")`], {
    encoding: "utf8",
  });
  const [version = "", path = "", childVersion = ""] = output.trim().split("|");
  const name = Object.keys(lockedNodeVersions(readLock())).find((each) => path.includes(`/${each}/`));
  expect(name).toMatch(`${process.platform}-${process.arch}`);
  expect(version).toBe(`v${lockedNodeVersions(readLock())[name ?? ""]}`);
  expect(childVersion).toBe(version);
});

test("on a platform without a package, the next Node.js of the PATH runs if it is new enough", () => {
  const bin = join(folder, "node_modules/.bin");
  mkdirSync(bin, { recursive: true });
  copyFileSync("scripts/runtime/node", join(bin, "node"));
  const run = (...others: string[]) =>
    spawnSync(join(bin, "node"), ["-p", "1 + 1"], {
      encoding: "utf8",
      env: { ...process.env, PATH: [bin, ...others, "/usr/bin", "/bin"].join(delimiter) },
    });
  const [old, recent] = [join(folder, "old"), join(folder, "recent")];
  for (const [path, script] of [
    [old, "exit 1"],
    [recent, `exec '${process.execPath}' "$@"`],
  ] as const) {
    mkdirSync(path);
    writeFileSync(join(path, "node"), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  }
  expect(run(old, recent)).toMatchObject({ status: 0, stdout: "2\n" });
  const none = spawnSync(join(bin, "node"), ["-p", "1 + 1"], {
    encoding: "utf8",
    env: { ...process.env, PATH: old },
  });
  expect(none.status).toBe(1);
  expect(none.stderr).toContain("install Node.js 24 or newer");
});

function writePackage(path: string, contents: object): void {
  mkdirSync(path);
  writeFileSync(join(path, "package.json"), JSON.stringify(contents));
}
