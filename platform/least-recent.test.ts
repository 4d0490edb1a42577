import { expect, test } from "vitest";
import { leastRecent } from "./least-recent.ts";

test("the entry that was not used for the longest time is dropped for a new one", () => {
  const cache = leastRecent<string>(2);
  cache.set("a", "1");
  cache.set("b", "2");
  cache.get("a");
  cache.set("c", "3");
  expect([...cache.keys()].sort()).toEqual(["a", "c"]);
});
