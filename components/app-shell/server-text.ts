/** Texts of the app shell that only the server renders. */
export const serverShellText = {
  stillLoading: "This page is still loading. If this stays, reload it.",
  noScript: "Buttons and most forms of this portal need JavaScript, which is disabled in your browser.",
  links: {
    label: "Help",
    docs: "Docs",
    support: "Support",
    status: "Status",
    terms: "Terms",
    api: "Portal API",
  },
  leaked: {
    serviceToken: "The service token",
    scimToken: "The SCIM token",
    ownToken: "Your management token",
    tokenOf: (name: string) => `The management token of ${name},`,
    found: " was found in public ",
    at: " at ",
    works: ". It still works: anyone who has it can use it.",
    replace: "Replace and revoke it",
    revoke: "Revoke it",
    users: "View users",
  },
};
