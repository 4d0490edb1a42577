import { expect, test } from "vitest";
import { createAlertSchema } from "./schema.ts";

test.each([
  { kind: "quota", percent: 0 },
  { kind: "quota", percent: 101 },
  { kind: "quota", percent: 1.5 },
  { kind: "quota", percent: Number.NaN },
  { kind: "quota" },
  { kind: "denials", percent: 5, minRequests: 0, windowMinutes: 15 },
  { kind: "denials", percent: 5, minRequests: 1, windowMinutes: 4 },
  { kind: "denials", percent: 5, minRequests: 1, windowMinutes: 1_441 },
  { kind: "dormant-key", days: 366 },
  { kind: "new-network", percent: 3 },
  { kind: "__proto__" },
  {},
])("the rule %j is rejected", (rule) => {
  expect(createAlertSchema.safeParse({ projectId: "prj_1", rule }).success).toBe(false);
});
