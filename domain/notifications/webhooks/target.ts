import { isIP } from "node:net";
import { isPublicAddress } from "#core/public-address.ts";
import type { Ctx } from "../../context.ts";
import { invalid } from "../../errors.ts";

/**
 * Throws `invalid` for a URL that no webhook may have. Host names are checked when they are called, because what they
 * resolve to may change.
 */
export function requirePublicTarget({ settings }: Pick<Ctx, "settings">, text: string): void {
  const url = new URL(text);
  if (url.username !== "" || url.password !== "") {
    throw invalid("url", "Leave out user and password: the signature authenticates the request.");
  }
  if (settings.webhooksToPrivate) return;
  if (url.protocol !== "https:")
    throw invalid("url", "Use https: events contain information about your keys.");
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (isIP(host) !== 0 && !isPublicAddress(host)) {
    throw invalid("url", "This is a private IP address. Latchkey only calls public ones.");
  }
}
