import { expect, test } from "vitest";
import { metricsPort } from "./metrics-port.ts";

const settings = (port: number | undefined, verifierPort = 3001) => ({
  verifierPort,
  metrics: { port, portalPort: undefined, host: "127.0.0.1", token: undefined },
});

test("a verifier's metrics have a separate port, a different one for each worker", () => {
  expect(metricsPort(settings(undefined))).toBe(4001);
  expect(metricsPort(settings(undefined, 65_000))).toBe(64_000);
  expect([3002, 3003].map((own) => metricsPort(settings(undefined), own))).toEqual([4002, 4003]);
  expect(metricsPort(settings(9464))).toBe(9464);
  expect([3002, 3003].map((own) => metricsPort(settings(9464), own))).toEqual([9464, 9465]);
});
