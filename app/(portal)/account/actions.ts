"use server";

import { setMailNotices as setMail } from "#domain/account/mailNotices.ts";
import { endAllMySessions, endMySession as endOne } from "#domain/account/mySessions.ts";
import { changePassword as change } from "#domain/account/password.ts";
import { confirmCredentialsEnded as confirmEnded, updateProfile as update } from "#domain/account/profile.ts";
import { changePasswordSchema, sessionSchema, updateProfileSchema } from "#domain/account/schemas.ts";
import { createManagementToken as create } from "#domain/managementTokens/create.ts";
import { revokeManagementToken as revoke } from "#domain/managementTokens/revoke.ts";
import { createManagementTokenSchema, managementTokenSchema } from "#domain/managementTokens/schemas.ts";
import { setMailNoticesSchema } from "#domain/notices/schemas.ts";
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
