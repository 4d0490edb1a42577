import { plural } from "#core/format.ts";

/** The filters of the list of all keys. */
export const keyFiltersText = {
  label: "Filter keys",
  fields: {
    status: { label: "Status", any: "Any status" },
    environment: { label: "Environment", any: "Live and test" },
    restricted: { label: "Restrictions", any: "Restricted or not" },
    unusedForDays: { label: "Use", any: "Used or not" },
    secretOlderThanDays: { label: "Minimum secret age", any: "Any secret age" },
    secretNewerThanDays: { label: "Maximum secret age", any: "No maximum age" },
    leaked: { label: "Leaks", any: "Leaked or not" },
  },
  notRevoked: "Not revoked",
  environment: { live: "Live", test: "Test" },
  restricted: {
    none: "Unrestricted",
    "no-application": "Without IP address, website or app",
    application: "With IP address, website or app",
  },
  unusedFor: (days: number) => `Unused for ${plural(days, "day")}`,
  over: (days: number) => `Secret over ${plural(days, "day")} old`,
  under: (days: number) => `Secret under ${plural(days, "day")} old`,
  leaked: { true: "Leaked and still working", false: "Without a working leak" },
};
