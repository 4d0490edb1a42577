/** The texts of the buttons that enable an API for a project, or ask for it. */
export const enableText = {
  enable: "Enable",
  enableLabel: (api: string) => `Enable ${api}`,
  enabled: (api: string) => `${api} is enabled.`,
  enabledNext: "Keys of this project can call it now.",
  createKey: "Create key",
  request: "Request access",
  requestAgain: "Request again",
  requestTitle: (api: string) => `Request access to ${api}?`,
  requestEffect: "An administrator decides. You are notified of the decision.",
  reason: "Why does the project need it?",
  reasonMissing: "Write why the project needs it.",
  reasonHint: "The administrator who decides reads it.",
};
