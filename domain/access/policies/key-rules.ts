import { eq } from "drizzle-orm";
import { plural } from "#core/format.ts";
import { matchesGlob } from "#core/glob.ts";
import type { FieldError } from "#core/schema-errors.ts";
import { DAY_MS } from "#core/time.ts";
import type { Environment } from "#core/verdict.ts";
import type { Scope } from "#db/open.ts";
import { DomainError } from "../../errors.ts";
import { policiesIn, readPolicies } from "./read.ts";
import type { KeyRules, KeyRulesInput } from "./schema.ts";

/** The fields of a key that rules are about. */
export interface KeyForRules {
  environment: Environment;
  name: string;
  expiresAt: number | null;
  description: string;
  externalId: string | null;
}

interface KeyChange {
  /** Epoch ms: the start of its lifetime. */
  createdAt: number;
  /** Null for a new key. Fields that stay need not follow a rule that was set later, nor does an earlier expiry. */
  before: KeyForRules | null;
  after: KeyForRules;
}

/** The site's key rules, and the project's own. All of them apply, so a project can only be stricter. */
export async function readKeyRules(scope: Scope, projectId: string): Promise<KeyRules[]> {
  const { keyRules } = await readPolicies(scope);
  const own = await readProjectRules(scope, projectId);
  return own === null ? [keyRules] : [keyRules, own];
}

/** The project's own rules; null if it has none. */
export async function readProjectRules(
  { q, t: { projects } }: Scope,
  projectId: string,
): Promise<KeyRules | null> {
  const [row] = await q.select({ rules: projects.keyRules }).from(projects).where(eq(projects.id, projectId));
  // Fields of a later version are absent in stored rules.
  return row?.rules ? { ...policiesIn(null).keyRules, ...row.rules } : null;
}

/** The rules after a change. The fields that the input leaves out stay as they are. */
export function mergeKeyRules(before: KeyRules, input: Partial<KeyRulesInput>): KeyRules {
  return {
    ...before,
    ...input,
    approvalRequired: input.approvalRequired ?? before.approvalRequired,
    existingKeys: input.existingKeys ?? before.existingKeys,
    noticeDays: input.noticeDays ?? before.noticeDays,
  };
}

/** Whether a new key of this environment can't be used before an owner approved it. */
export function keyNeedsApproval(rules: readonly KeyRules[], environment: Environment): boolean {
  return environment === "live" && rules.some(({ approvalRequired }) => approvalRequired);
}

/** Throws `invalid` with every field that breaks a rule. */
export function requireKeyRules(rules: readonly KeyRules[], change: KeyChange): void {
  const errors = rules.flatMap((rule) => brokenRules(rule, change));
  const [first] = errors;
  if (first) throw new DomainError("invalid", first.message, { errors });
}

/** When a key ends at the latest, epoch ms, whatever its `expiresAt`; null if no rule limits its life. */
export function lifeEndsAt(
  rules: readonly KeyRules[],
  { environment, createdAt }: { environment: Environment; createdAt: number },
): number | null {
  const ends = rules.flatMap(({ maxLifeDays: { [environment]: days } }) =>
    days === null ? [] : [createdAt + days * DAY_MS],
  );
  return ends.length === 0 ? null : Math.min(...ends);
}

function brokenRules(rule: KeyRules, { createdAt, before, after }: KeyChange): FieldError[] {
  const isNew = (field: keyof KeyForRules) => before === null || before[field] !== after[field];
  const errors: FieldError[] = [];
  const { namePattern, descriptionRequired, externalIdRequired } = rule;
  if (namePattern !== null && isNew("name") && !matchesGlob(namePattern, after.name)) {
    errors.push({ path: "name", message: `A policy requires names such as ${namePattern}.` });
  }
  if (descriptionRequired && isNew("description") && after.description.trim() === "") {
    errors.push({ path: "description", message: "A policy requires a description: what the key is for." });
  }
  if (externalIdRequired && isNew("externalId") && after.externalId === null) {
    errors.push({ path: "externalId", message: "A policy requires an external ID: whose key it is." });
  }
  const isLater = before === null || isLaterThan(after.expiresAt, before.expiresAt);
  const message = isLater ? expiryError(rule, createdAt, after) : null;
  if (message !== null) errors.push({ path: "expiresAt", message });
  return errors;
}

/** Whether a key ends later than before. Null: it never ends. */
function isLaterThan(expiresAt: number | null, before: number | null): boolean {
  return before !== null && (expiresAt === null || expiresAt > before);
}

function expiryError(
  { expiryRequired, maxLifeDays }: KeyRules,
  createdAt: number,
  { environment, expiresAt }: KeyForRules,
): string | null {
  const days = maxLifeDays[environment];
  const longest = days === null ? "" : ` within ${plural(days, "day")} of its creation`;
  if (expiresAt === null) {
    return expiryRequired || days !== null
      ? `A policy requires that a ${environment} key expires${longest}.`
      : null;
  }
  return days !== null && expiresAt > createdAt + days * DAY_MS
    ? `A policy requires that a ${environment} key expires${longest}. Create another key, or ask an administrator.`
    : null;
}
