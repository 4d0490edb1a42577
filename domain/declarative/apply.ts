import type { FieldError } from "#core/schema-errors.ts";
import { type Ctx, requireUser } from "../context.ts";
import { DomainError } from "../errors.ts";
import { yieldToEventLoop } from "../yield-to-event-loop.ts";
import { readApis, readServiceTokens } from "./current-state.ts";
import { planApis } from "./plan-catalog.ts";
import { planProjects } from "./plan-projects.ts";
import { planPolicies, planServiceTokens } from "./plan-site.ts";
import { invalidFile } from "./read.ts";
import type { Declaration } from "./schema.ts";
import type { Created, DeclarationStep } from "./steps.ts";

/**
 * The steps that make the deployment equal to the declaration, in the order in which they run; none if it is already.
 * `prune` removes entries that the declaration's lists leave out: it revokes keys and service tokens, disables APIs for a
 * project, and deletes APIs from the catalog, but no projects. Throws `invalid` with everything that can't be done.
 */
export async function planDeclaration(
  ctx: Ctx,
  { policies, apis, serviceTokens, projects }: Declaration,
  { prune }: { prune: boolean },
): Promise<DeclarationStep[]> {
  requireUser(ctx);
  const errors: FieldError[] = [];
  const steps = [
    ...(apis ? planApis(apis, await readApis(ctx), { prune, errors }) : []),
    ...(policies ? await planPolicies(ctx, policies) : []),
    ...(serviceTokens
      ? planServiceTokens(serviceTokens, await readServiceTokens(ctx), { prune, errors })
      : []),
    ...(projects ? await planProjects(ctx, projects, { prune, errors }) : []),
  ];
  if (errors.length > 0) throw invalidFile(errors);
  // A deleted API must be disabled in projects first.
  return [...steps.filter((step) => !isDeletion(step)), ...steps.filter(isDeletion)];
}

const isDeletion = ({ action }: DeclarationStep) => action === "delete";

/** What became of a step. */
export interface StepResult {
  step: DeclarationStep;
  /** The only time that the secret of what was created is available. */
  secret?: string;
  error?: unknown;
}

/**
 * Carries out steps, each in a separate transaction. A step that fails doesn't stop the others; planning again finds
 * what is left. `report` is called after each, so that a secret is shown even if the process dies later.
 */
export async function applySteps(
  ctx: Ctx,
  steps: readonly DeclarationStep[],
  report: (result: StepResult) => void,
): Promise<void> {
  const created: Created = { projects: new Map() };
  for (const step of steps) {
    try {
      report({ step, ...(await step.run(ctx, created)) });
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      report({ step, error });
    }
    await yieldToEventLoop();
  }
}
