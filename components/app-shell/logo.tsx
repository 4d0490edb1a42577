import { clsx } from "clsx";
import { type BrandLogo, initialOf, isWordmark } from "#core/brand/brand.ts";
import { Link } from "../ui/link.tsx";

/** What the logo shows of the brand. */
export interface LogoBrand {
  name: string;
  /** Whether the company set its name. Otherwise the icon of the software is shown. */
  isNamed: boolean;
  logo: (Pick<BrandLogo, "width" | "height"> & { src: string }) | null;
}

/** The icon of the software. */
export function ProductIcon({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className={className}>
      <rect width="32" height="32" rx="7" className="fill-accent-fill" />
      <g
        fill="none"
        strokeWidth="3"
        strokeLinecap="round"
        strokeLinejoin="round"
        className="stroke-accent-ink"
      >
        <circle cx="11" cy="16" r="4.5" />
        <path d="M15.5 16H26v5M20.5 16v3.5" />
      </g>
    </svg>
  );
}

/** Logo and name of the company. A wordmark stands alone, because it contains the name. */
export function BrandMark({ brand, large = false }: { brand: LogoBrand; large?: boolean }) {
  const { name, isNamed, logo } = brand;
  const size = large ? "h-7" : "h-6";
  if (logo !== null && isWordmark(logo)) {
    return (
      // biome-ignore lint/performance/noImgElement: Next's image optimizer is disabled.
      <img
        src={logo.src}
        width={logo.width}
        height={logo.height}
        alt={name}
        className={clsx(size, "w-auto max-w-40 object-contain object-left")}
      />
    );
  }
  return (
    <>
      <BrandIcon brand={brand} className={clsx(size, "aspect-square shrink-0")} />
      <span className="min-w-0 truncate" title={isNamed ? name : undefined}>
        {name}
      </span>
    </>
  );
}

function BrandIcon({ brand: { name, isNamed, logo }, className }: { brand: LogoBrand; className: string }) {
  if (logo !== null) {
    return (
      // biome-ignore lint/performance/noImgElement: Next's image optimizer is disabled.
      <img
        src={logo.src}
        width={logo.width}
        height={logo.height}
        alt=""
        className={clsx(className, "object-contain")}
      />
    );
  }
  if (!isNamed) return <ProductIcon className={className} />;
  return (
    <span
      aria-hidden
      className={clsx(
        className,
        "grid place-content-center rounded bg-accent-fill text-sm font-semibold text-accent-ink",
      )}
    >
      {initialOf(name)}
    </span>
  );
}

/** Icon and name, linked to the home page. */
export function Logo({ brand }: { brand: LogoBrand }) {
  return (
    <Link
      href="/projects"
      className="inline-flex min-w-0 items-center gap-2.5 rounded text-lg font-semibold tracking-tight"
    >
      <BrandMark brand={brand} />
    </Link>
  );
}
