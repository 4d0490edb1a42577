import { expect, test } from "vitest";
import { callOf, firstCall } from "./test-call.ts";

test("an empty field is not sent", () => {
  expect(callOf({ ...firstCall("badges"), address: "  ", page: "" })).toEqual({ api: "badges" });
});

test("only the chosen app, and the chosen way to name an operation, are sent", () => {
  const filled = {
    ...firstCall("badges"),
    operation: "badges.sync",
    method: "PUT",
    path: " /v1/badges/7 ",
    address: " 198.51.100.7 ",
    page: "https://example.com/",
    androidPackage: "com.example.app",
    androidCertSha1: "aa",
    iosBundleId: "com.example.ios",
  };
  expect(callOf({ ...filled, app: "ios" })).toEqual({
    api: "badges",
    operation: "badges.sync",
    clientIp: "198.51.100.7",
    referrer: "https://example.com/",
    iosBundleId: "com.example.ios",
  });
  expect(callOf({ ...filled, by: "path", app: "android" })).toEqual({
    api: "badges",
    method: "PUT",
    path: "/v1/badges/7",
    clientIp: "198.51.100.7",
    referrer: "https://example.com/",
    androidPackage: "com.example.app",
    androidCertSha1: "aa",
  });
});

test("scopes that the service requires are sent as a list", () => {
  const requiredScopes = " badges:read, badges:audit ";
  expect(callOf({ ...firstCall("badges"), requiredScopes })).toEqual({
    api: "badges",
    requiredScopes: ["badges:read", "badges:audit"],
  });
});

test("a method without a path names no operation", () => {
  expect(callOf({ ...firstCall("badges"), by: "path" })).toEqual({ api: "badges" });
});
