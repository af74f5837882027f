import type { Tool, ToolContext, ToolSpec } from '../../../src/tools/define-tool.ts';
import { createRedact } from '../../../src/tools/redact.ts';
import { type ConfirmationRequest, createToolExecutor } from '../../../src/tools/tool-executor.ts';
import type { ToolRequest } from '../../../src/types/tools.ts';
import { createFakeClock } from '../../kit/fake-clock.ts';
import { createRecordingLog } from '../../kit/recording-log.ts';
import { someTool } from '../../kit/some-tool.ts';

export const PLACE = { guildId: 'g', roomId: 'r', channelId: 'c' };
type Answer = 'allowed' | 'denied' | 'expired' | 'unposted';

/** One guild in which Olive manages the server, and members answer confirmations as the test says. */
export function stage(...tools: readonly Tool[]) {
  const clock = createFakeClock();
  const log = createRecordingLog();
  const counts = new Map<string, number>();
  const asked: ConfirmationRequest[] = [];
  const answers: ((answer: Answer) => void)[] = [];
  const world = { managers: ['olive'], switches: {} as Record<string, boolean>, rightsDown: false, clock, log, counts };
  const executor = createToolExecutor({
    registry: { get: (name) => tools.find((tool) => tool.name === name) },
    switches: async () => world.switches,
    rights: {
      has: async (_, memberId) => {
        if (world.rightsDown) throw new Error('no answer');
        return world.managers.includes(memberId);
      },
    },
    confirmations: {
      ask(request) {
        asked.push(request);
        return new Promise((resolve) => {
          answers.push(resolve);
          request.signal.addEventListener('abort', () => resolve('expired'));
        });
      },
    },
    actionsIn: (place) => ({ place }) as never,
    redact: createRedact([]),
    clock,
    log,
    count: (name, by = 1) => void counts.set(name, (counts.get(name) ?? 0) + by),
  });
  let number = 0;
  const call = (request: Partial<ToolRequest> = {}) =>
    executor.execute(PLACE, {
      callId: `call-${number++}`,
      name: 'some_tool',
      args: {},
      actorIds: ['adam'],
      deadlineAt: clock.now() + 40_000,
      ...request,
    });
  /** Lets everything happen that waits for nothing but its turn. */
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return { ...world, world, executor, call, settle, asked, answer: (answer: Answer) => answers.shift()?.(answer) };
}

/** A tool that notes what it was called with. */
export function noting(spec: Partial<ToolSpec> = {}) {
  const calls: { readonly args: unknown; readonly context: ToolContext }[] = [];
  const run = async (args: unknown, context: ToolContext) => {
    calls.push({ args, context });
    return { number: calls.length };
  };
  return { calls, tool: someTool({ run, ...spec }) };
}

export const hanging = (spec: Partial<ToolSpec> = {}) => someTool({ run: () => new Promise(() => undefined), ...spec });
