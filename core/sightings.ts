/** What is kept of where a passed check came from, each on its own. */
export const SIGHTING_KINDS = ["address", "origin", "app"] as const;
export type SightingKind = (typeof SIGHTING_KINDS)[number];

/** Stands for every value beyond the bound. */
export const OTHERS = "*";
