import { z } from "zod";
import {
  idSchema,
  instantSchema,
  nameSchema,
  pageFields,
  pageSchema,
  personSchema,
  slugSchema,
  timestampSchema,
} from "../../fields.ts";
import { olderSecretSchema, tokenRotationFields } from "../../keys/rotation/schema.ts";

/** A service token as administrators see it: never with its hash. */
export const serviceTokenSchema = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    /** Slug of the only API whose keys it may verify; null for all. */
    api: z.string().nullable(),
    trustedProxies: z.array(z.string()),
    hint: z.string(),
    createdAt: timestampSchema,
    createdBy: personSchema,
    /** Whether its service may verify keys in its own process. */
    localVerification: z.boolean(),
    /** When it stops working; null for never. */
    expiresAt: timestampSchema.nullable(),
    older: olderSecretSchema.nullable(),
    /** To the minute. */
    lastUsedAt: timestampSchema.nullable(),
    revokedAt: timestampSchema.nullable(),
  })
  .meta({ id: "ServiceToken" });
export type ServiceToken = z.output<typeof serviceTokenSchema>;

export const serviceTokenWithTokenSchema = z.strictObject({
  serviceToken: serviceTokenSchema,
  /** For the service's configuration. */
  token: z.string().describe("Shown this once."),
});
export type ServiceTokenWithToken = z.output<typeof serviceTokenWithTokenSchema>;

export const serviceTokenPageSchema = pageSchema(serviceTokenSchema);
export type ServiceTokenPage = z.output<typeof serviceTokenPageSchema>;

export const createServiceTokenSchema = z.strictObject({
  name: nameSchema,
  /** Slug of the only API whose keys it may verify; null for all. */
  api: slugSchema.nullable().default(null),
  /** Gateways whose `X-Forwarded-For` is trusted: IP addresses or networks. */
  trustedProxies: z
    .array(
      z.union(
        [z.cidrv4(), z.cidrv6(), z.ipv4(), z.ipv6()],
        "Write an IP address or a network, such as 10.0.0.0/8 or ::1.",
      ),
    )
    .max(100, "At most 100.")
    .default([]),
  localVerification: z
    .boolean()
    .optional()
    .describe(
      "Whether the service may verify keys in its own process. It then receives the restrictions and metadata of the keys that its callers send.",
    ),
  /** Left out or null: it works until it is revoked. */
  expiresAt: instantSchema.nullable().optional(),
});
export type CreateServiceTokenInput = z.output<typeof createServiceTokenSchema>;

export const listServiceTokensSchema = z.strictObject({ ...pageFields });
export type ListServiceTokensInput = z.output<typeof listServiceTokensSchema>;

export const serviceTokenRefSchema = z.strictObject({ serviceTokenId: idSchema });
export type ServiceTokenRef = z.output<typeof serviceTokenRefSchema>;

export const updateServiceTokenSchema = z.strictObject({
  serviceTokenId: idSchema,
  localVerification: z.boolean().optional(),
});
export type UpdateServiceTokenInput = z.output<typeof updateServiceTokenSchema>;

export const rotateServiceTokenSchema = z.strictObject({
  serviceTokenId: idSchema,
  ...tokenRotationFields,
  /** Left out: stays. Null: it works until it is revoked. */
  expiresAt: instantSchema.nullable().optional(),
});
export type RotateServiceTokenInput = z.output<typeof rotateServiceTokenSchema>;
