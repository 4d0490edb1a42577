import { z } from "zod";
import { MAX_LOGO_BYTES } from "#core/brand/brand.ts";
import { MAIL_KINDS, PLACEHOLDERS, unknownPlaceholders } from "#core/brand/mail-template.ts";
import { isPlainText, lineSchema, proseSchema } from "../fields.ts";

const LINK_RULE = "Write a URL such as https://example.com/help.";

/** A link that people follow: nothing that a browser would run, and no password in it. */
const linkSchema = z
  .string(LINK_RULE)
  .trim()
  .max(500, "At most 500 characters.")
  .refine((text) => isWebUrl(text), LINK_RULE);

/** A web page, or an email address as a `mailto:` link. */
const supportSchema = z
  .string(LINK_RULE)
  .trim()
  .max(500, "At most 500 characters.")
  .refine(
    (text) => isWebUrl(text) || /^mailto:[^\s?&<>"'@:]+@[^\s?&<>"'@:]+$/.test(text),
    "Write a URL such as https://example.com/help, or mailto:help@example.com.",
  );

function isWebUrl(text: string): boolean {
  if (!isPlainText(text) || /[\s<>"'\\]/.test(text) || !/^https?:\/\//i.test(text)) return false;
  const url = URL.parse(text);
  return url !== null && url.username === "" && url.password === "" && url.hostname !== "";
}

/** Fields that are left out stay unchanged; null restores the default. */
export const setBrandingSchema = z.strictObject({
  name: lineSchema(60).nullable().optional(),
  accent: z
    .string("Write a color such as #0b6b5b.")
    .trim()
    .toLowerCase()
    .regex(/^#[0-9a-f]{6}$/, "Write a color as # and six hexadecimal digits, such as #0b6b5b.")
    .nullable()
    .optional(),
  links: z
    .strictObject({
      docs: linkSchema.nullable(),
      support: supportSchema.nullable(),
      status: linkSchema.nullable(),
      terms: linkSchema.nullable(),
    })
    .optional(),
});
export type SetBrandingInput = z.output<typeof setBrandingSchema>;

/** Base64 is a third longer than its bytes. */
const MAX_BASE64 = Math.ceil(MAX_LOGO_BYTES / 3) * 4;

export const setLogoSchema = z.strictObject({
  /** The file in Base64; null removes the logo. */
  data: z
    .string("Choose a file.")
    .min(1, "Choose a file.")
    .max(MAX_BASE64, `Use a file of at most ${MAX_LOGO_BYTES / 1_024} KiB.`)
    .regex(/^[A-Za-z0-9+/]+={0,2}$/, "Send the file in Base64.")
    .nullable(),
});
export type SetLogoInput = z.output<typeof setLogoSchema>;

const withPlaceholders = (schema: z.ZodString) =>
  schema.refine((text) => unknownPlaceholders(text).length === 0, {
    error: ({ input }) =>
      `There is no ${unknownPlaceholders(String(input)).join(", ")}. Use ${PLACEHOLDERS.map((name) => `{${name}}`).join(", ")}.`,
  });

export const mailTemplateSchema = z.strictObject({
  subject: withPlaceholders(lineSchema(150)),
  intro: withPlaceholders(proseSchema(2_000)),
  footer: withPlaceholders(proseSchema(2_000)),
});

export const setMailTemplateSchema = z.strictObject({
  kind: z.enum(MAIL_KINDS, "Choose a kind of mail."),
  /** Null restores the default. */
  template: mailTemplateSchema.nullable(),
});
export type SetMailTemplateInput = z.output<typeof setMailTemplateSchema>;
