import "server-only";
import { connection } from "next/server";
import { cache } from "react";
import { accentShades } from "#core/brand/accent.ts";
import { initialOf, isWordmark } from "#core/brand/brand.ts";
import { type Brand, DEFAULT_BRAND, readBrand } from "#domain/branding/read.ts";
import { getServices } from "./context.ts";
import { log } from "./log.ts";

/** Shown if the database has not answered since the start: not the software's name, which may not be the right one. */
const UNKNOWN: Brand = { ...DEFAULT_BRAND, name: "Developer portal", isNamed: true };

/** The brand for a page. Never fails, because error pages need it too. Cached per request. */
export const pageBrand = cache(async (): Promise<Brand> => {
  await connection();
  try {
    const { db } = await getServices();
    return await readBrand({ db, now: Date.now });
  } catch (err) {
    log.warn({ err }, "could not read the brand");
    return UNKNOWN;
  }
});

/** The titles of pages within a part of the portal, such as a project: "Keys · Checkout · Acme Pay". */
export async function titleTemplateOf(part: string): Promise<{ default: string; template: string }> {
  const within = `${part} · ${(await pageBrand()).name}`;
  return { default: part, template: `%s · ${within.replaceAll("%s", "")}` };
}

/** One title for all pages within a part of the portal that the reader can't see. */
export async function commonTitleOf(title: string): Promise<{ default: string; template: string }> {
  // Without "%s", the title of a page has no place in it.
  return { default: title, template: `${title} · ${(await pageBrand()).name.replaceAll("%s", "")}` };
}

/** What the logo of a page shows. */
export function logoOf({ name, isNamed, logo }: Brand) {
  return {
    name,
    isNamed,
    logo: logo && { width: logo.width, height: logo.height, src: logoUrl(logo.id) },
  };
}

export const logoUrl = (id: string) => `/brand/logo-${id}`;

/** The icon for browser tabs: the logo if it is about square, otherwise an icon that the portal draws. */
export function iconUrl({ version, logo }: Brand): string {
  return logo !== null && !isWordmark(logo) ? logoUrl(logo.id) : `/brand/icon-${version}.svg`;
}

const KEY =
  '<g fill="none" stroke="#fff" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"><circle cx="11" cy="16" r="4.5"/><path d="M15.5 16H26v5M20.5 16v3.5"/></g>';
const DEFAULT_FILL = "#005d60";

/** An icon in the accent color: the initial of the company's name, or the key of the software. */
export function drawIcon({ name, isNamed, accent }: Brand): string {
  const shades = accent === null ? null : accentShades(accent).light;
  const fill = shades?.["accent-fill"] ?? DEFAULT_FILL;
  const ink = shades?.["accent-ink"] ?? "#fff";
  const initial = initialOf(name).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
  const sign = isNamed
    ? `<text x="16" y="22.5" text-anchor="middle" font-family="system-ui, sans-serif" font-size="19" font-weight="600" fill="${ink}">${initial}</text>`
    : KEY.replace("#fff", ink);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="${fill}"/>${sign}</svg>`;
}
