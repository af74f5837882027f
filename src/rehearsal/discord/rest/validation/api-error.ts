/**
 * Refusals with a code of their own, for bodies whose form is right but which Discord does not carry out. Codes and words are those
 * of Discord's "JSON Error Codes".
 */

export interface ApiError {
  readonly code: number;
  readonly message: string;
}

export const apiErrors = {
  tooManyFiles: { code: 30015, message: 'Maximum number of attachments in a message reached (10)' },
  tooLarge: { code: 40005, message: 'Request entity too large' },
  emptyMessage: { code: 50006, message: 'Cannot send an empty message' },
  voiceWithMore: { code: 50159, message: 'Voice messages do not support additional content.' },
  voiceWithoutAudio: { code: 50160, message: 'Voice messages must have a single audio attachment.' },
  voiceWithoutMetadata: { code: 50161, message: 'Voice messages must have supporting metadata.' },
  voiceEdited: { code: 50162, message: 'Voice messages cannot be edited.' },
  forwardWithMore: { code: 160011, message: 'Forward messages cannot have additional content' },
  /** What a text too large for Discord's own storage runs into: HTTP 500, no form error (discord-api-docs issue 8554). */
  serverError: { code: 0, message: '500: Internal Server Error' },
} as const satisfies Record<string, ApiError>;
