/** Text about numbers that refresh automatically. */
export const updatingText = {
  updating: "Updating",
  refreshedEvery: (refreshMs: number) =>
    `Refreshed every ${refreshMs < 60_000 ? `${refreshMs / 1_000} seconds` : "minute"} while this page is visible`,
  offline: "You are offline. These numbers may be out of date.",
  notRefreshed: "The portal does not respond. Retrying.",
};
