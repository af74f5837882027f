import { expect, test } from 'vitest';
import type { GuildActions } from '../../../../src/tools/guild-actions.ts';
import { listed, startScriptedHost } from './scripted-servers.ts';

const context = { signal: new AbortController().signal, guild: {} as GuildActions, actorIds: [] };

function names({ host }: ReturnType<typeof startScriptedHost>): readonly string[] {
  return host.tools().map(({ name }) => name);
}

test('tools appear when their server is there: off, for everybody, under its name', async () => {
  const it = startScriptedHost([listed('forecast'), listed('set-alarm')]);
  expect(it.host.tools()).toEqual([]);
  await it.settle();
  expect(names(it)).toEqual(['my_server__forecast', 'my_server__set_alarm']);
  expect(it.host.tools()[0]).toMatchObject({
    description: 'Does forecast.',
    source: { kind: 'mcp', server: 'my server' },
    audience: 'everybody',
    defaultOn: false,
    unavailable: null,
  });
  expect(it.changes).toBe(1);
  await it.host.close();
});

test('a call reaches the server under the name that it knows, and nothing but the arguments goes with it', async () => {
  const it = startScriptedHost([listed('set-alarm')]);
  await it.settle();
  it.script.result = { at: 7 };
  expect(await it.host.tools()[0]?.run({ hour: 7 }, context)).toEqual({ at: 7 });
  expect(it.script.calls).toEqual([['set-alarm', { hour: 7 }, { signal: context.signal, timeoutMs: 10_000 }]]);
  await it.host.close();
});

test('the tools of a server that dies stay, say so, and work again when it is back', async () => {
  const it = startScriptedHost([listed('forecast')]);
  await it.settle();
  const [tool] = it.host.tools();
  it.connections[0]?.options.onLost('it ended with code 1');
  await it.settle();
  expect(it.connections[0]?.closed).toBe(true);
  expect(it.host.tools()).toEqual([tool]);
  expect(tool?.unavailable).toEqual({ why: 'serverDown', server: 'my server', retryInMs: 1_000 });
  await expect(tool?.run({}, context)).rejects.toThrow('its server is not running just now');

  it.clock.advance(400);
  expect(tool?.unavailable).toMatchObject({ retryInMs: 600 });
  it.clock.advance(600);
  await it.settle();
  expect(tool?.unavailable).toBeNull();
  expect(await tool?.run({}, context)).toBe('done');
  // There, gone, back: three changes, and none because the same tools were listed again.
  expect(it.changes).toBe(3);
  await it.host.close();
});

test('a server that falls over all the time is tried less and less often, and told once a minute', async () => {
  const it = startScriptedHost(null);
  const letPass = async (seconds: number): Promise<void> => {
    for (let second = 0; second < seconds; second++) {
      await it.settle();
      it.clock.advance(1_000);
    }
  };
  await letPass(59);
  expect(it.attempts).toBe(6);
  expect(it.log.messages('warn')).toHaveLength(1);
  await letPass(3_600 - 59);
  // 1, 2, 4 … 256 s, then every five minutes.
  expect(it.attempts).toBeGreaterThanOrEqual(17);
  expect(it.attempts).toBeLessThanOrEqual(20);
  expect(it.log.lines[0]).toMatchObject({
    level: 'warn',
    message: 'an MCP server is not running; trying again',
    fields: { server: 'my server', reason: 'it ended with code 1', failures: 1, retryInMs: 1_000 },
  });
  await it.host.close();
});

test('a server that starts well and dies at once does not spin either', async () => {
  const it = startScriptedHost([listed('forecast')]);
  for (let second = 0; second < 600; second++) {
    await it.settle();
    it.connections.at(-1)?.options.onLost('it ended by itself');
    await it.settle();
    it.clock.advance(1_000);
  }
  expect(it.attempts).toBeLessThanOrEqual(11);
  await it.host.close();
});

test('a changed list is read again, once for many announcements, and only a real change is told', async () => {
  const it = startScriptedHost([listed('one')]);
  await it.settle();
  const [one] = it.host.tools();
  const announce = it.connections[0]?.options.onToolsChanged;
  for (let i = 0; i < 100; i++) announce?.();
  it.clock.advance(500);
  await it.settle();
  expect(it.changes).toBe(1);
  expect(it.host.tools()[0]).toBe(one);

  it.script.tools = [listed('one'), listed('two')];
  announce?.();
  it.clock.advance(500);
  await it.settle();
  expect(names(it)).toEqual(['my_server__one', 'my_server__two']);
  expect(it.changes).toBe(2);
  await it.host.close();
});

test('what may destroy something needs a confirmation: said to, or not said to be harmless', async () => {
  const annotated = (name: string, annotations?: object) => listed(name, { ...(annotations && { annotations }) });
  const it = startScriptedHost([
    annotated('destroys', { destructiveHint: true }),
    annotated('says_nothing'),
    annotated('only_idempotent', { idempotentHint: true }),
    annotated('adds', { destructiveHint: false }),
    annotated('reads', { readOnlyHint: true }),
    annotated('reads_destructively', { readOnlyHint: true, destructiveHint: true }),
  ]);
  await it.settle();
  const confirmed = it.host.tools().filter((tool) => tool.needsConfirmation({}));
  expect(confirmed.map(({ name }) => name)).toEqual([
    'my_server__destroys',
    'my_server__says_nothing',
    'my_server__only_idempotent',
  ]);
  // Half a minute more for the press on the button.
  expect(confirmed.map(({ declaration }) => declaration.deadlineMs)).toEqual([40_000, 40_000, 40_000]);
  await it.host.close();
});

test('a description is cut, cleaned, and made up where there is none', async () => {
  const it = startScriptedHost([
    listed('long', { description: `\u001b[1m${'x'.repeat(2_000)}` }),
    listed('titled', { description: ' ', title: 'A title' }),
    { name: 'bare', inputSchema: { type: 'object' } },
  ]);
  await it.settle();
  const [long, titled, bare] = it.host.tools().map(({ description }) => description);
  expect(long).toMatch(/^\[1mx+…$/);
  expect(long).toHaveLength(1_024);
  expect(titled).toBe('A title');
  expect(bare).toBe('The tool bare of the server my server.');
  await it.host.close();
});

test('closing ends the connection, the waiting and everything else', async () => {
  const ready = startScriptedHost([listed('one')]);
  await ready.settle();
  await ready.host.close();
  expect(ready.connections[0]?.closed).toBe(true);
  expect(ready.clock.pending).toBe(0);
  expect(ready.log.messages('warn')).toEqual([]);

  const waiting = startScriptedHost(null);
  await waiting.settle();
  await waiting.host.close();
  expect(waiting.clock.pending).toBe(0);
  waiting.clock.advance(1_000_000);
  await waiting.settle();
  expect(waiting.attempts).toBe(1);
});
