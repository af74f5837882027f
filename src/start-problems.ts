/**
 * Everything that keeps the bot from starting, found at once and said in plain words, so that nobody has to correct one
 * thing only to be told of the next.
 */
import type { Config, ConfigResult, DiscordConfig } from './config.ts';
import { createClient, logIn } from './discord/client.ts';
import { type ErrorCode, ParleyError } from './errors.ts';
import { databaseProblem } from './store/open-database.ts';

/** `EX_CONFIG` of sysexits.h: a supervisor need not try again before somebody has changed something. */
export const EXIT_CONFIG = 78;

/** How long somebody who has a problem to read already is made to wait for Discord's verdict on the token. */
const PROBE_MS = 8_000;

/** Errors that a person has to put right before it makes sense to start again. */
const START_CODES: ReadonlySet<ErrorCode> = new Set([
  'DISCORD_TOKEN_REFUSED',
  'DISCORD_INTENT_REFUSED',
  'STORE_UNUSABLE',
  'CONFIG_INVALID',
]);

export function isStartProblem(error: unknown): error is ParleyError {
  return error instanceof ParleyError && START_CODES.has(error.code);
}

/** The problems of settings that are wrong, and those that would only have shown after they were put right. */
export async function problemsOfConfig(failed: ConfigResult & { ok: false }): Promise<readonly string[]> {
  const { discord, databasePath } = failed.understood;
  const store = databasePath === null ? null : databaseProblem(databasePath);
  const refusal = discord === null ? null : await discordRefusal(discord);
  return [...failed.problems, ...[store, refusal].flatMap((error) => (error === null ? [] : [inWords(error)]))];
}

/** The problem that ended the start, and what would have ended the next one. */
export async function problemsOfStart(error: ParleyError, config: Config): Promise<readonly string[]> {
  if (error.code !== 'STORE_UNUSABLE') return [inWords(error)];
  const refusal = await discordRefusal(config.discord);
  return refusal === null ? [inWords(error)] : [inWords(error), inWords(refusal)];
}

/** For a person at a terminal. */
export function problemText(problems: readonly string[]): string {
  return `Parley cannot start:\n${problems.map((problem) => `  - ${problem}\n`).join('')}`;
}

/** Logs in and out again; trouble with the network is no verdict. */
async function discordRefusal(discord: DiscordConfig): Promise<ParleyError | null> {
  try {
    const client = await logIn({
      token: discord.token,
      create: () => createClient(discord),
      signal: AbortSignal.timeout(PROBE_MS),
    });
    await client.destroy();
    return null;
  } catch (error) {
    return isStartProblem(error) ? error : null;
  }
}

/** One problem in plain words, with what to do about it. */
export function inWords({ code, details }: ParleyError): string {
  switch (code) {
    case 'DISCORD_TOKEN_REFUSED':
      return 'DISCORD_TOKEN is refused by Discord: reset it in the Developer Portal, page "Bot", and set the new one';
    case 'DISCORD_INTENT_REFUSED':
      return 'MESSAGE_CONTENT is true, but Discord refuses that intent: switch on "Message Content Intent" in the Developer Portal, page "Bot", or set MESSAGE_CONTENT=false';
    case 'STORE_UNUSABLE':
      return `DATABASE_URL names ${details['path']}, which cannot be used: ${details['why']}`;
    default:
      return code;
  }
}
