import { TAKES_EFFECT } from "#core/plans/terms.ts";
import { DAY_MS } from "#core/time.ts";
import type { ModelPlan } from "./model.ts";
import { AGREEMENTS, PLAN_NAMES, PLANS } from "./plans.ts";
import type { ProductAndModel } from "./product-and-model.ts";
import { APIS } from "./rules.ts";
import type { Choose } from "./settings.ts";

const AGREED_MS = [null, 60_000, DAY_MS];

/** Random changes of plans, their versions and the terms of single projects. */
export class RandomPlans {
  readonly #both: ProductAndModel;
  readonly #pick: Choose;

  constructor(both: ProductAndModel, pick: Choose) {
    this.#both = both;
    this.#pick = pick;
  }

  async subscribe(): Promise<void> {
    const [project, api] = [this.#pick(this.#both.projects), this.#pick(APIS)];
    const name = this.#pick([null, ...PLAN_NAMES]);
    if (!project.model.apis.has(api)) return;
    if (name === null) return this.#both.leavePlan(project, api);
    const takesEffect = this.#pick(TAKES_EFFECT);
    await this.#both.change(`put ${project.id} on ${name} of ${api} (${takesEffect})`, () =>
      this.#both.plans.subscribe(project, api, name, takesEffect),
    );
  }

  publish(): Promise<void> {
    const [api, name] = [this.#pick(APIS), this.#pick(PLAN_NAMES)];
    const terms: ModelPlan = this.#pick(PLANS[name] as readonly ModelPlan[]);
    const takesEffect = this.#pick(TAKES_EFFECT);
    return this.#both.change(`publish ${name} of ${api} (${takesEffect}) ${JSON.stringify(terms)}`, () =>
      this.#both.plans.publish(api, name, terms, takesEffect),
    );
  }

  async agree(): Promise<void> {
    const [project, api] = [this.#pick(this.#both.projects), this.#pick(APIS)];
    const [terms, forMs] = [this.#pick([null, ...AGREEMENTS]), this.#pick(AGREED_MS)];
    if (this.#both.plans.planOf(project, api) === null) return;
    await this.#both.change(
      `agree on ${api} with ${project.id} for ${forMs} ms: ${JSON.stringify(terms)}`,
      () => this.#both.plans.agree(project, api, terms, forMs),
    );
  }
}
