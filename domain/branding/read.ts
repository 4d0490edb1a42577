import { eq } from "drizzle-orm";
import { type BrandLinks, type BrandLogo, NO_LINKS, PRODUCT_NAME } from "#core/brand/brand.ts";
import type { MailKind, MailTemplate } from "#core/brand/mail-template.ts";
import type { Db, Scope } from "#db/open.ts";
import type { StoredBrand } from "#db/tables/branding.ts";
import { processSingleton } from "#platform/process-singleton.ts";
import { SITE } from "../context.ts";

/** How the portal looks and what it is called. Everyone may know it: visitors see it on the sign-in page. */
export interface Brand {
  /** Grows with every change; 0 before the first. */
  version: number;
  /** Epoch ms; 0 before the first change. */
  updatedAt: number;
  /** The company's name, or the software's. */
  name: string;
  /** Whether `name` is the company's. */
  isNamed: boolean;
  /** `#rrggbb`; null for the default. */
  accent: string | null;
  links: BrandLinks;
  logo: BrandLogo | null;
  mails: Partial<Record<MailKind, MailTemplate>>;
}

/** The brand before anyone set one. */
export const DEFAULT_BRAND: Brand = {
  version: 0,
  updatedAt: 0,
  name: PRODUCT_NAME,
  isNamed: false,
  accent: null,
  links: NO_LINKS,
  logo: null,
  mails: {},
};

/** How long a process shows a brand that another process has replaced, ms. */
const FRESH_MS = 1_000;

interface Cached {
  brand: Brand;
  checkedAt: number;
  checking: Promise<Brand> | null;
}

/** By database: Next loads this module several times in one process. */
const cacheOf = () => processSingleton("brands", () => new WeakMap<Db, Cached>());

/**
 * The brand, from memory. At most once a second, one query by primary key asks whether another process changed it. A
 * change in this process shows immediately.
 */
export async function readBrand({ db, now }: { db: Db; now: () => number }): Promise<Brand> {
  const cache = cacheOf();
  const cached = cache.get(db);
  const nowMs = now();
  if (cached?.checking) return cached.checking;
  // The clock may have been set back.
  if (cached && nowMs >= cached.checkedAt && nowMs < cached.checkedAt + FRESH_MS) return cached.brand;
  const checking = refresh(db.read, cached?.brand ?? null).then(
    (brand) => {
      // Not if it was forgotten meanwhile, because it was changed.
      if (cache.get(db) === entry) cache.set(db, { brand, checkedAt: nowMs, checking: null });
      return brand;
    },
    (error: unknown) => {
      if (cache.get(db) === entry) cache.delete(db);
      // While the database fails, the last known brand is better than an error.
      if (cached === undefined) throw error;
      if (!cache.has(db)) cache.set(db, { ...cached, checkedAt: nowMs });
      return cached.brand;
    },
  );
  const entry: Cached = { brand: cached?.brand ?? DEFAULT_BRAND, checkedAt: nowMs, checking };
  cache.set(db, entry);
  return checking;
}

/** Called after a change: the next read asks the database. */
export function clearBrandCache(db: Db): void {
  cacheOf().delete(db);
}

async function refresh(scope: Scope, known: Brand | null): Promise<Brand> {
  const { branding } = scope.t;
  if (known !== null && known.version > 0) {
    const [row] = await scope.q
      .select({ version: branding.version, updatedAt: branding.updatedAt })
      .from(branding)
      .where(eq(branding.id, SITE.id));
    // A restored backup can have another brand of the same version.
    if (row?.version === known.version && row.updatedAt === known.updatedAt) return known;
  }
  return loadBrand(scope);
}

/** The brand as the database has it now. */
export async function loadBrand(scope: Scope): Promise<Brand> {
  const { branding, brandLogos } = scope.t;
  const [row] = await scope.q
    .select({ version: branding.version, updatedAt: branding.updatedAt, value: branding.value })
    .from(branding)
    .where(eq(branding.id, SITE.id));
  if (!row) return DEFAULT_BRAND;
  const { logoId = null } = row.value;
  const [logo] =
    logoId === null
      ? []
      : await scope.q
          .select({
            id: brandLogos.id,
            type: brandLogos.type,
            width: brandLogos.width,
            height: brandLogos.height,
          })
          .from(brandLogos)
          .where(eq(brandLogos.id, logoId));
  return { ...brandIn(row.value, logo ?? null), version: row.version, updatedAt: row.updatedAt };
}

function brandIn(value: StoredBrand, logo: BrandLogo | null): Omit<Brand, "version" | "updatedAt"> {
  const { name = null, accent = null, links, mails = {} } = value;
  return {
    name: name ?? PRODUCT_NAME,
    isNamed: name !== null,
    accent,
    links: { ...NO_LINKS, ...links },
    logo,
    mails,
  };
}

/** The bytes of a logo that is in use; null for any other id. */
export async function readLogo(
  { q, t: { brandLogos } }: Scope,
  id: string,
): Promise<{ type: BrandLogo["type"]; bytes: Buffer } | null> {
  const [row] = await q
    .select({ type: brandLogos.type, data: brandLogos.data })
    .from(brandLogos)
    .where(eq(brandLogos.id, id));
  return row ? { type: row.type, bytes: Buffer.from(row.data, "base64") } : null;
}
