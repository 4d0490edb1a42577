import "server-only";
import type { RequestState } from "#components/requests/request-state.ts";
import type { Verb } from "#domain/context.ts";
import { listRequests } from "#domain/usage/requests/list.ts";
import type { RequestPage } from "#domain/usage/requests/schema.ts";

const PAGE_SIZE = 50;

/** The list's rows, by the same verb as `GET …/requests`. */
export function readRequests({
  ctx,
  input,
}: Verb<{ projectId: string; state: RequestState }>): Promise<RequestPage> {
  const { projectId, state } = input;
  const { key, request, ...rest } = state;
  return listRequests({
    ctx,
    input: { projectId, ...rest, keyId: key, requestId: request, limit: PAGE_SIZE },
  });
}
