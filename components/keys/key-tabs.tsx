"use client";

import dynamic from "next/dynamic";

// The tabs of a key's page, each fetched with that tab. Said in a client's module: what the server's import
// lazily is sent with every tab all the same.

export const UsageTab = dynamic(() => import("../usage/usage-panel.tsx").then((module) => module.UsagePanel));

export const RestrictionTab = dynamic(() =>
  import("../restrictions/restriction-panel.tsx").then((module) => module.RestrictionPanel),
);

export const SecretsTab = dynamic(() =>
  import("../rotation/secrets-panel.tsx").then((module) => module.SecretsPanel),
);

export const SettingsTab = dynamic(() => import("./key-settings.tsx").then((module) => module.KeySettings));

export const RefusalTab = dynamic(() =>
  import("../denials/refusal-panel.tsx").then((module) => module.RefusalPanel),
);
