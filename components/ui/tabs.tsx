import { clsx } from "clsx";
import { Link } from "./link.tsx";
import { TabStrip } from "./tab-strip.tsx";

export interface TabLink {
  label: string;
  href: string;
  current: boolean;
  /** A number beside the label, such as pending items. */
  count?: number;
}

/** The tabs of a page. Each has its own URL. */
export function TabLinks({ label, tabs }: { label: string; tabs: TabLink[] }) {
  return (
    <TabStrip label={label} current={tabs.find((tab) => tab.current)?.href}>
      <ul className="flex gap-5">
        {tabs.map((tab) => (
          <li key={tab.href}>
            <Link
              href={tab.href}
              scroll={false}
              aria-current={tab.current ? "page" : undefined}
              className={clsx(
                "focus-inset inline-flex h-10 items-center gap-1.5 border-b-2 px-0.5 font-medium whitespace-nowrap transition-colors",
                tab.current ? "border-accent text-ink" : "border-transparent text-muted hover:text-ink",
              )}
            >
              {tab.label}
              {tab.count ? <span className="text-xs text-muted tabular-nums">{tab.count}</span> : null}
            </Link>
          </li>
        ))}
      </ul>
    </TabStrip>
  );
}
