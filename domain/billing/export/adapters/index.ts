import type { ExportAdapter } from "#db/tables/billing-export.ts";
import type { Adapter } from "./adapter.ts";
import { cloudEvents } from "./cloudevents.ts";
import { lago } from "./lago.ts";
import { stripe } from "./stripe.ts";

export const ADAPTERS: Record<ExportAdapter, Adapter> = { cloudevents: cloudEvents, stripe, lago };
