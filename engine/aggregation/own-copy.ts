/**
 * A copy of a text that is kept for long. V8 represents a part of a text as a reference to the whole, and would keep the
 * whole chunk of a file in memory.
 */
export function ownCopy(text: string): string {
  // Shorter texts are copied anyway.
  return text.length < 13 ? text : Buffer.from(text).toString();
}
