import type { Dialect } from "../dialect.ts";
import type { Projects } from "./projects.ts";

/** What an alert watches. */
export type AlertRule =
  | { kind: "quota"; percent: number }
  | { kind: "denials"; percent: number; minRequests: number; windowMinutes: number }
  | { kind: "new-network" }
  | { kind: "dormant-key"; days: number };

/** Thresholds that projects set for themselves. */
export function defineAlerts(d: Dialect, { projects }: Pick<Projects, "projects">) {
  const alerts = d.table(
    "alerts",
    {
      id: d.text("id").primaryKey(),
      projectId: d
        .text("project_id")
        .notNull()
        .references(() => projects.id),
      rule: d.json<AlertRule>("rule").notNull(),
      /** Where it is sent: notifications in the portal, mail, and the project's webhooks. */
      bell: d.boolean("bell").notNull(),
      mail: d.boolean("mail").notNull(),
      webhooks: d.boolean("webhooks").notNull(),
      createdAt: d.instant("created_at").notNull(),
      createdBy: d.text("created_by").notNull(),
      disabledAt: d.instant("disabled_at"),
      lastFiredAt: d.instant("last_fired_at"),
    },
    (t) => [d.index("alerts_project").on(t.projectId, t.createdAt)],
  );

  /** What an alert knows about one subject: the project, or a key. */
  const alertStates = d.table(
    "alert_states",
    {
      alertId: d
        .text("alert_id")
        .notNull()
        .references(() => alerts.id, { onDelete: "cascade" }),
      subject: d.text("subject").notNull(),
      /** Whether it fires at the next crossing: it was below the threshold since the last one. */
      armed: d.boolean("armed").notNull(),
      firedAt: d.instant("fired_at"),
      /** The start of the day, and the networks of that day that it was fired for. */
      day: d.instant("day"),
      networks: d.json<string[]>("networks"),
    },
    (t) => [d.primaryKey({ columns: [t.alertId, t.subject] })],
  );

  return { alerts, alertStates };
}
