/** Text of the controls that copy to the clipboard. */
export const copyMessages = {
  label: "Copy",
  about: (what: string) => `Copy ${what}`,
  copied: "Copied",
  copiedAbout: (label: string) => `Copied. ${label}`,
  outcome: {
    copied: "Copied.",
    selected: "Your browser blocked the clipboard. The text is selected: press Ctrl+C or ⌘C.",
    blocked: "Your browser blocked the clipboard. Select the text and copy it.",
  },
  oneTimeLink: "One-time link",
  link: "Copy link",
};
