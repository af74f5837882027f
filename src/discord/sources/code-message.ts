/**
 * Code that was run for an answer, and what came of it, as its channel reads it: two code blocks, or files for what is too long for
 * them.
 */
import { AttachmentBuilder } from 'discord.js';
import { MESSAGE_LENGTH, type Translate } from '../../i18n/translate.ts';
import type { CodeRun } from '../../types/tools.ts';

export interface CodeMessage {
  readonly content: string;
  readonly files: readonly AttachmentBuilder[];
}

/** For the words around the blocks. */
const MARGIN = 250;
/** Characters by which an excerpt is tried shorter. */
const EXCERPT_STEP = 50;
/** Ends of the names that editors know; anything else is text. */
const EXTENSIONS: Readonly<Record<string, string>> = { python: 'py' };

export function codeMessage(t: Translate, run: CodeRun): CodeMessage {
  const whole = compose(t, run, block(run.code, run.language), block(run.output, ''));
  if (whole.length <= MESSAGE_LENGTH) return { content: whole, files: [] };
  const room = (MESSAGE_LENGTH - MARGIN) / 2;
  const code = shown(run.code, run.language, `code.${EXTENSIONS[run.language] ?? 'txt'}`, room);
  const output = shown(run.output, '', 'output.txt', room);
  return { content: compose(t, run, code.words, output.words), files: [...code.files, ...output.files] };
}

/** The same where no files may be attached: what does not fit is left out. */
export function codeExcerpt(t: Translate, run: CodeRun): string {
  const room = (MESSAGE_LENGTH - MARGIN) / 2;
  const [code, output] = [excerpt(run.code, run.language, room), excerpt(run.output, '', room)];
  return `${compose(t, run, code, output)}\n${t('code.cut')}`;
}

function compose(t: Translate, { outcome, output }: CodeRun, code: string, printed: string): string {
  const head = [t('code.ran'), code];
  const silent = output.trim() === '';
  switch (outcome) {
    case 'ok':
      return [...head, ...(silent ? [t('code.printedNothing')] : [t('code.printed'), printed])].join('\n');
    case 'failed':
      return [...head, ...(silent ? [t('code.failedSilently')] : [t('code.failed'), printed])].join('\n');
    case 'timedOut':
      return [...head, t('code.timedOut'), ...(silent ? [] : [t('code.printed'), printed])].join('\n');
    case null:
      return [...head, t('code.unknown'), ...(silent ? [] : [t('code.printed'), printed])].join('\n');
  }
}

function shown(
  text: string,
  language: string,
  file: string,
  room: number,
): { words: string; files: AttachmentBuilder[] } {
  const words = block(text, language);
  if (words.length <= room) return { words, files: [] };
  return { words: `\`${file}\``, files: [new AttachmentBuilder(Buffer.from(text), { name: file })] };
}

/** An invisible character between the marks keeps a fence in the text from ending the block. */
function block(text: string, language: string): string {
  const safe = text.replace(/`{3,}/g, (marks) => [...marks].join('\u200b')).trimEnd();
  return `\`\`\`${language}\n${safe.toWellFormed()}\n\`\`\``;
}

/** As much of it as a block of that length holds, in whole lines where there are any. */
function excerpt(text: string, language: string, room: number): string {
  const whole = block(text, language);
  if (whole.length <= room) return whole;
  let most = room;
  for (let cut = whole; cut.length > room; most -= EXCERPT_STEP) cut = block(`${wholeLines(text, most)}\n…`, language);
  return block(`${wholeLines(text, most + EXCERPT_STEP)}\n…`, language);
}

function wholeLines(text: string, most: number): string {
  const cut = text.slice(0, most);
  const line = cut.lastIndexOf('\n');
  return line > most / 2 ? cut.slice(0, line) : cut;
}
