"use client";

import dynamic from "next/dynamic";

// The tabs of a key's page, each fetched with its tab. This must be a client module: lazy imports in server
// modules are sent with every tab.

export const UsageTab = dynamic(() => import("../usage/usage-panel.tsx").then((module) => module.UsagePanel));

export const RestrictionTab = dynamic(() =>
  import("../restrictions/restriction-panel.tsx").then((module) => module.RestrictionPanel),
);

export const SecretsTab = dynamic(() =>
  import("../rotation/secrets-panel.tsx").then((module) => module.SecretsPanel),
);

export const SettingsTab = dynamic(() => import("./key-settings.tsx").then((module) => module.KeySettings));

export const DenialsTab = dynamic(() =>
  import("../denials/denial-panel.tsx").then((module) => module.DenialPanel),
);

export const LimitsTab = dynamic(() =>
  import("../limits/limits-form.tsx").then((module) => module.LimitsForm),
);
