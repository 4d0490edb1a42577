"use client";

import dynamic from "next/dynamic";

// The tabs of a key's page and their parts, each fetched where it is shown. This must be a client module: lazy imports in server
// modules are sent with every tab.

export const ApprovalAlert = dynamic(() =>
  import("./approval-alert.tsx").then((module) => module.ApprovalAlert),
);

export const RuleAlert = dynamic(() => import("../rules/rule-alert.tsx").then((module) => module.RuleAlert));

export const UsageTab = dynamic(() => import("../usage/usage-panel.tsx").then((module) => module.UsagePanel));

export const RestrictionTab = dynamic(() =>
  import("../restrictions/restriction-panel.tsx").then((module) => module.RestrictionPanel),
);

export const ReactivateButton = dynamic(() =>
  import("./reactivate-button.tsx").then((module) => module.ReactivateButton),
);

export const ReplaceSecret = dynamic(() =>
  import("../rotation/replace-secret.tsx").then((module) => module.ReplaceSecret),
);

export const RotationPanel = dynamic(() =>
  import("../rotation/rotation-panel.tsx").then((module) => module.RotationPanel),
);

export const SuggestionButtons = dynamic(() =>
  import("../restrictions/suggestion-buttons.tsx").then((module) => module.SuggestionButtons),
);

export const SettingsTab = dynamic(() => import("./key-settings.tsx").then((module) => module.KeySettings));

export const DenialsTab = dynamic(() =>
  import("../denials/denial-panel.tsx").then((module) => module.DenialPanel),
);

export const LimitsTab = dynamic(() =>
  import("../limits/limits-form.tsx").then((module) => module.LimitsForm),
);

export const RequestsTab = dynamic(() =>
  import("../requests/request-panel.tsx").then((module) => module.RequestPanel),
);
