"use server";

import { createKey as create } from "#domain/keys/create.ts";
import { restoreKey as restore } from "#domain/keys/restore.ts";
import { revokeKey as revoke } from "#domain/keys/revoke.ts";
import { createKeySchema, keySchema, updateKeySchema } from "#domain/keys/schemas.ts";
import { updateKey as update } from "#domain/keys/update.ts";
import { recentTraffic as readRecentTraffic } from "#domain/usage/recentTraffic.ts";
import { recentTrafficSchema } from "#domain/usage/schemas.ts";
import { action, readAction } from "#server/action.ts";

/** The page is not read anew by this: a fault while it is would take the secret away with the page. */
export const createKey = readAction(createKeySchema, create);
export const updateKey = action(updateKeySchema, update);
export const revokeKey = action(keySchema, revoke);
export const restoreKey = action(keySchema, restore);
export const recentTraffic = readAction(recentTrafficSchema, readRecentTraffic);
