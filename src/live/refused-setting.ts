/**
 * Which setting a close reason is about, as whoever can change it knows it. The service names fields of its own, in either case
 * (`Unknown name "thinkingConfig" at 'setup.generation_config'`, reference/live-api.md §8.4), or nothing at all. Pure.
 */

/** What no reason says more of. */
const UNKNOWN = 'setup';

/** The first that matches; options stand as `LIVE_OPTIONS.NAME`. */
const FIELDS: readonly (readonly [RegExp, string])[] = [
  [/language_?codes?\b/i, 'language'],
  [/thinking/i, 'LIVE_OPTIONS.thinking'],
  [/\btemperature\b/i, 'LIVE_OPTIONS.temperature'],
  [/\btop_?p\b/i, 'LIVE_OPTIONS.topP'],
  [/\btop_?k\b/i, 'LIVE_OPTIONS.topK'],
  [/max_?output_?tokens/i, 'LIVE_OPTIONS.maxOutputTokens'],
  [/presence_?penalty/i, 'LIVE_OPTIONS.presencePenalty'],
  [/frequency_?penalty/i, 'LIVE_OPTIONS.frequencyPenalty'],
  [/\bseed\b/i, 'LIVE_OPTIONS.seed'],
  [/media_?resolution/i, 'LIVE_OPTIONS.mediaResolution'],
  [/automatic_?activity_?detection|sensitivity|prefix_?padding|silence_?duration/i, 'LIVE_OPTIONS.automaticDetection'],
  [/activity_?handling/i, 'LIVE_OPTIONS.activityHandling'],
  [/turn_?coverage/i, 'LIVE_OPTIONS.turnCoverage'],
  [/context_?window_?compression|trigger_?tokens|sliding_?window|target_?tokens/i, 'LIVE_OPTIONS.compression'],
  [/audio_?transcription|custom_?vocabulary/i, 'LIVE_OPTIONS.transcription'],
  [/affective_?dialog/i, 'LIVE_OPTIONS.affectiveDialog'],
  [/proactiv/i, 'LIVE_OPTIONS.proactiveAudio'],
  [/\bvoices?\b|voice_?(name|config)|speech_?config/i, 'voice'],
  [/function_?declaration|'?setup\.tools|google_?search|code_?execution/i, 'tools'],
  [/system_?instruction/i, 'persona'],
];

export function refusedSetting(reason: string): string {
  return FIELDS.find(([pattern]) => pattern.test(reason))?.[1] ?? UNKNOWN;
}

/** A close frame holds so much of a reason, bytes (RFC 6455 §5.5). */
const MOST_BYTES = 123;

/** A reason for the log: its own words, without what could garble a terminal or pass for a line of ours, and no longer than a frame. */
export function quotable(reason: string): string {
  const clean = reason
    .toWellFormed()
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, ' ')
    .trim();
  const bytes = Buffer.from(clean);
  if (bytes.length <= MOST_BYTES) return clean;
  let end = MOST_BYTES;
  // Not in the middle of a character.
  while (((bytes[end] ?? 0) & 0xc0) === 0x80) end--;
  return bytes.subarray(0, end).toString();
}
