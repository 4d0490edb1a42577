import { isIP } from "node:net";
import { domainOf, readEmail } from "#core/email.ts";

/** Whether the entry is an IP address or a network in the form `address/prefix`. */
export function isNetwork(entry: string): boolean {
  const [address = "", prefix, ...rest] = entry.split("/");
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (family === 6 ? 128 : 32));
}

/** The entries of a comma-separated list, trimmed, without empty ones. */
export function parseList(value: string): string[] {
  return value
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
}

/** The domains of a comma-separated list, in the same form as in stored email addresses. */
export function domainList(value: string): string[] {
  return parseList(value).flatMap((domain) => {
    const reading = readEmail(`x@${domain}`);
    return "address" in reading ? [domainOf(reading.address)] : [];
  });
}

/** Whether every entry is a domain that can have email addresses, and there is at least one. */
export function isDomainList(value: string): boolean {
  const domains = parseList(value);
  return (
    domains.length > 0 &&
    domains.every((domain) => /\.\S/.test(domain)) &&
    domainList(value).length === domains.length
  );
}

/** Whether this is the secret of an HMAC: text, or bytes after `hex:` or `base64:`. */
export function isHmacSecret(text: string): boolean {
  if (text.startsWith("hex:")) return /^hex:([0-9a-fA-F]{2}){8,}$/.test(text);
  if (text.startsWith("base64:")) return /^base64:[A-Za-z0-9+/]{11,}={0,2}$/.test(text);
  return text.length >= 8;
}

/** The secrets in a text that separates them with commas or line breaks. */
export function secretList(text: string): string[] {
  return text
    .split(/[,\r\n]/)
    .map((secret) => secret.trim())
    .filter((secret) => secret !== "");
}
