/** Without null, undefined, empty texts, lists and objects, except for the fields of `always`. */
export function withoutEmpty<Value extends object>(value: Value, always: readonly (keyof Value)[]): Value {
  const isEmpty = (one: unknown) =>
    one === null ||
    one === undefined ||
    one === "" ||
    (typeof one === "object" && Object.keys(one).length === 0);
  return Object.fromEntries(
    Object.entries(value).filter(([field, one]) => always.includes(field as keyof Value) || !isEmpty(one)),
  ) as Value;
}
