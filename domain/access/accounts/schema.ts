import { z } from "zod";
import { emailSchema, idSchema, nameSchema } from "../../fields.ts";
import { projectRoleSchema } from "../members/schema.ts";

export const siteRoleSchema = z.enum(["admin", "developer"], "Choose admin or developer.");

/** The current user, and the projects they belong to, by name. */
export const meSchema = z
  .strictObject({
    user: z.strictObject({ id: z.string(), name: z.string(), email: z.string(), siteRole: siteRoleSchema }),
    projects: z.array(z.strictObject({ id: z.string(), name: z.string(), role: projectRoleSchema })),
  })
  .meta({ id: "Me" });
export type Me = z.output<typeof meSchema>;

/** Length instead of required character classes, which lead people to write passwords down. */
export const passwordSchema = z
  .string("Choose a password.")
  .min(10, "Use at least 10 characters.")
  .max(200, "Use at most 200 characters.");

export const signInSchema = z.strictObject({ email: emailSchema, password: z.string().min(1).max(200) });
export type SignInInput = z.output<typeof signInSchema>;

/** Of a one-time link. */
export const linkTokenSchema = z.string().min(1).max(200);

export const createFirstAdminSchema = z.strictObject({
  token: linkTokenSchema,
  email: emailSchema,
  name: nameSchema,
  password: passwordSchema,
});
export type CreateFirstAdminInput = z.output<typeof createFirstAdminSchema>;

export const createUserSchema = z.strictObject({
  email: emailSchema,
  name: nameSchema,
  siteRole: siteRoleSchema,
  password: passwordSchema,
});
export type CreateUserInput = z.output<typeof createUserSchema>;

export const signUpSchema = z.strictObject({
  /** Of an invitation, where the policy asks for one. */
  token: linkTokenSchema.optional(),
  email: emailSchema,
  name: nameSchema,
  password: passwordSchema,
});
export type SignUpInput = z.output<typeof signUpSchema>;

export const inviteToSiteSchema = z.strictObject({ email: emailSchema });
export type InviteToSiteInput = z.output<typeof inviteToSiteSchema>;

export const requestPasswordResetSchema = z.strictObject({ email: emailSchema });
export type RequestPasswordResetInput = z.output<typeof requestPasswordResetSchema>;

export const resetPasswordSchema = z.strictObject({ token: linkTokenSchema, password: passwordSchema });
export type ResetPasswordInput = z.output<typeof resetPasswordSchema>;

export const requestEmailChangeSchema = z.strictObject({ email: emailSchema });
export type RequestEmailChangeInput = z.output<typeof requestEmailChangeSchema>;

export const confirmEmailSchema = z.strictObject({ token: linkTokenSchema });
export type ConfirmEmailInput = z.output<typeof confirmEmailSchema>;

export const changePasswordSchema = z.strictObject({
  current: z.string().max(200),
  password: passwordSchema,
});
export type ChangePasswordInput = z.output<typeof changePasswordSchema>;

/** A code of the authenticator app, or a recovery code, as the user entered it. */
const codeSchema = z.string().trim().min(1, "Enter the code.").max(60);

export const confirmTotpSchema = z.strictObject({ code: codeSchema });
export type ConfirmTotpInput = z.output<typeof confirmTotpSchema>;

/** `token` is that of the sign-in, from the signed cookie. */
export const finishSignInSchema = z.strictObject({ token: linkTokenSchema, code: codeSchema });
export type FinishSignInInput = z.output<typeof finishSignInSchema>;

/** `code` for users with a second factor, `password` for others. */
export const confirmIdentitySchema = z.strictObject({
  password: z.string().max(200).optional(),
  code: codeSchema.optional(),
});
export type ConfirmIdentityInput = z.output<typeof confirmIdentitySchema>;

/** `email` is the address of the account, typed as confirmation. */
export const deleteAccountSchema = z.strictObject({ email: emailSchema });
export type DeleteAccountInput = z.output<typeof deleteAccountSchema>;

export const updateProfileSchema = z.strictObject({ name: nameSchema });
export type UpdateProfileInput = z.output<typeof updateProfileSchema>;

export const sessionRefSchema = z.strictObject({ sessionId: idSchema });
export type SessionRef = z.output<typeof sessionRefSchema>;
