/** Words of numbers that refresh by themselves. */
export const updatingText = {
  updating: "Updating",
  refreshedEvery: (refreshMs: number) =>
    `Refreshed every ${refreshMs < 60_000 ? `${refreshMs / 1_000} seconds` : "minute"} while this page is visible`,
  offline: "You are offline. These numbers are old.",
  notRefreshed: "The portal does not respond. Retrying.",
};
