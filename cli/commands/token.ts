import { z } from "zod";
import { createManagementToken } from "#domain/access/management-tokens/create.ts";
import { createProjectToken } from "#domain/access/management-tokens/project-tokens.ts";
import {
  createManagementTokenSchema,
  createProjectTokenSchema,
} from "#domain/access/management-tokens/schema.ts";
import type { Ctx } from "#domain/context.ts";
import { actorOf } from "../actor.ts";
import { cliContext, withDb } from "../database.ts";
import { CliError, parseOptions, printLine } from "../output.ts";

interface CreateOptions {
  user: string;
  name: string;
  /** Creates a token of this project instead of the user. */
  project?: string;
  role?: string;
}

/** Creates a management token for a user or for one of their projects, and prints only the token. */
export async function createToken({ user, name, project, role }: CreateOptions): Promise<void> {
  const create = verbFor({ name, project, role });
  await withDb(async (db, settings) => {
    const ctx = cliContext(db, settings, await actorOf(db, user));
    printLine((await create(ctx)).token);
  });
}

const { shape } = createProjectTokenSchema;
const projectOptions = z.object({ name: shape.name, project: shape.projectId, role: shape.role });

/** The verb that the options ask for. Throws before the database is opened if they are invalid. */
function verbFor(options: Omit<CreateOptions, "user">): (ctx: Ctx) => Promise<{ token: string }> {
  const { name, project, role } = options;
  if (project === undefined) {
    if (role !== undefined) throw new CliError("--role: only with --project");
    const input = parseOptions(createManagementTokenSchema, { name });
    return (ctx) => createManagementToken({ ctx, input });
  }
  // Checked by the schema, whatever was typed.
  const typed = { name, project, role } as z.input<typeof projectOptions>;
  const { project: projectId, ...input } = parseOptions(projectOptions, typed);
  return (ctx) => createProjectToken({ ctx, input: { ...input, projectId } });
}
