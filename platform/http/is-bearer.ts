import { createHash, timingSafeEqual } from "node:crypto";

/** Whether an `Authorization` header carries this bearer token. Compares in constant time. */
export function isBearer(authorization: string | undefined, token: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(authorization?.replace(/^bearer +/i, "") ?? ""), digest(token));
}
