import { and, desc, eq, gte, lt, ne, or } from "drizzle-orm";
import { messageOf } from "#core/denials.ts";
import { variantOf } from "#core/restrictions/message-variant.ts";
import { iso } from "#core/time.ts";
import type { Tables } from "#db/schema.ts";
import { requireProjectRole } from "../../access/project-access.ts";
import type { Verb } from "../../context.ts";
import { startsWith } from "../../like.ts";
import { pageOf, readCursor } from "../../lists.ts";
import { NO_VALUE } from "../schema.ts";
import type { ListedRequest, ListRequestsInput, RequestPage } from "./schema.ts";

/**
 * The latest listed checks of a project or a key, allowed and denied, newest first. Verifiers list a bounded number of
 * them; usage counts all.
 */
export async function listRequests({ ctx, input }: Verb<ListRequestsInput>): Promise<RequestPage> {
  const scope = ctx.db.read;
  await requireProjectRole(scope, ctx, input.projectId, "viewer");
  const { requests, keys } = scope.t;
  const after = readCursor(input.cursor, ["number", "text"]);
  const { requestId, outcome, operation } = input;
  const is = <Value>(column: Parameters<typeof eq>[0], value: Value | undefined) =>
    value === undefined ? undefined : eq(column, value);
  const rows = await scope.q
    .select({ request: requests, keyName: keys.name })
    .from(requests)
    .innerJoin(keys, eq(keys.id, requests.keyId))
    .where(
      and(
        eq(requests.projectId, input.projectId),
        is(requests.keyId, input.keyId),
        is(requests.code, input.code),
        outcome && (outcome === "allowed" ? eq(requests.code, "VALID") : ne(requests.code, "VALID")),
        is(requests.api, input.api),
        is(requests.operation, operation === NO_VALUE ? "" : operation),
        is(requests.environment, input.environment),
        requestId === undefined
          ? undefined
          : // The checks of a batch have its request ID, a dot and their position.
            or(eq(requests.requestId, requestId), startsWith(requests.requestId, `${requestId}.`)),
        input.from === undefined ? undefined : gte(requests.at, input.from),
        input.to === undefined ? undefined : lt(requests.at, input.to),
        after
          ? or(lt(requests.at, after[0]), and(eq(requests.at, after[0]), lt(requests.id, after[1])))
          : undefined,
      ),
    )
    .orderBy(desc(requests.at), desc(requests.id))
    .limit(input.limit + 1);
  return pageOf(
    rows,
    input.limit,
    ({ request }) => [request.at, request.id],
    ({ request, keyName }) => present(request, keyName),
    ctx.settings.bounds.responseBytes,
  );
}

function present(row: Tables["requests"]["$inferSelect"], keyName: string): ListedRequest {
  const { id, requestId, at, keyId, secretId, environment, code, api, operation, observed, client } = row;
  return {
    id,
    requestId,
    time: iso(at),
    keyId,
    keyName,
    secretId,
    environment,
    code,
    api,
    operation: operation || null,
    observed,
    words: code === "VALID" ? null : messageOf(code, observed, variantOf(code, observed, client)),
    client,
  };
}
