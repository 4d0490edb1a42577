import { z } from "zod";
import { readEmail } from "#core/email.ts";
import { formatNumber } from "#core/format.ts";
import { readIp } from "#core/restrictions/ips.ts";
import type { InvalidEntry } from "#core/restrictions/parsed-entry.ts";
import { cleanLine, cleanLines, hasVisibleText, lengthOf } from "#core/text.ts";

/** Fields that the schemas of all resources share. Independent of Node.js and the database, because pages use them too. */

/** Neither database stores NUL or half a surrogate pair, and other control characters are unreadable. */
export function isPlainText(value: string): boolean {
  return value.isWellFormed() && !/\p{Cc}/u.test(value);
}

/** At most `max` Unicode code points; the schema says so in the OpenAPI document too. */
function boundedText(schema: z.ZodString, max: number): z.ZodString {
  return schema
    .meta({ maxLength: max })
    .refine((value) => lengthOf(value) <= max, `Use at most ${formatNumber(max)} characters.`);
}

/**
 * One line of text, cleaned as in `cleanLine`, 1 to `max` characters (code points) of which at least one is
 * visible. For text that people or programs send; a name from a provider or document goes through `cleanName`.
 */
export function lineSchema(max: number): z.ZodString {
  const line = z
    .string("Write a text.")
    .overwrite(cleanLine)
    .min(1, { error: "Write something here.", abort: true });
  return boundedText(line, max).refine(hasVisibleText, "Use letters, digits or signs that can be seen.");
}

/** The name of a resource: 1 to 100 characters, cleaned. */
export const nameSchema = lineSchema(100);

/** Several lines of text, possibly none, cleaned as in `cleanLines`, at most `max` characters (code points). */
export function proseSchema(max: number): z.ZodString {
  return boundedText(z.string("Write a text.").overwrite(cleanLines), max);
}

/** One email address, in the form that `readEmail` returns. The same rule for forms, API, CLI and providers. */
export const emailSchema = z
  .string("Write an email address, such as ada@example.com.")
  .meta({ format: "email", maxLength: 254 })
  .check((context) => {
    const parsed = readEmail(context.value);
    if ("address" in parsed) context.value = parsed.address;
    else context.issues.push({ code: "custom", message: parsed.error, input: context.value });
  });

/** An IP address or a network, in the form that `readIp` returns (docs/integrate/restrictions.md). */
const networkSchema = z
  .string("Write an IP address or a network, such as 203.0.113.0/24.")
  .max(100, "At most 100 characters.")
  .check((context) => {
    const parsed = readIp(context.value);
    if (parsed.ok) context.value = parsed.entry;
    else context.issues.push({ code: "custom", message: entryErrorText(parsed), input: context.value });
  });

/** What is wrong with an entry, with a suggestion. */
export function entryErrorText({ message, suggestions }: InvalidEntry): string {
  if (suggestions.length === 0) return message;
  return `${message} Did you mean ${suggestions.map((entry) => `“${entry}”`).join(" and ")}?`;
}

/** A list of IP addresses and networks, each once. */
export const networksSchema = z
  .array(networkSchema)
  .max(100, "At most 100 IP addresses and networks.")
  .overwrite((networks) => [...new Set(networks)]);

/**
 * The opaque id of a resource. Any text is accepted, so that an invalid id gets the same not-found as the id of another project.
 * An invalid text becomes an id that nothing has, because databases reject some texts.
 */
export const idSchema = z
  .string()
  .max(200)
  .transform((value) => (/^[\w-]+$/.test(value) ? value : "-"));

export const SLUG = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** The name of an API in URLs, tokens and restrictions: `live-streaming`. */
export const slugSchema = z
  .string("Write a short name.")
  .trim()
  .max(50, "At most 50 characters.")
  .regex(
    SLUG,
    "Use lower-case letters, digits and single hyphens between them, a letter first: live-streaming.",
  );

const INSTANT_RULE = "Write a time as ISO 8601 with its zone, such as 2026-12-01T00:00:00Z.";

/** An instant: ISO 8601 with a time zone in the input, epoch ms in the result. */
export const instantSchema = z
  .string(INSTANT_RULE)
  .pipe(z.iso.datetime({ offset: true, error: INSTANT_RULE }))
  .transform((value) => Date.parse(value));

/** A search text, without characters that databases can't compare. */
export const searchSchema = z
  .string()
  .trim()
  .max(200, "At most 200 characters.")
  .transform((value) => value.toWellFormed().replaceAll("\0", ""));

/** The end of the previous page: the `nextCursor` of a list's response. */
export const cursorSchema = z.string().min(1).max(1_000).optional();

/** The maximum number of items: 1 to 200. Also read from a query string. */
export const limitSchema = z.coerce
  .number("Give a number from 1 to 200.")
  .int("Give a whole number.")
  .min(1, "At least 1.")
  .max(200, "At most 200.")
  .default(50);

/** The two fields of every list's input. */
export const pageFields = { cursor: cursorSchema, limit: limitSchema };

/** The input of a verb that depends only on its caller. */
export const noInputSchema = z.strictObject({});

/** An instant in a response: ISO 8601 in UTC. */
export const timestampSchema = z.iso.datetime();

/** A user, as others see them. */
export const personSchema = z.strictObject({ id: z.string(), name: z.string() });
export type Person = z.output<typeof personSchema>;

/** A page of a list; `nextCursor` is null on the last. */
export function pageSchema<Item extends z.ZodType>(item: Item) {
  return z.strictObject({ items: z.array(item), nextCursor: z.string().nullable() });
}
export interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}
