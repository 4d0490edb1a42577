import { hash, verify } from "@node-rs/argon2";

// OWASP's first choice for argon2id: 19 MiB, two passes, one lane. The library's default variant is argon2id.
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** What stands in for the hash of nobody's password, so that an unknown account takes as long as a known one. */
let nobody: Promise<string> | undefined;

export function hashPassword(password: string): Promise<string> {
  return hash(password, COST);
}

/** Does the password fit? Null (nobody, or nobody's password) takes the same work and never does. */
export async function fitsPassword(passwordHash: string | null, password: string): Promise<boolean> {
  nobody ??= hashPassword("nobody has this password");
  const fits = await verify(passwordHash ?? (await nobody), password);
  return fits && passwordHash !== null;
}
