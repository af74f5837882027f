import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { foreignTool, someTool } from '../../kit/some-tool.ts';
import { createSkippingClock } from '../voice/skipping-clock.ts';
import { answered, posted, startBot, words } from './harness.ts';
import { buttonOf, roomWith } from './tool-desk-stage.ts';

const ASKS = { confirm: () => true } as const;
const NOT_ALLOWED = { error: 'the members did not allow it' };

describe('a confirmation', () => {
  test('shows what is to happen and who asked, and happens when one of them allows it', async () => {
    const args = { args: z.object({ room: z.string() }) };
    const { begin, question, discord, lounge, adam, ran } = await roomWith([{ ...ASKS, ...args }]);
    const { outcome } = begin({ args: { room: 'kit``` @everyone\u202e' } });
    const asked = await question();
    expect(asked.content).toBe(
      [
        `❓ **May I use \`some_tool\`?** Asked for by <@${adam.id}>.`,
        '```json\n{\n  "room": "kit\\u0060\\u0060\\u0060 @everyone\\u202e"\n}\n```',
        '-# To be answered within 30 s by somebody who asked for it. Without an answer I do nothing.',
      ].join('\n'),
    );
    expect(asked.mentions).toEqual([]);
    expect(ran).toEqual([]);
    const pressed = await adam.click(asked, buttonOf(asked, 'Allow')).until(answered);
    expect(words(pressed)).toBe('Thanks, I am doing it.');
    expect(pressed.messages[0]?.privateTo).toBe(adam.id);
    expect(await outcome()).toEqual({ output: { ran: 1 } });
    await expect.poll(() => posted(lounge).at(-1)).toContain(`✅ Allowed by <@${adam.id}>.`);
    expect(lounge.messages.at(-1)?.components).toEqual([]);
    expect(discord.violations).toEqual([]);
  });

  test('that is denied', async () => {
    const { begin, question, lounge, adam, ran } = await roomWith([ASKS]);
    const { outcome } = begin();
    const asked = await question();
    await adam.click(asked, buttonOf(asked, 'Deny')).until(answered);
    expect(await outcome()).toEqual(NOT_ALLOWED);
    await expect.poll(() => posted(lounge).at(-1)).toContain(`⛔ Denied by <@${adam.id}>. I did nothing.`);
    expect(ran).toEqual([]);
  });

  test('is not for those who did not ask, neither to allow nor to deny', async () => {
    const { begin, question, adam, beth, olive } = await roomWith([ASKS]);
    const { outcome } = begin();
    const asked = await question();
    for (const person of [beth, olive]) {
      for (const label of ['Allow', 'Deny']) {
        const refused = await person.click(asked, buttonOf(asked, label)).until(answered);
        expect(words(refused)).toBe(`Only whoever asked for it can answer that: <@${adam.id}>.`);
      }
    }
    await adam.click(asked, buttonOf(asked, 'Allow')).until(answered);
    expect(await outcome()).toEqual({ output: { ran: 1 } });
  });

  test('of what takes a permission is for those who have it, whether they asked or not; others are told what they lack', async () => {
    const { begin, question, control, adam, olive } = await roomWith([{ ...ASKS, audience: 'ManageGuild' }]);
    const mod = control.addPerson({ name: 'Mod', permissions: ['ManageGuild'] });
    const { outcome } = begin({ actorIds: [olive.id] });
    const asked = await question();
    expect(asked.content).toContain('with the permission **Manage Server**');
    const refused = await adam.click(asked, buttonOf(asked, 'Allow')).until(answered);
    expect(words(refused)).toBe('You lack the permission **Manage Server** for that.');
    await mod.click(asked, buttonOf(asked, 'Allow')).until(answered);
    expect(await outcome()).toEqual({ output: { ran: 1 } });
  });

  test('nobody can give a right that whoever asked has not', async () => {
    const { outcomeOf, lounge, adam } = await roomWith([{ ...ASKS, audience: 'ManageGuild' }]);
    expect(await outcomeOf({ actorIds: [adam.id] })).toEqual({ error: expect.stringContaining('Manage Server') });
    expect(await outcomeOf({ actorIds: [] })).toEqual({ error: expect.stringContaining('Manage Server') });
    expect(posted(lounge).join()).not.toContain('❓');
  });

  test('runs out after half a minute: said in the message, and to whoever presses then', async () => {
    const clock = createSkippingClock();
    const { begin, question, lounge, adam, ran } = await roomWith([ASKS], { clock });
    const { outcome } = begin({ deadlineAt: clock.now() + 40_000 });
    const asked = await question();
    const allow = buttonOf(asked, 'Allow');
    const before = { ...asked, components: [...asked.components] };
    clock.skip(30_000);
    expect(await outcome()).toEqual(NOT_ALLOWED);
    await expect.poll(() => posted(lounge).at(-1)).toContain('⌛ Nobody answered in time. I did nothing.');
    expect(lounge.messages.at(-1)?.components).toEqual([]);
    const late = await adam.click(before, allow).until(answered);
    expect(words(late)).toContain('That is over');
    expect(ran).toEqual([]);
    clock.close();
  });

  test('of a call that is cancelled says that it is not needed any more', async () => {
    const { begin, question, room, lounge, ran } = await roomWith([ASKS]);
    const { callId } = begin();
    await question();
    room.tells({ type: 'toolCancelled', roomId: room.id, callId });
    await expect.poll(() => posted(lounge).at(-1)).toContain('↩️ No longer needed. I did nothing.');
    expect(lounge.messages.at(-1)?.components).toEqual([]);
    expect(ran).toEqual([]);
  });

  test('says so too when the bot shuts down', async () => {
    const { begin, question, parley, lounge } = await roomWith([ASKS]);
    begin();
    await question();
    await parley.close();
    expect(posted(lounge).join('\n')).toContain('↩️ No longer needed. I did nothing.');
  });

  test('of before a restart is over for whoever presses, and for everybody who reads it', async () => {
    const { begin, question, kill, discord, lounge, adam, ran } = await roomWith([ASKS]);
    begin();
    const asked = await question();
    await kill();
    await startBot(discord, { tools: [someTool(ASKS)] });
    const late = await adam.click(asked, buttonOf(asked, 'Allow')).until(answered);
    expect(words(late)).toContain('That is over');
    const read = () => lounge.messages.find(({ id }) => id === asked.id);
    await expect.poll(() => read()?.components).toEqual([]);
    expect(read()?.content).toContain('⌛ Nobody answered in time. I did nothing.');
    expect(ran).toEqual([]);
  });

  test('of long arguments has all of them in a file, since what cannot be read cannot be allowed', async () => {
    const args = z.object({ text: z.string() });
    const { begin, question, adam } = await roomWith([{ ...ASKS, args }]);
    const { outcome } = begin({ args: { text: `${'a'.repeat(1_500)} and delete everything` } });
    const asked = await question();
    expect(asked.content).toContain('the whole of it is in the file');
    const [file] = asked.attachments;
    expect(Buffer.from(file?.bytes ?? []).toString()).toContain('and delete everything');
    await adam.click(asked, buttonOf(asked, 'Allow')).until(answered);
    expect(await outcome()).toEqual({ output: { ran: 1 } });
  });

  test('where there is no place to ask, nothing is done', async () => {
    const { outcomeOf, control, lounge, ran } = await roomWith([ASKS]);
    for (const channel of [lounge, control.channel('general')])
      control.overwriteBot(channel, { deny: ['SendMessages'] });
    await expect.poll(() => outcomeOf()).toEqual({ error: expect.stringContaining('no channel to ask') });
    expect(ran).toEqual([]);
  });

  test('names the server of a foreign tool, in the language of the room', async () => {
    const tool = foreignTool({
      ...{ name: 'lights__off', source: { kind: 'mcp', server: 'lights' }, confirm: () => true },
      run: async () => 'dark',
    });
    const { begin, room, lounge, adam, olive } = await roomWith([], { tools: [tool] });
    await olive.command('tools', { subcommand: 'enable', options: { name: 'lights__off' } }).until(answered);
    await olive.command('language', { options: { code: 'de' } }).until(answered);
    begin({ name: 'lights__off' });
    const asked = await adam.reads(lounge, ({ content }) => content.startsWith('❓'));
    expect(asked.content).toContain('Darf ich `lights__off` benutzen?');
    expect(asked.content).toContain('Es gehört zum MCP-Server „lights“.');
    await adam.click(asked, buttonOf(asked, 'Erlauben')).until(answered);
    await expect.poll(() => room.toolResults).toMatchObject([{ outcome: { output: 'dark' } }]);
  });
});
