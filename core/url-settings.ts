import { z } from "zod";

/** What an address among the settings may have besides scheme, host and port. */
type Part = "user" | "path" | "query" | "fragment";

/**
 * An http(s) address as a setting, without a trailing slash. A part that would be lost or break every link made
 * from it is refused by its name; `allowed` are those that make sense.
 */
export function httpUrl(allowed: readonly Part[]) {
  return z.string().transform((value, context) => {
    const url = /^https?:\/\//i.test(value) ? URL.parse(value) : null;
    if (url === null) {
      context.addIssue("must be an http(s) address such as https://keys.example.com");
      return z.NEVER;
    }
    const refused = partsOf(url, value).filter((part) => !allowed.includes(part));
    if (refused.length > 0) {
      const example = allowed.includes("path")
        ? ""
        : `: scheme, host and port only, such as ${url.protocol}//host`;
      context.addIssue(`must have no ${refused.join(" and no ")}${example}`);
      return z.NEVER;
    }
    return allowed.includes("path") ? value.replace(/\/+$/, "") : url.origin;
  });
}

/** An empty query or fragment counts as well: what is appended to it would be part of it. */
function partsOf(url: URL, value: string): Part[] {
  const found: Part[] = [];
  if (url.username !== "" || url.password !== "" || /^https?:\/\/[^/?#]*@/i.test(value)) found.push("user");
  if (!/^\/*$/.test(url.pathname)) found.push("path");
  if (value.split("#")[0]?.includes("?")) found.push("query");
  if (value.includes("#")) found.push("fragment");
  return found;
}
