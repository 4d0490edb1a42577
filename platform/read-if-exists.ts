import { readFileSync } from "node:fs";
import { errorCode } from "./error-code.ts";

/** The text of a file; null if there is no such file. Throws if it can't be read. */
export function readIfExists(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (errorCode(error) === "ENOENT") return null;
    throw error;
  }
}
