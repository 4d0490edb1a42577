import { z } from "zod";
import { idSchema, pageFields } from "../fields.ts";

export const listNoticesSchema = z.strictObject({
  ...pageFields,
  /** Only what was not read yet. */
  unread: z.stringbool().default(false),
});
export type ListNoticesInput = z.output<typeof listNoticesSchema>;

export const markReadSchema = z.strictObject({
  /** The newest notice that was seen: it and all before it are read. */
  upTo: idSchema,
});
export type MarkReadInput = z.output<typeof markReadSchema>;

export const setMailNoticesSchema = z.strictObject({ mailNotifications: z.boolean("Say true or false.") });
export type SetMailNoticesInput = z.output<typeof setMailNoticesSchema>;
