import { HOUR_MS } from "#core/time.ts";
import type { Tx } from "#db/open.ts";
import type { Ctx } from "../context.ts";
import { notify } from "./notify.ts";

interface AccessRequest {
  projectId: string;
  api: { id: string; slug: string; name: string };
  /** The name of the requested plan, if the request has one. */
  plan: string | undefined;
  reason?: string | null;
  /** The project has the API already, and requests another plan. */
  enabled?: boolean;
}

/** Notifies administrators of a request for access to an API or for a plan, in the transaction of the request. */
export async function notifyOfAccessRequest(
  tx: Tx,
  ctx: Ctx,
  { projectId, api, plan, reason, enabled = false }: AccessRequest,
): Promise<void> {
  await notify(tx, ctx, {
    kind: "access.requested",
    projectId,
    subject: { id: api.id, name: api.name },
    data: {
      api: api.slug,
      ...(plan !== undefined && { plan }),
      ...(reason && { reason }),
      ...(enabled && { enabled }),
    },
    audience: "admins",
    // A request can be canceled and repeated any number of times.
    once: `access:${projectId}:${api.id}:${Math.floor(ctx.now() / HOUR_MS)}`,
  });
}
