/** How many records a page asks for. */
export const PAGE = 100;

/** How much the browser keeps of a topic: so many records, and so many signs of text. */
export const MOST_RECORDS = 5000;
export const MOST_SIGNS = 16_000_000;

/** How many records a search finds before it asks whether to go on. */
export const FOUND_AT_ONCE = 500;

/** How many found records the browser keeps. */
export const MOST_FOUND = 2000;

/** How many thumbnails are kept, and how many are asked for at once. */
export const MOST_PREVIEWS = 400;
export const PREVIEWS_AT_ONCE = 4;

/** A row is looked at once it has been seen for so long: what rushes by gets no thumbnail. */
export const LOOKED_AT_MS = 200;

/** How far the points of a thumbnail, and of the picture of an opened record, are thinned. */
export const THUMBNAIL_POINTS = 96;
export const PICTURE_POINTS = 256;

/** A tail is painted at most so often: nobody reads faster. */
export const PAINT_MS = 50;

/** How long to wait before a tail is connected again: the first time, and at most. */
export const RECONNECT_MS = 500;
export const RECONNECT_AT_MOST_MS = 10_000;
