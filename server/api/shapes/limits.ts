import { z } from "zod";
import { PERIODS } from "#core/limits/types.ts";
import { instant, instantOrNull } from "./common.ts";

const scope = z.enum(["key", "project", "ceiling"]);

export const limitMeters = z
  .strictObject({
    rates: z.array(z.strictObject({ scope, limit: z.int(), windowSeconds: z.int() })),
    quotas: z.array(
      z.strictObject({
        scope,
        limit: z.int(),
        period: z.enum(PERIODS),
        used: z.int(),
        resetAt: instant,
        forecast: z.int().describe("Units by the end of the period, at the pace of the last day or week."),
        fullAt: instantOrNull.describe("When it is used up at that pace; null when it lasts."),
      }),
    ),
    refused: z
      .strictObject({ rate: z.int(), quota: z.int() })
      .describe("Calls refused by limits in the last 24 hours."),
  })
  .meta({ id: "LimitMeters" });
