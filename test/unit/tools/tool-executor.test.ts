import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type ToolContext, ToolFailure } from '../../../src/tools/define-tool.ts';
import { foreignTool, someTool } from '../../kit/some-tool.ts';
import { hanging, noting, PLACE, stage } from './executor-stage.ts';

test('a handler gets checked arguments, its guild, who spoke, and its answer goes to the model', async () => {
  const { calls, tool } = noting({ args: z.object({ sides: z.int().default(6) }) });
  const { call, log, counts } = stage(tool);
  expect(await call({ args: { extra: 1 } })).toEqual({ output: { number: 1 } });
  expect(calls[0]?.args).toEqual({ sides: 6 });
  expect(Object.keys(calls[0]?.context ?? {}).toSorted()).toEqual(['actorIds', 'guild', 'signal']);
  expect(calls[0]?.context).toMatchObject({ actorIds: ['adam'], guild: { place: PLACE } });
  expect(counts).toEqual(new Map([['tool_done_total', 1]]));
  const [line] = log.lines;
  expect(line?.fields).toMatchObject({ tool: 'some_tool', kind: 'done', durationMs: 0, pii: { args: { extra: 1 } } });
  expect(JSON.stringify({ ...line?.fields, pii: null })).not.toContain('extra');
});

describe('what is not carried out', () => {
  test('a name that no tool has', async () => {
    expect(await stage().call({ name: 'rm "rf"' })).toEqual({ error: 'there is no tool called "rm \\"rf\\""' });
  });

  test('what the guild has switched off since the model was told of it', async () => {
    const { calls, tool } = noting();
    const { call, world } = stage(tool);
    await call();
    world.switches['some_tool'] = false;
    expect(await call()).toEqual({ error: expect.stringContaining('switched off on this server') });
    expect(calls).toHaveLength(1);
  });

  test('a tool whose server is away', async () => {
    const away = { why: 'serverDown', server: 'far', retryInMs: 4_200 } as const;
    const tool = foreignTool({ name: 'far__look', unavailable: () => away });
    const { call, world } = stage(tool);
    world.switches['far__look'] = true;
    expect(await call({ name: 'far__look' })).toEqual({
      error: 'the server far that it belongs to is not running; the next try is in 5 s',
    });
  });

  test('arguments that break the schema: what is wrong is told, and no handler sees them', async () => {
    const { calls, tool } = noting({ args: z.object({ sides: z.int().min(2) }) });
    const { call } = stage(tool);
    for (const args of [{}, { sides: 1 }, { sides: '6' }, { sides: { $gt: 0 } }])
      expect(await call({ args })).toEqual({ error: expect.stringMatching(/^the arguments do not fit: sides: /) });
    expect(calls).toEqual([]);
  });
});

describe('every call ends', () => {
  test.each([
    [
      'throws',
      async () => Promise.reject(new Error('at /srv/bot/secret.ts:3')),
      'it failed, for a reason that it did not give',
    ],
    ['says why', async () => Promise.reject(new ToolFailure('no dice')), 'no dice'],
  ])('when its handler %s', async (_, run, error) => {
    expect(await stage(someTool({ run })).call()).toEqual({ error });
  });

  test('when its handler hangs: at its deadline, with the handler told to stop', async () => {
    let signal: AbortSignal | undefined;
    const run = (__: unknown, context: ToolContext) => {
      signal = context.signal;
      return new Promise<never>(() => undefined);
    };
    const { call, settle, clock, counts } = stage(someTool({ run, deadlineMs: 2_000 }));
    const outcome = call();
    await settle();
    clock.advance(1_999);
    expect(signal?.aborted).toBe(false);
    clock.advance(1);
    expect(await outcome).toEqual({ error: 'it took too long and was given up' });
    expect(signal?.aborted).toBe(true);
    expect(counts).toEqual(new Map([['tool_late_total', 1]]));
    expect(clock.pending).toBe(0);
  });

  test('at the room’s deadline, if that is earlier', async () => {
    const { call, clock, settle } = stage(hanging());
    const outcome = call({ deadlineAt: clock.now() + 300 });
    await settle();
    clock.advance(300);
    expect(await outcome).toEqual({ error: 'it took too long and was given up' });
  });

  test('when it is cancelled: nobody waits for its outcome, and no timer is left', async () => {
    const { call, executor, settle, clock } = stage(hanging());
    const [first, second] = [call({ callId: 'a' }), call({ callId: 'b' })];
    await settle();
    executor.cancel('other-room', 'a');
    executor.cancel('r', 'unknown');
    executor.cancel('r', 'a');
    expect(await first).toBeNull();
    executor.cancelAll('r');
    expect(await second).toBeNull();
    expect(clock.pending).toBe(0);
  });

  test('when it is cancelled while members are asked: a press that comes then starts nothing', async () => {
    const { calls, tool } = noting({ confirm: () => true });
    const { call, executor, settle, asked, answer } = stage(tool);
    const outcome = call({ callId: 'a' });
    await settle();
    answer('allowed');
    executor.cancel('r', 'a');
    expect(await outcome).toBeNull();
    await settle();
    expect(asked[0]?.signal.aborted).toBe(true);
    expect(calls).toEqual([]);
  });

  test('when the bot shuts down', async () => {
    const { call, executor, settle } = stage(hanging());
    const outcome = call();
    await settle();
    executor.close();
    expect(await outcome).toBeNull();
  });
});

test('a room has at most sixteen calls carried out at once; one more is told so, and room is made when one ends', async () => {
  const { call, executor, settle } = stage(hanging(), noting({ name: 'other' }).tool);
  const calls = Array.from({ length: 16 }, (_, index) => call({ callId: `c${index}` }));
  await settle();
  expect(await call({ name: 'other' })).toEqual({ error: expect.stringContaining('too many calls') });
  executor.cancel('r', 'c3');
  await calls[3];
  expect(await call({ name: 'other' })).toEqual({ output: { number: 1 } });
  executor.close();
  await Promise.all(calls);
});
