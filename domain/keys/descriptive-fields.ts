import { z } from "zod";
import { INEXACT_MESSAGE, InexactNumber } from "#core/exact-number.ts";
import { formatNumber } from "#core/format.ts";
import { cleanLine, hasVisibleText, lengthOf } from "#core/text.ts";
import { isPlainText, proseSchema } from "../fields.ts";

const metadataBytes = 4_096;

const NAME_RULE =
  "Use visible characters in a name, in Unicode NFC, with single spaces between words: no controls.";

/** A record would silently drop this name. */
export function rejectProto(value: unknown, { issues }: z.RefinementCtx): unknown {
  if (typeof value === "object" && value !== null && Object.hasOwn(value, "__proto__")) {
    issues.push({ code: "custom", path: ["__proto__"], message: "This name can't be used.", input: value });
  }
  return value;
}

/** Up to 50 values that the project attaches to a key, 4 KiB in total; every verdict returns them. */
export const metadataSchema = z.preprocess(
  rejectProto,
  z
    .record(
      z
        .string()
        .min(1, "Name it.")
        .max(64, "At most 64 characters.")
        // Its own text, not a cleaned one: services look values up by it.
        .refine((name) => cleanLine(name) === name && hasVisibleText(name), NAME_RULE),
      z.union([z.string().refine(isPlainText, "No control characters."), z.number(), z.boolean(), z.null()], {
        error: ({ input }) =>
          input instanceof InexactNumber
            ? `This ${INEXACT_MESSAGE}.`
            : "Give a text, a number, true, false or null.",
      }),
    )
    .refine((value) => Object.keys(value).length <= 50, "At most 50 entries.")
    .refine(
      (value) => new TextEncoder().encode(JSON.stringify(value)).length <= metadataBytes,
      `At most ${formatNumber(metadataBytes)} bytes as JSON.`,
    ),
);

export const MAX_TAGS = 20;
const MAX_TAG_LENGTH = 50;
const TAG_RULE = "Use letters, digits and . _ - : / in a tag, a letter or digit first: team-a.";

/** One tag in canonical form: lower case, NFC. */
const tagSchema = z
  .string(TAG_RULE)
  // Before the text is normalized, which takes long for a hostile one.
  .max(4 * MAX_TAG_LENGTH, { error: `At most ${MAX_TAG_LENGTH} characters.`, abort: true })
  .overwrite((value) => value.trim().normalize("NFC").toLowerCase().normalize("NFC"))
  .regex(/^[\p{L}\p{N}][\p{L}\p{M}\p{N}._:/-]*$/u, TAG_RULE)
  .refine((value) => lengthOf(value) <= MAX_TAG_LENGTH, `At most ${MAX_TAG_LENGTH} characters.`);

/** Up to 20 tags, each once, sorted: their order has no meaning. */
export const tagsSchema = z
  .array(tagSchema)
  .max(1_000, `At most ${MAX_TAGS} tags.`)
  .overwrite((tags) => [...new Set(tags)].sort())
  .refine((tags) => tags.length <= MAX_TAGS, `At most ${MAX_TAGS} tags.`);

const MAX_EXTERNAL_ID = 200;

/** Stored as given, except for space around it. Characters that nobody sees could make two ids look the same. */
const externalIdSchema = z
  .string("Write a text.")
  .meta({ maxLength: MAX_EXTERNAL_ID })
  .trim()
  .refine((value) => lengthOf(value) <= MAX_EXTERNAL_ID, `Use at most ${MAX_EXTERNAL_ID} characters.`)
  .refine(
    (value) => hasVisibleText(value) && !/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(value),
    "Use characters that can be seen; null for none.",
  )
  .describe("The ID of the customer, tenant or app in your own system; case matters.");

/** Fields that describe a key. They change no verdict, and every verdict returns them. */
export const descriptiveFields = {
  description: proseSchema(500),
  tags: tagsSchema.describe("Up to 20 tags. Stored in lower case, sorted, each once."),
  externalId: externalIdSchema.nullable(),
};
