/** Words that every page shares. */
export const uiText = {
  cancel: "Cancel",
  done: "Done",
  save: "Save",
  saved: "Saved.",
  close: "Close",
  actions: "Actions",
  clear: "Clear",
  filter: "Filter",
  never: "Never",
  none: "None",
  admin: "Admin",

  search: "Search",
  searchBy: (field: string) => `Search by ${field.charAt(0).toLowerCase()}${field.slice(1)}`,
  pagesOf: (noun: string) => `Pages of ${noun}`,
  firstPage: "First",
  nextPage: "Next",
  breadcrumb: "Breadcrumb",
  optional: "(optional)",

  typeToConfirm: (word: string) => `Type ${word} to confirm`,
  notifications: "Messages",
  dismiss: "Dismiss",
  undo: "Undo",
  failed: "This didn't work.",
  failedAbout: (what: string) => `${what}: this didn't work.`,
  rename: "Rename",
  renamed: "Renamed.",
  name: "Name",

  theme: "Theme",
  themes: [
    { value: "system", label: "System" },
    { value: "light", label: "Light" },
    { value: "dark", label: "Dark" },
  ],

  signInAgain: "Sign in again in a new tab",
  signInAgainDetail: ", then send this once more. Your input stays here.",
  unanswered: "The portal did not answer, or its answer was lost. Your input is still here: try again.",
  unansweredAttempt:
    "The portal did not answer, or its answer was lost. Try again: if the first attempt succeeded, you get its result, and nothing is done twice.",
  replayed: "This is the result of your first attempt.",
  replayedDetail: "The answer was lost. Nothing was done twice.",
};
