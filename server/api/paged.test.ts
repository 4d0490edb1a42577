import { expect, test } from "vitest";
import type { Ctx } from "#domain/context.ts";
import { inPages } from "./paged.ts";

const ctx = { settings: { bounds: { responseBytes: 10_000 } } } as Ctx;
const all = Array.from({ length: 25 }, (_, n) => ({
  id: `i${n}`,
  text: "x".repeat(n === 7 ? 20_000 : 1_000),
}));
const list = inPages(
  async () => all,
  ({ id }) => id,
);

test("pages of large items fit into a response, and together contain the whole list", async () => {
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await list({ ctx, input: { limit: 20, cursor } });
    const isSingle = page.items.length === 1;
    if (!isSingle) expect(JSON.stringify(page.items).length).toBeLessThanOrEqual(10_000);
    seen.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  expect(seen).toEqual(all.map(({ id }) => id));
});
