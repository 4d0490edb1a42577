import { z } from "zod";

/** Parts of a URL besides scheme, host and port. */
type Part = "user" | "path" | "query" | "fragment";

/**
 * A zod schema for a setting with an http(s) URL; its output has no trailing slash. Parts of the URL that are not
 * `allowed` are rejected by name, because they would be lost or would break links.
 */
export function httpUrl(allowed: readonly Part[]) {
  return z.string().transform((value, context) => {
    const url = /^https?:\/\//i.test(value) ? URL.parse(value) : null;
    if (url === null) {
      context.addIssue("must be an http(s) address such as https://keys.example.com");
      return z.NEVER;
    }
    const rejected = partsOf(url, value).filter((part) => !allowed.includes(part));
    if (rejected.length > 0) {
      const example = allowed.includes("path")
        ? ""
        : `: scheme, host and port only, such as ${url.protocol}//host`;
      context.addIssue(`must have no ${rejected.join(" and no ")}${example}`);
      return z.NEVER;
    }
    return allowed.includes("path") ? value.replace(/\/+$/, "") : url.origin;
  });
}

/** Empty queries and fragments count too, because appended text would become part of them. */
function partsOf(url: URL, value: string): Part[] {
  const found: Part[] = [];
  if (url.username !== "" || url.password !== "" || /^https?:\/\/[^/?#]*@/i.test(value)) found.push("user");
  if (!/^\/*$/.test(url.pathname)) found.push("path");
  if (value.split("#")[0]?.includes("?")) found.push("query");
  if (value.includes("#")) found.push("fragment");
  return found;
}
