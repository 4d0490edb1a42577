import { isIP } from "node:net";
import { isPublicAddress } from "#core/public-address.ts";
import type { Ctx } from "../../context.ts";
import { invalid } from "../../errors.ts";

/**
 * Refuses an address that no webhook may have. Names are looked at when they are called: what one resolves to now
 * says nothing about then.
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
