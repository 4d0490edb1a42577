/** The page of exemptions from policies. */
export const exemptionsText = {
  title: "Exemptions",
  facts:
    "Keys that a policy skips until a date. The members of their projects are reminded 14, 7 and 1 day before.",
  policies: { "key-rules": "Key rules", unused: "Unused keys" },
  tabs: "Policies",
  table: "Exempt keys",
  noun: "exemptions",
  columns: { key: "Key", project: "Project", reason: "Reason", until: "Until", by: "By", actions: "Actions" },
  end: "End exemption",
  endAbout: (name: string) => `End exemption of ${name}`,
  empty: {
    title: "No exemptions",
    body: {
      "key-rules": "Administrators exempt a key on its page, which lists the rules that it breaks.",
      unused: "Administrators exempt a key in the list of unused keys.",
    },
    action: { "key-rules": "View keys", unused: "View unused keys" },
  },
};
