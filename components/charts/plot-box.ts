/** Where the bars stand inside the picture, in pixels, so that what lies over it needs no measuring. */
export const PLOT = { height: 280, top: 8, left: 44, bottom: 28 };
