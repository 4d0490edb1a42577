import { createReadStream } from "node:fs";

/** The complete lines of a file, in chunks. */
export async function* readLines(path: string): AsyncGenerator<string[]> {
  let rest = "";
  for await (const chunk of createReadStream(path, "utf8")) {
    // Not `readline`: it also splits at Unicode line separators, which an operation may contain.
    const lines = `${rest}${chunk}`.split("\n");
    // An incomplete line. At the end of the file, the process died while it wrote it.
    rest = lines.pop() ?? "";
    yield lines;
  }
}

/**
 * A copy of a text that is kept for a long time. V8 represents a part of a text as a reference to the whole, and would keep the
 * whole chunk of a file in memory.
 */
export function detachedCopy(text: string): string {
  // Shorter texts are copied anyway.
  return text.length < 13 ? text : Buffer.from(text).toString();
}
