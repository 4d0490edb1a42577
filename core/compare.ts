/** Negative, 0 or positive as `a < b`, `a === b` or `a > b`: texts by code unit, as databases store them. */
export function compare<Value extends number | string>(a: Value, b: Value): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
