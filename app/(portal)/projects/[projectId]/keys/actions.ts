"use server";

import { createKey as create } from "#domain/keys/create.ts";
import { endSecret as end } from "#domain/keys/endSecret.ts";
import { prolongSecret as prolong } from "#domain/keys/prolongSecret.ts";
import { restoreKey as restore } from "#domain/keys/restore.ts";
import { revokeKey as revoke } from "#domain/keys/revoke.ts";
import { rotateKey as rotate } from "#domain/keys/rotate.ts";
import {
  createKeySchema,
  endSecretSchema,
  keySchema,
  prolongSecretSchema,
  rotateKeySchema,
  updateKeySchema,
} from "#domain/keys/schemas.ts";
import { updateKey as update } from "#domain/keys/update.ts";
import { recentTraffic as readRecentTraffic } from "#domain/usage/recentTraffic.ts";
import { recentTrafficSchema } from "#domain/usage/schemas.ts";
import { action, readAction } from "#server/action.ts";

/** The page is not read anew by this: a fault while it is would take the secret away with the page. */
export const createKey = readAction(createKeySchema, create);
export const updateKey = action(updateKeySchema, update);
export const revokeKey = action(keySchema, revoke);
export const restoreKey = action(keySchema, restore);
/** The page is not read anew by these either: the dialog shows the new secret, or how far the refusal came. */
export const rotateKey = readAction(rotateKeySchema, rotate);
export const revokeAtOnce = readAction(keySchema, revoke);
export const endSecret = action(endSecretSchema, end);
export const prolongSecret = action(prolongSecretSchema, prolong);
export const recentTraffic = readAction(recentTrafficSchema, readRecentTraffic);
