import { plural } from "#core/format.ts";
import type { Key, KeyStatus } from "#domain/keys/schema.ts";

export const STATUS_TEXT: Record<KeyStatus, string> = {
  active: "Active",
  disabled: "Disabled",
  expired: "Expired",
  revoked: "Revoked",
};

/** What happens to a key soon. */
export const NEAR_TEXT = {
  restorableFor: (duration: string) => `restorable for ${duration}`,
  expiresIn: (duration: string) => `expires in ${duration}`,
  overlapEndsIn: (duration: string) => `overlap ends in ${duration}`,
  pendingApproval: "Awaiting approval",
};

/** How many entries restrict a key. */
export const RESTRICTIONS_TEXT = {
  unrestricted: "Unrestricted",
  to: (entries: string) => `Restricted to ${entries}`,
  kinds: {
    apis: (count: number) => plural(count, "API"),
    ips: (count: number) => plural(count, "IP address or network", "IP addresses and networks"),
    referrers: (count: number) => plural(count, "website"),
    apps: (count: number) => plural(count, "app"),
  },
};

export const ANY_API_TEXT = "Any enabled";

/** Stands after "Revoked" or "Disabled". Not for members, because any other member can undo what they did. */
const ENDED_BY: Record<NonNullable<Key["endedBy"]>, string> = {
  member: "",
  leak: "because of a leak",
  policy: "by a policy",
  admin: "by an administrator",
};

/** "by an administrator"; empty when a member did it or nobody is known. */
export function endedByText(by: Key["endedBy"]): string {
  return by === null ? "" : ENDED_BY[by];
}
