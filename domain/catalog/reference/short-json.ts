/** Values that were too long, and for how many characters: a document may show one in hundreds of places. */
const tooLong = new WeakMap<object, number>();

/**
 * The value as JSON if that has at most about `max` characters; null otherwise. However large the value is, it takes no
 * longer than for `max` characters.
 */
export function shortJson(value: unknown, max: number, indent?: number): string | null {
  if (typeof value !== "object" || value === null) {
    return typeof value === "string" && value.length > max ? null : (JSON.stringify(value) ?? null);
  }
  if ((tooLong.get(value) ?? -1) >= max) return null;
  if (!isShort(value, max)) {
    tooLong.set(value, max);
    return null;
  }
  try {
    return JSON.stringify(value, null, indent);
  } catch {
    // Nested too deeply for the stack.
    return null;
  }
}

function isShort(value: object, max: number): boolean {
  let left = max;
  const waiting: unknown[] = [value];
  while (waiting.length > 0) {
    const one = waiting.pop();
    left -= typeof one === "string" ? one.length + 2 : 2;
    if (left < 0) return false;
    if (typeof one !== "object" || one === null) continue;
    for (const name in one) {
      left -= Array.isArray(one) ? 1 : name.length + 3;
      if (left < 0) return false;
      waiting.push((one as Record<string, unknown>)[name]);
    }
  }
  return true;
}
