/** The rules for keys, of the site and of a project. */
export const keyRulesText = {
  title: "Rules for keys",
  site: "For keys that are created or changed from now on, in every project. A project can set stricter ones. Existing keys do not change.",
  project:
    "For keys of this project that are created or changed from now on. The site's rules apply as well.",
  maxLife: { live: "Longest life of a live key", test: "Longest life of a test key" },
  maxLifeHint: "From its creation. Empty for no limit.",
  days: "days",
  none: "None",
  namePattern: "Pattern of names",
  namePatternHint: "* matches any characters, ? exactly one.",
  expiryRequired: "Every key expires",
  descriptionRequired: "Every key has a description",
  externalIdRequired: "Every key has an external ID",
  saved: "Saved.",
};
