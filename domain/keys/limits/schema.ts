import { z } from "zod";
import { type Limits, PERIODS } from "#core/limits/types.ts";

/** A limit's bounds (contract, section 6). */
export const MAX_RATE = { limit: 1_000_000, windowSeconds: 86_400 };
export const MAX_QUOTA = 1_000_000_000_000;

export const limitsSchema = z.strictObject({
  rate: z
    .strictObject({
      limit: z.int().min(1).max(MAX_RATE.limit),
      windowSeconds: z.int().min(1).max(MAX_RATE.windowSeconds),
    })
    .nullable()
    .default(null),
  quota: z
    .strictObject({ limit: z.int().min(1).max(MAX_QUOTA), period: z.enum(PERIODS) })
    .nullable()
    .default(null),
});

/** As it is kept: null where nothing is limited. */
export function storedLimits({ rate, quota }: Limits): Limits | null {
  return rate === null && quota === null ? null : { rate, quota };
}
