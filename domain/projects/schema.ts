import { z } from "zod";
import { projectRoleSchema } from "../access/members/schema.ts";
import {
  idSchema,
  nameSchema,
  pageFields,
  pageSchema,
  personSchema,
  proseSchema,
  searchSchema,
  timestampSchema,
} from "../fields.ts";
import { limitsInputSchema, limitsSchema } from "../keys/limits/schema.ts";

const projectFields = {
  id: z.string(),
  name: z.string(),
  createdAt: timestampSchema,
  suspendedAt: timestampSchema.nullable(),
  /** The caller's role; an administrator is an owner of every project. */
  role: projectRoleSchema,
  /** Shared by all keys of the project. */
  limits: limitsSchema,
  ceiling: limitsSchema.describe("Set by an administrator; applies in addition to `limits`."),
};

/** A project as the API, the pages and the command line show it (docs/integrate/management-api.md). */
export const projectSchema = z.strictObject(projectFields).meta({ id: "Project" });
export type Project = z.output<typeof projectSchema>;

export const projectDetailSchema = z
  .strictObject({
    ...projectFields,
    /** Whom to ask for more access. */
    owners: z.array(personSchema),
    /** Keys that are not revoked. */
    liveKeys: z.int(),
    members: z.int(),
  })
  .meta({ id: "ProjectDetail" });
export type ProjectDetail = z.output<typeof projectDetailSchema>;

/** A project in a list. */
const projectSummarySchema = z
  .strictObject({
    ...projectFields,
    /** Keys that are not revoked. */
    liveKeys: z.int(),
  })
  .meta({ id: "ProjectSummary" });
export type ProjectSummary = z.output<typeof projectSummarySchema>;

export const projectPageSchema = pageSchema(projectSummarySchema);
export type ProjectPage = z.output<typeof projectPageSchema>;

export const createProjectSchema = z.strictObject({ name: nameSchema });
export type CreateProjectInput = z.output<typeof createProjectSchema>;

export const listProjectsSchema = z.strictObject({
  ...pageFields,
  /** All projects of the site; administrators only. */
  all: z.boolean().default(false),
  /** Part of a name, or an id. */
  search: searchSchema.optional(),
});
export type ListProjectsInput = z.output<typeof listProjectsSchema>;

/** A project that was deleted. */
const deletedProjectSchema = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    createdAt: timestampSchema,
    deletedAt: timestampSchema,
  })
  .meta({ id: "DeletedProject" });
export type DeletedProject = z.output<typeof deletedProjectSchema>;

export const deletedProjectPageSchema = pageSchema(deletedProjectSchema);
export type DeletedProjectPage = z.output<typeof deletedProjectPageSchema>;

export const listDeletedProjectsSchema = z.strictObject({
  ...pageFields,
  /** Part of a name, or an id. */
  search: searchSchema.optional(),
});
export type ListDeletedProjectsInput = z.output<typeof listDeletedProjectsSchema>;

export const projectRefSchema = z.strictObject({ projectId: idSchema });
export type ProjectRef = z.output<typeof projectRefSchema>;

export const updateProjectSchema = z.strictObject({
  projectId: idSchema,
  name: nameSchema.optional(),
  /** Replaces both kinds: a kind that is left out is removed. */
  limits: limitsInputSchema.optional(),
});
export type UpdateProjectInput = z.output<typeof updateProjectSchema>;

export const setCeilingSchema = z.strictObject({ projectId: idSchema, ceiling: limitsInputSchema });
export type SetCeilingInput = z.output<typeof setCeilingSchema>;

export const suspendProjectSchema = z.strictObject({
  projectId: idSchema,
  /** Recorded in the audit log. */
  reason: proseSchema(500).optional(),
});
export type SuspendProjectInput = z.output<typeof suspendProjectSchema>;
