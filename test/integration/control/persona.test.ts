import { expect, test } from 'vitest';
import type { Interaction } from '../../../src/rehearsal/discord/interactions/interaction.ts';
import type { Person } from '../../../src/rehearsal/discord/people/person.ts';
import { answered, posted, startBot, startDiscord, words } from './harness.ts';

interface Form {
  readonly custom_id: string;
  readonly title: string;
  readonly components: readonly [{ readonly label: string; readonly component: { readonly value?: string } }];
}

/** Olive owns the server, Adam has called the bot into the lounge, Beth manages the server. */
async function joined() {
  const people = [{ name: 'Olive' }, { name: 'Adam' }, { name: 'Beth', permissions: ['ManageGuild'] as const }];
  const discord = await startDiscord({ guilds: [{ people }] });
  const bot = await startBot(discord);
  const { control } = discord;
  const lounge = control.channel('Lounge');
  const adam = control.person('Adam');
  adam.joinVoice(lounge);
  await adam.command('join').until(answered);
  return { ...bot, discord, control, lounge, adam, olive: control.person('Olive'), beth: control.person('Beth') };
}

const opens = (person: Person, locale = 'en-US'): Promise<Interaction> =>
  person.command('persona', { subcommand: 'set', locale }).modal();
const shows = (person: Person): Promise<Interaction> =>
  person.command('persona', { subcommand: 'show' }).until(answered);

function formOf({ state }: Interaction): Form {
  if (state.status !== 'modal') throw new Error('no form was shown');
  return state.modal as Form;
}

/** What the one field is filled with. */
const filled = (shown: Interaction): string => formOf(shown).components[0].component.value ?? '';

async function sends(person: Person, shown: Interaction, text: string): Promise<Interaction> {
  return person.submit(shown, { text }).until(answered);
}

const attached = ({ messages }: Interaction) => messages[0]?.attachments ?? [];

test('a persona is written in a form, comes into force in the room, and the room is told without its text', async () => {
  const { discord, rooms, lounge, olive, adam } = await joined();
  const form = await opens(olive);
  expect(formOf(form)).toMatchObject({ title: 'Parley’s persona' });
  expect(filled(form)).toBe('');
  const reply = await sends(olive, form, '  You are a pirate.\n\nArr!  ');
  expect(words(reply)).toBe('The persona is set. It is in force now.');
  expect(reply.messages[0]?.privateTo).toBe(olive.id);
  expect(rooms.latest().given.persona).toBe('You are a pirate.\n\nArr!');
  await expect.poll(() => posted(lounge).join('\n')).toContain(`<@${olive.id}> has changed my persona.`);
  expect(posted(lounge).join('\n')).not.toContain('pirate');
  expect(words(await shows(adam))).toBe('This is my persona:\n>>> You are a pirate\\.\n\nArr\\!');
  expect(filled(await opens(olive))).toBe('You are a pirate.\n\nArr!');
  expect(discord.violations).toEqual([]);
});

test('the form is in the member’s language', async () => {
  const { olive } = await joined();
  expect(formOf(await opens(olive, 'de')).components[0].label).toBe('Wer bin ich, und wie rede ich?');
});

test('4,000 characters of any kind come through; emptied, or nothing but space, takes the persona away', async () => {
  const { discord, rooms, olive } = await joined();
  const hostile = `@everyone <@${olive.id}> \`\`\`js\n**x** \u202e`;
  const text = `${hostile}${'ß'.repeat(4000 - hostile.length)}`;
  await sends(olive, await opens(olive), text);
  expect(rooms.latest().given.persona).toBe(text);
  const shown = await shows(olive);
  expect(words(shown)).toContain('as a file');
  const [file] = attached(shown);
  expect(file).toMatchObject({ filename: 'persona.txt' });
  expect(Buffer.from(file?.bytes ?? []).toString('utf8')).toBe(text);
  const emptied = await sends(olive, await opens(olive), ' \n\t ');
  expect(words(emptied)).toBe('The persona is taken away; I am just Parley. It is in force now.');
  expect(rooms.latest().given.persona).toBe('');
  expect(words(await shows(olive))).toContain('No persona is set');
  expect(discord.violations).toEqual([]);
});

test('a persona reads as plain text: it mentions nobody and formats nothing', async () => {
  const { discord, olive, adam } = await joined();
  const text = `# Title\n<@${adam.id}> @everyone **bold** \`\`\`code\`\`\` [link](https://example.org)`;
  await sends(olive, await opens(olive), text);
  const shown = await shows(adam);
  expect(words(shown)).toContain('\\# Title\n\\<\\@');
  expect(words(shown)).not.toMatch(/(?<!\\)[*`@[]/);
  expect(shown.messages[0]).toMatchObject({ mentions: [], mentionEveryone: false });
  expect(discord.violations).toEqual([]);
});

test('who changed it while another was writing does not lose their text', async () => {
  const { rooms, olive, beth } = await joined();
  const slow = await opens(olive);
  await beth.command('voice', { options: { name: 'Puck' } }).until(answered);
  const between = await sends(olive, slow, 'first');
  expect(words(between), 'a changed voice is no changed persona').toBe('The persona is set. It is in force now.');

  const overtaken = await opens(olive);
  await sends(beth, await opens(beth), 'Beth’s own words');
  const reply = await sends(olive, overtaken, 'second');
  expect(words(reply)).toContain('Somebody had changed the persona while you were writing.');
  expect(attached(reply).map(({ bytes }) => Buffer.from(bytes).toString('utf8'))).toEqual(['Beth’s own words']);
  expect(rooms.latest().given.persona).toBe('second');

  const undone = await opens(olive);
  await beth.command('persona', { subcommand: 'reset' }).until(answered);
  const last = await sends(olive, undone, 'third');
  expect(words(last)).toContain('Somebody had taken the persona away');
  expect(attached(last)).toEqual([]);
});

test('only who manages the server writes it, asked again when the form is sent; anyone may read it', async () => {
  const { control, rooms, lounge, adam, beth } = await joined();
  const refused = await adam.command('persona', { subcommand: 'set' }).until(answered);
  expect(words(refused)).toContain('**Manage Server**');
  expect(refused.messages[0]?.privateTo).toBe(adam.id);
  expect(words(await adam.command('persona', { subcommand: 'reset' }).until(answered))).toContain('**Manage Server**');
  expect(words(await shows(adam))).toContain('No persona is set');

  const form = await opens(beth);
  control
    .guild()
    .members.find(({ user }) => user.id === beth.id)
    ?.roleIds.splice(0);
  const late = await sends(beth, form, 'too late');
  expect(words(late)).toContain('**Manage Server**');
  expect(rooms.latest().given.persona).toBe('');
  expect(posted(lounge).join('\n')).not.toContain('persona');
});

test('/persona reset takes it away, and says so if there is none', async () => {
  const { rooms, lounge, olive } = await joined();
  await sends(olive, await opens(olive), 'You are a pirate.');
  const reset = await olive.command('persona', { subcommand: 'reset' }).until(answered);
  expect(words(reset)).toContain('taken away; I am just Parley. It is in force now.');
  expect(rooms.latest().given.persona).toBe('');
  await expect.poll(() => posted(lounge).join('\n')).toContain(`<@${olive.id}> has taken my persona away`);
  expect(words(await olive.command('persona', { subcommand: 'reset' }).until(answered))).toContain('so already');
});
