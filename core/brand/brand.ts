/** The name of the software, which the portal shows until an administrator gives the name of the company. */
export const PRODUCT_NAME = "Latchkey";

/** Links of the company, as URLs; null where there is none. */
export interface BrandLinks {
  docs: string | null;
  support: string | null;
  status: string | null;
  terms: string | null;
}

export const NO_LINKS: BrandLinks = { docs: null, support: null, status: null, terms: null };

/** The formats of logos: raster images only, because an SVG is a document that can contain scripts. */
export const LOGO_TYPES = ["image/png", "image/jpeg", "image/webp"] as const;
export type LogoType = (typeof LOGO_TYPES)[number];

/** Of a logo's file, and of each side of its picture. */
export const MAX_LOGO_BYTES = 256 * 1_024;
export const MAX_LOGO_PIXELS = 2_048;
export const MIN_LOGO_PIXELS = 16;

/** A stored logo. Its id is a hash of its bytes, so that browsers can keep it forever. */
export interface BrandLogo {
  id: string;
  type: LogoType;
  width: number;
  height: number;
}

/** Whether a logo is a wordmark, which contains the name and is no use as an icon. */
export function isWordmark({ width, height }: Pick<BrandLogo, "width" | "height">): boolean {
  return width > height * 1.5;
}

/** The first character of a name, for an icon. */
export function initialOf(name: string): string {
  const [first] = new Intl.Segmenter().segment(name);
  return (first?.segment ?? "").toUpperCase();
}
