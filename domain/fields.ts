import { z } from "zod";

/** A name that people give to a thing. */
export const nameField = z.string().trim().min(1, "Give it a name.").max(100, "Use at most 100 characters.");

export const emailField = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, "Use at most 254 characters.")
  .pipe(z.email("Write an e-mail address, like ada@example.com."));

/** An id of ours, as opaque as it looks. */
export const idField = z.string().min(1).max(64);

/** What stands for an API in URLs and in checks. */
export const slugField = z
  .string()
  .trim()
  .regex(
    /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
    "Use 1 to 63 lower-case letters, digits and hyphens, a letter or digit at both ends.",
  );

/** An instant as ISO 8601 with its zone; becomes epoch milliseconds. */
export const instantField = z.iso
  .datetime({ offset: true, message: "Write the time as in 2026-12-01T00:00:00Z." })
  .transform((value) => Date.parse(value));
