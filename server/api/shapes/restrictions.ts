import { z } from "zod";
import { VERDICT_CODES } from "#core/verdict.ts";
import { instant, pageOf } from "./common.ts";

const count = z.int().min(0);
const text = z.string().nullable();
const denial = z
  .strictObject({
    id: z.string(),
    time: instant,
    keyId: z.string(),
    keyName: z.string(),
    environment: z.enum(["live", "test"]),
    code: z.enum(VERDICT_CODES).exclude(["VALID"]),
    api: z.string(),
    operation: text,
    observed: z.record(z.string(), z.string()),
    words: z.string(),
    client: z.strictObject({
      clientIp: text,
      referrer: text,
      origin: text,
      androidPackage: text,
      androidCertSha1: text,
      iosBundleId: text,
    }),
    remedy: z.strictObject({ label: z.string(), query: z.string() }).nullable(),
    noRemedy: text.describe("Why no remedy is offered now, though the call could be told apart."),
  })
  .meta({ id: "Denial" });

export const denialPage = z.strictObject({
  ...pageOf(denial).shape,
  total: count.describe(
    "How many there were in the time, kept or not: exact, in whole minutes, hours or days.",
  ),
  from: instant,
  to: instant,
});
