import { z } from "zod";
import { fetchJson, UnexpectedStatus } from "#platform/http/fetch-limited.ts";

const LIMITS = { timeoutMs: 5_000, maxBytes: 256 * 1024 };

/** Answers to a token that may not read email addresses. */
const NOT_ALLOWED = new Set([401, 403, 404]);

const emailSchema = z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() });

/**
 * The primary email address of a GitHub account; undefined if it has none, or if the token may not read it. `url` is
 * replaced in tests.
 */
export async function primaryGithubEmail(
  token: string,
  url = "https://api.github.com/user/emails",
): Promise<z.output<typeof emailSchema> | undefined> {
  const headers = { Authorization: `Bearer ${token}`, Accept: "application/vnd.github+json" };
  const emails = await fetchJson(url, { ...LIMITS, headers }).catch((error: unknown) => {
    if (error instanceof UnexpectedStatus && NOT_ALLOWED.has(error.status)) return [];
    throw error;
  });
  return z
    .array(emailSchema)
    .safeParse(emails)
    .data?.find(({ primary }) => primary);
}
