"use client";

import { lazyComponent, lazyInBrowser } from "../ui/lazy.tsx";
// The tabs of a key's page and their parts, each fetched where it is shown. This must be a client module: lazy imports in server
// modules are sent with every tab.

export const ApprovalAlert = lazyComponent(() =>
  import("./approval-alert.tsx").then((module) => module.ApprovalAlert),
);

export const ExemptDialog = lazyInBrowser(() =>
  import("../rules/exempt-dialog.tsx").then((module) => module.ExemptDialog),
);

export const UsageTab = lazyComponent(() =>
  import("../usage/usage-panel.tsx").then((module) => module.UsagePanel),
);

export const RestrictionTab = lazyComponent(() =>
  import("../restrictions/restriction-panel.tsx").then((module) => module.RestrictionPanel),
);

export const ReactivateButton = lazyComponent(() =>
  import("./reactivate-button.tsx").then((module) => module.ReactivateButton),
);

export const ReplaceSecret = lazyComponent(() =>
  import("../rotation/replace-secret.tsx").then((module) => module.ReplaceSecret),
);

export const RotationPanel = lazyComponent(() =>
  import("../rotation/rotation-panel.tsx").then((module) => module.RotationPanel),
);

export const SuggestionButtons = lazyComponent(() =>
  import("../restrictions/suggestion-buttons.tsx").then((module) => module.SuggestionButtons),
);

export const SettingsTab = lazyComponent(() =>
  import("./key-settings.tsx").then((module) => module.KeySettings),
);

export const DenialsTab = lazyComponent(() =>
  import("../denials/denial-panel.tsx").then((module) => module.DenialPanel),
);

export const LimitsTab = lazyComponent(() =>
  import("../limits/limits-form.tsx").then((module) => module.LimitsForm),
);

export const RequestsTab = lazyComponent(() =>
  import("../requests/request-panel.tsx").then((module) => module.RequestPanel),
);
