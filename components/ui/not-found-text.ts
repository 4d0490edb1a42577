/** Text of the not-found pages. Separate from `uiText`, which browsers load. */
export const notFoundText = {
  pageNotFound: {
    title: "Page not found",
    body: "The URL is wrong, or the page has moved.",
    action: "Go to the portal",
  },
  noAccess: {
    title: "Page not found, or you don't have access",
    body: "The URL may be wrong, or the item may have been deleted. Pages of a project are for its members, and those of Admin for administrators.",
    hint: "If someone sent you this link, ask them for access.",
    action: "Go to your projects",
  },
};
