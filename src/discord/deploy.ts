/**
 * `npm run commands:deploy`: registers the commands without starting the bot.
 */
import { readFileSync } from 'node:fs';
import { REST, Routes } from 'discord.js';
import { z } from 'zod';
import { commands } from '../../commands/index.ts';
import { readConfig } from '../config.ts';
import { EXIT_CONFIG, problemText } from '../start-problems.ts';
import { syncCommands } from './registration.ts';

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
  const outcome = await syncCommands(rest, id, discord.devGuildId, commands);
  const where = discord.devGuildId === null ? 'for every server' : `for server ${discord.devGuildId}`;
  process.stdout.write(`${commands.length} commands ${where}: ${outcome}\n`);
} catch (error) {
  process.stderr.write(`The commands could not be registered: ${error instanceof Error ? error.message : 'unknown'}\n`);
  process.exitCode = 1;
}
