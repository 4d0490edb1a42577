import { plural } from "#core/format.ts";

/** The words of selected keys. Apart from `keysText`, because every list of keys loads them. */
export const selectionText = {
  row: (name: string) => `Select ${name}`,
  page: "Select all keys on this page",
  bar: "Selected keys",
  count: (count: number) => `${plural(count, "key")} selected`,
  clear: "Clear selection",
  revoke: "Revoke…",
  disable: "Disable…",
  tag: "Edit tags…",
};
