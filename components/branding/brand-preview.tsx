import { type CSSProperties, useMemo } from "react";
import { type AccentShades, accentShades, contrastOf } from "#core/brand/accent.ts";
import { BrandMark, type LogoBrand } from "../app-shell/logo.tsx";
import { brandingText } from "./text.ts";

const { preview: text } = brandingText;

interface BrandPreviewProps {
  brand: LogoBrand;
  /** `#rrggbb`; null for the default. */
  accent: string | null;
}

/** How the portal looks with a brand that is not saved yet, in both themes. */
export function BrandPreview({ brand, accent }: BrandPreviewProps) {
  const shades = useMemo(() => (accent === null ? null : accentShades(accent)), [accent]);
  const isAdjusted =
    accent !== null &&
    shades !== null &&
    [shades.light, shades.dark].some((theme) => contrastOf(theme["accent-fill"], accent) > 1.05);
  return (
    <section aria-label={text.title} className="grid gap-3">
      <h2 className="text-base font-semibold">{text.title}</h2>
      <Theme name={text.light} theme="light" brand={brand} shades={shades?.light ?? null} />
      <Theme name={text.dark} theme="dark" brand={brand} shades={shades?.dark ?? null} />
      {isAdjusted ? <p className="text-sm text-muted">{text.adjusted}</p> : null}
    </section>
  );
}

interface ThemeProps {
  name: string;
  theme: "light" | "dark";
  brand: LogoBrand;
  shades: AccentShades | null;
}

function Theme({ name, theme, brand, shades }: ThemeProps) {
  const style = Object.fromEntries(
    Object.entries(shades ?? {}).map(([token, value]) => [`--${token}`, value]),
  ) as CSSProperties;
  return (
    <figure className="grid gap-1">
      <figcaption className="text-xs text-muted">{name}</figcaption>
      <div className={theme} style={style}>
        <div className="grid gap-4 rounded border border-border bg-canvas p-4 text-ink">
          <div className="flex min-w-0 items-center gap-2.5 text-lg font-semibold tracking-tight">
            <BrandMark brand={brand} />
          </div>
          <div className="flex flex-wrap items-center justify-between gap-3 rounded border border-border bg-surface p-3">
            <span className="font-medium text-accent">{text.link}</span>
            <span className="rounded bg-accent-soft px-2 py-0.5 text-xs font-medium text-accent">
              {text.selected}
            </span>
            <span className="inline-flex h-9 items-center rounded bg-accent-fill px-3 font-medium text-accent-ink">
              {text.action}
            </span>
          </div>
        </div>
      </div>
    </figure>
  );
}
