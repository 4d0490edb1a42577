import { expect, test } from "vitest";
import { slotOf } from "./cluster-slot.ts";

// From the Redis Cluster specification and `CLUSTER KEYSLOT`.
test.each([
  ["123456789", 0x31c3],
  ["foo", 12182],
  ["{user1000}.following", slotOf("user1000")],
  ["foo{}{bar}", slotOf("foo{}{bar}")],
  ["foo{bar}{zap}", slotOf("bar")],
  ["foo{{bar}}zap", slotOf("{bar")],
  ["", 0],
])("the slot of %j is %i", (key, slot) => {
  expect(slotOf(key)).toBe(slot);
});

test("an empty tag does not count: keys with it are spread", () => {
  expect(slotOf("foo{}{bar}")).not.toBe(slotOf("bar"));
});
