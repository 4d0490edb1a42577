import { formatNumber, plural } from "#core/format.ts";

/** The form that sends a request of an API's operation. */
export const tryText = {
  open: "Try it",
  title: "Try it",
  close: "Back to the reference",
  description:
    "Sends a real request with a temporary secret of a test key. The secret works for an hour at most, and ends when you leave this page.",
  key: "Test key",
  keyHint: "Its restrictions and limits apply.",
  noKeysTitle: "No test key",
  noKeys:
    "Requests are tried with a test key of one of your projects. Enable the API for a project, and create a test key there.",
  toApi: "Enable the API",
  server: "Server",
  noServer: "The document of this API names no server to send a request to.",
  required: "required",
  body: "Body",
  headers: "More headers",
  headersHint: "One per line, such as Accept-Language: en",
  route: "Send",
  routes: { auto: "Automatically", browser: "From this browser", portal: "Through the portal" },
  routeHint:
    "Automatically: from this browser where the API allows it (CORS), otherwise through the portal, which calls only the servers of the document.",
  send: "Send request",
  again: "Send again",
  sending: "Sending",
  missing: (name: string) => `Enter ${name}.`,
  badHeader: (line: string) => `“${line}” is not a header. Write it as Name: value.`,
  blocked:
    "The browser could not read a response. Either the API does not allow requests from this site (CORS), or it could not be reached. The request may have been carried out.",
  throughPortal: "Send through the portal",
  response: "Response",
  sentFrom: { browser: "Sent from this browser", portal: "Sent through the portal" },
  took: (ms: number) => `${formatNumber(ms)} ms`,
  failed: "No response",
  responseHeaders: (count: number) => plural(count, "header"),
  responseBody: "Body",
  emptyBody: "The body is empty.",
  binary: (bytes: number) => `The body is not text: ${plural(bytes, "byte")}.`,
  truncated: "Only the first 256 KiB are shown.",
  check: {
    title: "Verification of the key",
    waiting: "Waiting for the verifier to report…",
    none: "No verification was counted. The API did not ask whether the key is valid, or reports later.",
    times: (count: number) => `${formatNumber(count)} times on this page`,
  },
  corsHeaders: "A browser shows only the headers that the API exposes.",
};
