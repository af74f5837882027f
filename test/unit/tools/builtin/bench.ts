/**
 * The built-in tools as the executor calls them, in a server that is made of plain data.
 */
import { createBuiltinTools } from '../../../../src/tools/builtin/index.ts';
import type { GuildActions, NewPoll, Posting, Reminder } from '../../../../src/tools/guild-actions.ts';

export const NOW = Date.parse('2026-11-27T10:00:00Z');

export interface Bench {
  /** What the model is told; throws what the tool throws. Arguments that break the schema never get that far. */
  call(name: string, args?: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>>;
  readonly posts: (string | NewPoll)[];
  reminders: Reminder[];
}

export interface BenchOptions {
  readonly guild?: Partial<GuildActions>;
  readonly actorIds?: readonly string[];
  /** In [0, 1), one after the other; the last one repeats. */
  readonly chances?: readonly number[];
}

export function setUp({ guild = {}, actorIds = ['ada'], chances = [0] }: BenchOptions = {}): Bench {
  let rolled = 0;
  const random = (): number => chances[Math.min(rolled++, chances.length - 1)] ?? 0;
  const tools = createBuiltinTools({ now: () => NOW, random });
  const posts: (string | NewPoll)[] = [];
  const posted = (what: string | NewPoll): Promise<Posting> => {
    posts.push(what);
    return Promise.resolve({ posted: true, channel: 'Lounge' });
  };
  const bench: Bench = {
    posts,
    reminders: [],
    async call(name, args = {}) {
      const tool = tools.find((one) => one.name === name);
      if (tool === undefined) throw new Error(`no tool ${name}`);
      const checked = tool.validate(args);
      if (!checked.ok) throw new TypeError(checked.problem);
      const { signal } = new AbortController();
      const result = await tool.run(checked.value, { signal, guild: actions, actorIds });
      // Whatever it is has to survive the way to the model.
      return JSON.parse(JSON.stringify(result));
    },
  };
  const actions: GuildActions = {
    presence: () => null,
    findMembers: () => [],
    server() {
      throw new Error('not asked for');
    },
    mayManage: async () => false,
    post: posted,
    postPoll: posted,
    async addReminder(reminder) {
      const id = bench.reminders.length + 1;
      bench.reminders.push({ ...reminder, id });
      return { saved: true, id };
    },
    reminders: async () => bench.reminders,
    async removeReminder(id) {
      const before = bench.reminders.length;
      bench.reminders = bench.reminders.filter((one) => one.id !== id);
      return bench.reminders.length < before;
    },
    ...guild,
  };
  return bench;
}
