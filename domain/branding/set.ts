import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { eq, ne } from "drizzle-orm";
import { MAX_LOGO_BYTES, MAX_LOGO_PIXELS, MIN_LOGO_PIXELS } from "#core/brand/brand.ts";
import { DEFAULT_TEMPLATE } from "#core/brand/mail-template.ts";
import { formatNumber } from "#core/format.ts";
import type { Tx } from "#db/open.ts";
import type { StoredBrand } from "#db/tables/branding.ts";
import { type AuditEntry, recordAudit } from "../audit/record.ts";
import { type Ctx, denyManagementTokens, requireAdmin, requireUser, SITE, type Verb } from "../context.ts";
import { invalid } from "../errors.ts";
import { readPicture } from "./image.ts";
import { type Brand, clearBrandCache, loadBrand } from "./read.ts";
import type { SetBrandingInput, SetLogoInput, SetMailTemplateInput } from "./schema.ts";

/** The brand with its mail templates, for administrators. */
export async function getBranding({ ctx }: Pick<Verb<unknown>, "ctx">): Promise<Brand> {
  requireAdmin(ctx);
  denyManagementTokens(ctx);
  return loadBrand(ctx.db.read);
}

/** Changes name, accent color and links. Shown by this process at once, by others within a second. */
export async function setBranding({ ctx, input }: Verb<SetBrandingInput>): Promise<Brand> {
  return change(ctx, "branding.updated", async (_, before) => {
    const after = { ...before, ...input };
    const fields = (["name", "accent", "links"] as const).filter(
      (field) => !isDeepStrictEqual(before[field] ?? null, after[field] ?? null),
    );
    if (fields.length === 0) return null;
    const changed = (value: StoredBrand) =>
      Object.fromEntries(fields.map((field) => [field, value[field] ?? null]));
    return { value: after, before: changed(before), after: changed(after) };
  });
}

/**
 * Replaces or removes the logo. Throws `invalid` at `data` for what is no PNG, JPEG or WebP picture of 16 to 2,048
 * pixels a side. The former logo is deleted.
 */
export async function setLogo({ ctx, input }: Verb<SetLogoInput>): Promise<Brand> {
  const logo = input.data === null ? null : logoIn(input.data);
  return change(ctx, "branding.logo-changed", async (tx, before) => {
    const logoId = logo?.id ?? null;
    if ((before.logoId ?? null) === logoId) return null;
    const { brandLogos } = tx.t;
    if (logo === null) await tx.q.delete(brandLogos);
    else {
      await tx.q
        .insert(brandLogos)
        .values({ ...logo, createdAt: ctx.now() })
        .onConflictDoNothing();
      await tx.q.delete(brandLogos).where(ne(brandLogos.id, logo.id));
    }
    const shape = logo === null ? null : `${logo.type}, ${logo.width} × ${logo.height}`;
    return { value: { ...before, logoId }, after: { logo: shape } };
  });
}

/** Changes the template of one kind of mail, or restores its default. */
export async function setMailTemplate({ ctx, input }: Verb<SetMailTemplateInput>): Promise<Brand> {
  const { kind, template } = input;
  return change(ctx, "branding.mail-changed", async (_, before) => {
    const mails: NonNullable<StoredBrand["mails"]> = { ...before.mails };
    const former = mails[kind];
    if (template === null || isDeepStrictEqual(template, DEFAULT_TEMPLATE)) delete mails[kind];
    else mails[kind] = template;
    if (isDeepStrictEqual(mails[kind], former)) return null;
    return {
      value: { ...before, mails },
      subject: { id: kind, name: kind },
      before: { ...(former ?? DEFAULT_TEMPLATE) },
      after: { ...(template ?? DEFAULT_TEMPLATE) },
    };
  });
}

interface BrandChange extends Pick<AuditEntry, "before" | "after"> {
  value: StoredBrand;
  /** The site if not given. */
  subject?: AuditEntry["subject"];
}

/** Administrators in the portal only: what the brand says is in every mail. `of` returns null if nothing changes. */
async function change(
  ctx: Ctx,
  action: string,
  of: (tx: Tx, before: StoredBrand) => Promise<BrandChange | null>,
): Promise<Brand> {
  requireAdmin(ctx);
  denyManagementTokens(ctx);
  const { userId } = requireUser(ctx);
  return ctx.db.write(async (tx) => {
    const { branding } = tx.t;
    const stamp = { updatedAt: ctx.now(), updatedBy: userId };
    // Locks the row until the transaction ends, so that merging can't lose a concurrent change.
    const [row] = await tx.q
      .insert(branding)
      .values({ id: SITE.id, version: 0, value: {}, ...stamp })
      .onConflictDoUpdate({ target: branding.id, set: { id: SITE.id } })
      .returning({ version: branding.version, value: branding.value });
    const changed = await of(tx, row?.value ?? {});
    if (changed !== null) {
      const { value, subject = SITE, before, after } = changed;
      await tx.q
        .update(branding)
        .set({ ...stamp, value, version: (row?.version ?? 0) + 1 })
        .where(eq(branding.id, SITE.id));
      await recordAudit(tx, ctx, {
        action,
        subject,
        ...(before && { before }),
        ...(after && { after }),
      });
      tx.afterCommit(() => clearBrandCache(ctx.db));
    }
    return loadBrand(tx);
  });
}

function logoIn(data: string) {
  const bytes = Buffer.from(data, "base64");
  if (bytes.length > MAX_LOGO_BYTES) {
    throw invalid("data", `Use a file of at most ${MAX_LOGO_BYTES / 1_024} KiB.`);
  }
  const picture = readPicture(bytes);
  if (picture === null) throw invalid("data", "Use a PNG, JPEG or WebP file. Export an SVG as PNG.");
  const sides = [picture.width, picture.height];
  if (sides.some((side) => side < MIN_LOGO_PIXELS || side > MAX_LOGO_PIXELS)) {
    throw invalid(
      "data",
      `Each side must have ${MIN_LOGO_PIXELS} to ${formatNumber(MAX_LOGO_PIXELS)} pixels. This picture has ${formatNumber(picture.width)} × ${formatNumber(picture.height)}.`,
    );
  }
  const id = createHash("sha256").update(bytes).digest("hex").slice(0, 32);
  return { id, ...picture, data: bytes.toString("base64") };
}
