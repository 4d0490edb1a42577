"use server";

import { redirect } from "next/navigation";
import { confirmEmailChange as confirmEmail } from "#domain/access/accounts/change-email.ts";
import { createFirstAdmin as firstAdmin } from "#domain/access/accounts/first-admin.ts";
import {
  requestPasswordReset as requestReset,
  resetPassword as reset,
} from "#domain/access/accounts/password-reset.ts";
import { requestSignUp as request } from "#domain/access/accounts/request-sign-up.ts";
import {
  confirmEmailSchema,
  createFirstAdminSchema,
  inviteToSiteSchema,
  requestPasswordResetSchema,
  resetPasswordSchema,
  signUpSchema,
} from "#domain/access/accounts/schema.ts";
import { signUp as createAccount } from "#domain/access/accounts/sign-up.ts";
import { acceptInvitation as accept } from "#domain/access/members/accept.ts";
import { invitationTokenSchema } from "#domain/access/members/schema.ts";
import { reportFoundKey as reportFound } from "#domain/keys/leaks/report.ts";
import { reportFoundKeySchema } from "#domain/keys/leaks/schema.ts";
import { action } from "#server/action.ts";
import { samePortalPath } from "#server/safe-redirect.ts";
import { endCurrentSession } from "#server/session.ts";

export const createFirstAdmin = action(createFirstAdminSchema, firstAdmin);
export const signUp = action(signUpSchema, createAccount);
export const requestSignUp = action(inviteToSiteSchema, request);
export const requestPasswordReset = action(requestPasswordResetSchema, requestReset, { revalidate: false });
// Rendering the page again would replace the result by "this link no longer works".
export const resetPassword = action(resetPasswordSchema, reset, { revalidate: false });
// Rendering the page again would say that the link no longer works.
export const confirmEmailChange = action(confirmEmailSchema, confirmEmail, { revalidate: false });
export const acceptInvitation = action(invitationTokenSchema, accept);
export const reportFoundKey = action(reportFoundKeySchema, reportFound, { revalidate: false });

/** Signs out of this browser and opens a page of this portal. */
export async function signOutHere(next: string): Promise<void> {
  await endCurrentSession();
  // An action can be called with any input.
  redirect(samePortalPath(typeof next === "string" ? next : undefined));
}
