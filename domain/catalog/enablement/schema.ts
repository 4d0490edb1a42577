import { z } from "zod";
import type { ApiRestriction } from "#core/restrictions/types.ts";
import {
  idSchema,
  pageFields,
  pageSchema,
  personSchema,
  proseSchema,
  timestampSchema,
} from "../../fields.ts";
import { accessSchema, type DeclaredScope, type Operation } from "../apis/schema.ts";

const accessStatusSchema = z.enum(["enabled", "pending", "declined"]);

/** An API and its status in one project. */
export const projectApiSchema = z
  .strictObject({
    slug: z.string(),
    name: z.string(),
    description: z.string(),
    /** Null if nobody set it. */
    baseUrl: z.string().nullable(),
    access: accessSchema,
    /** Null if the project never requested access. */
    status: accessStatusSchema.nullable(),
    requestedAt: timestampSchema.nullable(),
    decidedAt: timestampSchema.nullable(),
    reason: z.string().nullable().describe("Why the project asked for access."),
    /** From the administrator who decided. */
    message: z.string().nullable(),
    hasPlans: z.boolean().describe("Whether the API has plans that projects can choose."),
  })
  .meta({ id: "ProjectApi" });
export type ProjectApi = z.output<typeof projectApiSchema>;

export const enableResultSchema = z.strictObject({ status: accessStatusSchema });
export type EnableResult = z.output<typeof enableResultSchema>;

/** A project's request for access to an API that waits for an administrator. */
const pendingAccessSchema = z
  .strictObject({
    project: z.strictObject({ id: z.string(), name: z.string() }),
    api: z.strictObject({ slug: z.string(), name: z.string() }),
    requestedBy: personSchema,
    requestedAt: timestampSchema,
    reason: z.string().nullable().describe("Why the project needs it; null if it gave no reason."),
    plan: z
      .strictObject({ slug: z.string(), name: z.string() })
      .nullable()
      .describe("The plan that was asked for; null if the API had none."),
    enabled: z
      .boolean()
      .describe("Whether the project has enabled the API already and asks for another plan."),
  })
  .meta({ id: "PendingAccess" });
export type PendingAccess = z.output<typeof pendingAccessSchema>;

export const pendingAccessPageSchema = pageSchema(pendingAccessSchema);
export type PendingAccessPage = z.output<typeof pendingAccessPageSchema>;

/** An API that the project has enabled, with its operations. */
export interface EnabledApi {
  slug: string;
  name: string;
  operations: Pick<Operation, "name" | "summary">[];
  /** The scopes that its keys can be limited to. */
  scopes: DeclaredScope[];
  /** The entry that lets a key only read; null if scopes and methods don't separate reading from writing. */
  readOnly: ApiRestriction | null;
  /** Whether `operations` are all of its operations. */
  complete: boolean;
}

export const projectApiRefSchema = z.strictObject({ projectId: idSchema, slug: idSchema });
export type ProjectApiRef = z.output<typeof projectApiRefSchema>;

export const enableApiSchema = z.strictObject({
  ...projectApiRefSchema.shape,
  plan: idSchema
    .optional()
    .describe(
      "The slug of one of the API's plans. Required if there are several that the project can choose.",
    ),
  reason: proseSchema(500)
    .optional()
    .describe("Why the project needs the API. The administrator who approves the request reads it."),
});
export type EnableApiInput = z.output<typeof enableApiSchema>;

export const decideAccessSchema = z.strictObject({
  projectId: idSchema,
  slug: idSchema,
  /** Shown to the project. */
  message: proseSchema(500).optional(),
});
export type DecideAccessInput = z.output<typeof decideAccessSchema>;

export const listPendingAccessSchema = z.strictObject({ ...pageFields });
export type ListPendingAccessInput = z.output<typeof listPendingAccessSchema>;

export const listProjectApisSchema = z.strictObject({ projectId: idSchema });
export type ListProjectApisInput = z.output<typeof listProjectApisSchema>;

/** `named`: operations in use, which the result includes even from an API with too many operations to list. */
export interface ListEnabledApisInput extends ListProjectApisInput {
  named: readonly { api: string; operation: string }[];
}
