import { execFileSync } from "node:child_process";

/**
 * The pre-commit hook (`npm run hooks` installs it): formats the staged files and stages them again. A file that also
 * has unstaged changes is left as it is, so that nothing is committed that was not staged.
 */
const git = (...args: string[]) =>
  execFileSync("git", args, { encoding: "utf8" })
    .split("\0")
    .filter((path) => path !== "");

const staged = git("diff", "--cached", "--name-only", "--diff-filter=ACMR", "-z");
const unstaged = new Set(git("diff", "--name-only", "-z"));
const files = staged.filter((path) => !unstaged.has(path));
if (files.length > 0) {
  const biome = ["node_modules/@biomejs/biome/bin/biome", "check", "--write", "--files-ignore-unknown=true"];
  execFileSync(process.execPath, [...biome, "--no-errors-on-unmatched", ...files], { stdio: "inherit" });
  git("add", "--", ...files);
}
