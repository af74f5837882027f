import { expect, test } from 'vitest';
import type { ForeignToolSpec, Tool, ToolTrouble } from '../../../src/tools/define-tool.ts';
import { createToolRegistry, isToolEnabled, type ToolProvider } from '../../../src/tools/tool-registry.ts';
import { createRecordingLog } from '../../kit/recording-log.ts';
import { foreignTool, someTool } from '../../kit/some-tool.ts';
import { objections } from './objections.ts';

const ofServer = (name: string, spec: Partial<ForeignToolSpec> = {}): Tool => foreignTool({ name, ...spec });

/** A server whose tools the test sets. */
function createServer(tools: readonly Tool[] = []) {
  let present = tools;
  const listeners = new Set<() => void>();
  const provider: ToolProvider = {
    tools: () => present,
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  const set = (next: readonly Tool[]): void => {
    present = next;
    for (const listener of listeners) listener();
  };
  return { provider, set, listeners };
}

const names = (tools: readonly { readonly name: string }[]): string[] => tools.map(({ name }) => name);

test('ours are on or off as they are by default, those of servers are off, until a guild says otherwise', () => {
  const [on, off] = [someTool({ name: 'roll_dice' }), someTool({ name: 'delete_all', defaultOn: false })];
  const server = createServer([ofServer('far__look')]);
  const registry = createToolRegistry([on, off], [server.provider], createRecordingLog());
  expect(names(registry.all())).toEqual(['roll_dice', 'delete_all', 'far__look']);
  expect(names(registry.declarations({}))).toEqual(['roll_dice']);
  expect(names(registry.declarations({ roll_dice: false, far__look: true }))).toEqual(['far__look']);
  expect(isToolEnabled(JSON.parse('{"__proto__":{"far__look":true}}'), ofServer('far__look'))).toBe(false);
});

test('two of our own cannot have one name, nor that of a tool of the service', () => {
  const log = createRecordingLog();
  expect(() => createToolRegistry([someTool(), someTool()], [], log)).toThrow('some_tool');
  expect(() => createToolRegistry([someTool({ name: 'google_search' })], [], log)).toThrow('google_search');
});

test('a server cannot take the place of what is there', () => {
  const log = createRecordingLog();
  const roll = someTool({ name: 'roll_dice' });
  const [first, second] = [ofServer('far__look'), ofServer('far__look')];
  const server = createServer([ofServer('roll_dice'), ofServer('google_search'), first, second]);
  const registry = createToolRegistry([roll], [server.provider], log);
  expect(registry.all()).toEqual([roll, first]);
  expect(registry.get('roll_dice')).toBe(roll);
  server.set([...server.provider.tools()]);
  expect(log.lines.filter(({ message }) => message.includes('names are taken'))).toHaveLength(1);
});

test('a change is told when a model would be told something else, and only then', () => {
  let trouble: ToolTrouble | null = null;
  const server = createServer();
  const registry = createToolRegistry([], [server.provider], createRecordingLog());
  let changes = 0;
  registry.onChange(() => changes++);
  const look = ofServer('far__look', { unavailable: () => trouble });
  server.set([look]);
  expect(changes).toBe(1);
  trouble = { why: 'serverDown', server: 'far', retryInMs: 1000 };
  server.set([look]);
  expect(changes).toBe(1);
  expect(names(registry.declarations({ far__look: true }))).toEqual(['far__look']);
  server.set([]);
  expect(changes).toBe(2);
  expect(registry.get('far__look')).toBeUndefined();
  registry.close();
  expect(server.listeners.size).toBe(0);
});

test('what can never run is not told to a model', () => {
  const broken = ofServer('far__broken', {
    parameters: { type: 'object', properties: { a: { not: { type: 'null' } } } },
  });
  const registry = createToolRegistry([], [createServer([broken]).provider], createRecordingLog());
  expect(names(registry.all())).toEqual(['far__broken']);
  expect(registry.declarations({ far__broken: true })).toEqual([]);
});

test('no more are told than a model takes, ours first', () => {
  const log = createRecordingLog();
  const many = Array.from({ length: 600 }, (_, index) => ofServer(`far__tool${index}`));
  const registry = createToolRegistry([someTool()], [createServer(many).provider], log);
  const declared = registry.declarations(Object.fromEntries(many.map(({ name }) => [name, true])));
  expect(declared).toHaveLength(512);
  expect(declared[0]?.name).toBe('some_tool');
  expect(objections(declared)).toEqual([]);
  expect(log.lines.some(({ message }) => message.includes('more tools are switched on'))).toBe(true);
});
