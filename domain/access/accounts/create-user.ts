import { refuseTokens, requireAdmin, type Verb } from "../../context.ts";
import { hashPassword } from "./hash.ts";
import type { CreateUserInput } from "./schema.ts";
import { type CreatedUser, insertUser, orTaken } from "./users.ts";
import { refuseWeakPassword } from "./weak-password.ts";

/**
 * Makes an account outright: the operator's `latchkey user create`, which the sign-up policy does not bind. Its
 * address is not verified, for nothing was mailed to it: the password works, and linking a provider ends it.
 */
export async function createUser({ ctx, input }: Verb<CreateUserInput>): Promise<CreatedUser> {
  requireAdmin(ctx);
  refuseTokens(ctx);
  const { password, ...user } = input;
  await refuseWeakPassword(ctx, password, user);
  const passwordHash = await hashPassword(password);
  return orTaken(() => ctx.db.write((tx) => insertUser(tx, ctx, { ...user, passwordHash, verified: false })));
}
