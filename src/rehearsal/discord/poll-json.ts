/**
 * A poll as Discord gives it back: its answers numbered, its end as a time (Discord, "Poll Resource").
 */

interface PollRequest {
  readonly question: { readonly text: string };
  readonly answers: readonly { readonly poll_media: object }[];
  /** hours */
  readonly duration?: number | null;
  readonly allow_multiselect?: boolean | null;
}

const DEFAULT_HOURS = 24;
const HOUR_MS = 3_600_000;

/** @param poll as it was asked for, checked. @param now ms since 1970 */
export function pollJson(poll: unknown, now: number): object {
  const { question, answers, duration, allow_multiselect } = poll as PollRequest;
  return {
    question,
    answers: answers.map(({ poll_media }, index) => ({ answer_id: index + 1, poll_media })),
    expiry: new Date(now + (duration ?? DEFAULT_HOURS) * HOUR_MS).toISOString(),
    allow_multiselect: allow_multiselect ?? false,
    layout_type: 1,
    results: { is_finalized: false, answer_counts: [] },
  };
}
