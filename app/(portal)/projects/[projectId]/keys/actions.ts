"use server";

import type { NewSecret } from "#components/keys/actions.ts";
import { readFirstCalls } from "#domain/catalog/reference/first-call.ts";
import { readFirstCallsSchema } from "#domain/catalog/reference/schema.ts";
import { approveKey as approve, declineKey as decline } from "#domain/keys/approval/decide.ts";
import { declineKeySchema } from "#domain/keys/approval/schema.ts";
import { changeMatchingKeys } from "#domain/keys/change-matching.ts";
import { changeOverlapEnd as changeEnd } from "#domain/keys/change-overlap-end.ts";
import { createKey as create } from "#domain/keys/create.ts";
import { endSecret as end } from "#domain/keys/end-secret.ts";
import { restoreKey as restore } from "#domain/keys/restore.ts";
import { revokeKey as revoke } from "#domain/keys/revoke.ts";
import { rotateKey as rotate } from "#domain/keys/rotate.ts";
import { changeOverlapEndSchema, rotateKeySchema, secretRefSchema } from "#domain/keys/rotation/schema.ts";
import {
  changeSelectedKeysSchema,
  createKeySchema,
  type KeyWithSecret,
  keyRefSchema,
  updateKeySchema,
} from "#domain/keys/schema.ts";
import { updateKey as update } from "#domain/keys/update.ts";
import { recentTraffic as readRecentTraffic } from "#domain/usage/recent-traffic.ts";
import { recentTrafficSchema } from "#domain/usage/schema.ts";
import { action, type CreateAction, createAction } from "#server/action.ts";

const firstCalls = action(readFirstCallsSchema, readFirstCalls, { revalidate: false });

/** Adds calls to try the secret with. Loaded later, they would move the buttons of the dialog that shows the secret. */
function withFirstCalls<Input>(
  createSecret: CreateAction<Input, KeyWithSecret>,
): CreateAction<Input, NewSecret> {
  return async (input, attempt) => {
    const result = await createSecret(input, attempt);
    if (!result.ok) return result;
    const { projectId, id: keyId } = result.value.key;
    const calls = await firstCalls({ projectId, keyId });
    return { ...result, value: { ...result.value, calls: calls.ok ? calls.value : [] } };
  };
}

export const createKey = withFirstCalls(createAction("key", createKeySchema, create));
export const updateKey = action(updateKeySchema, update);
export const revokeKey = action(keyRefSchema, revoke);
export const restoreKey = action(keyRefSchema, restore);
export const approveKey = action(keyRefSchema, approve, { stepUp: true });
export const declineKey = action(declineKeySchema, decline);
export const rotateKey = withFirstCalls(createAction("rotation", rotateKeySchema, rotate));
/** The page is not rendered again: the dialog shows how far the revocation has spread. */
export const revokeAtOnce = action(keyRefSchema, revoke, { revalidate: false });
export const endSecret = action(secretRefSchema, end);
export const changeOverlapEnd = action(changeOverlapEndSchema, changeEnd);
/** Revoking many keys asks for a recent confirmation of identity. */
export const revokeSelectedKeys = action(changeSelectedKeysSchema(["revoke"]), changeMatchingKeys, {
  stepUp: true,
});
export const changeSelectedKeys = action(changeSelectedKeysSchema(["disable", "tag"]), changeMatchingKeys);
export const recentTraffic = action(recentTrafficSchema, readRecentTraffic, { revalidate: false });
