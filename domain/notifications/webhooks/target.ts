import { isIP } from "node:net";
import { isPublicAddress } from "#core/public-address.ts";
import type { Ctx } from "../../context.ts";
import { invalid } from "../../errors.ts";

/**
 * Throws `invalid` for a URL that no webhook may have. Host names are checked when they are called, because what they
 * resolve to may change.
 */
export function refuseTarget({ settings }: Pick<Ctx, "settings">, text: string): void {
  const url = new URL(text);
  if (url.username !== "" || url.password !== "") {
    throw invalid("url", "Leave user and password out: the signature shows who calls.");
  }
  if (settings.webhooksToPrivate) return;
  if (url.protocol !== "https:") throw invalid("url", "Use https: what is sent is about your keys.");
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (isIP(host) !== 0 && !isPublicAddress(host)) {
    throw invalid("url", "This is a private address. Latchkey only calls public ones.");
  }
}
