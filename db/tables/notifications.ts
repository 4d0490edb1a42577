import type { EventData, EventKind } from "#core/events.ts";
import type { Dialect } from "../dialect.ts";
import type { Accounts } from "./accounts.ts";
import type { Projects } from "./projects.ts";

export type MailState = "none" | "due" | "sent" | "failed";
/** `slack`: a message for Slack and compatible services, whose URL is the secret. */
export type WebhookFormat = "signed" | "slack";
export type DeliveryState = "due" | "delivered" | "failed";

/** One delivery attempt: when, its result (an HTTP status or the reason for none), and how long it took. */
export interface DeliveryAttempt {
  at: number;
  status: number | null;
  error: string | null;
  tookMs: number;
}

/** Events, and their notifications in the portal, by mail and by webhook. */
export function defineNotifications(d: Dialect, { users, projects }: Accounts & Projects) {
  /** A retry a day later sends the same body as the first attempt: only `undoneAt` ever changes, which no body has. */
  const events = d.table(
    "events",
    {
      id: d.text("id").primaryKey(),
      at: d.instant("at").notNull(),
      kind: d.text<EventKind>("kind").notNull(),
      projectId: d
        .text("project_id")
        .notNull()
        .references(() => projects.id),
      /** Its subject: a key, an API or a person, with the name at that time. */
      subjectId: d.text("subject_id").notNull(),
      subjectName: d.text("subject_name").notNull(),
      /** The actor; null for the portal itself. */
      actorId: d.text("actor_id"),
      actorName: d.text("actor_name").notNull(),
      data: d.json<EventData>("data").notNull(),
      /** A unique text against duplicates: an event with the text of an earlier event causes no notification. */
      once: d.text("once").unique(),
      /** When an owner undid what a management token did; null for never. */
      undoneAt: d.instant("undone_at"),
    },
    (t) => [d.index("events_project").on(t.projectId, t.at, t.id), d.index("events_at").on(t.at)],
  );

  /** An event's notification for one user. */
  const notifications = d.table(
    "notifications",
    {
      userId: d
        .text("user_id")
        .notNull()
        .references(() => users.id),
      eventId: d
        .text("event_id")
        .notNull()
        .references(() => events.id, { onDelete: "cascade" }),
      at: d.instant("at").notNull(),
      readAt: d.instant("read_at"),
      mail: d.text<MailState>("mail").notNull(),
      mailTries: d.integer("mail_tries").notNull().default(0),
      /** With `due`: not before. */
      mailAt: d.instant("mail_at").notNull(),
    },
    (t) => [
      d.primaryKey({ columns: [t.userId, t.eventId] }),
      d.index("notifications_user").on(t.userId, t.at, t.eventId),
      d.index("notifications_mail").on(t.mail, t.mailAt),
      // For deleting an event's rows with it.
      d.index("notifications_event").on(t.eventId),
    ],
  );

  const webhooks = d.table(
    "webhooks",
    {
      id: d.text("id").primaryKey(),
      /** Null for one of the site, which receives the events of all projects. */
      projectId: d.text("project_id").references(() => projects.id),
      format: d.text<WebhookFormat>("format").notNull().default("signed"),
      /** Of the format `slack`, only what is shown: its origin and its end. */
      url: d.text("url").notNull(),
      /** The kinds of events that it receives; empty for all. */
      kinds: d.json<EventKind[]>("kinds").notNull(),
      /**
       * The signing secret, encrypted with the deployment's own, because signing needs it. Of the format `slack`, the whole
       * URL, because anyone who has it can post to the channel.
       */
      sealedSecret: d.text("sealed_secret").notNull(),
      /** The previous secret, which also signs until `previousUntil`. */
      sealedPrevious: d.text("sealed_previous"),
      previousUntil: d.instant("previous_until"),
      createdAt: d.instant("created_at").notNull(),
      createdBy: d.text("created_by").notNull(),
      /** Disabled by a person, or because the endpoint answered 410 Gone. */
      disabledAt: d.instant("disabled_at"),
      deletedAt: d.instant("deleted_at"),
    },
    (t) => [d.index("webhooks_project").on(t.projectId)],
  );

  const deliveries = d.table(
    "deliveries",
    {
      id: d.text("id").primaryKey(),
      webhookId: d
        .text("webhook_id")
        .notNull()
        .references(() => webhooks.id),
      eventId: d
        .text("event_id")
        .notNull()
        .references(() => events.id, { onDelete: "cascade" }),
      at: d.instant("at").notNull(),
      state: d.text<DeliveryState>("state").notNull(),
      /** Attempts since it was created or last replayed, which determine the next delay. */
      tries: d.integer("tries").notNull(),
      /** With `due`: not before. */
      dueAt: d.instant("due_at").notNull(),
      /** The latest attempts, oldest first. */
      attempts: d.json<DeliveryAttempt[]>("attempts").notNull(),
    },
    (t) => [
      d.index("deliveries_webhook").on(t.webhookId, t.at, t.id),
      d.index("deliveries_due").on(t.state, t.dueAt),
      d.index("deliveries_event").on(t.eventId),
    ],
  );

  return { events, notifications, webhooks, deliveries };
}
