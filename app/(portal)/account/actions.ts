"use server";

import type { TokenRotation } from "#components/tokens/rotate-form.tsx";
import { requestEmailChange as requestEmail } from "#domain/access/accounts/change-email.ts";
import { deleteAccount as deleteOwn } from "#domain/access/accounts/delete-account.ts";
import {
  confirmTotp as confirmFactor,
  removeTotp as removeFactor,
  createRecoveryCodes as renewCodes,
  startTotp as startFactor,
} from "#domain/access/accounts/factors/manage.ts";
import {
  addPasskeySchema,
  passkeyRefSchema,
  renamePasskeySchema,
} from "#domain/access/accounts/factors/passkey-schema.ts";
import {
  addPasskey as addKey,
  removePasskey as removeKey,
  renamePasskey as renameKey,
  startPasskey as startKey,
} from "#domain/access/accounts/factors/passkeys.ts";
import {
  endAllMySessions,
  endMyOtherSessions,
  endMySession as endOne,
} from "#domain/access/accounts/my-sessions.ts";
import { changePassword as change } from "#domain/access/accounts/password.ts";
import {
  dismissCredentialsEnded as confirmEnded,
  setMailNotifications as setMail,
  updateProfile as update,
} from "#domain/access/accounts/profile.ts";
import {
  changePasswordSchema,
  confirmTotpSchema,
  deleteAccountSchema,
  requestEmailChangeSchema,
  sessionRefSchema,
  updateProfileSchema,
} from "#domain/access/accounts/schema.ts";
import { createManagementToken as create } from "#domain/access/management-tokens/create.ts";
import { revokeManagementToken as revoke } from "#domain/access/management-tokens/revoke.ts";
import {
  endManagementTokenOverlap as endOverlap,
  rotateManagementToken as rotate,
} from "#domain/access/management-tokens/rotate.ts";
import {
  createManagementTokenSchema,
  managementTokenRefSchema,
  rotateManagementTokenSchema,
} from "#domain/access/management-tokens/schema.ts";
import { noInputSchema } from "#domain/fields.ts";
import { setMailNotificationsSchema } from "#domain/notifications/schema.ts";
import { action, createAction } from "#server/action.ts";

export const updateProfile = action(updateProfileSchema, update);
export const confirmCredentialsEnded = action(noInputSchema, confirmEnded);
export const changePassword = action(changePasswordSchema, change);
export const requestEmailChange = action(requestEmailChangeSchema, requestEmail, {
  revalidate: false,
  stepUp: true,
});
/** Asks for a confirmation of identity, without which signing in with a provider connects nothing. */
export const confirmRecently = action(noInputSchema, async () => null, { revalidate: false, stepUp: true });
// The page is not rendered again: its user is gone.
export const deleteAccount = action(deleteAccountSchema, deleteOwn, { revalidate: false, stepUp: true });
export const setMailNotifications = action(setMailNotificationsSchema, setMail);
export const endMySession = action(sessionRefSchema, endOne, { stepUp: true });
export const signOutElsewhere = action(noInputSchema, endMyOtherSessions, { stepUp: true });
export const signOutEverywhere = action(noInputSchema, endAllMySessions, { stepUp: true });
export const createManagementToken = createAction("management-token", createManagementTokenSchema, create);
export const revokeManagementToken = action(managementTokenRefSchema, revoke);
export const endManagementTokenOverlap = action(managementTokenRefSchema, endOverlap);

const rotateAction = createAction("management-token-rotation", rotateManagementTokenSchema, rotate);

export async function rotateManagementToken(managementTokenId: string, rotation: TokenRotation, key: string) {
  return rotateAction({ ...rotation, managementTokenId }, key);
}

export const startTotp = action(noInputSchema, startFactor, { revalidate: false, stepUp: true });
// The page is not rendered again: the recovery codes must stay on it.
export const confirmTotp = action(confirmTotpSchema, confirmFactor, { revalidate: false, stepUp: true });
export const createRecoveryCodes = action(noInputSchema, renewCodes, { revalidate: false, stepUp: true });
export const removeTotp = action(noInputSchema, removeFactor, { stepUp: true });

export const startPasskey = action(noInputSchema, startKey, { revalidate: false, stepUp: true });
export const addPasskey = action(addPasskeySchema, addKey, { revalidate: false, stepUp: true });
export const renamePasskey = action(renamePasskeySchema, renameKey);
export const removePasskey = action(passkeyRefSchema, removeKey, { stepUp: true });
