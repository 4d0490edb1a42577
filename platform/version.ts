import { execFileSync } from "node:child_process";
import packageJson from "../package.json" with { type: "json" };

/** The version of this process: what `detectVersion` found, or that in package.json. */
export function currentVersion(): string {
  return process.env.LATCHKEY_VERSION || packageJson.version;
}

/**
 * Finds the version once at startup: that of an image's build, or that of the git tag before the checked-out commit.
 * Without git or a tag, the one in package.json. `folder`: the root of the code.
 */
export function detectVersion(folder: string): void {
  process.env.LATCHKEY_VERSION ||= versionOfGit(folder) ?? packageJson.version;
}

/** `1.2.0` at the tag `v1.2.0`, and `1.2.0-3-gabc1234` three commits later; null without git or a tag. */
export function versionOfGit(folder: string): string | null {
  try {
    const described = execFileSync("git", ["describe", "--tags", "--match", "v[0-9]*"], {
      cwd: folder,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      timeout: 2_000,
      // Not the repository of a parent folder, in which this code may be unpacked.
      env: { ...process.env, GIT_CEILING_DIRECTORIES: new URL("..", `file://${folder}/`).pathname },
    });
    return described.trim().replace(/^v/, "");
  } catch {
    return null;
  }
}
