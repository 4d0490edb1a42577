import "server-only";
import { type RefusalView, spanOf } from "#components/denials/address.ts";
import type { Verb } from "#domain/context.ts";
import { listDenials } from "#domain/keys/denials/list.ts";
import type { DenialPage } from "#domain/keys/denials/types.ts";

const AT_ONCE = 50;

/** What the list of refusals shows: `GET …/denials`, asked the same way. */
export function readRefusals({
  ctx,
  input,
}: Verb<{ projectId: string; view: RefusalView }>): Promise<DenialPage> {
  const { projectId, view } = input;
  const { keyId, code, cursor } = view;
  const from = ctx.now() - spanOf(view.span).ms;
  return listDenials({ ctx, input: { projectId, keyId, code, cursor, from, limit: AT_ONCE, trial: false } });
}
