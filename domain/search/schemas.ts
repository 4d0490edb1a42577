import { z } from "zod";

export const findAnythingSchema = z.object({
  /** What was typed: part of a name, an id, a hint or one end of it. */
  query: z.string().trim().min(1).max(120),
});

export type FindAnythingInput = z.output<typeof findAnythingSchema>;
