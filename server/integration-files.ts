import "server-only";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { projectRoot } from "#platform/process-singleton.ts";

/** Reads examples that are shown in pages. `paths` are constants of the code, from the project's root. */
export function readIntegrationFiles(paths: readonly string[]): Promise<{ path: string; text: string }[]> {
  return Promise.all(
    paths.map(async (path) => ({ path, text: await readFile(join(projectRoot(), path), "utf8") })),
  );
}
