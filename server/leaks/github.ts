import { hash } from "node:crypto";
import { z } from "zod";
import { acceptedPrefixes, hashToken } from "#core/tokens.ts";
import type { Ctx } from "#domain/context.ts";
import { tokensIn } from "#domain/keys/leaks/locations.ts";
import { recordLeaks } from "#domain/keys/leaks/report.ts";
import { type ReportedToken, reportedTokenSchema } from "#domain/keys/leaks/schema.ts";
import { readBody } from "../api/body.ts";
import { MAX_BODY_BYTES } from "../body-limit.ts";
import { HttpError, problemResponse } from "../problem.ts";
import { currentRequestId, setRoute } from "../request-scope.ts";
import { type GithubKeys, GithubKeysUnavailable } from "./github-keys.ts";

const reportSchema = z.array(z.unknown());

/** The response for each token: whether it is ours, identified by its hash (partner program, "feedback"). */
interface Label {
  token_hash: string;
  token_type: string;
  label: "true_positive" | "false_positive";
}

/**
 * Handles a report of GitHub's secret scanning (partner protocol). Verifies the signature of the raw body before it
 * parses anything. 503 makes GitHub retry.
 */
export async function handleGithubReport(ctx: Ctx, request: Request, keys: GithubKeys): Promise<Response> {
  const requestId = currentRequestId();
  setRoute("/api/v1/leaks/github");
  try {
    const body = await readBody(request, MAX_BODY_BYTES);
    await mustBeSigned(request, body, keys);
    const report = readReport(body);
    const ours = await recordLeaks(ctx, report, "github");
    const labels = report.map(
      ({ token, type }): Label => ({
        token_hash: hash("sha256", token, "base64"),
        token_type: type,
        label: tokensIn(acceptedPrefixes(ctx.settings), token).some((one) => ours.has(hashToken(one)))
          ? "true_positive"
          : "false_positive",
      }),
    );
    return Response.json(labels, { headers: { "Cache-Control": "no-store", "X-Request-Id": requestId } });
  } catch (error) {
    return problemResponse(error, requestId);
  }
}

async function mustBeSigned(request: Request, body: Uint8Array, keys: GithubKeys): Promise<void> {
  const keyId = request.headers.get("github-public-key-identifier") ?? "";
  const signature = request.headers.get("github-public-key-signature") ?? "";
  const unsigned = () =>
    new HttpError(401, "This endpoint is for GitHub secret scanning. The signature is missing or invalid.", {
      headers: { "WWW-Authenticate": "Signature" },
    });
  if (keyId === "" || signature === "") throw unsigned();
  try {
    if (await keys.signed(body, keyId, signature)) return;
  } catch (error) {
    if (!(error instanceof GithubKeysUnavailable)) throw error;
    throw new HttpError(503, "GitHub's public keys are unavailable.", {
      headers: { "Retry-After": "60" },
      // For the log only: the response has only the text above.
      cause: error,
    });
  }
  throw unsigned();
}

/** The report's entries. Entries without a token are skipped. */
function readReport(body: Uint8Array): ReportedToken[] {
  try {
    const entries = reportSchema.parse(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body)));
    return entries
      .map((entry) => reportedTokenSchema.safeParse(entry).data)
      .filter((found) => found !== undefined);
  } catch {
    // Without the parser's message, which would quote the body.
    throw new HttpError(400, "Send an array of objects with token, type, url and source.");
  }
}
