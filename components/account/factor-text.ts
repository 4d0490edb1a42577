/** The texts of passkeys, the authenticator app and recovery codes, besides their dialogs. */
export const factorText = {
  passkeys: {
    none: "You have no passkeys.",
    unavailable:
      "Passkeys need a portal with a host name and HTTPS. The operator of this portal can set it up.",
    unsupported: "This browser does not support passkeys.",
    synced: "Synced",
    oneDevice: "One device",
    added: "Added ",
    lastUsed: " · last used ",
    neverUsed: " · never used",
    add: "Add passkey…",
    name: "Name",
    rename: {
      label: "Rename…",
      about: (name: string) => `Rename ${name}…`,
      title: "Rename this passkey?",
      confirm: "Rename",
      effect: "The name is shown only to you.",
    },
    remove: {
      label: "Remove…",
      about: (name: string) => `Remove ${name}…`,
      title: (name: string) => `Remove ${name}?`,
      confirm: "Remove passkey",
      effect:
        "It no longer signs in here. Delete it on your device too. If it is your last second factor, your recovery codes stop working.",
    },
  },
  secondFactor: {
    none: "Not set up. Anyone who learns your password can sign in.",
    noApp: "No authenticator app.",
    since: "Authenticator app set up ",
    codesLeft: (codes: string) => `${codes} left.`,
    setUp: {
      label: "Set up authenticator app…",
      title: "Set up an authenticator app?",
      confirm: "Continue",
      effect:
        "You need an app such as Aegis, Google Authenticator or 1Password. From then on, sign-in asks for its code.",
    },
    renew: {
      label: "New recovery codes…",
      title: "Create new recovery codes?",
      confirm: "Create codes",
      effect: "The earlier codes stop working.",
    },
    remove: {
      label: "Remove…",
      title: "Remove the authenticator app?",
      confirm: "Remove",
      effect:
        "Without a passkey, sign-in asks only for your password then, and your recovery codes stop working.",
    },
  },
};
