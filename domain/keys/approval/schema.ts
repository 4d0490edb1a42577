import type { z } from "zod";
import { proseSchema } from "../../fields.ts";
import { keyRefSchema } from "../schema.ts";

export const declineKeySchema = keyRefSchema.extend({
  /** For the members of the project. */
  reason: proseSchema(500).default(""),
});
export type DeclineKeyInput = z.output<typeof declineKeySchema>;
