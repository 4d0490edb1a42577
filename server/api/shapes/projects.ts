import { z } from "zod";
import { instant, instantOrNull, limits, named, pageOf, person, projectRole } from "./common.ts";

const projectFields = {
  id: z.string(),
  name: z.string(),
  createdAt: instant,
  suspendedAt: instantOrNull,
  role: projectRole,
  limits,
  ceiling: limits.describe("What an administrator holds it to, besides."),
};
export const project = z.strictObject(projectFields).meta({ id: "Project" });
export const projectDetail = z
  .strictObject({
    ...projectFields,
    owners: z.array(person),
    liveKeys: z.int(),
    members: z.int(),
  })
  .meta({ id: "ProjectDetail" });
export const projectPage = pageOf(
  z.strictObject({ ...projectFields, liveKeys: z.int() }).meta({ id: "ProjectSummary" }),
);

export const member = z
  .strictObject({
    user: z.strictObject({ id: z.string(), name: z.string(), email: z.string() }),
    role: projectRole,
    since: instant,
  })
  .meta({ id: "Member" });

export const invitation = z
  .strictObject({
    id: z.string(),
    email: z.string(),
    role: projectRole,
    createdAt: instant,
    createdBy: person,
    expiresAt: instant,
  })
  .meta({ id: "Invitation" });

export const invitationResult = z.strictObject({ invitation, link: z.string().nullable() });

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
