import { z } from "zod";
import { idSchema, instantSchema, timestampSchema } from "../../fields.ts";

const secretTrafficSchema = z.strictObject({
  id: z.string(),
  hint: z.string(),
  lastUsedAt: timestampSchema.nullable(),
  lastHour: z.int(),
  /** Allowed requests of the last hour by minute, oldest first. */
  minutes: z.array(z.int()),
  /** Since the first full minute after the rotation; since the first full hour once the rotation is two days old. */
  total: z.int(),
});
/** Allowed requests with one secret. */
export type SecretTraffic = z.output<typeof secretTrafficSchema>;

const senderSchema = z.strictObject({
  kind: z.enum(["address", "origin", "app"]),
  /**
   * An IP address, a network if several of its addresses were seen, an origin or an app; `*` for those that were too
   * many to be stored separately, empty if the service sent none.
   */
  value: z.string(),
  /** How many IP addresses, origins or apps this entry covers; 1 for `*`, where the number is unknown. */
  values: z.int(),
  count: z.int(),
  lastSeenAt: timestampSchema,
});
/** Where requests with the old secret came from, as far as services reported it. */
export type OldSecretSender = z.output<typeof senderSchema>;

const oldCallSchema = z.strictObject({
  api: z.string(),
  /** Empty for requests without an operation. */
  operation: z.string(),
  count: z.int(),
  /** Start of the minute of the last request; of the hour once the rotation is two days old. */
  lastSeenAt: timestampSchema,
});
export type OldSecretCall = z.output<typeof oldCallSchema>;

const rotationSchema = z.strictObject({
  /** When the current secret was created. */
  rotatedAt: timestampSchema,
  /** The latest possible end of the overlap. */
  longestUntil: timestampSchema,
  older: secretTrafficSchema.extend({ lapsesAt: timestampSchema }),
  current: secretTrafficSchema,
  /** Who sent the old secret since the rotation, by whole days (UTC). */
  senders: z.array(senderSchema),
  operations: z.array(oldCallSchema),
});
/** A rotation whose overlap has not ended: both secrets, and who still sends the old one. */
export type Rotation = z.output<typeof rotationSchema>;

/** Null without an overlap. */
export const rotationResultSchema = z
  .strictObject({ rotation: rotationSchema.nullable() })
  .meta({ id: "Rotation" });
export type RotationResult = z.output<typeof rotationResultSchema>;

/** How long an old secret can still work after a rotation: 30 days. */
export const MAX_OVERLAP_SECONDS = 2_592_000;

export const rotateKeySchema = z.strictObject({
  projectId: idSchema,
  keyId: idSchema,
  /** How long the old secret still works: 0 to 30 days. */
  overlapSeconds: z
    .int("Give a whole number of seconds.")
    .min(0, "Not below 0.")
    .max(MAX_OVERLAP_SECONDS, "At most 2,592,000 seconds, which is 30 days.")
    .default(86_400),
  /** Whether an older secret that is still in its overlap ends now. Without it, such a rotation is rejected. */
  endOlder: z.boolean().optional(),
  /** Ends the current secret, which nobody has seen or used, and leaves the older one in its overlap. */
  replaceUnseen: z.boolean().optional(),
});
export type RotateKeyInput = z.output<typeof rotateKeySchema>;

export const secretRefSchema = z.strictObject({ projectId: idSchema, keyId: idSchema, secretId: idSchema });
export type SecretRef = z.output<typeof secretRefSchema>;

export const changeOverlapEndSchema = z.strictObject({
  ...secretRefSchema.shape,
  /** When the overlap is to end; at most 30 days after the rotation. */
  lapsesAt: instantSchema,
});
export type ChangeOverlapEndInput = z.output<typeof changeOverlapEndSchema>;

/** The secret of a token before its last rotation, while it still works. */
export const olderSecretSchema = z.strictObject({
  hint: z.string(),
  /** When it stops working. */
  lapsesAt: timestampSchema,
  /** The last use since the rotation, to the minute; null for none. */
  lastUsedAt: timestampSchema.nullable(),
});

const { overlapSeconds, endOlder } = rotateKeySchema.shape;

/** How a token is rotated: as a key. */
export const tokenRotationFields = { overlapSeconds, endOlder };
