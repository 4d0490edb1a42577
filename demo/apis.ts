import type { ApiAccess } from "#db/tables/catalog.ts";

export interface DemoApi {
  slug: string;
  name: string;
  description: string;
  access: ApiAccess;
  baseUrl: string;
  /** Name and description. */
  scopes?: Record<string, string>;
  /** Name, method, path, summary, the scope that it needs. */
  operations: [name: string, method: string, path: string, summary: string, scope?: string][];
}

/** The APIs of the demo's chat platform, Parley. */
export const DEMO_APIS: readonly DemoApi[] = [
  {
    slug: "live",
    name: "Live streaming",
    description:
      "Start a stream, send it to its viewers, and follow what happens in it: viewers, gifts and replays.",
    access: "open",
    baseUrl: "https://live.parley.example/v2",
    scopes: {
      "streams:read": "Read streams, their viewers and replays",
      "streams:write": "Start, end and delete streams",
      "gifts:send": "Send gifts",
    },
    operations: [
      ["streams.start", "POST", "/streams", "Start a stream and get its ingest address", "streams:write"],
      ["streams.get", "GET", "/streams/{streamId}", "Read a stream", "streams:read"],
      ["streams.stop", "POST", "/streams/{streamId}/stop", "End a stream", "streams:write"],
      ["streams.delete", "DELETE", "/streams/{streamId}", "Delete a stream and its replay", "streams:write"],
      ["viewers.count", "GET", "/streams/{streamId}/viewers/count", "How many are watching", "streams:read"],
      ["viewers.list", "GET", "/streams/{streamId}/viewers", "Who is watching", "streams:read"],
      ["gifts.send", "POST", "/streams/{streamId}/gifts", "Send a gift to the host", "gifts:send"],
      ["replays.list", "GET", "/replays", "List replays", "streams:read"],
    ],
  },
  {
    slug: "offers",
    name: "Marketing offers",
    description:
      "Coupons and campaigns inside conversations. Reads and writes personal purchase data, so access is given by the Growth team.",
    access: "approval",
    baseUrl: "https://offers.parley.example/v1",
    scopes: {
      "offers:read": "Read offers and reports",
      "offers:redeem": "Redeem offers for a person",
      "campaigns:write": "Plan campaigns",
    },
    operations: [
      ["offers.list", "GET", "/offers", "Offers that a person may see", "offers:read"],
      ["offers.get", "GET", "/offers/{offerId}", "Read one offer", "offers:read"],
      [
        "offers.redeem",
        "POST",
        "/offers/{offerId}/redemptions",
        "Redeem an offer for a person",
        "offers:redeem",
      ],
      ["campaigns.create", "POST", "/campaigns", "Plan a campaign", "campaigns:write"],
      ["campaigns.report", "GET", "/campaigns/{campaignId}/report", "How a campaign did", "offers:read"],
      ["segments.estimate", "POST", "/segments/estimate", "How many people a segment reaches", "offers:read"],
    ],
  },
  {
    slug: "badges",
    name: "Badges",
    description: "Award badges for what people do, show them beside names, and rank communities by them.",
    access: "open",
    baseUrl: "https://badges.parley.example/v1",
    scopes: {
      "badges:read": "Read badges and leaderboards",
      "badges:write": "Award badges and take them away",
    },
    operations: [
      ["badges.list", "GET", "/people/{personId}/badges", "Badges of a person", "badges:read"],
      [
        "badges.sync",
        "POST",
        "/people/{personId}/badges/sync",
        "Bring a person's badges up to date",
        "badges:write",
      ],
      ["badges.award", "POST", "/people/{personId}/badges", "Award a badge", "badges:write"],
      ["badges.revoke", "DELETE", "/people/{personId}/badges/{badgeId}", "Take a badge away", "badges:write"],
      ["leaderboards.get", "GET", "/leaderboards/{communityId}", "Ranking of a community", "badges:read"],
    ],
  },
];
