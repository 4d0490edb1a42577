import { z } from "zod";
import { EVENT_KINDS } from "#core/events.ts";
import { idSchema, pageFields, pageSchema, timestampSchema } from "../fields.ts";

const refSchema = z.strictObject({ id: z.string(), name: z.string() });

const notificationSchema = z
  .strictObject({
    /** Id of the event; the same for everyone who was notified. */
    id: z.string(),
    time: timestampSchema,
    kind: z.enum([...EVENT_KINDS, "webhook.test"]),
    project: refSchema,
    subject: refSchema,
    /** The name of the person, or of the part of the portal, that caused the event. */
    by: z.string(),
    data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
    title: z.string(),
    text: z.string(),
    /** Path of the page that shows it, relative to the portal's URL. */
    path: z.string(),
    readAt: timestampSchema.nullable(),
  })
  .meta({ id: "Notice" });
export type Notification = z.output<typeof notificationSchema>;

export const notificationPageSchema = pageSchema(notificationSchema).extend({
  /** Unread notifications on all pages; 100 means 100 or more. */
  unread: z.int(),
});
export type NotificationPage = z.output<typeof notificationPageSchema>;

export const listNotificationsSchema = z.strictObject({
  ...pageFields,
  /** Only unread notifications. */
  unread: z.stringbool().default(false),
});
export type ListNotificationsInput = z.output<typeof listNotificationsSchema>;

export const markReadSchema = z.strictObject({
  /** The newest notification that was seen: it and all before it are marked as read. */
  upTo: idSchema,
});
export type MarkReadInput = z.output<typeof markReadSchema>;

export const setMailNotificationsSchema = z.strictObject({
  mailNotifications: z.boolean("Say true or false."),
});
export type SetMailNotificationsInput = z.output<typeof setMailNotificationsSchema>;
