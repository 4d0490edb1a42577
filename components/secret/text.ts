/** The texts of a secret that is shown once. `noun` is what it is: "secret", "service token". */
export const secretText = {
  once: "This is the only time it is shown.",
  // The copy is the stored response of the form, for the case that the first one was lost (decision 7).
  hashed:
    "The portal keeps only a hash of it, and for 15 minutes an encrypted copy that only this tab can open.",
  sealed: "The portal stores it encrypted, because it signs with it.",
  group: (noun: string) => `The ${noun}`,
  show: (noun: string) => `Show the ${noun}`,
  hide: (noun: string) => `Hide the ${noun}`,
  copy: (noun: string) => `Copy the ${noun}`,
  hidden: "Hidden until you show it.",
  done: "Done",
  discard: {
    title: (noun: string) => `Discard the ${noun}?`,
    body: "It has not been copied, and cannot be shown again.",
    confirm: (noun: string) => `Discard ${noun}`,
    back: (noun: string) => `Back to the ${noun}`,
  },
};
