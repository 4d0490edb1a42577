"use client";

import { LocateFixed, TriangleAlert } from "lucide-react";
import { Button } from "../ui/button.tsx";
import { restrictionsText } from "./text.ts";
import type { SeenIpAddress } from "./types.ts";

const TEXT = restrictionsText.myIpAddress;

/** Why the IP address that the portal sees may differ from what services see. */
export function IpAddressWarning({ doubt }: { doubt: "private" | "proxy" }) {
  return (
    <p className="flex gap-1.5 text-sm text-attention">
      <TriangleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
      <span>{TEXT[doubt]}</span>
    </p>
  );
}

interface MyIpAddressProps {
  seen: SeenIpAddress;
  /** It is among the rows. */
  used: boolean;
  onAdd: (address: string) => void;
}

/** Adds this browser's IP address as the portal sees it. */
export function MyIpAddress({ seen, used, onAdd }: MyIpAddressProps) {
  return (
    <Button size="sm" disabled={used} onClick={() => onAdd(seen.address)}>
      <LocateFixed aria-hidden />
      {TEXT.add}
      <span className="font-mono text-muted">{seen.address}</span>
    </Button>
  );
}
