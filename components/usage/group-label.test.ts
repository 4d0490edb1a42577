import { expect, test } from "vitest";
import { groupLabel } from "./group-label.ts";

test("environments have the names of their badges, and an API with such a slug has its own", () => {
  expect(groupLabel("environment", { group: "live", label: "live" })).toBe("Live");
  expect(groupLabel("environment", { group: "(none)", label: "(none)" })).toBe("(none)");
  expect(groupLabel("api", { group: "live", label: "Live streaming" })).toBe("Live streaming");
});
