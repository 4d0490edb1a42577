import { expect, test } from "vitest";
import { DENIAL_LIST, readDenialState } from "./denial-state.ts";

const read = (query: string) => readDenialState(new URLSearchParams(query));

test("a state survives being written to a URL and read back", () => {
  const state = { range: "7d", code: "IP_NOT_ALLOWED", key: "key_1", cursor: "abc" } as const;
  expect(read(DENIAL_LIST.href("", state))).toEqual(state);
});

test("unusable filters are ignored, and the last day is the default", () => {
  expect(read("range=1y&code=VALID&key=%27")).toEqual({ range: "24h" });
});
