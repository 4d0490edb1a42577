import { expect, test } from "vitest";
import { isRedisUrl, parseClusterUrl } from "./redis-url.ts";

test("the URL of a cluster names its nodes, and the account for all of them", () => {
  expect(parseClusterUrl("redis+cluster://a.example.com:7000,10.0.0.2,[::1]:7002")).toEqual({
    nodes: [
      { host: "a.example.com", port: 7000 },
      { host: "10.0.0.2", port: 6379 },
      { host: "::1", port: 7002 },
    ],
    username: undefined,
    password: undefined,
    tls: false,
  });
  expect(parseClusterUrl("rediss+cluster://latchkey:p%40ss:w@redis.internal/")).toEqual({
    nodes: [{ host: "redis.internal", port: 6379 }],
    username: "latchkey",
    password: "p@ss:w",
    tls: true,
  });
  expect(parseClusterUrl("redis+cluster://:secret@redis")).toMatchObject({
    username: undefined,
    password: "secret",
  });
});

test.each([
  "redis+cluster://",
  "redis+cluster://a,",
  "redis+cluster://a:0",
  "redis+cluster://a:70000",
  "redis+cluster://a/1",
  "redis+cluster://a?password=x",
  "redis+cluster://:%ff@a",
  "redis+cluster://a b",
  "redis-cluster://a",
  "http://a",
  "redis://",
])("%s is no URL of Redis", (url) => {
  expect(isRedisUrl(url)).toBe(false);
});

test.each(["redis://a", "rediss://:x@a:1/2", "redis+cluster://a,b,c"])("%s is a URL of Redis", (url) => {
  expect(isRedisUrl(url)).toBe(true);
});
