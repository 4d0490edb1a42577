import type { z } from "zod";
import { proseSchema } from "../../fields.ts";
import { keyRefSchema } from "../schema.ts";

export const refuseKeySchema = keyRefSchema.extend({
  /** For the members of the project. */
  reason: proseSchema(500).default(""),
});
export type RefuseKeyInput = z.output<typeof refuseKeySchema>;
