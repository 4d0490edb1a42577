import { Globe, type LucideIcon, Network, Smartphone, Waypoints } from "lucide-react";
import type { KindCard } from "./kinds.ts";

export const KIND_ICONS: Record<KindCard, LucideIcon> = {
  ips: Network,
  referrers: Globe,
  apps: Smartphone,
  apis: Waypoints,
};
