import { z } from "zod";
import { EVENT_KINDS } from "#core/events.ts";
import { instant, instantOrNull, named, pageOf, person, siteRole } from "./common.ts";

export const user = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    siteRole,
    createdAt: instant,
    disabledAt: instantOrNull,
    projects: z.int(),
  })
  .meta({ id: "User" });
export const userPage = pageOf(user);

export const verifierPage = pageOf(
  z
    .strictObject({
      id: z.string(),
      address: z.string(),
      version: z.string(),
      startedAt: instant,
      lastSeenAt: instant,
      behind: z.int(),
      behindMs: z.number(),
    })
    .meta({ id: "Verifier" }),
);

export const noticePage = pageOf(
  z
    .strictObject({
      id: z.string(),
      time: instant,
      kind: z.enum([...EVENT_KINDS, "webhook.test"]),
      project: named,
      subject: named,
      by: z.string(),
      data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
      title: z.string(),
      text: z.string(),
      path: z.string(),
      readAt: instantOrNull,
    })
    .meta({ id: "Notice" }),
).extend({ unread: z.int() });
