/**
 * The message with a room's controls, for as long as the room is open: posted once, kept true with few edits, posted anew when
 * somebody has deleted it, switched off in the end.
 */
import type { Clock, Timer } from '../../types/clock.ts';
import type { Log } from '../../types/log.ts';
import type { NoticeBoard, PostedPanel } from '../notice-board.ts';
import type { PanelAddress } from './edit-panel.ts';
import type { PanelBody } from './panel-body.ts';
import type { PanelMemory } from './panel-memory.ts';

/**
 * Between two edits. Discord takes five in 5 s of a channel, and what else is edited there needs its share; nobody reads a panel
 * faster.
 */
export const EDIT_MS = 2_000;
/** Between two posts: whoever deletes the panel on purpose shall not see it again at once, and the channel does not fill up. */
export const REPOST_MS = 60_000;

export interface PanelOptions {
  readonly board: Pick<NoticeBoard, 'postPanel'>;
  /** What it has to show now. */
  readonly render: () => PanelBody;
  /** Has it outlast a kill; told after every post and edit. */
  readonly memory: PanelMemory;
  readonly clock: Clock;
  readonly log: Log;
}

export interface Panel {
  /** Posts it for the first time. False when there is no place for it. */
  post(): Promise<boolean>;
  /** Something that it shows may have changed. */
  changed(): void;
  /** Whether that message is this panel, or may be because it is being posted just now. */
  isMessage(messageId: string): boolean;
  /** Shows this from now on and nothing else. Resolves when that is done or could not be. */
  close(last: PanelBody): Promise<void>;
}

type State =
  | { readonly status: 'unposted' }
  /** `shown` is null where it is not known: an edit came to nothing. */
  | { readonly status: 'posted'; readonly message: PostedPanel; readonly shown: string | null }
  | { readonly status: 'posting' }
  /** It was deleted, or there was no place for it. */
  | { readonly status: 'missing' };

export function createPanel({ board, render, memory, clock, log }: PanelOptions): Panel {
  let state: State = { status: 'unposted' };
  let timer: Timer | null = null;
  let mayEditAt = 0;
  let mayPostAt = 0;
  let closing = false;
  /** One request at a time, so that the last one to leave is the last one to arrive. */
  let last: Promise<unknown> = Promise.resolve();

  const next = <T>(request: () => Promise<T>): Promise<T> => {
    const done = last.then(request);
    last = done.catch(() => undefined);
    return done;
  };

  const put = async (): Promise<void> => {
    const body = render();
    mayPostAt = clock.now() + REPOST_MS;
    mayEditAt = clock.now() + EDIT_MS;
    state = { status: 'posting' };
    const message = await board.postPanel(body);
    state = message === null ? { status: 'missing' } : { status: 'posted', message, shown: JSON.stringify(body) };
    if (message !== null) memory.remember(message);
  };

  /** Shows something else in the message. It may turn out to be gone. */
  const show = async (message: PostedPanel, body: PanelBody): Promise<void> => {
    mayEditAt = clock.now() + EDIT_MS;
    state = { status: 'posted', message, shown: null };
    try {
      const outcome = await message.edit(body);
      if (outcome === 'gone') return await lost(message);
      state = { status: 'posted', message, shown: JSON.stringify(body) };
      memory.remember(message);
    } catch (error) {
      log.warn({ err: error, ...addressOf(message) }, 'a panel could not be brought up to date');
    }
  };

  const lost = async (message: PostedPanel): Promise<void> => {
    state = { status: 'missing' };
    await memory.forget(message);
    changed();
  };

  const bringUpToDate = async (): Promise<void> => {
    if (closing) return;
    if (state.status === 'missing') return clock.now() < mayPostAt ? changed() : put();
    if (state.status !== 'posted') return;
    const body = render();
    if (JSON.stringify(body) !== state.shown) await show(state.message, body);
  };

  const changed = (): void => {
    if (closing || timer !== null || state.status === 'unposted') return;
    const dueAt = state.status === 'missing' ? mayPostAt : mayEditAt;
    timer = clock.after(Math.max(0, dueAt - clock.now()), () => {
      timer = null;
      next(bringUpToDate).catch((error: unknown) => log.error({ err: error }, 'a panel could not be shown'));
    });
  };

  const switchOff = async (body: PanelBody): Promise<void> => {
    if (state.status !== 'posted') return;
    const { message } = state;
    await show(message, body);
    if (state.status === 'posted' && state.shown !== null) await memory.forget(message);
  };

  return {
    post: () =>
      next(async () => {
        // Closed before it was posted: nobody misses it.
        if (closing) return true;
        await put();
        return state.status === 'posted';
      }),
    changed,
    isMessage: (messageId) =>
      state.status === 'posting' || (state.status === 'posted' && state.message.messageId === messageId),
    close(body) {
      closing = true;
      timer?.cancel();
      return next(() => switchOff(body));
    },
  };
}

function addressOf({ channelId, messageId }: PanelAddress): PanelAddress {
  return { channelId, messageId };
}
