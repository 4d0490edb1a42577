import { newId } from "#core/ids.ts";
import type { PlanTerms } from "#core/plans/terms.ts";
import { DAY_MS, startOf } from "#core/time.ts";
import type { Tx } from "#db/open.ts";
import type { UsageRow } from "./aggregate.ts";
import type { Fixtures } from "./fixtures.ts";
import type { ProjectName } from "./people.ts";

/** The API that has plans. */
const API = "live";
/** How much of its included units a project on Free has used. */
const NEAR_LIMIT = 0.87;
const TRIAL_DAYS = 14;

interface DemoPlan {
  slug: string;
  name: string;
  description: string;
  visibility: "public" | "private";
  /** Oldest first; the first since the API exists. */
  versions: { daysAgo: number; terms: Partial<PlanTerms> }[];
}

/** Since `daysAgo`, until the next one. */
const SUBSCRIPTIONS: Partial<Record<ProjectName, { plan: string; daysAgo: number; trial?: boolean }[]>> = {
  mobile: [{ plan: "pro", daysAgo: 297 }],
  studio: [
    { plan: "pro", daysAgo: 255 },
    { plan: "free", daysAgo: 40 },
  ],
  bots: [
    { plan: "free", daysAgo: 130 },
    { plan: "pro", daysAgo: 9, trial: true },
  ],
};

const TERMS: PlanTerms = {
  limits: [],
  unitsPerOperation: {},
  includedUnits: null,
  overage: "block",
  trialDays: null,
  price: null,
};

/** Plans of an API, sized by the traffic: a project near its limit, one on a trial, and one with other terms. */
export async function writePlans(tx: Tx, fixtures: Fixtures, rows: readonly UsageRow[]): Promise<void> {
  const { nowMs } = fixtures;
  const { q, t } = tx;
  const api = fixtures.apis.find(({ slug }) => slug === API);
  if (!api) throw new Error(`the demo has no API ${API}`);
  const createdBy = fixtures.people.find(({ ref }) => ref === "ada")?.id ?? "";
  const createdAt = api.createdAt;
  const projectOf = (name: string) => fixtures.projects.find(({ ref }) => ref === name)?.id ?? "";
  const plans = plansFor({
    free: unitsOf(rows, projectOf("studio"), startOfMonth(nowMs), nowMs),
    pro: unitsOf(rows, projectOf("mobile"), nowMs - 30 * DAY_MS, nowMs),
  }).map((plan) => ({ ...plan, id: newId("plan") }));
  const planId = (slug: string) => plans.find((plan) => plan.slug === slug)?.id ?? "";
  await q.insert(t.plans).values(
    plans.map(({ id, slug, name, description, visibility }) => ({
      id,
      slug,
      name,
      description,
      visibility,
      createdAt,
      createdBy,
      apiId: api.id,
      api: API,
      approval: false,
      updatedAt: createdAt,
    })),
  );
  await q.insert(t.planVersions).values(
    plans.flatMap(({ id, versions }) =>
      versions.map(({ daysAgo, terms }, at) => {
        const appliesAt = at === 0 ? createdAt : startOf(DAY_MS, nowMs) - daysAgo * DAY_MS;
        return {
          planId: id,
          version: at + 1,
          terms: { ...TERMS, ...terms },
          appliesAt,
          createdAt: appliesAt,
          createdBy,
        };
      }),
    ),
  );
  await q.insert(t.subscriptions).values(
    Object.entries(SUBSCRIPTIONS).flatMap(([project, periods]) => {
      const starts = periods.map(({ daysAgo }) => startOf(DAY_MS, nowMs) - daysAgo * DAY_MS);
      return periods.map(({ plan, trial = false }, at) => {
        const startsAt = starts[at] ?? nowMs;
        return {
          id: newId("subscription"),
          projectId: projectOf(project),
          apiId: api.id,
          planId: planId(plan),
          startsAt,
          endsAt: starts[at + 1] ?? null,
          createdAt: startsAt,
          createdBy,
          trialEndsAt: trial ? startsAt + TRIAL_DAYS * DAY_MS : null,
        };
      });
    }),
  );
  await q.insert(t.planOverrides).values({
    projectId: projectOf("mobile"),
    planId: planId("pro"),
    terms: { price: { currency: "EUR", monthly: "199", perThousand: "0.20" } },
    reason: "Contract for the season of live shows.",
    endsAt: startOf(DAY_MS, nowMs) + 60 * DAY_MS - 1,
    updatedAt: nowMs - 20 * DAY_MS,
    updatedBy: createdBy,
  });
}

/** Free is nearly used up by `free` units, and Pro includes most of the `pro` units of a month. */
function plansFor({ free, pro }: { free: number; pro: number }): DemoPlan[] {
  const burst = (limit: number) => [
    { name: "burst", operations: null, rate: { limit, windowSeconds: 1 }, quota: null },
    { name: "gifts", operations: "gifts.*", rate: { limit: limit * 10, windowSeconds: 60 }, quota: null },
  ];
  const price = (monthly: string) => ({ currency: "EUR", monthly, perThousand: "0.40" });
  return [
    {
      slug: "free",
      name: "Free",
      description: "To try the API, and for small communities.",
      visibility: "public",
      versions: [{ daysAgo: 0, terms: { limits: burst(20), includedUnits: rounded(free / NEAR_LIMIT) } }],
    },
    {
      slug: "pro",
      name: "Pro",
      description: "For products with an audience. More units are billed.",
      visibility: "public",
      versions: [39, 49].map((monthly, at) => ({
        daysAgo: at === 0 ? 0 : 45,
        terms: {
          limits: burst(200),
          includedUnits: rounded(pro * 0.9),
          overage: "allow",
          trialDays: TRIAL_DAYS,
          price: price(String(monthly)),
        },
      })),
    },
    {
      slug: "partner",
      name: "Partner",
      description: "For partners with a contract.",
      visibility: "private",
      versions: [{ daysAgo: 0, terms: { limits: burst(2_000), price: price("0") } }],
    },
  ];
}

function unitsOf(rows: readonly UsageRow[], projectId: string, fromMs: number, toMs: number): number {
  return rows
    .filter((row) => row.interval === "day" && row.code === "VALID" && row.api === API)
    .filter(
      (row) => row.projectId === projectId && row.bucket >= startOf(DAY_MS, fromMs) && row.bucket < toMs,
    )
    .reduce((sum, { count }) => sum + count, 0);
}

/** Two significant digits, rounded up; at least 100. */
function rounded(units: number): number {
  const size = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(100, units))) - 1);
  return Math.max(100, Math.ceil(units / size) * size);
}

function startOfMonth(nowMs: number): number {
  const now = new Date(nowMs);
  return Date.UTC(now.getUTCFullYear(), now.getUTCMonth());
}
