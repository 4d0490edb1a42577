/** Text of the error page. Separate from `uiText`, because every page loads it. */
export const pageFailedText = {
  title: "This page failed to load",
  body: "An error occurred in the portal. Check whether your last change was saved.",
  detail: "Verification of keys runs in a separate process and is not affected.",
  retry: "Try again",
  action: "Go to your projects",
};
