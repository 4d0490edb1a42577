/** Words about an item that an unanswered attempt created. Apart from `uiText`, which every page loads. */
export const createdText = {
  key: "Open the key to revoke or rotate it",
  managementToken: "Revoke it in your list of management tokens",
  projectToken: "Revoke it in the project's list of tokens",
  serviceToken: "Revoke it in the list of service tokens",
  scimToken: "Revoke it in the list of SCIM tokens",
  webhook: "Open the webhook to rotate its secret",
  siteInvitation: "Invite the person again: the old link stops working",
  projectInvitation: "Withdraw it, or invite the person again",
  project: "Open the project",
};
