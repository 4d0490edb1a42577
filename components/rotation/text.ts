import { formatNumber, plural } from "#core/format.ts";
import type { Propagation } from "#domain/keys/propagation/schema.ts";
import { formatSeconds } from "../ui/format.ts";

/** How far a change has reached the verifiers. */
export interface PropagationState {
  propagation: Propagation | null;
  /** Since the change was answered, in ms. */
  tookMs: number;
  /** Polling has ended. */
  finished: boolean;
}

/** "The key is rejected everywhere after 0.2 s, 3 of 3 verifiers." `what` is rejected. */
export function propagationText(what: string, { propagation, tookMs, finished }: PropagationState): string {
  if (propagation === null) {
    return finished ? "The state of the verifiers could not be loaded." : "Updating verifiers…";
  }
  const { verifiers, reached } = propagation;
  if (verifiers === 0) return `${what} is rejected. No verifier is running: the portal verifies keys itself.`;
  const count = `${reached} of ${plural(verifiers, "verifier")}`;
  if (reached >= verifiers) return `${what} is rejected everywhere after ${formatSeconds(tookMs)}, ${count}.`;
  return finished
    ? `${count} updated. An unreachable verifier stops answering on its own; see the verifiers page.`
    : `Updating verifiers: ${count} so far…`;
}

/** The texts of a key's secrets: their list, rotation, and what to do after a leak. */
export const rotationText = {
  secrets: {
    title: "Secrets",
    description:
      "A secret is shown once, when it is created. Requests are verified by its hash, and identified by its hint.",
    table: "Secrets",
    columns: { hint: "Hint", status: "Status", created: "Created", lastUsed: "Last used" },
    lapses: "stops working",
    older: "Old",
    current: "Current",
    never: "Never",
  },
  replace: {
    rotate: "Rotate key…",
    notPossible: (reason: string) => `Rotate key: ${reason}`,
    disabledByAdmin: "An administrator disabled this key, and a new secret would not enable it.",
    leaked: "Report leak…",
    store: (name: string) => `Store the new secret of ${name}`,
    discarded: "The key still exists. Rotate it again to get a secret.",
    oldSecret: "The old secret",
    olderSecret: "The old secret",
    worksUntil: "works until",
  },
  rotate: {
    title: (name: string) => `Rotate ${name}`,
    description: "The key gets a new secret. Its ID, restrictions, limits and history do not change.",
    currentWorksFor: "The current secret works for",
    oldWorksFor: "The old secret works for",
    nowHint: "Programs that still send it are rejected within a second.",
    overlapHint: "Time to deploy the new secret.",
    lastDay: "Last day",
    lastDayHint: "Until the end of that day in your time zone; 30 days at most.",
    dateRequired: "Choose a date from today on.",
    cancel: "Cancel",
    submit: "Rotate key",
    replaceUnseen: "Replace unseen secret",
    overlap: {
      now: "No overlap: stops working now",
      hour: "1 hour",
      day: "1 day",
      week: "7 days",
      month: "30 days",
      date: "Until a date",
    },
    confirmEnd:
      "Nothing was changed: an older secret still works. Select “End the older secret now” to rotate the key anyway.",
    olderWorks: "An older secret still works.",
    olderSecret: "An older secret,",
    stillWorksUntil: "still works until",
    olderTraffic: (lastHour: number, total: number) =>
      lastHour > 0
        ? `${plural(lastHour, "request")} used it in the last hour, ${formatNumber(total)} since the rotation: such requests would be denied.`
        : "No request used it in the last hour.",
    lastUsed: "It was last used",
    maxSecrets: "A key has at most two secrets.",
    endOlder: "End the older secret now",
    unseen:
      "The key has a new secret that nobody has seen. Replacing it ends that secret now and shows you a new one; the older secret keeps working until its overlap ends.",
  },
  leak: {
    title: (name: string) => `${name} leaked`,
    description: "Anyone who found the secret can use it until it is rejected.",
    question: "What do you want to do?",
    rotate: "Rotate without overlap",
    rotateHint: "The key is kept. All earlier secrets stop working within a second. Deploy the new one.",
    revoke: "Revoke key",
    revokeHint: "The key stops working. You can restore it for 30 days.",
    cancel: "Cancel",
    submitRotate: "End the old secret now",
    submitRevoke: "Revoke key now",
    revoked: (name: string) => `${name} is revoked`,
    revokedBody: "You can restore it for 30 days, with the secret that leaked: then rotate it.",
    key: "The key",
    done: "Done",
  },
  overlap: {
    over: "The overlap has ended: the old secret is rejected. Reload to see the remaining secrets.",
    title: "Rotation in progress",
    since: "since",
    stops: "The old secret stops working",
    end: "End now…",
    endTitle: (name: string) => `End the old secret of ${name}?`,
    endConfirm: "End old secret",
    endTraffic: (lastHour: number) =>
      lastHour === 0
        ? "No request used it in the last hour."
        : `${plural(lastHour, "request")} used it in the last hour. Such requests will be denied.`,
    endBody: "It stops working everywhere within a second. This cannot be undone.",
    extend: "Change end date…",
    extendTitle: (name: string) => `Change when the old secret of ${name} stops working`,
    extendConfirm: "Change end date",
    extendLimit: "At most 30 days after the rotation: until",
    lastDay: "Last day",
    lastDayHint: "Until the end of that day in your time zone.",
    oldSecret: "Old secret",
    newSecret: "New secret",
    traffic: "in the last hour,",
    sinceRotation: "since the rotation",
    minutes: (minutes: number, total: number) =>
      `Requests in the last ${minutes} minutes: ${formatNumber(total)}`,
    inUse: "The old secret is still in use:",
    inLastHour: "in the last hour",
    tooEarly: "The old secret has not been used since. Wait an hour to be sure",
    unused: "The old secret has not been used since the rotation: safe to end",
    lastUsed: "The old secret was last used",
    safe: "safe to end",
    daily: "Check first whether a job uses it once a day.",
  },
  senders: {
    table: "Where the old secret is sent from",
    from: "Sent from",
    requests: "Requests",
    lastSeen: "Last seen",
    network: (addresses: number) => `Network, ${formatNumber(addresses)} IP addresses`,
    others: "(others)",
    kinds: {
      address: { title: "IP address", none: "(no IP address given)" },
      origin: { title: "Website", none: "(no page given)" },
      app: { title: "App", none: "(no app given)" },
    },
    operations: "Operations called with the old secret",
    operation: "Operation",
    noOperation: "(none given)",
  },
};
