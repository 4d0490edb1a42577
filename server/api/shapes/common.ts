import { z } from "zod";
import { PERIODS } from "#core/limits/types.ts";

/** Pieces of what the API answers. Tests hold every answer against these, so that the description is true. */

export const instant = z.iso.datetime();
export const instantOrNull = instant.nullable();
export const person = z.strictObject({ id: z.string(), name: z.string() });
export const named = z.strictObject({ id: z.string(), name: z.string() });
export const projectRole = z.enum(["owner", "developer", "viewer"]);
export const siteRole = z.enum(["admin", "developer"]);
export const limits = z.strictObject({
  rate: z.strictObject({ limit: z.int(), windowSeconds: z.int() }).nullable(),
  quota: z.strictObject({ limit: z.int(), period: z.enum(PERIODS) }).nullable(),
});

/** A page of a list. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.strictObject({ items: z.array(item), nextCursor: z.string().nullable() });
}
