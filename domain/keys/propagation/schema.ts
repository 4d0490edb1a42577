import { z } from "zod";
import { idSchema } from "../../fields.ts";

export const getPropagationSchema = z.strictObject({
  projectId: idSchema,
  /** `seq` of an earlier response. */
  seq: z.coerce.number("Give a whole number.").int("Give a whole number.").min(0, "Not below 0.").optional(),
});
export type GetPropagationInput = z.output<typeof getPropagationSchema>;

const propagationSchema = z.strictObject({
  /** The change to ask about again: the newest one at the first request. */
  seq: z.int(),
  /**
   * Verifiers that may be answering requests, even if they lost the database and answer from their cache, and services
   * that verify keys in their own process.
   */
  verifiers: z.int(),
  /** Of these, the ones that have applied it. */
  reached: z.int(),
});
/** How far a change has spread. */
export type Propagation = z.output<typeof propagationSchema>;
