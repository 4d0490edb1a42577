import { z } from "zod";
import { instant, instantOrNull, pageOf, siteRole } from "./common.ts";

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
