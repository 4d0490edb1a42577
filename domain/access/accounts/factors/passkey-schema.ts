import { z } from "zod";
import { idSchema, nameSchema } from "../../../fields.ts";

/** Base64url without padding, as browsers send binary values. */
const binary = (maxLength: number) =>
  z
    .string()
    .max(maxLength)
    .regex(/^[\w-]+$/);

/** An id may have 1,023 bytes (WebAuthn, section 4). */
const credentialIdSchema = binary(1_364);

const answerFields = {
  id: credentialIdSchema,
  rawId: credentialIdSchema,
  type: z.literal("public-key"),
  // Nothing is requested, so nothing is read.
  clientExtensionResults: z.looseObject({}).transform(() => ({})),
};

/** The answer of an authenticator that signed a challenge: `AuthenticationResponseJSON` of WebAuthn. */
export const passkeyAnswerSchema = z.object({
  ...answerFields,
  response: z.object({
    clientDataJSON: binary(4_000),
    authenticatorData: binary(4_000),
    signature: binary(4_000),
    userHandle: binary(100).optional(),
  }),
});
export type PasskeyAnswer = z.output<typeof passkeyAnswerSchema>;

/** The answer of an authenticator that created a passkey: `RegistrationResponseJSON` of WebAuthn. */
export const newPasskeyAnswerSchema = z.object({
  ...answerFields,
  response: z.object({
    clientDataJSON: binary(4_000),
    attestationObject: binary(20_000),
    transports: z
      .array(
        z
          .string()
          .max(30)
          .regex(/^[a-z-]+$/),
      )
      .max(10)
      .default([]),
  }),
});
export type NewPasskeyAnswer = z.output<typeof newPasskeyAnswerSchema>;

/** The sealed challenge that the answer belongs to. */
const challengeSchema = z.string().min(1).max(500);

export const addPasskeySchema = z.strictObject({
  name: nameSchema,
  challenge: challengeSchema,
  answer: newPasskeyAnswerSchema,
});
export type AddPasskeyInput = z.output<typeof addPasskeySchema>;

export const passkeyRefSchema = z.strictObject({ passkeyId: idSchema });
export type PasskeyRef = z.output<typeof passkeyRefSchema>;

export const renamePasskeySchema = z.strictObject({ passkeyId: idSchema, name: nameSchema });
export type RenamePasskeyInput = z.output<typeof renamePasskeySchema>;

export const answeredChallengeSchema = z.strictObject({
  challenge: challengeSchema,
  answer: passkeyAnswerSchema,
});
export type AnsweredChallenge = z.output<typeof answeredChallengeSchema>;

/** `browser` is the random token of the browser that got the challenge, from its cookie. */
export type PasskeySignInInput = AnsweredChallenge & { browser: string };

/** `token` is that of the unfinished sign-in, from the signed cookie. */
export type PasskeyFactorInput = AnsweredChallenge & { token: string };
