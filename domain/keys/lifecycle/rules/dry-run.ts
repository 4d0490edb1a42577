import { eq } from "drizzle-orm";
import { isoOrNull } from "#core/time.ts";
import { mergeKeyRules } from "../../../access/policies/key-rules.ts";
import { policiesIn, readPolicies } from "../../../access/policies/read.ts";
import type { KeyRules } from "../../../access/policies/schema.ts";
import { requireProjectRole } from "../../../access/project-access.ts";
import { type Ctx, requireAdmin, type Verb } from "../../../context.ts";
import { yieldToEventLoop } from "../../../yield-to-event-loop.ts";
import { KEYS_PER_QUERY, readKeysForRules, rulesOf } from "./read.ts";
import type { BrokenKeys, DryRunKeyRulesInput, DryRunSiteKeyRulesInput, KeyRulesDryRun } from "./schema.ts";
import { brokenRules, type KeyRowForRules, ruleStep } from "./step.ts";

/** As many keys as a person can review before enabling a rule. */
const SHOWN = 100;
/** Reading more would take longer than a page may. */
const MAX_READ = 100_000;

/** What the key rules would do to a project's keys if they ran now. Changes nothing. */
export async function dryRunKeyRules({ ctx, input }: Verb<DryRunKeyRulesInput>): Promise<KeyRulesDryRun> {
  const scope = ctx.db.read;
  const { projectId, rules } = input;
  await requireProjectRole(scope, ctx, projectId, "owner");
  const { keyRules: site } = await readPolicies(scope);
  return run(ctx, projectId, (own) => {
    const before = rulesOf(site, own)[1] ?? policiesIn(null).keyRules;
    if (rules === undefined) return rulesOf(site, own);
    return rules === null ? [site] : [site, mergeKeyRules(before, rules)];
  });
}

/** The same for the site's rules, with all projects' own. Administrators only. */
export async function dryRunSiteKeyRules({
  ctx,
  input,
}: Verb<DryRunSiteKeyRulesInput>): Promise<KeyRulesDryRun> {
  requireAdmin(ctx);
  const before = (await readPolicies(ctx.db.read)).keyRules;
  const site = mergeKeyRules(before, input.rules ?? {});
  return run(ctx, undefined, (own) => rulesOf(site, own));
}

async function run(
  ctx: Ctx,
  projectId: string | undefined,
  rulesFor: (own: Partial<KeyRules> | null) => KeyRules[],
): Promise<KeyRulesDryRun> {
  const { keys } = ctx.db.read.t;
  const now = ctx.now();
  const none = (): BrokenKeys => ({ count: 0, first: [] });
  const result = { keep: none(), notify: none(), end: none() };
  const matching = projectId === undefined ? undefined : eq(keys.projectId, projectId);
  let after = "";
  for (let read = 0; read < MAX_READ; read += KEYS_PER_QUERY) {
    const part = await readKeysForRules(ctx.db.read, { after, matching }, now);
    for (const { own, projectId: id, projectName, ...key } of part) {
      const effect = effectOn(rulesFor(own), key, now);
      if (effect === null) continue;
      const into = result[effect.kind];
      into.count++;
      if (into.first.length >= SHOWN) continue;
      const project = { id, name: projectName };
      const { broken: rules, endsAt } = effect;
      into.first.push({ id: key.id, name: key.name, project, rules, endsAt: isoOrNull(endsAt) });
    }
    if (part.length < KEYS_PER_QUERY) return { ...result, complete: true };
    after = part.at(-1)?.id ?? "";
    await yieldToEventLoop();
  }
  return { ...result, complete: false };
}

/** The effect of the rules on one key, as if nobody had been notified yet. An announced date is kept. */
function effectOn(rules: KeyRules[], key: KeyRowForRules, nowMs: number) {
  const broken = [...new Set(rules.flatMap((rule) => brokenRules(rule, key)))];
  if (broken.length === 0) return null;
  const step = ruleStep(rules, { ...key, rulesNotifiedAt: null, rulesEndAt: null }, nowMs);
  if (step === null) return { kind: "keep" as const, broken, endsAt: null };
  const notice = step.then?.do === "notify" ? step.then.endsAt : null;
  const isAnnounced = ruleStep(rules, key, nowMs)?.then?.do !== "notify";
  const announced = isAnnounced ? key.rulesEndAt : null;
  const ends = [step.lifeEndsAt, notice === null ? null : (announced ?? notice)];
  const dates = ends.filter((end) => end !== null);
  return dates.length === 0
    ? { kind: "notify" as const, broken, endsAt: null }
    : { kind: "end" as const, broken, endsAt: Math.min(...dates) };
}
