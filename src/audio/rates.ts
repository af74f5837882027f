/**
 * The sample rates and frame sizes of the chain. Everything is 16-bit signed mono unless a name says otherwise.
 */

/** What Discord's Opus decodes to, in samples a second. */
export const DISCORD_RATE = 48_000;
/** What the Live API takes (reference/live-api.md §1). */
export const LIVE_INPUT_RATE = 16_000;
/** What the Live API answers with (reference/live-api.md §1). */
export const LIVE_OUTPUT_RATE = 24_000;

/** Discord sends and wants one packet every 20 ms. */
export const FRAME_MS = 20;
/** Samples of one frame at 48 kHz, a channel. */
export const DISCORD_FRAME_SAMPLES = (DISCORD_RATE * FRAME_MS) / 1000;
/** Samples of one frame at 16 kHz. */
export const LIVE_INPUT_FRAME_SAMPLES = (LIVE_INPUT_RATE * FRAME_MS) / 1000;
/** Samples of one frame at 24 kHz. */
export const LIVE_OUTPUT_FRAME_SAMPLES = (LIVE_OUTPUT_RATE * FRAME_MS) / 1000;
