import { denyManagementTokens, requireAdmin, type Verb } from "../../context.ts";
import { hashPassword } from "./hash.ts";
import type { CreateUserInput } from "./schema.ts";
import { type CreatedUser, insertUser, rejectTakenEmail } from "./users.ts";
import { requireStrongPassword } from "./weak-password.ts";

/**
 * Creates an account for the operator (`latchkey user create`); the sign-up policy does not apply. The email address
 * is not verified, because nothing was sent to it: the password works until the owner of the address signs in through
 * a provider.
 */
export async function createUser({ ctx, input }: Verb<CreateUserInput>): Promise<CreatedUser> {
  requireAdmin(ctx);
  denyManagementTokens(ctx);
  const { password, ...user } = input;
  await requireStrongPassword(ctx, password, user);
  const passwordHash = await hashPassword(password);
  return rejectTakenEmail(() =>
    ctx.db.write((tx) => insertUser(tx, ctx, { ...user, passwordHash, verified: false })),
  );
}
