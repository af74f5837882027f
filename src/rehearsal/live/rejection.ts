/**
 * How the service says no: a WebSocket close with a code and a reason, never a message (live-api.md §1, §8.4).
 */

export interface Rejection {
  readonly code: number;
  /** In full; cut to what a close frame holds when it is sent. */
  readonly reason: string;
}

/** A close frame holds 125 bytes, two of them the code (RFC 6455 §5.5). */
const MAX_REASON_BYTES = 123;

/** The first 123 bytes of a reason, without half a character at the end. */
export function cutReason(reason: string): string {
  const whole = Buffer.from(reason);
  if (whole.length <= MAX_REASON_BYTES) return reason;
  let end = MAX_REASON_BYTES;
  while (((whole[end] ?? 0) & 0xc0) === 0x80) end--;
  return whole.subarray(0, end).toString();
}

/** RFC 6455 codes as Google uses them. */
const INVALID = 1007;
const POLICY = 1008;
const INTERNAL = 1011;

const invalid = (reason: string): Rejection => ({ code: INVALID, reason });

/** Reasons as reported for the real service (§8.4); what is reported of none is `invalidArgument`, its catch-all. */
export const rejections = {
  invalidArgument: invalid('Request contains an invalid argument.'),
  payload: invalid,
  notJson: invalid('Invalid JSON payload received. Unexpected token.'),
  setupFirst: invalid('setup must be the first message and only the first'),
  badKey: invalid('API key not valid. Please pass a valid API key.'),
  noKey: {
    code: POLICY,
    reason:
      "Method doesn't allow unregistered callers (callers without established identity). Please use API Key or other form of API consumer identity to call this API.",
  },
  automaticDetection: invalid(
    'Explicit activity control is not supported when automatic activity detection is enabled.',
  ),
  textFromAudioModel: invalid('Cannot extract voices from a non-audio request.'),
  twoModalities: invalid(
    'At most one response modality can be specified in the setup request. To enable simultaneous transcription and audio output, enable output audio transcription.',
  ),
  unknownVoice: (voice: string, model: string): Rejection =>
    invalid(`Requested voice api_name '${voice}' is not available for model models/${model}`),
  unknownModel: (model: string, version: string): Rejection => ({
    code: POLICY,
    reason: `${model} is not found for API version ${version}, or is not supported for bidiGenerateContent`,
  }),
  mediaChunks: invalid('realtime_input.media_chunks is deprecated. Use audio, video, or text instead.'),
  inputDuringCall: { code: POLICY, reason: 'Operation is not implemented, or supported, or enabled.' },
  unknownCall: { code: POLICY, reason: 'Requested entity was not found.' },
  internal: { code: INTERNAL, reason: 'Internal error encountered.' },
  lifetimeOver: { code: INTERNAL, reason: 'Deadline expired before operation could complete.' },
} as const;
