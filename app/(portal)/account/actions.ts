"use server";

import { setMailNotices as setMail } from "#domain/access/accounts/mail-notices.ts";
import { endAllMySessions, endMySession as endOne } from "#domain/access/accounts/my-sessions.ts";
import { changePassword as change } from "#domain/access/accounts/password.ts";
import {
  confirmCredentialsEnded as confirmEnded,
  updateProfile as update,
} from "#domain/access/accounts/profile.ts";
import { changePasswordSchema, sessionSchema, updateProfileSchema } from "#domain/access/accounts/schemas.ts";
import { createManagementToken as create } from "#domain/access/management-tokens/create.ts";
import { revokeManagementToken as revoke } from "#domain/access/management-tokens/revoke.ts";
import {
  createManagementTokenSchema,
  managementTokenSchema,
} from "#domain/access/management-tokens/schemas.ts";
import { setMailNoticesSchema } from "#domain/notifications/schemas.ts";
import { noInputSchema } from "#domain/schemas.ts";
import { action, createAction } from "#server/action.ts";

export const updateProfile = action(updateProfileSchema, update);
export const confirmCredentialsEnded = action(noInputSchema, confirmEnded);
export const changePassword = action(changePasswordSchema, change);
export const setMailNotices = action(setMailNoticesSchema, setMail);
export const endMySession = action(sessionSchema, endOne);
export const signOutEverywhere = action(noInputSchema, endAllMySessions);
export const createManagementToken = createAction("management-token", createManagementTokenSchema, create);
export const revokeManagementToken = action(managementTokenSchema, revoke);
