/**
 * The custom id of the button that stops an answer. The turn's id names it, so that one of before a restart means nothing any more.
 */
export const CHAT_NAMESPACE = 'chat';

/** `chat:stop:TURN`, well below the 100 characters that Discord takes. */
export function stopId(turnId: string): string {
  return `${CHAT_NAMESPACE}:stop:${turnId}`;
}
