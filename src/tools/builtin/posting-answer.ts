import { ToolFailure } from '../define-tool.ts';
import type { Posting } from '../guild-actions.ts';

/** What the model is told of a post. @throws ToolFailure that names what is missing */
export function postingAnswer<What extends object>(posting: Posting, what: What) {
  const { channel } = posting;
  if (posting.posted) return { posted: true, channel, ...what };
  const missing = posting.missing.join(', ');
  throw new ToolFailure(
    `Nothing was posted: I lack the permission ${missing} in the channel ${channel}. Somebody who manages the server can give it to me.`,
  );
}
