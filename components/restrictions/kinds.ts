import { Globe, type LucideIcon, Network, Smartphone, Waypoints } from "lucide-react";
import { restrictionsText } from "./text.ts";

/** The kinds of restriction, in the order in which they are shown. */
export const KIND_CARDS = ["ips", "referrers", "apps", "apis"] as const;
export type KindCard = (typeof KIND_CARDS)[number];

/** Where a key may run, and the kind of restriction that fits. */
export const LOCATIONS = [
  { value: "server", kind: "ips", ...restrictionsText.location.options.server },
  { value: "website", kind: "referrers", ...restrictionsText.location.options.website },
  { value: "app", kind: "apps", ...restrictionsText.location.options.app },
  { value: "unknown", kind: "apis", ...restrictionsText.location.options.unknown },
] as const satisfies { value: string; label: string; hint: string; kind: KindCard; why: string }[];

export type Location = (typeof LOCATIONS)[number]["value"];

export const KIND_ICONS: Record<KindCard, LucideIcon> = {
  ips: Network,
  referrers: Globe,
  apps: Smartphone,
  apis: Waypoints,
};
