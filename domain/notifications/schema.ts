import { z } from "zod";
import { idSchema, pageFields } from "../fields.ts";

export const listNotificationsSchema = z.strictObject({
  ...pageFields,
  /** Only what was not read yet. */
  unread: z.stringbool().default(false),
});
export type ListNotificationsInput = z.output<typeof listNotificationsSchema>;

export const markReadSchema = z.strictObject({
  /** The newest notice that was seen: it and all before it are read. */
  upTo: idSchema,
});
export type MarkReadInput = z.output<typeof markReadSchema>;

export const setMailNotificationsSchema = z.strictObject({
  mailNotifications: z.boolean("Say true or false."),
});
export type SetMailNotificationsInput = z.output<typeof setMailNotificationsSchema>;
