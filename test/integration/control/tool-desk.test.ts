import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { ToolSpec } from '../../../src/tools/define-tool.ts';
import { answered } from './harness.ts';
import { roomWith } from './tool-desk-stage.ts';

describe('a call', () => {
  test('is carried out, and the room gets what came of it', async () => {
    const { outcomeOf, ran, discord } = await roomWith([{ args: z.object({ sides: z.int() }) }]);
    expect(await outcomeOf({ args: { sides: 6 } })).toEqual({ output: { ran: 1 } });
    expect(await outcomeOf({ args: { sides: 'six' } })).toEqual({ error: expect.stringContaining('do not fit') });
    expect(ran).toEqual([{ sides: 6 }]);
    expect(discord.violations).toEqual([]);
  });

  test('that the room has cancelled, or whose room has ended, is told to stop and answers nobody', async () => {
    const started: string[] = [];
    const aborted: string[] = [];
    const run: ToolSpec['run'] = ({ which }, { signal }) =>
      new Promise((_, reject) => {
        started.push(String(which));
        signal.addEventListener('abort', () => {
          aborted.push(String(which));
          reject(new Error('stopped'));
        });
      });
    const { begin, room } = await roomWith([{ args: z.object({ which: z.string() }), run }]);
    const { callId } = begin({ args: { which: 'cancelled' } });
    begin({ args: { which: 'ended' } });
    await expect.poll(() => started).toEqual(['cancelled', 'ended']);
    room.tells({ type: 'toolCancelled', roomId: room.id, callId });
    expect(aborted).toEqual(['cancelled']);
    room.end({ kind: 'left' });
    expect(aborted).toEqual(['cancelled', 'ended']);
    expect(room.toolResults).toEqual([]);
  });

  test('is refused from the moment a tool is switched off, though the model still knows of it', async () => {
    const { outcomeOf, olive } = await roomWith([{}]);
    await olive.command('tools', { subcommand: 'disable', options: { name: 'some_tool' } }).until(answered);
    expect(await outcomeOf()).toEqual({ error: expect.stringContaining('switched off') });
  });

  test('never takes the token or the key along', async () => {
    const leaks = { run: async () => `${discordToken} and no-key-${'x'.repeat(20)}` };
    let discordToken = '';
    const { outcomeOf, discord } = await roomWith([leaks], { env: { GEMINI_API_KEY: `no-key-${'x'.repeat(20)}` } });
    discordToken = discord.token;
    expect(await outcomeOf()).toEqual({ output: '[redacted] and [redacted]' });
  });
});

describe('rights', () => {
  test('of the server are those of everybody who spoke', async () => {
    const { outcomeOf, adam, olive } = await roomWith([{ audience: 'ManageGuild' }]);
    expect(await outcomeOf({ actorIds: [olive.id] })).toEqual({ output: { ran: 1 } });
    for (const actorIds of [[adam.id], [olive.id, adam.id], [], ['123456789012345678']])
      expect(await outcomeOf({ actorIds })).toEqual({ error: expect.stringContaining('Manage Server') });
  });

  test('that a moderator has taken since are gone, although Discord tells the bot nothing of it', async () => {
    const { outcomeOf, control } = await roomWith([{ audience: 'ManageGuild' }]);
    const mod = control.addPerson({ name: 'Mod', permissions: ['ManageGuild'] });
    expect(await outcomeOf({ actorIds: [mod.id] })).toEqual({ output: { ran: 1 } });
    control.takeRoles(mod.id);
    expect(await outcomeOf({ actorIds: [mod.id] })).toEqual({ error: expect.stringContaining('Manage Server') });
  });

  test('of a channel are those in the room’s channel', async () => {
    const { outcomeOf, control, lounge, adam, beth } = await roomWith([{ audience: 'SendPolls' }]);
    control.overwrite(lounge, adam.id, { deny: ['SendPolls'] });
    await expect
      .poll(() => outcomeOf({ actorIds: [adam.id] }))
      .toEqual({ error: expect.stringContaining('Send Polls') });
    expect(await outcomeOf({ actorIds: [beth.id] })).toMatchObject({ output: {} });
  });

  test('are nobody’s when Discord cannot be asked', async () => {
    const { outcomeOf, control, olive, ran } = await roomWith([{ audience: 'ManageGuild' }]);
    control.rest.failWith = 403;
    expect(await outcomeOf({ actorIds: [olive.id] })).toEqual({ error: expect.stringContaining('looked up') });
    expect(ran).toEqual([]);
  });
});
