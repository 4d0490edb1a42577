import { expect, test } from "vitest";
import { takeFile } from "./openapi-field.tsx";

/** A file input as browsers have it: choosing what is chosen already is no change, so the page hears nothing. */
function fileInput() {
  let chosen: File | null = null;
  return {
    get files() {
      return chosen ? [chosen] : [];
    },
    set value(text: string) {
      if (text === "") chosen = null;
    },
    choose(file: File, onChange: () => void) {
      if (chosen === file) return;
      chosen = file;
      onChange();
    },
  };
}

test("the same file can be chosen again, for example after it was too large and has been edited", () => {
  const input = fileInput();
  const taken: string[] = [];
  const file = new File(["too large"], "api.json");
  for (let times = 0; times < 2; times++) {
    input.choose(file, () => taken.push(takeFile(input)?.name ?? "nothing"));
  }
  expect(taken).toEqual(["api.json", "api.json"]);
  expect(takeFile(input)).toBeNull();
});
