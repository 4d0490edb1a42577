import { AppWindow, Blocks, LockOpen, type LucideIcon, Network, Smartphone } from "lucide-react";
import { RESTRICTION_KINDS, type RestrictionKind } from "#core/restrictions/kinds.ts";
import { RESTRICTIONS_TEXT as text } from "./status-text.ts";

/** How many entries a key has of each kind. */
export type EntryCounts = Record<RestrictionKind, number>;

const ICONS: Record<RestrictionKind, LucideIcon> = {
  apis: Blocks,
  ips: Network,
  referrers: AppWindow,
  apps: Smartphone,
};

interface RestrictionIconsProps {
  counts: EntryCounts;
  /** Shows the words beside the icons: on a phone, nothing points at an icon. */
  inWords?: boolean;
}

/** One icon for each kind of restriction; a warning when there is none. */
export function RestrictionIcons({ counts, inWords }: RestrictionIconsProps) {
  const kinds = RESTRICTION_KINDS.filter((kind) => counts[kind] > 0);
  if (kinds.length === 0) {
    return (
      <span className="inline-flex items-center gap-1.5 align-middle text-sm whitespace-nowrap text-attention">
        <LockOpen aria-hidden className="size-4" />
        {text.unrestricted}
      </span>
    );
  }
  if (inWords) {
    return (
      <span className="grid gap-1">
        {kinds.map((kind) => {
          const Icon = ICONS[kind];
          return (
            <span key={kind} className="flex items-baseline gap-1.5">
              <Icon aria-hidden className="size-4 shrink-0 self-center text-muted" />
              {text.kinds[kind](counts[kind])}
            </span>
          );
        })}
      </span>
    );
  }
  return (
    <span className="relative inline-flex items-center gap-2 align-middle text-muted">
      {kinds.map((kind) => {
        const Icon = ICONS[kind];
        const description = text.to(text.kinds[kind](counts[kind]));
        return (
          <span key={kind} data-tip={description} className="inline-flex">
            <Icon aria-hidden className="size-4" />
            <span className="sr-only">{description}. </span>
          </span>
        );
      })}
    </span>
  );
}
