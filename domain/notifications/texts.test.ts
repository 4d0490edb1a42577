import { expect, test } from "vitest";
import { EVENT_KINDS, type EventKind } from "#core/events.ts";
import { eventTexts } from "./texts.ts";

const EVENT = {
  projectId: "prj_1",
  subjectId: "key_1",
  subjectName: "checkout",
  actorId: "usr_1",
  actorName: "Ada",
};

test("a plan's quota names its API by the title, in older events by the slug", () => {
  const data = {
    scope: "plan",
    percent: 80,
    limit: 10,
    used: 8,
    period: "day",
    policy: "lists",
    plan: "pro",
    api: "badges",
    resetAt: "2026-12-01T00:00:00.000Z",
  };
  const titleOf = (more: object) =>
    eventTexts({
      kind: "quota.nearing",
      projectId: "prj_1",
      subjectId: "prj_1",
      subjectName: "Chat",
      actorId: null,
      actorName: "The portal",
      data: { ...data, ...more },
    }).title;
  expect(titleOf({ apiName: "Badges API" })).toBe(
    "Chat has used 80% of its daily quota “lists” of Badges API",
  );
  expect(titleOf({})).toBe("Chat has used 80% of its daily quota “lists” of badges");
});

test("the test of a webhook links to its page", () => {
  const pathOf = (data: object) => eventTexts({ ...EVENT, kind: "webhook.test", data: { ...data } }).path;
  expect(pathOf({})).toBe("/projects/prj_1/webhooks/key_1");
  expect(pathOf({ site: true })).toBe("/admin/webhooks/key_1");
});

test("the text about several unused keys speaks of each of them", () => {
  const data = { days: 60, count: 3, disableAt: "2026-12-01T00:00:00.000Z" };
  const textOf = (kind: EventKind) => eventTexts({ ...EVENT, kind, data }).text;
  expect(textOf("key.unused")).toMatch(/^It will be disabled on .* unless it is used\./);
  expect(textOf("keys.unused")).toMatch(/^Each will be disabled on .* unless it is used\./);
});

test("every kind has a text, and none contains «undefined»", () => {
  const data = {
    days: 7,
    count: 3,
    role: "developer",
    roleBefore: "viewer",
    token: "deploy",
    hint: "lk_live_Ab12…wxyz",
    lapsesAt: null,
    maxDays: 90,
    scope: "key",
    percent: 80,
    limit: 1_000,
    used: 800,
    period: "month",
    resetAt: "2026-12-01T00:00:00.000Z",
    api: "badges",
    plan: "Pro",
    takesEffect: "now",
    version: 2,
    appliesAt: "2026-12-01T00:00:00.000Z",
    names: "badges.list",
    keys: 2,
    sunset: null,
    requests: 10,
    denied: 5,
    windowMinutes: 15,
    threshold: 50,
    networks: "192.0.2.0/24",
  };
  for (const kind of [...EVENT_KINDS, "webhook.test"] as EventKind[]) {
    const words = eventTexts({ ...EVENT, kind, data });
    expect(words.title).not.toBe("");
    expect(JSON.stringify(words)).not.toMatch(/undefined|null|NaN/);
    expect(words.path).toMatch(/^\/(projects|apis|admin)\//);
  }
});
