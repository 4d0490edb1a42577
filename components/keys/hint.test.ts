import { expect, test } from "vitest";
import { generateToken, hintOf } from "#core/tokens.ts";
import { hintsOnly } from "./hint.ts";

test("a pasted secret becomes its hint, so that it never enters a URL or a request", () => {
  for (const kind of ["live", "test", "svc", "mgt"] as const) {
    const token = generateToken("lk", kind);
    expect(hintsOnly(token)).toBe(hintOf(token));
    expect(hintsOnly(`KEY=${token} `)).not.toContain(token);
  }
});

test("anything else is left as it was typed", () => {
  expect(hintsOnly("checkout server")).toBe("checkout server");
  expect(hintsOnly("lk_live_Ab12…wxyz")).toBe("lk_live_Ab12…wxyz");
});
