import { eq } from "drizzle-orm";
import { beforeEach } from "vitest";
import type { Db } from "#db/open.ts";
import type { UserActor } from "#domain/context.ts";
import type { ApiResponse } from "./api.ts";
import { openTestDb } from "./db.ts";
import { entraUser, makeConfirmedAdmin, makeScimToken, scimOf } from "./scim.ts";

/** The site of the current test, and its identity provider's token. `setUpScim` sets them. */
export const site = {} as { db: Db; admin: UserActor; token: string };
let call: ReturnType<typeof scimOf>;

export function setUpScim(): void {
  beforeEach(async () => {
    site.db = await openTestDb();
    site.admin = await makeConfirmedAdmin(site.db);
    site.token = await makeScimToken(site.db, site.admin);
    call = scimOf(site.db, site.token);
  });
}

/** Calls the SCIM API as the identity provider: `scim("POST", "/Users", body)`. */
export const scim = (...args: Parameters<typeof call>): Promise<ApiResponse> => call(...args);

export const create = async (name: string, more?: Record<string, unknown>) =>
  (await scim("POST", "/Users", entraUser(name, more))).json;

/** The row of a user. */
export async function account(id: string) {
  const { q, t } = site.db.read;
  const [row] = await q.select().from(t.users).where(eq(t.users.id, id));
  return row;
}

export const find = (filter: string, resource = "Users") =>
  scim("GET", `/${resource}?filter=${encodeURIComponent(filter)}`);
