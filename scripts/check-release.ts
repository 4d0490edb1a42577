import { execFileSync } from "node:child_process";
import packageJson from "../package.json" with { type: "json" };

/** Fails if this commit has a version tag that differs from the version in package.json. */
const tags = execFileSync("git", ["tag", "--points-at", "HEAD"], { encoding: "utf8" }).split("\n");
const wrong = tags.filter((tag) => /^v\d/.test(tag) && tag !== `v${packageJson.version}`);
if (wrong.length > 0) {
  console.error(`This commit has the tag ${wrong.join(", ")}, but package.json has ${packageJson.version}.`);
  process.exitCode = 1;
}
