import type { Example } from "./example.ts";
import type { ProjectFixture } from "./project-fixture.ts";

const PLANS = "/api/v1/apis/{api}/plans";
const SUBSCRIPTION = "/api/v1/projects/{projectId}/apis/{slug}/subscription";
const OVERRIDE = "/api/v1/admin/projects/{projectId}/apis/{slug}/override";

const plan = (slug: string) => ({
  slug,
  name: "Free",
  limits: [{ name: "burst", operations: "badges.*", rate: { limit: 5, windowSeconds: 1 } }],
  unitsPerOperation: { "badges.*": 2 },
  includedUnits: 1_000,
  overage: "allow",
  trialDays: 14,
  price: { currency: "EUR", monthly: 49, perThousand: "0.5" },
});

const planOf = async ({ call }: ProjectFixture) => {
  await call.admin("POST", "/apis/badges/plans", { body: plan("free") });
  return { api: "badges", slug: "free" };
};
const subscribed = async (fixture: ProjectFixture) => {
  const { call, projectId } = fixture;
  await planOf(fixture);
  await call.admin("POST", "/apis/badges/plans", { body: plan("pro") });
  await call.owner("PUT", `/projects/${projectId}/apis/badges/subscription`, { body: { plan: "free" } });
  return { slug: "badges" };
};
const leaving = async (fixture: ProjectFixture) => {
  await subscribed(fixture);
  const body = { plan: "pro", takesEffect: "period-end" };
  await fixture.call.owner("PUT", `/projects/${fixture.projectId}/apis/badges/subscription`, { body });
  return { slug: "badges" };
};

const override = () => ({ terms: { includedUnits: 5_000, price: null }, reason: "Contract of May 2026" });
const overridden = async (fixture: ProjectFixture) => {
  await subscribed(fixture);
  const { call, projectId } = fixture;
  await call.admin("PUT", `/admin/projects/${projectId}/apis/badges/override`, { body: override() });
  return { slug: "badges" };
};

/** Examples of the routes of plans and subscriptions. */
export const PLAN_EXAMPLES: Record<string, Example> = {
  [`GET ${PLANS}`]: { least: "stranger", prepare: planOf },
  [`POST ${PLANS}`]: { least: "admin", prepare: async () => ({ api: "badges" }), body: () => plan("free") },
  [`GET ${PLANS}/{slug}`]: { least: "stranger", prepare: planOf },
  [`PATCH ${PLANS}/{slug}`]: {
    least: "admin",
    prepare: planOf,
    body: () => ({ includedUnits: 2_000, takesEffect: "period-end" }),
  },
  [`DELETE ${PLANS}/{slug}`]: { least: "admin", prepare: planOf },
  [`GET ${PLANS}/{slug}/versions`]: { least: "admin", prepare: planOf },
  [`GET ${PLANS}/{slug}/subscribers`]: {
    least: "admin",
    prepare: async (fixture) => {
      await subscribed(fixture);
      return { api: "badges", slug: "free" };
    },
  },
  "GET /api/v1/projects/{projectId}/subscriptions": { least: "viewer", prepare: overridden },
  [`GET ${SUBSCRIPTION}`]: { least: "viewer", prepare: leaving },
  [`PUT ${SUBSCRIPTION}`]: { least: "owner", prepare: subscribed, body: () => ({ plan: "pro" }) },
  [`DELETE ${SUBSCRIPTION}/change`]: { least: "owner", prepare: leaving },
  [`PUT ${OVERRIDE}`]: { least: "admin", prepare: subscribed, body: override },
  [`DELETE ${OVERRIDE}`]: { least: "admin", prepare: overridden },
};
