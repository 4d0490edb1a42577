"use server";

import type { TokenRotation } from "#components/tokens/rotate-form.tsx";
import { setScimGroupRole as setScimGroupRoleVerb } from "#domain/access/scim/roles.ts";
import {
  createScimTokenSchema,
  rotateScimTokenSchema,
  scimTokenRefSchema,
  setGroupRoleSchema,
} from "#domain/access/scim/schema.ts";
import {
  createScimToken as createScimTokenVerb,
  endScimTokenOverlap as endScimTokenOverlapVerb,
  revokeScimToken as revokeScimTokenVerb,
  rotateScimToken as rotateScimTokenVerb,
} from "#domain/access/scim/tokens.ts";
import { action, createAction } from "#server/action.ts";

export const createScimToken = createAction("scim-token", createScimTokenSchema, createScimTokenVerb);
export const revokeScimToken = action(scimTokenRefSchema, revokeScimTokenVerb);
export const endScimTokenOverlap = action(scimTokenRefSchema, endScimTokenOverlapVerb);
export const setScimGroupRole = action(setGroupRoleSchema, setScimGroupRoleVerb, { stepUp: true });

const rotateAction = createAction("scim-token-rotation", rotateScimTokenSchema, rotateScimTokenVerb);

export async function rotateScimToken(scimTokenId: string, rotation: TokenRotation, key: string) {
  return rotateAction({ ...rotation, scimTokenId }, key);
}
