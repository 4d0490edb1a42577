import { z } from "zod";
import { searchSchema } from "../fields.ts";

export const findAnythingSchema = z.object({
  /** What was typed: part of a name, an id, a hint or one end of it. */
  query: searchSchema.pipe(z.string().min(1).max(120)),
});

export type FindAnythingInput = z.output<typeof findAnythingSchema>;
