export const deletedProjectsText = {
  title: "Deleted projects",
  facts: "Their statements can still be read and exported.",
  columns: { project: "Project", created: "Created", deleted: "Deleted" },
  empty: { title: "No deleted projects", body: "A project appears here after an owner has deleted it." },
  showAll: "Show all deleted projects",
};
