/**
 * A moment as everybody reads it in their own language: "in 5 hours", "2 minutes ago" (Discord, "Reference", Timestamp Styles).
 *
 * @param at ms since 1970
 */
export function relativeTime(at: number): string {
  return `<t:${Math.round(at / 1000)}:R>`;
}
