import "server-only";
import { headers } from "next/headers";
import type { VisitorActor } from "#domain/context.ts";
import { CLIENT_ADDRESS_HEADER } from "./client-address.ts";

/** The unauthenticated client: its IP address and user agent. */
export async function visitor(): Promise<{ actor: VisitorActor; userAgent: string | null }> {
  const sent = await headers();
  return {
    actor: { kind: "visitor", address: sent.get(CLIENT_ADDRESS_HEADER) },
    userAgent: sent.get("user-agent"),
  };
}
