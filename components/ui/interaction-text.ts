/** Of what is loaded when the pointer or the focus first moves. */
export const interactionText = {
  tableKeys: "Arrow keys move between the rows and the links and buttons of a row.",
};
