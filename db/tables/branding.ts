import type { BrandLinks, LogoType } from "#core/brand/brand.ts";
import type { MailKind, MailTemplate } from "#core/brand/mail-template.ts";
import type { Dialect } from "../dialect.ts";

/** What the company set. Fields that are absent have their defaults. */
export interface StoredBrand {
  name?: string | null;
  /** `#rrggbb`. */
  accent?: string | null;
  links?: BrandLinks;
  /** Id of a row of `brand_logos`. */
  logoId?: string | null;
  mails?: Partial<Record<MailKind, MailTemplate>>;
}

/** How the portal looks and what it is called: one row, and the logos that it had. */
export function defineBranding(d: Dialect) {
  const branding = d.table("branding", {
    id: d.text("id").primaryKey(),
    /** Grows with every change, so that every portal notices it. */
    version: d.integer("version").notNull(),
    value: d.json<StoredBrand>("value").notNull(),
    updatedAt: d.instant("updated_at").notNull(),
    updatedBy: d.text("updated_by").notNull(),
  });

  const brandLogos = d.table("brand_logos", {
    /** A hash of the bytes. */
    id: d.text("id").primaryKey(),
    type: d.text<LogoType>("type").notNull(),
    width: d.integer("width").notNull(),
    height: d.integer("height").notNull(),
    /** Base64. */
    data: d.text("data").notNull(),
    createdAt: d.instant("created_at").notNull(),
  });

  return { branding, brandLogos };
}
