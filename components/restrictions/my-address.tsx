"use client";

import { LocateFixed, TriangleAlert } from "lucide-react";
import { Button } from "../ui/button.tsx";
import type { SeenAddress } from "./types.ts";

const DOUBTS = {
  private:
    "Your current address is a private one: services see it only when they are called from the same network. Anywhere else you have another.",
  proxy:
    "A proxy stands between you and the portal, and the portal does not trust it to say who you are. What it sees may be the proxy's address. An administrator can name the proxy in LATCHKEY_TRUSTED_PROXIES.",
};

/** What is to be known before the address that the portal sees is trusted to be one's own. */
export function AddressDoubt({ doubt }: { doubt: keyof typeof DOUBTS }) {
  return (
    <p className="flex gap-1.5 text-sm text-attention">
      <TriangleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
      <span>{DOUBTS[doubt]}</span>
    </p>
  );
}

interface MyAddressProps {
  seen: SeenAddress;
  /** It is among the rows. */
  used: boolean;
  onAdd: (address: string) => void;
}

/** Adds the address that the portal sees this browser at. */
export function MyAddress({ seen, used, onAdd }: MyAddressProps) {
  return (
    <Button size="sm" disabled={used} onClick={() => onAdd(seen.address)}>
      <LocateFixed aria-hidden />
      Add my current address
      <span className="font-mono text-muted">{seen.address}</span>
    </Button>
  );
}
