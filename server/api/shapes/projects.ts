import { z } from "zod";
import { instant, instantOrNull, named, pageOf, person } from "./common.ts";

const accessStatus = z.enum(["enabled", "pending", "declined"]);
export const enableResult = z.strictObject({ status: accessStatus });
export const projectApiPage = pageOf(
  z
    .strictObject({
      slug: z.string(),
      name: z.string(),
      description: z.string(),
      baseUrl: z.string().nullable(),
      access: z.enum(["open", "approval"]),
      status: accessStatus.nullable(),
      requestedAt: instantOrNull,
      decidedAt: instantOrNull,
      message: z.string().nullable(),
    })
    .meta({ id: "ProjectApi" }),
);
export const pendingAccessPage = pageOf(
  z
    .strictObject({
      project: named,
      api: z.strictObject({ slug: z.string(), name: z.string() }),
      requestedBy: person,
      requestedAt: instant,
    })
    .meta({ id: "PendingAccess" }),
);

const secretAge = z.strictObject({ maxDays: z.int(), cut: z.boolean() }).nullable();
export const secretAges = z.strictObject({ site: secretAge, project: secretAge }).meta({ id: "SecretAges" });
