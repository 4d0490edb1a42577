"use server";

import {
  createAlert as create,
  deleteAlert as remove,
  updateAlert as update,
} from "#domain/notifications/alerts/manage.ts";
import { alertRefSchema, createAlertSchema, updateAlertSchema } from "#domain/notifications/alerts/schema.ts";
import { action } from "#server/action.ts";

export const createAlert = action(createAlertSchema, create);
export const updateAlert = action(updateAlertSchema, update);
export const deleteAlert = action(alertRefSchema, remove);
