export interface DemoServiceToken {
  name: string;
  /** Slug of its API; null for all. */
  api: string | null;
  madeDaysAgo: number;
  revokedDaysAgo?: number;
}

export const DEMO_SERVICE_TOKENS: readonly DemoServiceToken[] = [
  { name: "edge gateway", api: null, madeDaysAgo: 120 },
  { name: "live service", api: "live", madeDaysAgo: 309 },
  { name: "offers service", api: "offers", madeDaysAgo: 308 },
  { name: "badges service", api: "badges", madeDaysAgo: 308 },
  { name: "old gateway", api: null, madeDaysAgo: 305, revokedDaysAgo: 118 },
];
