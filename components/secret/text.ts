/** The texts of a secret that is shown once. `noun` is what it is: "secret", "service token". */
export const secretText = {
  once: "This is the only time it is shown.",
  hashed: (noun: string) => `Latchkey stores only a hash of it, not the ${noun} itself.`,
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
