"use server";

import { answeredChallengeSchema } from "#domain/access/accounts/factors/passkey-schema.ts";
import {
  signInWithPasskey as signIn,
  startPasskeySignIn as startSignIn,
} from "#domain/access/accounts/factors/passkey-sign-in.ts";
import {
  finishSignInWithPasskey as finishSignIn,
  startPasskeyFactor as startFactor,
} from "#domain/access/accounts/factors/pending-sign-in.ts";
import { noInputSchema } from "#domain/fields.ts";
import { action } from "#server/action.ts";
import { ensurePasskeyBrowser, passkeyBrowser } from "#server/passkey-browser.ts";
import { cookieToken, visitor } from "#server/session.ts";
import { startSession } from "#server/start-session.ts";

// The tokens of the browser and of the unfinished sign-in come from cookies that scripts can't read.

const once = { revalidate: false };

export const startPasskeySignIn = action(
  noInputSchema,
  async ({ ctx }) => startSignIn({ ctx, input: { browser: await ensurePasskeyBrowser() } }),
  once,
);

export const signInWithPasskey = action(
  answeredChallengeSchema,
  async ({ ctx, input }) => {
    const answered = { ...input, browser: (await passkeyBrowser()) ?? "" };
    await startSession(await signIn({ ctx, input: answered, userAgent: (await visitor()).userAgent }));
  },
  once,
);

export const startPasskeyFactor = action(
  noInputSchema,
  async ({ ctx }) => startFactor({ ctx, input: { token: (await cookieToken()) ?? "" } }),
  once,
);

export const finishSignInWithPasskey = action(
  answeredChallengeSchema,
  async ({ ctx, input }) => {
    const answered = { ...input, token: (await cookieToken()) ?? "" };
    await startSession(await finishSignIn({ ctx, input: answered, userAgent: (await visitor()).userAgent }));
  },
  once,
);
