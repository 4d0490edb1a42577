import type { EventData } from "#core/events.ts";
import type { Tx } from "#db/open.ts";
import type { Ctx } from "../context.ts";
import { type NewNotification, notify } from "./notify.ts";

interface Done {
  id: string;
  name: string;
  projectId: string;
}

type What = "created" | "revoked" | "restored" | "disabled" | "unused" | "rule-broken" | "approval-requested";

/** Several keys of one project with the same change, and one of them as an example. */
interface Some {
  projectId: string;
  count: number;
  one: { id: string; name: string };
  data: EventData;
  /** As in `notify`. */
  once?: string;
  ownersOnly?: boolean;
  channels?: NewNotification["channels"];
}

/** Sends one notification per project about a change to its keys, however many they are. */
export async function notifyMany(
  tx: Tx,
  ctx: Ctx,
  what: What,
  { keys, data }: { keys: readonly Done[]; data: EventData },
): Promise<void> {
  for (const [projectId, own] of Map.groupBy(keys, (key) => key.projectId)) {
    const [one] = own;
    if (one) await notifySome(tx, ctx, what, { projectId, count: own.length, one, data });
  }
}

/** Notifies one project about some of its keys; a single key is named. */
export async function notifySome(tx: Tx, ctx: Ctx, what: What, some: Some): Promise<void> {
  const { projectId, count, one, data, ...rest } = some;
  await notify(tx, ctx, {
    ...(count === 1
      ? { kind: `key.${what}` as const, subject: one }
      : { kind: `keys.${what}` as const, subject: { id: projectId, name: "" } }),
    projectId,
    data: { ...data, count },
    ...rest,
  });
}
