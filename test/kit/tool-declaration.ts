import type { ToolDeclaration } from '../../src/types/tools.ts';

/** A function as a room declares it: blocking, without arguments, unless told. */
export function toolDeclaration(name: string, traits: Partial<ToolDeclaration> = {}): ToolDeclaration {
  return {
    name,
    description: `What ${name} does.`,
    blocking: true,
    scheduling: 'WHEN_IDLE',
    deadlineMs: 10_000,
    ...traits,
  };
}
