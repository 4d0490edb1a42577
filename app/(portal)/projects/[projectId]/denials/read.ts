import "server-only";
import { type DenialState, RANGE_MS } from "#components/denials/denial-state.ts";
import type { Verb } from "#domain/context.ts";
import { listDenials } from "#domain/keys/denials/list.ts";
import type { DenialPage } from "#domain/keys/denials/schema.ts";

const PAGE_SIZE = 50;

/** The list's rows, by the same verb as `GET …/denials`. */
export function readDenials({
  ctx,
  input,
}: Verb<{ projectId: string; state: DenialState }>): Promise<DenialPage> {
  const { projectId, state } = input;
  return listDenials({
    ctx,
    input: {
      projectId,
      keyId: state.key,
      code: state.code,
      cursor: state.cursor,
      from: ctx.now() - RANGE_MS[state.range],
      limit: PAGE_SIZE,
      trial: false,
    },
  });
}
