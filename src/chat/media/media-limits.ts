/**
 * How much of what people send is looked at. Apart from the decoders, so that whoever fetches a file knows them without loading those.
 */

/** What Discord lets everybody upload is 10 MB; photos of phones have 3 to 6. */
export const MOST_IMAGE_BYTES = 8_000_000;
/** Cameras have 12 or 24 million; each takes four bytes while the image is scaled. */
export const MOST_IMAGE_PIXELS = 25_000_000;
export const MOST_VOICE_BYTES = 8_000_000;
export const MOST_VOICE_MS = 10 * 60_000;
