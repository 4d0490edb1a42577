import "server-only";
import { headers } from "next/headers";
import { readIp } from "#core/restrictions/ips.ts";
import { CLIENT_IP_HEADER, UNTRUSTED_PROXY_HEADER } from "#platform/http/client-ip-address.ts";

/** The client's IP address as the portal sees it, and why a service might see another one. */
export interface SeenIpAddress {
  address: string;
  doubt: "private" | "proxy" | null;
}

/** Null if the portal sees no IP address. */
export async function seenIpAddress(): Promise<SeenIpAddress | null> {
  const sent = await headers();
  const ipAddress = sent.get(CLIENT_IP_HEADER);
  const reading = readIp(ipAddress ?? "");
  if (ipAddress === null || !reading.ok) return null;
  return { address: reading.text, doubt: doubtOf(sent.has(UNTRUSTED_PROXY_HEADER), reading.notices) };
}

function doubtOf(forwarded: boolean, notices: { code: string }[]): SeenIpAddress["doubt"] {
  if (forwarded) return "proxy";
  return notices.some(({ code }) => code === "ip-private") ? "private" : null;
}
