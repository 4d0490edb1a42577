"use server";

import { createServiceToken as create } from "#domain/access/service-tokens/create.ts";
import { revokeServiceToken as revoke } from "#domain/access/service-tokens/revoke.ts";
import { createServiceTokenSchema, serviceTokenRefSchema } from "#domain/access/service-tokens/schema.ts";
import { action, createAction } from "#server/action.ts";

export const createServiceToken = createAction("service-token", createServiceTokenSchema, create);
export const revokeServiceToken = action(serviceTokenRefSchema, revoke);
