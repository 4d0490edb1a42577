import { watch } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./build.ts";

/** Editors write a file in several steps, and a checkout changes many files. */
const DEBOUNCE_MS = 150;

/** Calls `onChange` after a source file in `folders` has changed, until `signal` aborts. Test files are ignored. */
export function watchSources(folders: readonly string[], signal: AbortSignal, onChange: () => void): void {
  let timer: NodeJS.Timeout | undefined;
  for (const folder of folders) {
    watch(join(ROOT, folder), { recursive: true, signal }, (_event, name) => {
      if (name === null || !name.endsWith(".ts") || name.endsWith(".test.ts")) return;
      clearTimeout(timer);
      timer = setTimeout(onChange, DEBOUNCE_MS);
    });
  }
  signal.addEventListener("abort", () => clearTimeout(timer));
}
