import { AppWindow, Blocks, LockOpen, type LucideIcon, Network, Smartphone } from "lucide-react";
import { RESTRICTION_KINDS, type RestrictionKind } from "#core/restrictions/kinds.ts";

/** How many entries a key has of each kind. */
export type EntryCounts = Record<RestrictionKind, number>;

const MARKS: Record<RestrictionKind, { icon: LucideIcon; one: string; many: string }> = {
  apis: { icon: Blocks, one: "API", many: "APIs" },
  ips: { icon: Network, one: "address or network", many: "addresses and networks" },
  referrers: { icon: AppWindow, one: "website", many: "websites" },
  apps: { icon: Smartphone, one: "app", many: "apps" },
};

/** By what a key is restricted, a sign a kind; that it is not asks for attention. */
export function RestrictionMarks({ counts }: { counts: EntryCounts }) {
  const kinds = RESTRICTION_KINDS.filter((kind) => counts[kind] > 0);
  if (kinds.length === 0) {
    return (
      <span className="inline-flex items-center gap-1.5 text-sm whitespace-nowrap text-attention">
        <LockOpen aria-hidden className="size-4" />
        Unrestricted
      </span>
    );
  }
  return (
    <span className="relative inline-flex items-center gap-2 text-muted">
      {kinds.map((kind) => {
        const { icon: Icon, one, many } = MARKS[kind];
        const words = `Restricted to ${counts[kind]} ${counts[kind] === 1 ? one : many}`;
        return (
          <span key={kind} data-tip={words} className="inline-flex">
            <Icon aria-hidden className="size-4" />
            <span className="sr-only">{words}. </span>
          </span>
        );
      })}
    </span>
  );
}
