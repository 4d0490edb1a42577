/** The OpenAPI document of the demo's API “Live streaming”. Its operations are those of `DEMO_APIS`. */

const streamId = { $ref: "#/components/parameters/streamId" };
const schema = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const json = (name: string, description: string) => ({
  description,
  content: { "application/json": { schema: schema(name) } },
});
/** What an operation needs: a key with this scope. */
const needs = (scope: string) => [{ key: [scope] }];
const ERRORS = {
  "401": json("Problem", "The key is missing or does not work."),
  "404": json("Problem", "There is no such stream."),
  "429": {
    ...json("Problem", "Too many requests. Wait for `Retry-After` seconds."),
    headers: { "Retry-After": { description: "Seconds to wait.", schema: { type: "integer" } } },
  },
};

export const LIVE_DOCUMENT = {
  openapi: "3.1.0",
  info: {
    title: "Live streaming",
    version: "2.4.0",
    description:
      "Start a stream, send it to its viewers, and follow what happens in it.\n\n- Streams end by themselves after **12 hours**.\n- Times are ISO 8601 in UTC.\n- Errors are `application/problem+json` (RFC 9457).",
  },
  servers: [
    { url: "https://live.parley.example/v2", description: "Production" },
    { url: "https://sandbox.live.parley.example/v2", description: "Sandbox, emptied every night" },
  ],
  security: [{ key: [] }],
  tags: [
    { name: "Streams", description: "A stream has one host and any number of viewers." },
    { name: "Viewers" },
    { name: "Replays", description: "Recordings, kept for 90 days." },
  ],
  paths: {
    "/streams": {
      post: {
        operationId: "streams.start",
        security: needs("streams:write"),
        summary: "Start a stream and get its ingest address",
        description: "Creates a stream in the state `waiting`. It is `live` once the first frame arrives.",
        tags: ["Streams"],
        requestBody: { required: true, content: { "application/json": { schema: schema("NewStream") } } },
        responses: { "201": json("Stream", "The stream."), "401": ERRORS["401"], "429": ERRORS["429"] },
      },
    },
    "/streams/{streamId}": {
      parameters: [streamId],
      get: {
        operationId: "streams.get",
        security: needs("streams:read"),
        summary: "Read a stream",
        tags: ["Streams"],
        responses: { "200": json("Stream", "The stream."), ...ERRORS },
      },
      delete: {
        operationId: "streams.delete",
        security: needs("streams:write"),
        summary: "Delete a stream and its replay",
        tags: ["Streams"],
        responses: { "204": { description: "The stream is gone." }, ...ERRORS },
      },
    },
    "/streams/{streamId}/stop": {
      parameters: [streamId],
      post: {
        operationId: "streams.stop",
        security: needs("streams:write"),
        summary: "End a stream",
        tags: ["Streams"],
        responses: { "200": json("Stream", "The ended stream."), ...ERRORS },
      },
    },
    "/streams/{streamId}/viewers/count": {
      parameters: [streamId],
      get: {
        operationId: "viewers.count",
        security: needs("streams:read"),
        summary: "How many are watching",
        description: "Use `viewers.list` with `limit=0` instead: its answer has the same number.",
        tags: ["Viewers"],
        deprecated: true,
        "x-sunset": "2027-06-30",
        responses: { "200": json("ViewerCount", "The number."), ...ERRORS },
      },
    },
    "/streams/{streamId}/viewers": {
      parameters: [streamId],
      get: {
        operationId: "viewers.list",
        security: needs("streams:read"),
        summary: "Who is watching",
        tags: ["Viewers"],
        parameters: [
          {
            name: "limit",
            in: "query",
            description: "How many viewers a page has.",
            schema: { type: "integer", minimum: 0, maximum: 200, default: 50 },
          },
          {
            name: "cursor",
            in: "query",
            description: "The `nextCursor` of the page before.",
            schema: { type: "string" },
          },
        ],
        responses: { "200": json("ViewerPage", "A page of viewers."), ...ERRORS },
      },
    },
    "/streams/{streamId}/gifts": {
      parameters: [streamId],
      post: {
        operationId: "gifts.send",
        security: needs("gifts:send"),
        summary: "Send a gift to the host",
        tags: ["Viewers"],
        requestBody: { required: true, content: { "application/json": { schema: schema("Gift") } } },
        responses: { "202": { description: "The gift will be shown." }, ...ERRORS },
      },
    },
    "/replays": {
      get: {
        operationId: "replays.list",
        security: needs("streams:read"),
        summary: "List replays",
        tags: ["Replays"],
        responses: { "200": json("ReplayList", "The replays, newest first."), "401": ERRORS["401"] },
      },
    },
  },
  components: {
    parameters: {
      streamId: {
        name: "streamId",
        in: "path",
        required: true,
        description: "The id of a stream.",
        schema: { type: "string", pattern: "^str_[0-9a-z]{12}$" },
        example: "str_4fk29ah1mz07",
      },
    },
    securitySchemes: {
      key: {
        type: "apiKey",
        in: "header",
        name: "X-Api-Key",
        description:
          "The secret of a key whose project has enabled this API. A key may be limited to scopes: `streams:read`, `streams:write` and `gifts:send`.",
      },
    },
    schemas: {
      NewStream: {
        type: "object",
        required: ["title"],
        properties: {
          title: { type: "string", minLength: 1, maxLength: 120, examples: ["Friday night cooking"] },
          visibility: { enum: ["public", "followers", "link"], default: "public" },
          replay: { type: "boolean", default: true, description: "Whether a replay is kept." },
        },
      },
      Stream: {
        allOf: [
          schema("NewStream"),
          {
            type: "object",
            required: ["id", "state", "ingest"],
            properties: {
              id: { type: "string", readOnly: true, examples: ["str_4fk29ah1mz07"] },
              state: { enum: ["waiting", "live", "ended"] },
              startedAt: { type: ["string", "null"], format: "date-time" },
              ingest: schema("Ingest"),
              host: schema("Person"),
            },
          },
        ],
      },
      Ingest: {
        type: "object",
        description: "Where to send video to.",
        properties: {
          url: { type: "string", format: "uri", examples: ["rtmps://ingest.parley.example/live"] },
          protocol: { enum: ["rtmps", "srt"] },
        },
      },
      Person: {
        type: "object",
        properties: {
          id: { type: "string", examples: ["per_81kd"] },
          name: { type: "string", examples: ["Ada"] },
        },
      },
      ViewerCount: { type: "object", properties: { count: { type: "integer", examples: [1240] } } },
      ViewerPage: {
        type: "object",
        properties: {
          items: { type: "array", items: schema("Person") },
          count: { type: "integer", examples: [1240] },
          nextCursor: { type: ["string", "null"] },
        },
      },
      Gift: {
        oneOf: [
          {
            type: "object",
            required: ["sticker"],
            properties: {
              sticker: { enum: ["star", "heart", "rocket"] },
              times: { type: "integer", maximum: 99 },
            },
          },
          {
            type: "object",
            required: ["coins"],
            properties: { coins: { type: "integer", minimum: 1, maximum: 10_000 } },
          },
        ],
      },
      ReplayList: {
        type: "object",
        properties: {
          items: {
            type: "array",
            items: {
              type: "object",
              properties: { stream: schema("Stream"), seconds: { type: "integer", examples: [5400] } },
            },
          },
        },
      },
      Problem: {
        type: "object",
        properties: {
          type: { type: "string" },
          title: { type: "string", examples: ["Not Found"] },
          status: { type: "integer", examples: [404] },
          detail: { type: "string" },
        },
      },
    },
  },
};

/** A guide beside the reference, and the changelog, in Markdown. */
export const LIVE_GUIDE = `Start a stream with one request, then send video to the ingest address that it returns.

## 1. Create a key

Enable **Live streaming** for your project, and create a *test* key. Store its secret as \`API_KEY\`.

## 2. Start a stream

\`\`\`sh
curl -X POST https://sandbox.live.parley.example/v2/streams \\
  -H "X-Api-Key: $API_KEY" -H "Content-Type: application/json" \\
  --data '{"title": "Hello"}'
\`\`\`

The answer has the state \`waiting\`:

| state | meaning |
| --- | --- |
| \`waiting\` | no video has arrived yet |
| \`live\` | viewers can watch |
| \`ended\` | the replay is being prepared |

## 3. Send video

Any encoder that speaks RTMPS works. See [the reference](/apis/live/reference/streams.start).
`;

export const LIVE_CHANGELOG = `## 2.4.0 (1 November 2026)

- \`viewers.list\` returns \`count\`.
- \`viewers.count\` is deprecated, and stops working on 30 June 2027.

## 2.3.0 (12 August 2026)

- Gifts can be coins.
`;
