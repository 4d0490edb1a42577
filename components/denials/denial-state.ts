import { DAY_MS, HOUR_MS } from "#core/time.ts";
import { type DenialCode, VERDICT_CODES } from "#core/verdict.ts";
import { defineUrlState, oneOf, text, type UrlStateOf } from "../ui/url-state.ts";

/** How far the list reaches back; details are kept for 30 days. */
export const RANGE_MS = {
  "1h": HOUR_MS,
  "24h": DAY_MS,
  "7d": 7 * DAY_MS,
  "30d": 30 * DAY_MS,
};
export type DenialRange = keyof typeof RANGE_MS;

export const DENIAL_CODES = VERDICT_CODES.filter((code): code is DenialCode => code !== "VALID");

/** What the list of denied requests shows. */
export const DENIAL_LIST = defineUrlState({
  range: oneOf(["1h", "24h", "7d", "30d"] as const satisfies DenialRange[]),
  code: oneOf(DENIAL_CODES),
  key: text(/^key_\w+$/),
  cursor: text(),
});
export type DenialState = UrlStateOf<typeof DENIAL_LIST> & { range: DenialRange };

/** Reads the state from a URL: the last day unless it names another range. */
export function readDenialState(search: { get(name: string): string | null }): DenialState {
  return { range: "24h", ...DENIAL_LIST.read(search) };
}
