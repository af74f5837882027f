import { expect, test } from 'vitest';
import type { ToolTrouble } from '../../../src/tools/define-tool.ts';
import { foreignTool, someTool } from '../../kit/some-tool.ts';
import { answered, type BotOptions, posted, startBot, startDiscord, words } from './harness.ts';

/** A model that can run code, unlike the default one. */
const RUNS_CODE = { GEMINI_MODEL: 'gemini-live-2.5-flash-preview' };

/** Olive owns the server, Adam has called the bot into the lounge. */
async function joined(options: BotOptions = {}) {
  const discord = await startDiscord();
  const bot = await startBot(discord, options);
  const { control } = discord;
  const lounge = control.channel('Lounge');
  const adam = control.person('Adam');
  adam.joinVoice(lounge);
  await adam.command('join').until(answered);
  return { ...bot, discord, lounge, adam, olive: control.person('Olive') };
}

const named = (name: string, subcommand: string) => ({ subcommand, options: { name } });

test('/tools list tells anyone what there is, whose it is, who may use it, and why one cannot be used', async () => {
  const { discord, adam } = await joined();
  const list = await adam.command('tools', { subcommand: 'list' }).until(answered);
  const [heading, google, search, code, own, time] = words(list).split('\n');
  expect(heading).toBe('What I may use in a conversation; for everybody in the room, unless something else is said:');
  expect(google).toBe('**From Google, run at the Live service**');
  expect(search).toBe('- `google_search`: **on**. Looks things up on the web.');
  expect(code).toContain('- `code_execution`: **not available**. The model `gemini-3.8-live` does not offer it.');
  expect(own).toBe('**My own**');
  expect(time).toBe('- `current_time`: **on**. Tells the time and the date anywhere.');
  expect(words(list)).toContain(
    '`create_poll`: **on**. Starts a poll in the chat. For whoever has the permission **Create',
  );
  expect(words(list).split('\n').at(-1)).toContain('**Manage Server**');
  expect(list.messages[0]?.privateTo).toBe(adam.id);
  const german = await adam.command('tools', { subcommand: 'list', locale: 'de' }).until(answered);
  expect(words(german)).toContain('- `google_search`: **an**. Schlägt Dinge im Web nach.');
  expect(discord.violations).toEqual([]);
});

test('a tool is switched off and on again, and the room is told each time', async () => {
  const { discord, rooms, lounge, olive } = await joined();
  const read = () => posted(lounge).join('\n');
  const off = await olive.command('tools', named('Google Search', 'disable')).until(answered);
  expect(words(off)).toBe('`google_search` is switched off. It is in force now.');
  expect(rooms.latest().given.tools).toEqual({ google_search: false });
  await expect.poll(read).toContain(`<@${olive.id}> has switched \`google_search\` off for me.`);
  expect(words(await olive.command('tools', { subcommand: 'list' }).until(answered))).toContain(
    '`google_search`: **off**',
  );
  const on = await olive.command('tools', named('google_search', 'enable')).until(answered);
  expect(words(on)).toContain('switched on. It is in force now.');
  await expect.poll(read).toContain('switched `google_search` on for me.');
  expect(words(await olive.command('tools', named('google_search', 'enable')).until(answered))).toContain('so already');
  expect(discord.violations).toEqual([]);
});

test('what the model does not have cannot be switched on: refused with the reason, and nothing is saved', async () => {
  const { rooms, olive, lounge } = await joined();
  const refused = await olive.command('tools', named('code_execution', 'enable')).until(answered);
  expect(words(refused)).toBe(
    '`code_execution` cannot be switched on. The model `gemini-3.8-live` does not offer it. Nothing has changed.',
  );
  expect(rooms.latest().given.tools).toEqual({});
  expect(posted(lounge).join('\n')).not.toContain('code_execution');
});

test('on a model that has it, it can', async () => {
  const { rooms, olive } = await joined({ env: RUNS_CODE });
  const reply = await olive.command('tools', named('code_execution', 'enable')).until(answered);
  expect(words(reply)).toContain('in force now');
  expect(rooms.latest().given.tools).toEqual({ code_execution: true });
});

test('suggested first is what the switch would change, with how it is now', async () => {
  const { olive } = await joined({ env: RUNS_CODE, tools: [] });
  expect(await olive.suggestions('tools', 'name', '', { subcommand: 'enable' })).toEqual([
    { name: 'code_execution · off', value: 'code_execution' },
    { name: 'google_search · on', value: 'google_search' },
  ]);
  expect((await olive.suggestions('tools', 'name', 'SEARCH', { subcommand: 'disable', locale: 'fr' }))[0]).toEqual({
    name: 'google_search · activé',
    value: 'google_search',
  });
});

