import { expect, test } from "vitest";
import { generateToken } from "#core/tokens.ts";
import { processorTime } from "#test/processor-time.ts";
import { describeError, redact, redactUrl, redactUrls, secretsOf } from "./redact.ts";
import { SECRET_SETTINGS } from "./secret-files.ts";

test("no token of any kind is logged", () => {
  for (const kind of ["live", "test", "svc", "mgt", "scim"] as const) {
    const token = generateToken("acme", kind);
    const logged = redact(`no such key ${token}.`);
    expect(logged).not.toContain(token.slice(-36));
    expect(logged).toBe(`no such key acme_${kind}_[redacted].`);
    for (const spelled of [
      `${token}x`,
      token.slice(0, -1),
      token.toUpperCase(),
      token.replaceAll("_", "%5F"),
    ]) {
      expect(redact(`x${spelled}`)).not.toContain(spelled.slice(-20));
    }
  }
});

test("an error is logged with its causes but without a failed query's values", () => {
  const cause = Object.assign(new Error("duplicate"), { code: "23505", detail: "Key (email)=(a@b.c)" });
  const error = new Error("Failed query: insert into users\nparams: ada@example.com,argon2", { cause });
  const logged = JSON.stringify(describeError(error));
  expect(logged).toContain("duplicate");
  expect(logged).toContain("23505");
  expect(logged).not.toContain("ada@example.com");
  expect(logged).not.toContain("a@b.c");
});

test("a database's password is never logged", () => {
  expect(redact("connect to postgres://latchkey:hunter2@db:5432/latchkey failed")).toBe(
    "connect to postgres://latchkey:[redacted]@db:5432/latchkey failed",
  );
});

test("a password that contains delimiters is redacted completely", () => {
  expect(redact("postgres://u:p@ss/w:ord@db/x and http://host:80/a b@c")).toBe(
    "postgres://u:[redacted]@db/x and http://host:80/a b@c",
  );
});

test("credentials of a request are never logged", () => {
  const cookie = "eyJhbGciOiJkaXIifQ..c2Vzc2lvbg.Y29va2ll.dGFn";
  const said = redact(`authorization: Basic aHVudGVyMjpodW50ZXIy, bearer hunter2hunter2; session=${cookie}`);
  expect(said).toBe("authorization: Basic [redacted], bearer [redacted]; session=[redacted]");
});

test("a failed query's values are removed even if the text is already JSON", () => {
  const line = JSON.stringify({ msg: "Failed query: select\nparams: ada@example.com,x", code: "1" });
  expect(redact(line)).toBe('{"msg":"Failed query: select\\nparams: [redacted]","code":"1"}');
});

test.each(['"quoted" hunter2', "line\nhunter2", '\\"hunter2', `${"x".repeat(2_000_000)}"hunter2`])(
  "nothing in a value ends the redaction of a failed query's values: %#",
  (value) => {
    const text = `Failed query: insert into apis\nparams: 1,${value},2`;
    const error = new Error(text);
    expect(redact(text)).toBe("Failed query: insert into apis\nparams: [redacted]");
    expect(JSON.parse(redact(JSON.stringify({ msg: text, code: "1" })))).toEqual({
      msg: "Failed query: insert into apis\nparams: [redacted]",
      code: "1",
    });
    const described = describeError(error);
    expect(JSON.stringify(described)).not.toContain("hunter2");
    expect(JSON.stringify(described).length).toBeLessThan(10_000);
  },
);

test("secret settings are redacted by value", () => {
  const env = {
    AUTH_SECRET: "0123456789abcdef",
    DATABASE_URL: "postgres://u:p%40ssword@db/x",
    SMTP_URL: "smtp://mail.example.com",
    OTEL_EXPORTER_OTLP_HEADERS: "api-key=collector-1,x=y",
    PORT: "3000",
  };
  expect(secretsOf(env)).toEqual(["0123456789abcdef", "collector-1", "p%40ssword", "p@ssword"]);
  const longer = { ...env, PGPASSWORD: "p@ssword", GITHUB_SECRET: "p@ssword-of-github" };
  expect(redact("it is p@ssword-of-github", secretsOf(longer))).toBe("it is [redacted]");
  expect(redact("it is p@ssword, or 0123456789abcdef", secretsOf(env))).toBe(
    "it is [redacted], or [redacted]",
  );
});

test.each(SECRET_SETTINGS)("the secret in %s is redacted", (name) => {
  const forms = {
    URL: "x://u:a-secret-value@host",
    ENDPOINT: "x://u:a-secret-value@host",
    HEADERS: "k=a-secret-value",
  };
  const form = Object.entries(forms).find(([word]) => name.endsWith(`_${word}`))?.[1] ?? "a-secret-value";
  expect(redact("it is a-secret-value", secretsOf({ [name]: form }))).toBe("it is [redacted]");
});

test("secrets in the change feed's URL, in trace headers and in variables that drivers read are redacted too", () => {
  const env = {
    LATCHKEY_LISTEN_URL: "postgres://u:listener-pw@db/x",
    DATABASE_URL: "postgres://db/x?user=u&password=in%20query",
    PGPASSWORD: "driver-pw",
    OTEL_EXPORTER_OTLP_ENDPOINT: "https://u:collector-pw@traces.example.com",
    OTEL_EXPORTER_OTLP_TRACES_HEADERS: "authorization=Api%20traces-1",
  };
  const secrets = ["listener-pw", "driver-pw", "collector-pw", "Api traces-1", "Api%20traces-1"];
  for (const secret of [...secrets, "in query", "in%20query"])
    expect(redact(`it is ${secret}`, secretsOf(env))).toBe("it is [redacted]");
});

test.each([
  ["postgres://u:hunter2@db:5432/x", "postgres://u:…@db:5432/x"],
  ["redis://:hunter2@cache:6379", "redis://:…@cache:6379"],
  ["postgres://u:hunter2@db/x?application_name=a@b", "postgres://u:…@db/x?application_name=a@b"],
  [
    "postgres://db:5432/x?user=u&Password=hunter2&options=a@b",
    "postgres://db:5432/x?user=u&Password=…&options=a@b",
  ],
  ["https://u:hunter?2#@db/x", "https://u:…@db/x"],
  ["postgres://u:hun ter2@db/x", "postgres://u:…@db/x"],
  ["https://host:8443/x?to=a@b", "https://host:8443/x?to=a@b"],
  ["file:./data/latchkey.db", "file:./data/latchkey.db"],
])("%s is shown without its password", (url, shown) => {
  expect(redactUrl(url)).toBe(shown);
});

test("every password of a text is hidden", () => {
  expect(redactUrls("redis://:a@x?y and https://h:80/b?c=postgres://u:p@z")).toBe(
    "redis://:…@x?y and https://h:80/b?c=postgres://u:…@z",
  );
});

test("a password is redacted by value whatever follows it in its URL", () => {
  const env = { DATABASE_URL: "postgres://u:hunter22@db/x?application_name=a@b" };
  expect(secretsOf(env)).toEqual(["hunter22"]);
});

test.each([
  "://",
  "//a:",
  "://:1",
  "://:1?",
  "://:1@",
  "://x:?@",
  "eyJ-",
  "eyJaaaaaaaa.",
  "_live_",
  "bearer ",
  "\nparams:",
  "a@",
  "x",
])("a long text of %j is redacted in linear time", (unit) => {
  const text = unit.repeat(100_000 / unit.length);
  expect(processorTime(() => redact(text), 200)).toBeLessThan(200);
});
