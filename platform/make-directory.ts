import { mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Creates a directory, and those above it, unless they exist. By default, only their owner can enter them. Not by Node's
 * `recursive`, which never returns below `/proc`.
 */
export function makeDirectory(path: string, mode = 0o700): void {
  if (isDirectory(path)) return;
  const parent = dirname(path);
  if (parent !== path) makeDirectory(parent, mode);
  try {
    mkdirSync(/*turbopackIgnore: true*/ path, { mode });
  } catch (error) {
    // Another process may have created it.
    if (!isDirectory(path)) throw error;
  }
}

function isDirectory(path: string): boolean {
  return statSync(/*turbopackIgnore: true*/ path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
