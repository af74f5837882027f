/**
 * What the tools of a server are called here: `server__tool`, as members switch them and the model calls them. Pure.
 */
import { createHash } from 'node:crypto';

/** What the Live service takes for a name. */
const LONGEST = 64;
/** Enough that two tools of one server do not meet by chance. */
const MARK_LENGTH = 8;

/**
 * A name of ours for each of theirs. It depends on nothing but the server, the tool, and whether another tool of the server
 * would be called the same, so that it is the same after a restart, in whatever order the tools come.
 *
 * @param server `McpServerConfig.id`
 * @param tools what the server calls them, each once
 */
export function toolNames(server: string, tools: readonly string[]): ReadonlyMap<string, string> {
  const plain = tools.map((tool) => ({ tool, name: `${server}__${sanitised(tool)}` }));
  const named = plain.map(({ tool, name }) => {
    const rivals = plain.filter((other) => other.name === name).length;
    // Who is really called like that keeps the name, the others get a mark.
    const isPlain = rivals === 1 || sanitised(tool) === tool;
    return [tool, isPlain && name.length <= LONGEST ? name : marked(name, tool)] as const;
  });
  return new Map(named);
}

function sanitised(tool: string): string {
  return tool.replace(/[^A-Za-z0-9_]/g, '_');
}

function marked(name: string, tool: string): string {
  const mark = createHash('sha256').update(tool).digest('hex').slice(0, MARK_LENGTH);
  return `${name.slice(0, LONGEST - MARK_LENGTH - 1)}_${mark}`;
}
