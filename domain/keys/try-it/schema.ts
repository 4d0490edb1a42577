import { z } from "zod";
import { VERDICT_CODES } from "#core/verdict.ts";
import { idSchema, instantSchema } from "../../fields.ts";

export const startTrySchema = z.strictObject({ projectId: idSchema, keyId: idSchema });
export type StartTryInput = z.output<typeof startTrySchema>;

/** A temporary secret of a test key. */
export interface TrySession {
  keyId: string;
  secretId: string;
  secret: string;
  /** ISO 8601. */
  endsAt: string;
}

export const endTrySchema = z.strictObject({ projectId: idSchema, keyId: idSchema, secretId: idSchema });
export type EndTryInput = z.output<typeof endTrySchema>;

export const readTrySchema = z.strictObject({
  ...endTrySchema.shape,
  /** When the request was sent: only checks since then are returned. */
  since: instantSchema,
});
export type ReadTryInput = z.output<typeof readTrySchema>;

const triedCheckSchema = z.strictObject({
  code: z.enum(VERDICT_CODES),
  api: z.string(),
  operation: z.string(),
  count: z.int(),
});

/** The checks with a temporary secret since its creation, and the latest denial of its key since a request. */
export const tryChecksSchema = z.strictObject({
  checks: z.array(triedCheckSchema),
  denial: z.strictObject({ code: z.string(), words: z.string() }).nullable(),
});
export type TryChecks = z.output<typeof tryChecksSchema>;

/** The API's response to a request, or why there is none. */
export type TryResponse =
  | {
      status: number;
      statusText: string;
      headers: [name: string, value: string][];
      /** Null if it is no text. */
      body: string | null;
      bytes: number;
      truncated: boolean;
      tookMs: number;
    }
  | { error: string; tookMs: number };
