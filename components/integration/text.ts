/** How a service verifies the keys of its callers, on an API's page and beside a new service token. */
export const integrationText = {
  title: "Verify keys in your service",
  description:
    "For the team that runs this API: the service, or a gateway in front of it, verifies the key of each request.",
  tokenPlaceholder: "lk_svc_…",
  stacks: "Language, framework or gateway",
  tokenHint: "An administrator creates the service token under Admin, Service tokens.",
  gatewayHint:
    "Replace the remaining addresses. The configuration asks the verifier over HTTP, inside your network.",
  loading: "Loading…",
  failed: "The code could not be loaded.",
};
