/** What is said before a key comes back whose secret was found in public: its way back is a rotation first. */
export const LEAKED_BACK = {
  enable: {
    title: (name: string) => `Switch ${name} on with a secret that leaked?`,
    confirm: "Switch on",
    text: "A secret of it was found in public: whoever has it can use the key again within a second. Rotate the key with no overlap first, on its Secrets tab.",
  },
  restore: {
    title: (name: string) => `Restore ${name} with a secret that leaked?`,
    confirm: "Restore key",
    text: "A secret of it was found in public: whoever has it can use the key again within a second. Rotate the key with no overlap at once, on its Secrets tab.",
  },
} as const;
