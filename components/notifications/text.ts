export const notificationsText = {
  title: "Notifications",
  facts: "Events in your projects that others caused or that need your attention.",
  settings: "Email settings",
  noun: "notifications",
  isNew: "New: ",
  undo: "Undo",
  undoAbout: (title: string) => `Undo: ${title}`,
  undone: "Undone",
  empty: {
    title: "No notifications yet",
    body: "You are notified when a key of your projects is about to expire, is disabled, revoked or rotated by someone else, or leaks.",
  },
};
