import { and, asc, count, eq } from "drizzle-orm";
import { plural } from "#core/format.ts";
import { newId } from "#core/ids.ts";
import { iso, isoOrNull } from "#core/time.ts";
import type { Scope, Tx } from "#db/open.ts";
import type { Tables } from "#db/schema.ts";
import { lockProject, requireProjectRole } from "../../access/project-access.ts";
import { recordAudit } from "../../audit/record.ts";
import { identityOf, requireAuthenticated, type Verb } from "../../context.ts";
import { DomainError, invalid, notFound } from "../../errors.ts";
import type { Alert, AlertRef, CreateAlertInput, ListAlertsInput, UpdateAlertInput } from "./schema.ts";

/** Alerts of a project: each costs a few queries whenever the project is used. */
const MAX_ALERTS = 20;

export type AlertRow = Tables["alerts"]["$inferSelect"];

/** A project's alerts, oldest first. For every member. */
export async function listAlerts({ ctx, input }: Verb<ListAlertsInput>): Promise<{ items: Alert[] }> {
  const scope = ctx.db.read;
  await requireProjectRole(scope, ctx, input.projectId, "viewer");
  const { alerts } = scope.t;
  const rows = await scope.q
    .select()
    .from(alerts)
    .where(eq(alerts.projectId, input.projectId))
    .orderBy(asc(alerts.createdAt), asc(alerts.id));
  return { items: rows.map(presentAlert) };
}

/** Creates an alert. Owners only. Throws `conflict` with `LIMIT_REACHED` above 20. */
export async function createAlert({ ctx, input }: Verb<CreateAlertInput>): Promise<Alert> {
  return ctx.db.write(async (tx) => {
    const { project } = await lockProject(tx, ctx, input.projectId, "owner");
    await enforceMaxAlerts(tx, project.id);
    const { rule, bell, mail, webhooks } = input;
    requireDestination({ bell, mail, webhooks });
    const row: AlertRow = {
      id: newId("alert"),
      projectId: project.id,
      rule,
      bell,
      mail,
      webhooks,
      createdAt: ctx.now(),
      createdBy: identityOf(requireAuthenticated(ctx)).id,
      disabledAt: null,
      lastFiredAt: null,
    };
    await tx.q.insert(tx.t.alerts).values(row);
    await recordAudit(tx, ctx, {
      action: "alert.created",
      projectId: project.id,
      subject: subjectOf(row),
      after: changeable(row),
    });
    return presentAlert(row);
  });
}

/** Changes an alert, or disables or enables it. With another rule it starts from nothing. Owners only. */
export async function updateAlert({ ctx, input }: Verb<UpdateAlertInput>): Promise<Alert> {
  return ctx.db.write(async (tx) => {
    await lockProject(tx, ctx, input.projectId, "owner");
    const row = await mustFindAlert(tx, input);
    const { enabled = row.disabledAt === null, ...given } = input;
    // Without `lastFiredAt`, which an evaluation may have changed since.
    const changes = {
      rule: given.rule ?? row.rule,
      bell: given.bell ?? row.bell,
      mail: given.mail ?? row.mail,
      webhooks: given.webhooks ?? row.webhooks,
      disabledAt: enabled ? null : (row.disabledAt ?? ctx.now()),
    };
    requireDestination(changes);
    const { alerts, alertStates } = tx.t;
    await tx.q.update(alerts).set(changes).where(eq(alerts.id, row.id));
    const after = { ...row, ...changes };
    if (given.rule !== undefined) await tx.q.delete(alertStates).where(eq(alertStates.alertId, row.id));
    await recordAudit(tx, ctx, {
      action: "alert.updated",
      projectId: row.projectId,
      subject: subjectOf(after),
      before: changeable(row),
      after: changeable(after),
    });
    return presentAlert(after);
  });
}

/** Deletes an alert. Owners only. */
export async function deleteAlert({ ctx, input }: Verb<AlertRef>): Promise<undefined> {
  await ctx.db.write(async (tx) => {
    await lockProject(tx, ctx, input.projectId, "owner");
    const row = await mustFindAlert(tx, input);
    await tx.q.delete(tx.t.alertStates).where(eq(tx.t.alertStates.alertId, row.id));
    await tx.q.delete(tx.t.alerts).where(eq(tx.t.alerts.id, row.id));
    await recordAudit(tx, ctx, {
      action: "alert.deleted",
      projectId: row.projectId,
      subject: subjectOf(row),
      before: changeable(row),
    });
  });
}

/** The name of an alert in texts: "Denied requests over 20%". */
export function alertName({ rule }: Pick<AlertRow, "rule">): string {
  switch (rule.kind) {
    case "quota":
      return `Quota ${rule.percent}% used`;
    case "denials":
      return `${rule.percent}% of requests denied`;
    case "new-network":
      return "Key used from a new network";
    case "dormant-key":
      return `Key used after ${plural(rule.days, "day")}`;
  }
}

const subjectOf = (row: AlertRow) => ({ id: row.id, name: alertName(row) });

const changeable = ({ rule, bell, mail, webhooks, disabledAt }: AlertRow) => ({
  rule,
  bell,
  mail,
  webhooks,
  enabled: disabledAt === null,
});

async function mustFindAlert(
  { q, t: { alerts } }: Scope,
  { projectId, alertId }: AlertRef,
): Promise<AlertRow> {
  const [row] = await q
    .select()
    .from(alerts)
    .where(and(eq(alerts.id, alertId), eq(alerts.projectId, projectId)));
  if (!row) throw notFound("alert");
  return row;
}

/** The project is locked, so that two requests can't both take the last free one. */
async function enforceMaxAlerts({ q, t: { alerts } }: Tx, projectId: string): Promise<void> {
  const [counted] = await q.select({ n: count() }).from(alerts).where(eq(alerts.projectId, projectId));
  if ((counted?.n ?? 0) < MAX_ALERTS) return;
  throw new DomainError(
    "conflict",
    `The project has ${MAX_ALERTS} alerts, the maximum per project. Delete one you no longer need.`,
    { problem: "LIMIT_REACHED" },
  );
}

function requireDestination({ bell, mail, webhooks }: Pick<AlertRow, "bell" | "mail" | "webhooks">): void {
  if (!bell && !mail && !webhooks) throw invalid("bell", "Choose at least one: portal, email or webhooks.");
}

function presentAlert({ createdAt, createdBy: _, disabledAt, lastFiredAt, ...row }: AlertRow): Alert {
  return {
    ...row,
    enabled: disabledAt === null,
    createdAt: iso(createdAt),
    lastFiredAt: isoOrNull(lastFiredAt),
  };
}
