import { Link } from "../ui/link.tsx";

/** The icon of the product. */
export function LogoIcon({ className }: { className?: string }) {
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

/** Icon and name, linked to the home page. */
export function Logo() {
  return (
    <Link
      href="/projects"
      className="inline-flex items-center gap-2.5 rounded text-lg font-semibold tracking-tight"
    >
      <LogoIcon className="size-6" />
      Latchkey
    </Link>
  );
}
