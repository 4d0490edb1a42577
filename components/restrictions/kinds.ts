/** What can be restricted, as a person looks for it. */
export const KIND_CARDS = ["ips", "referrers", "apps", "apis"] as const;
export type KindCard = (typeof KIND_CARDS)[number];

/** Where a key runs decides which kind fits. */
export const LOCATIONS = [
  {
    value: "server",
    label: "A server",
    hint: "Backend, job, script",
    kind: "ips",
    why: "A server calls from addresses that stay the same. Allow those, and a leaked key is of no use anywhere else.",
  },
  {
    value: "website",
    label: "A website",
    hint: "Script in a page",
    kind: "referrers",
    why: "Browsers say which page a call comes from. Allow your sites, and no other site can use the key. A program outside of a browser can write what it likes, so give the key no more than its pages need.",
  },
  {
    value: "app",
    label: "An Android or iOS app",
    hint: "On people’s phones",
    kind: "apps",
    why: "Apps say what they are, and whoever has read the app can say the same: a deterrent, not a proof. Keep what must not be misused behind a server of yours.",
  },
  {
    value: "unknown",
    label: "I don’t know yet",
    hint: "Decide later",
    kind: "apis",
    why: "Start with the APIs that it will call: that holds wherever it runs. Once it is used, suggestions come from its own traffic.",
  },
] as const satisfies { value: string; label: string; hint: string; kind: KindCard; why: string }[];

export type Location = (typeof LOCATIONS)[number]["value"];

/** What each kind is called, and what an empty list of it means. */
export const KINDS: Record<KindCard, { label: string; empty: string }> = {
  ips: { label: "Addresses", empty: "Any address" },
  referrers: { label: "Websites", empty: "Any website, and calls from none" },
  apps: { label: "Apps", empty: "Any app, and calls from none" },
  apis: { label: "APIs and operations", empty: "Every API that the project has enabled" },
};
