"use server";

import { createServiceToken as create } from "#domain/serviceTokens/create.ts";
import { revokeServiceToken as revoke } from "#domain/serviceTokens/revoke.ts";
import { createServiceTokenSchema, serviceTokenSchema } from "#domain/serviceTokens/schemas.ts";
import { action, createAction } from "#server/action.ts";

export const createServiceToken = createAction("service-token", createServiceTokenSchema, create);
export const revokeServiceToken = action(serviceTokenSchema, revoke);
