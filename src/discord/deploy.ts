/**
 * `npm run commands:deploy`: registers the commands without starting the bot.
 */
import { readFileSync } from 'node:fs';
import { DiscordAPIError, REST, RESTJSONErrorCodes, Routes } from 'discord.js';
import { z } from 'zod';
import { commands, messageCommands } from '../../commands/index.ts';
import { readConfig } from '../config.ts';
import { ParleyError } from '../errors.ts';
import { EXIT_CONFIG, inWords, problemText } from '../start-problems.ts';
import { syncCommands } from './registration.ts';

const UNAUTHORIZED = 401;
const Application = z.object({ id: z.string() });

const result = readConfig(process.env, (path) => readFileSync(path, 'utf8'));
// Registering takes no Gemini key and no database: what concerns Discord is enough.
const discord = result.ok ? result.config.discord : result.understood.discord;
if (discord === null) {
  const problems = result.ok ? [] : result.problems.filter((problem) => /^(DISCORD|DEV|MESSAGE)_/.test(problem));
  process.stderr.write(problemText(problems));
  process.exit(EXIT_CONFIG);
}

const rest = new REST(discord.apiUrl === null ? {} : { api: discord.apiUrl }).setToken(discord.token);
try {
  const { id } = Application.parse(await rest.get(Routes.currentApplication()));
  const outcome = await syncCommands(rest, id, discord.devGuildId, [...commands, ...messageCommands]);
  const where = discord.devGuildId === null ? 'for every server' : `for server ${discord.devGuildId}`;
  process.stdout.write(`${commands.length + messageCommands.length} commands ${where}: ${outcome}\n`);
} catch (error) {
  const problem = settingAtFault(error);
  const reason = error instanceof Error ? error.message : String(error);
  process.stderr.write(problem === null ? `The commands could not be registered: ${reason}\n` : problemText([problem]));
  process.exitCode = problem === null ? 1 : EXIT_CONFIG;
}

/** What a person has to put right, where Discord's answer comes down to a setting. */
function settingAtFault(error: unknown): string | null {
  if (!(error instanceof DiscordAPIError)) return null;
  if (error.status === UNAUTHORIZED) return inWords(new ParleyError('DISCORD_TOKEN_REFUSED'));
  if (error.code !== RESTJSONErrorCodes.MissingAccess) return null;
  return 'DEV_GUILD_ID names a server that the bot has not been added to';
}
