import { createManagementToken } from "#domain/access/management-tokens/create.ts";
import { ADMIN_EXAMPLES } from "./admin-examples.ts";
import type { Example } from "./example.ts";
import { badges, guideOf, linkFor } from "./example-subjects.ts";
import { ctxOf } from "./people.ts";
import { PLAN_EXAMPLES } from "./plan-examples.ts";
import { PROJECT_EXAMPLES } from "./project-examples.ts";

const tokenOfLink: { token: string } = { token: "" };

/** An example of every route. */
export const EXAMPLES: Record<string, Example> = {
  ...PLAN_EXAMPLES,
  ...PROJECT_EXAMPLES,
  ...ADMIN_EXAMPLES,
  "GET /api/v1/projects": { least: "stranger", query: "?limit=5" },
  "POST /api/v1/projects": { least: "stranger", body: () => ({ name: "Chat" }) },
  "POST /api/v1/keys/try": { least: "stranger", body: () => ({ key: "lk_live_typo" }) },
  "GET /api/v1/me": { least: "stranger" },
  "GET /api/v1/me/tokens": { least: "stranger" },
  "DELETE /api/v1/me/tokens/{managementTokenId}": {
    least: "stranger",
    async prepare({ db, people }) {
      const ctx = ctxOf(db, people.stranger);
      const { managementToken } = await createManagementToken({ ctx, input: { name: "short-lived" } });
      return { managementTokenId: managementToken.id };
    },
  },
  "POST /api/v1/me/invitations": {
    least: "stranger",
    async prepare(fixture) {
      Object.assign(tokenOfLink, await linkFor(fixture));
      return {};
    },
    body: () => ({ token: tokenOfLink.token }),
  },
  "POST /api/v1/leaks": {
    least: "stranger",
    body: () => ({ found: [{ token: "lk_live_junk", type: "latchkey", url: "https://example.com/a" }] }),
  },
  "GET /api/v1/me/notices": { least: "stranger", query: "?unread=true" },
  "POST /api/v1/me/notices/read": {
    least: "stranger",
    body: () => ({ upTo: "evt_none" }),
  },
  "GET /api/v1/apis": { least: "stranger", query: "?search=bad" },
  "GET /api/v1/apis/{slug}": { least: "stranger", prepare: badges },
  "POST /api/v1/apis": {
    least: "admin",
    body: () => ({ slug: "live", name: "Live", description: "", access: "open", operations: [] }),
  },
  "PATCH /api/v1/apis/{slug}": { least: "admin", prepare: badges, body: () => ({ description: "Badges." }) },
  "DELETE /api/v1/apis/{slug}": { least: "admin", prepare: async () => ({ slug: "offers" }) },
  "GET /api/v1/apis/{slug}/audience": { least: "admin", prepare: badges },
  "GET /api/v1/apis/{slug}/guides": { least: "stranger", prepare: guideOf },
  "GET /api/v1/apis/{slug}/guides/{guide}": { least: "stranger", prepare: guideOf },
  "PUT /api/v1/apis/{slug}/guides/{guide}": {
    least: "admin",
    prepare: async () => ({ slug: "badges", guide: "start" }),
    body: () => ({ title: "Start", body: "Send your key." }),
  },
  "DELETE /api/v1/apis/{slug}/guides/{guide}": { least: "admin", prepare: guideOf },
  "GET /api/v1/apis/{slug}/changelog": { least: "stranger", prepare: badges },
  "PUT /api/v1/apis/{slug}/changelog": { least: "admin", prepare: badges, body: () => ({ body: "## 1.0" }) },
};
