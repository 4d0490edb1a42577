import { z } from "zod";
import { idSchema, nameSchema, pageFields, slugSchema } from "../../fields.ts";

export const createServiceTokenSchema = z.strictObject({
  name: nameSchema,
  /** Slug of the one API it may ask about; null for all. */
  api: slugSchema.nullable().default(null),
  /** Gateways whose `X-Forwarded-For` counts: addresses or networks. */
  trustedProxies: z
    .array(
      z.union(
        [z.cidrv4(), z.cidrv6(), z.ipv4(), z.ipv6()],
        "Write an address or a network, such as 10.0.0.0/8 or ::1.",
      ),
    )
    .max(100, "At most 100.")
    .default([]),
});
export type CreateServiceTokenInput = z.output<typeof createServiceTokenSchema>;

export const listServiceTokensSchema = z.strictObject({ ...pageFields });
export type ListServiceTokensInput = z.output<typeof listServiceTokensSchema>;

export const serviceTokenRefSchema = z.strictObject({ serviceTokenId: idSchema });
export type ServiceTokenRef = z.output<typeof serviceTokenRefSchema>;