test('switching is for who manages the server; a tool that is not there is answered with those that are', async () => {
  const { rooms, adam, olive } = await joined({ tools: [] });
  for (const subcommand of ['enable', 'disable']) {
    const refused = await adam.command('tools', named('google_search', subcommand)).until(answered);
    expect(words(refused)).toBe('You lack the permission **Manage Server** for that.');
  }
  const unknown = await olive.command('tools', named(`**@here** ${'x'.repeat(5900)}`, 'enable')).until(answered);
  expect(words(unknown)).toContain('“\\*\\*\\@here\\*\\*');
  expect(words(unknown)).toContain('There are: `google_search`, `code_execution`.');
  for (const name of ['constructor', '__proto__']) {
    expect(words(await olive.command('tools', named(name, 'enable')).until(answered))).toContain('I have no tool');
  }
  expect(rooms.latest().given.tools).toEqual({});
});

/** A tool of a server, as it is while the server is as the test says. */
const ofServer = (name: string, trouble: ToolTrouble | null = null, description = 'Looks around.') =>
  foreignTool({ name, description, source: { kind: 'mcp', server: 'far*away' }, unavailable: () => trouble });

test('functions are switched like the tools of the service, by names that one can type', async () => {
  const { rooms, olive, lounge } = await joined({ tools: [someTool({ name: 'roll_dice' }), ofServer('far__look_up')] });
  expect(words(await olive.command('tools', named('Roll dice', 'disable')).until(answered))).toContain('in force now');
  expect(words(await olive.command('tools', named('far__look_up', 'enable')).until(answered))).toContain(
    'in force now',
  );
  expect(rooms.latest().given.tools).toEqual({ roll_dice: false, far__look_up: true });
  await expect.poll(() => posted(lounge).join('\n')).toContain('switched `far__look_up` on for me.');
  expect(await olive.suggestions('tools', 'name', 'look', { subcommand: 'disable' })).toEqual([
    { name: 'far__look_up · on', value: 'far__look_up' },
  ]);
  expect(words(await olive.command('tools', named('far__lok_up', 'enable')).until(answered))).toContain(
    'There are: `far__look_up`.',
  );
});

test('a tool of a server says whose it is and why it cannot be used now; it can be switched on for when it is back', async () => {
  const away = { why: 'serverDown', server: 'far*away', retryInMs: 4_200 } as const;
  const broken = { why: 'schema' } as const;
  const { olive } = await joined({
    tools: [ofServer('far__look', away), ofServer('far__odd', broken, '**@here** odd')],
  });
  const list = async () => words(await olive.command('tools', { subcommand: 'list' }).until(answered)).split('\n');
  expect(await list()).toEqual(
    expect.arrayContaining([
      '**From the MCP server “far\\*away”**',
      '- `far__look`: **off, not available just now**. Its server is not running; the next try is in 5 s. Looks around\\.',
      expect.stringMatching(/^- `far__odd`: \*\*not available\*\*\. What it takes .* \\\*\\\*\\@here/),
    ]),
  );
  expect(words(await olive.command('tools', named('far__look', 'enable')).until(answered))).toContain('switched on');
  expect(await list()).toEqual(expect.arrayContaining([expect.stringContaining('**on, not available just now**')]));
  const refused = await olive.command('tools', named('far__odd', 'enable')).until(answered);
  expect(words(refused)).toContain('cannot be switched on. What it takes is described in a way that I cannot check.');
});

test('a list that is too long for a message is a file', async () => {
  const many = Array.from({ length: 60 }, (_, index) => ofServer(`far__tool_number_${index}`));
  const { olive, discord } = await joined({ tools: many });
  const list = await olive.command('tools', { subcommand: 'list' }).until(answered);
  expect(words(list)).toContain('the list is in the file');
  const [file] = list.messages[0]?.attachments ?? [];
  expect(file?.filename).toBe('tools.txt');
  expect(Buffer.from(file?.bytes ?? []).toString()).toContain('- `far__tool_number_59`: **off**.');
  const unknown = await olive.command('tools', named('nothing like it', 'enable')).until(answered);
  expect(words(unknown)).toMatch(/There are: (`[\w]+`, ){20}…\.$/);
  expect(discord.violations).toEqual([]);
});
