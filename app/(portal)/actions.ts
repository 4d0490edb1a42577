"use server";

import { redirect } from "next/navigation";
import { answeredChallengeSchema } from "#domain/access/accounts/factors/passkey-schema.ts";
import { confirmIdentitySchema } from "#domain/access/accounts/schema.ts";
import {
  confirmIdentity as confirm,
  confirmWithPasskey as confirmPasskey,
  getConfirmationMethods,
  startPasskeyConfirmation as startPasskey,
} from "#domain/access/accounts/step-up.ts";
import { noInputSchema } from "#domain/fields.ts";
import { markNotificationsRead } from "#domain/notifications/mark-read.ts";
import { markReadSchema } from "#domain/notifications/schema.ts";
import { searchInputSchema } from "#domain/search/schema.ts";
import { search as find } from "#domain/search/search.ts";
import { action, findAttemptResultAction } from "#server/action.ts";
import { endCurrentSession } from "#server/session.ts";

export const search = action(searchInputSchema, find, { revalidate: false });

/** The result of an earlier attempt whose answer did not reach the browser. */
export const findAttemptResult = findAttemptResultAction;

const methodsAction = action(noInputSchema, getConfirmationMethods, { revalidate: false });

/** How the user can confirm their identity. */
export async function confirmationMethods() {
  return methodsAction({});
}

// The page is not rendered again: the form that asked must keep its input.
export const confirmIdentity = action(confirmIdentitySchema, confirm, { revalidate: false });

const startPasskeyAction = action(noInputSchema, startPasskey, { revalidate: false });

/** Asks for a passkey of the user to confirm their identity. */
export async function startPasskeyConfirmation() {
  return startPasskeyAction({});
}

export const confirmWithPasskey = action(answeredChallengeSchema, confirmPasskey, { revalidate: false });

/** Signs out: ends the session in the database and removes its cookie. */
export async function signOut(): Promise<void> {
  await endCurrentSession();
  redirect("/sign-in");
}

/** The page is not rendered again: new entries stay highlighted until the user comes back. */
export const markRead = action(markReadSchema, markNotificationsRead, { revalidate: false });
