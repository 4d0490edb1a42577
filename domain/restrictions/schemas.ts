import { z } from "zod";
import { idSchema } from "../schemas.ts";

const text = z.string().max(2_000);
const list = <Item extends z.ZodType>(item: Item) =>
  z.array(item).max(1_000, "At most 1,000 at once.").default([]);

/** A set as somebody types it: any texts, for each is told what it means or what is wrong with it. */
export const writtenSchema = z.strictObject({
  ips: list(text),
  referrers: list(text),
  apps: z
    .strictObject({
      android: list(z.strictObject({ package: text, sha1: text })),
      ios: list(z.strictObject({ bundleId: text })),
    })
    .default({ android: [], ios: [] }),
  apis: list(z.strictObject({ api: text, operations: list(text) })),
});

export const explainEntriesSchema = z.strictObject({ projectId: idSchema, restrictions: writtenSchema });
export type ExplainEntriesInput = z.output<typeof explainEntriesSchema>;
