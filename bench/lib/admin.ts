import { eq } from "drizzle-orm";
import { DEFAULT_BOUNDS } from "#core/bounds.ts";
import { DAY_MS } from "#core/time.ts";
import type { Db } from "#db/open.ts";
import { type Ctx, createContext } from "#domain/context.ts";

/** The context of the deployment's first administrator. */
export async function asAdmin(db: Db, now: () => number = Date.now): Promise<Ctx> {
  const { q, t } = db.read;
  const [admin] = await q.select().from(t.users).where(eq(t.users.siteRole, "admin")).limit(1);
  if (!admin) throw new Error("there is no administrator");
  const { id: userId, name } = admin;
  const settings: Ctx["settings"] = {
    keyPrefix: "lk",
    url: "https://keys.example.com",
    verifierUrl: "https://verify.example.com",
    signUp: { kind: "invite" },
    oidc: [],
    signUpMailsPerHour: 100,
    sessions: { idleMs: 7 * DAY_MS, maxMs: 30 * DAY_MS },
    webhooksToPrivate: false,
    staleMaxSeconds: 60,
    bounds: DEFAULT_BOUNDS,
  };
  const actor = { kind: "user", userId, name, siteRole: "admin", via: "cli", ipAddress: null } as const;
  return createContext({ db, now, settings }, actor);
}
