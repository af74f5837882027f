/**
 * What a message says about its files ("Attachment Request Structure"): each entry belongs to a file that came with it, or, in an
 * edit, to one that the message has already.
 */
import { messageFaults, unquoted } from './faults.ts';
import { decimal, type Fields, given, records, snowflake, text, yesNo } from './fields.ts';
import type { MessageTerms } from './message-terms.ts';

export const MAX_FILES = 10;
const MAX_WORDS = 1024;
/** Ids that Discord gives have at least so many digits; the numbers of uploaded files have fewer. */
const STORED_ID_DIGITS = 15;
const MAX_DURATION_SECONDS = 2 ** 31 - 1;
/** A waveform in base64, and what it may decode to: one byte for each point that a client draws. */
const MAX_WAVEFORM_CHARACTERS = 400;
const MAX_WAVEFORM_BYTES = 256;

export function checkAttachments(message: Fields, { files, edit }: MessageTerms): void {
  for (const attachment of records(message, 'attachments', { max: MAX_FILES })) {
    const id = snowflake(attachment, 'id', { required: true });
    const uploaded = files.some(({ index }) => String(index) === id);
    const stored = edit && id !== null && id.length >= STORED_ID_DIGITS;
    if (id !== null && !uploaded && !stored) attachment.spot.report(messageFaults.noSuchFile);
    text(attachment, 'filename', { min: 1, max: MAX_WORDS });
    text(attachment, 'description', { max: MAX_WORDS });
    text(attachment, 'title', { max: MAX_WORDS });
    yesNo(attachment, 'is_spoiler');
    decimal(attachment, 'duration_secs', { min: 0, max: MAX_DURATION_SECONDS });
    checkWaveform(attachment);
  }
}

function checkWaveform(attachment: Fields): void {
  const waveform = text(attachment, 'waveform', { max: MAX_WAVEFORM_CHARACTERS });
  if (waveform === null) return;
  const bytes = Buffer.from(waveform, 'base64');
  const isBase64 = bytes.toString('base64') === waveform;
  if (!isBase64 || bytes.length > MAX_WAVEFORM_BYTES) attachment.spot.report(unquoted.attachmentMetadata);
}

/** The names by which components may refer to files of the same message as `attachment://NAME`; null in edits: not known there. */
export function fileNames(message: Fields, { files, edit }: MessageTerms): ReadonlySet<string> | null {
  if (edit) return null;
  const said = given(message, 'attachments');
  const renamed = Array.isArray(said) ? said.map((each: { filename?: unknown } | null) => each?.filename) : [];
  return new Set([...files.map(({ name }) => name), ...renamed.filter((name) => typeof name === 'string')]);
}
