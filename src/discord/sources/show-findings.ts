/**
 * Shows in a room's channel what an answer rests on.
 */
import { MessageFlags } from 'discord.js';
import type { Translate } from '../../i18n/translate.ts';
import type { RoomEvent } from '../../room/protocol.ts';
import type { NoticeBoard } from '../notice-board.ts';
import { codeExcerpt, codeMessage } from './code-message.ts';
import { sourceMessages } from './source-links.ts';

export type FindingsEvent = Extract<RoomEvent, { type: 'sources' | 'code' }>;

export async function showFindings(
  board: Pick<NoticeBoard, 'show'>,
  t: Translate,
  event: FindingsEvent,
): Promise<void> {
  if (event.type === 'code') return showCode(board, t, event);
  for (const content of sourceMessages(t, event.queries, event.sources)) {
    await board.show({ content, flags: MessageFlags.SuppressEmbeds });
  }
}

async function showCode(
  board: Pick<NoticeBoard, 'show'>,
  t: Translate,
  run: Extract<FindingsEvent, { type: 'code' }>,
): Promise<void> {
  const { content, files } = codeMessage(t, run);
  const shown = await board.show({ content, files: [...files] });
  // More often than not it is the files that are not allowed.
  if (!shown && files.length > 0) await board.show({ content: codeExcerpt(t, run) });
}
