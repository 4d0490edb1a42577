"use server";

import { createServiceToken as create } from "#domain/serviceTokens/create.ts";
import { revokeServiceToken as revoke } from "#domain/serviceTokens/revoke.ts";
import { createServiceTokenSchema, serviceTokenSchema } from "#domain/serviceTokens/schemas.ts";
import { action, readAction } from "#server/action.ts";

/** The page is not read anew by this: a fault while it is would take the token away with the page. */
export const createServiceToken = readAction(createServiceTokenSchema, create);
export const revokeServiceToken = action(serviceTokenSchema, revoke);
