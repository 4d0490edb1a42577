"use server";

import { setBrandingSchema, setLogoSchema, setMailTemplateSchema } from "#domain/branding/schema.ts";
import {
  setBranding as setBrandingVerb,
  setLogo as setLogoVerb,
  setMailTemplate as setMailTemplateVerb,
} from "#domain/branding/set.ts";
import { action } from "#server/action.ts";

export const setBranding = action(setBrandingSchema, setBrandingVerb, { stepUp: true });
export const setLogo = action(setLogoSchema, setLogoVerb, { stepUp: true });
export const setMailTemplate = action(setMailTemplateSchema, setMailTemplateVerb, { stepUp: true });
