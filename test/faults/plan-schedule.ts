import type { TakesEffect } from "#core/plans/terms.ts";
import type { Ctx } from "#domain/context.ts";
import { changePlan } from "#domain/plans/change.ts";
import { createPlan } from "#domain/plans/create.ts";
import { removePlanOverride, setPlanOverride } from "#domain/plans/override.ts";
import { setPlanOverrideSchema } from "#domain/plans/schema.ts";
import { updatePlan } from "#domain/plans/update.ts";
import type { ModelPlan } from "./model.ts";
import { PLAN_NAMES, PLANS, type PlanName, toPlan, toTerms, toVersion } from "./plans.ts";
import type { OwnedProject } from "./product-and-model.ts";
import { APIS } from "./rules.ts";

/** A value that may change at the end of the calendar month (UTC). */
class Scheduled<Value> {
  #now: Value;
  #next: { value: Value; atMs: number } | null = null;

  constructor(value: Value) {
    this.#now = value;
  }

  at(nowMs: number): Value {
    if (this.#next !== null && nowMs >= this.#next.atMs) this.set(this.#next.value);
    return this.#now;
  }

  /** Changes the value now, and drops a scheduled change. */
  set(value: Value): void {
    this.#now = value;
    this.#next = null;
  }

  setAtMonthsEnd(value: Value, nowMs: number): void {
    this.at(nowMs);
    const now = new Date(nowMs);
    this.#next = { value, atMs: Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1) };
  }
}

/** A subscription with the terms that were agreed during it. */
interface ModelSubscription {
  name: PlanName;
  agreed: { plan: ModelPlan; endsAtMs: number | null } | null;
}

/** The plans of the random run. Applies each change to the product, and stores it for the model. */
export class PlanSchedule {
  readonly #ctx: Ctx;
  /** Terms by API and plan. */
  readonly #terms = new Map<string, Scheduled<ModelPlan>>();
  /** By project and API. */
  readonly #subscriptions = new Map<string, Scheduled<ModelSubscription | null>>();

  constructor(ctx: Ctx) {
    this.#ctx = ctx;
  }

  /** Creates the plans of every API. */
  async create(): Promise<void> {
    for (const api of APIS) {
      for (const name of PLAN_NAMES) {
        await createPlan({ ctx: this.#ctx, input: toPlan(api, name) });
        this.#terms.set(`${api} ${name}`, new Scheduled<ModelPlan>(PLANS[name][0]));
      }
    }
  }

  /** The plan that a project is on; null for none. */
  planOf(project: OwnedProject, api: string): PlanName | null {
    return this.#subscriptionOf(project, api)?.name ?? null;
  }

  #subscriptionOf({ id }: OwnedProject, api: string): ModelSubscription | null {
    return this.#subscriptions.get(`${id} ${api}`)?.at(this.#ctx.now()) ?? null;
  }

  /** What its limits and units are; null without a plan. */
  termsOf(project: OwnedProject, api: string): ModelPlan | null {
    const subscription = this.#subscriptionOf(project, api);
    if (subscription === null) return null;
    const { name, agreed } = subscription;
    const now = this.#ctx.now();
    if (agreed && (agreed.endsAtMs === null || now < agreed.endsAtMs)) return agreed.plan;
    return this.#terms.get(`${api} ${name}`)?.at(now) ?? null;
  }

  async subscribe(
    project: OwnedProject,
    api: string,
    name: PlanName,
    takesEffect: TakesEffect,
  ): Promise<void> {
    const input = { projectId: project.id, slug: api, plan: name, takesEffect, replaceScheduled: true };
    await changePlan({ ctx: this.#ctx, input });
    const current = this.#subscriptionOf(project, api);
    const key = `${project.id} ${api}`;
    const subscription = this.#subscriptions.get(key) ?? new Scheduled<ModelSubscription | null>(null);
    this.#subscriptions.set(key, subscription);
    const next = { name, agreed: null };
    // Choosing the current plan cancels a scheduled change. Without a plan, nothing is kept until the end of the month.
    if (current?.name === name) subscription.set(current);
    else if (takesEffect === "now" || current === null) subscription.set(next);
    else subscription.setAtMonthsEnd(next, this.#ctx.now());
  }

  /** The API was disabled. */
  end({ id }: OwnedProject, api: string): void {
    this.#subscriptions.delete(`${id} ${api}`);
  }

  async publish(api: string, name: PlanName, terms: ModelPlan, takesEffect: TakesEffect): Promise<void> {
    await updatePlan({ ctx: this.#ctx, input: toVersion(api, name, terms, takesEffect) });
    const known = this.#terms.get(`${api} ${name}`);
    if (takesEffect === "now") known?.set(terms);
    else known?.setAtMonthsEnd(terms, this.#ctx.now());
  }

  /** Sets other terms for a project that is on a plan, or removes them. */
  async agree(
    project: OwnedProject,
    api: string,
    terms: ModelPlan | null,
    forMs: number | null,
  ): Promise<void> {
    const subscription = this.#subscriptionOf(project, api);
    if (subscription === null) throw new Error("only a project with a plan has other terms");
    const ref = { projectId: project.id, slug: api };
    if (terms === null) {
      await removePlanOverride({ ctx: this.#ctx, input: ref });
      subscription.agreed = null;
      return;
    }
    const endsAtMs = forMs === null ? null : this.#ctx.now() + forMs;
    const endsAt = endsAtMs === null ? null : new Date(endsAtMs).toISOString();
    const input = setPlanOverrideSchema.parse({ ...ref, terms: toTerms(terms), endsAt });
    await setPlanOverride({ ctx: this.#ctx, input });
    subscription.agreed = { plan: terms, endsAtMs };
  }
}
