import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import packageJson from "../package.json" with { type: "json" };
import { currentVersion, detectVersion, versionOfGit } from "./version.ts";

const folder = mkdtempSync(join(tmpdir(), "latchkey-version-"));
const git = (...args: string[]) =>
  execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...args], { cwd: folder });
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.unstubAllEnvs());

test("the version is the git tag, with the commits since; without one it is that of package.json", () => {
  vi.stubEnv("LATCHKEY_VERSION", "");
  expect(versionOfGit(folder)).toBeNull();
  git("init", "-q");
  git("commit", "-q", "--allow-empty", "-m", "first");
  expect(versionOfGit(folder)).toBeNull();
  expect(currentVersion()).toBe(packageJson.version);
  git("tag", "-a", "v1.2.0", "-m", "1.2.0");
  git("tag", "other");
  expect(versionOfGit(folder)).toBe("1.2.0");
  git("commit", "-q", "--allow-empty", "-m", "second");
  expect(versionOfGit(folder)).toMatch(/^1\.2\.0-1-g[0-9a-f]{7,}$/);
  // The code unpacked into another project's repository has no version of that project.
  mkdirSync(join(folder, "inner"));
  expect(versionOfGit(join(folder, "inner"))).toBeNull();
});

test("the version that an image was built with comes first", () => {
  vi.stubEnv("LATCHKEY_VERSION", "9.9.9");
  detectVersion(folder);
  expect(currentVersion()).toBe("9.9.9");
});
