import { z } from "zod";

/** Parts of the API's responses. Tests check every response against these schemas, so the description is correct. */

export const instant = z.iso.datetime();
export const instantOrNull = instant.nullable();
export const named = z.strictObject({ id: z.string(), name: z.string() });
