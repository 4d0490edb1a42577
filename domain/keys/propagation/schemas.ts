import { z } from "zod";
import { idSchema } from "../../schemas.ts";

export const reachSchema = z.strictObject({
  projectId: idSchema,
  /** Of an earlier answer. */
  seq: z.coerce.number("Give a whole number.").int("Give a whole number.").min(0, "Not below 0.").optional(),
});
export type ReachInput = z.output<typeof reachSchema>;
