import { readFileSync, writeFileSync } from "node:fs";
import { type Lockfile, makePortable, missingDependencies, withoutIntegrity } from "./lockfile.ts";

/** Fails if package-lock.json has a package without a hash, lacks a dependency, or has a package that npm warns about. `--write` fixes the last. */
const PATH = "package-lock.json";
const lock: Lockfile = JSON.parse(readFileSync(PATH, "utf8"));

const unverified = withoutIntegrity(lock);
if (unverified.length > 0) {
  console.error(`Without integrity in ${PATH}: ${unverified.join(", ")}.`);
  process.exitCode = 1;
}
const missing = missingDependencies(lock);
if (missing.length > 0) {
  console.error(
    `${PATH} has no entry for ${missing.join(", ")}. Choose a version that the registry has completely.`,
  );
  process.exitCode = 1;
}
const changed = makePortable(lock);
if (changed.length > 0 && process.argv.includes("--write")) {
  writeFileSync(PATH, `${JSON.stringify(lock, null, 2)}\n`);
} else if (changed.length > 0) {
  console.error(`npm added fields to ${PATH} that make it warn: run npm run lock:fix and commit the result.`);
  process.exitCode = 1;
}
